"""Whom the client believes."""

import ssl

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client.net.trust import Impostor, check_identity, tls_context
from protocol.identity import hello_to_sign, to_text

ORIGIN = "https://support.example"
NONCE = "n" * 22


def signed(key: Ed25519PrivateKey, origin: str = ORIGIN, nonce: str = NONCE) -> tuple[str, str]:
    identity = to_text(key.public_key().public_bytes_raw())
    return identity, to_text(key.sign(hello_to_sign(origin, nonce)))


def test_the_pinned_relay_is_believed() -> None:
    identity, signature = signed(Ed25519PrivateKey.generate())
    check_identity(identity, ORIGIN, NONCE, identity, signature)


def test_another_relay_is_not_believed() -> None:
    pinned, _ = signed(Ed25519PrivateKey.generate())
    other, signature = signed(Ed25519PrivateKey.generate())
    with pytest.raises(Impostor):
        check_identity(pinned, ORIGIN, NONCE, other, signature)
    with pytest.raises(Impostor):
        check_identity(pinned, ORIGIN, NONCE, pinned, signature)


@pytest.mark.parametrize(
    ("origin", "nonce"), [("https://other.example", NONCE), (ORIGIN, "m" * 22)]
)
def test_a_signature_counts_for_one_origin_and_one_nonce(origin: str, nonce: str) -> None:
    identity, signature = signed(Ed25519PrivateKey.generate(), origin, nonce)
    with pytest.raises(Impostor):
        check_identity(identity, ORIGIN, NONCE, identity, signature)


@pytest.mark.parametrize("signature", ["", "short", "not base64 !"])
def test_what_is_no_signature_is_not_believed(signature: str) -> None:
    identity, _ = signed(Ed25519PrivateKey.generate())
    with pytest.raises(Impostor):
        check_identity(identity, ORIGIN, NONCE, identity, signature)


def test_certificates_and_host_names_are_checked() -> None:
    context = tls_context(None)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
