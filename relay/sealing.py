"""What the database may hold but not know: secrets of second factors, under a key beside it."""

import base64
import binascii
import hashlib
import hmac
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from relay import secretfile
from relay.fault import StartFault

FILE = "second-factors.key"
_KEY_BYTES = 32
_NONCE_BYTES = 12


class Unsealable(Exception):
    """Not sealed under this key for this owner: the key was lost, or rows were exchanged."""


class Seal:
    """Seals by AES-256-GCM, bound to an owner, so that nobody's secret serves somebody else."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(_derived(key, b"seal"))
        self.recovery_key = _derived(key, b"recovery codes")
        """For `relay.domain.second_factor.recovery_hash`."""

    @classmethod
    def load(cls, data: Path) -> "Seal":
        """By the key in the folder `data`, made there at the first start. Raises `StartFault`."""
        path = data / FILE
        key = secretfile.read_or_make(path, lambda: secrets.token_bytes(_KEY_BYTES))
        if len(key) != _KEY_BYTES:
            raise StartFault("second_factors_key", path=str(path))
        return cls(key)

    def close(self, owner: str, secret: str) -> str:
        """`secret` as it may be stored for `owner`: base64 of nonce and ciphertext."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, secret.encode(), owner.encode())
        return base64.b64encode(nonce + sealed).decode()

    def open(self, owner: str, sealed: str) -> str:
        """The secret again. Raises `Unsealable`."""
        try:
            raw = base64.b64decode(sealed, validate=True)
            nonce, rest = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
            return self._cipher.decrypt(nonce, rest, owner.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError):
            raise Unsealable(owner) from None


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, purpose, hashlib.sha256).digest()
