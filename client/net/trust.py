"""Whom the client believes: the certificate's authority, and the relay's own pinned key."""

import ssl
from pathlib import Path

import truststore
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from protocol.identity import hello_to_sign, to_bytes


class Impostor(Exception):
    """The peer cannot show the pinned identity. There is no way on from here."""


def tls_context(ca: Path | None) -> ssl.SSLContext:
    """Certificates as the system trusts them, or only those in the PEM file `ca`.

    The host name is always checked. Raises `OSError` when `ca` cannot be read.
    """
    context: ssl.SSLContext
    if ca is None:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cafile=ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def check_identity(pinned: str, origin: str, nonce: str, identity: str, signature: str) -> None:
    """Raise `Impostor` unless the relay at `origin` signed our `nonce` with the `pinned` key.

    Nothing is checked when no identity is pinned (a development build without `--identity`).
    """
    if not pinned:
        return
    if identity != pinned:
        raise Impostor("the relay shows another identity")
    try:
        key = Ed25519PublicKey.from_public_bytes(to_bytes(pinned))
        key.verify(to_bytes(signature), hello_to_sign(origin, nonce))
    except (InvalidSignature, ValueError):
        raise Impostor("the relay's signature is wrong") from None
