"""What a relay signs, so that a client built for it knows it from an impostor.

The relay holds an Ed25519 key (RFC 8032). Its public half (32 bytes) and signatures (64 bytes)
travel as base64url without padding.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def to_text(raw: bytes) -> str:
    """Bytes as base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def to_bytes(text: str) -> bytes:
    """The reverse of `to_text`. Raises `ValueError` on anything else."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hello_to_sign(origin: str, nonce: str) -> bytes:
    """What the relay at `origin` (scheme, host, port) signs for a peer that sent `nonce`."""
    return f"support-bridge hello 1\n{origin}\n{nonce}".encode()
