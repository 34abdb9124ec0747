"""The relay's own Ed25519 key: clients built for this relay know it by that, not by its
certificate, which changes."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from protocol.identity import hello_to_sign, to_text
from relay import secretfile
from relay.fault import StartFault

FILE = "identity.key"
_KEY_BYTES = 32


class Identity:
    """Signs what shows a client that this is the relay it was built for."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_text = to_text(key.public_key().public_bytes_raw())

    @classmethod
    def load(cls, data: Path) -> "Identity":
        """The key in the folder `data`, made there at the first start. Raises `StartFault`."""
        path = data / FILE
        raw = secretfile.read_or_make(
            path, lambda: Ed25519PrivateKey.generate().private_bytes_raw()
        )
        if len(raw) != _KEY_BYTES:
            raise StartFault("identity", path=str(path))
        return cls(Ed25519PrivateKey.from_private_bytes(raw))

    def secret(self, purpose: str) -> bytes:
        """32 bytes that only this relay knows, always the same for a purpose (RFC 5869)."""
        made = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose.encode())
        return made.derive(self._key.private_bytes_raw())

    def sign(self, origin: str, nonce: str) -> str:
        """The signature over a peer's `nonce`, for the relay at `origin`."""
        return to_text(self._key.sign(hello_to_sign(origin, nonce)))
