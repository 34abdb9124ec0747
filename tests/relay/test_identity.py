"""The relay's identity and other files of its own."""

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from protocol.identity import hello_to_sign, to_bytes
from relay.fault import StartFault
from relay.identity import FILE, Identity
from relay.secretfile import read_or_make


def test_made_once_and_kept(tmp_path: Path) -> None:
    first = Identity.load(tmp_path)
    assert Identity.load(tmp_path).public_text == first.public_text
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_signs_for_one_origin_and_one_nonce(tmp_path: Path) -> None:
    identity = Identity.load(tmp_path)
    signature = to_bytes(identity.sign("https://a.example", "n"))
    public = Ed25519PublicKey.from_public_bytes(to_bytes(identity.public_text))
    public.verify(signature, hello_to_sign("https://a.example", "n"))
    for origin, nonce in (("https://b.example", "n"), ("https://a.example", "m")):
        with pytest.raises(InvalidSignature):
            public.verify(signature, hello_to_sign(origin, nonce))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_refused_when_others_can_read_it(tmp_path: Path, mode: int) -> None:
    Identity.load(tmp_path)
    (tmp_path / FILE).chmod(mode)
    with pytest.raises(StartFault, match="secret_open"):
        Identity.load(tmp_path)


def test_refused_when_damaged(tmp_path: Path) -> None:
    Identity.load(tmp_path)
    (tmp_path / FILE).write_bytes(b"short")
    with pytest.raises(StartFault, match="identity"):
        Identity.load(tmp_path)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartFault, match="file"):
        Identity.load(tmp_path / "file")


def test_of_two_that_make_the_file_both_read_the_same(tmp_path: Path) -> None:
    """The second is overtaken while it makes its own content."""
    path = tmp_path / "secret"

    def overtaken() -> bytes:
        assert read_or_make(path, lambda: b"first") == b"first"
        return b"second"

    assert read_or_make(path, overtaken) == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]
