"""Opaque tokens: what a person's program holds, and what the database holds of it."""

import hashlib

from protocol.identity import to_text

TOKEN_BYTES = 32


def token_of(random: bytes) -> str:
    """The token made of `TOKEN_BYTES` random bytes: 43 characters of base64url."""
    return to_text(random)


def token_hash(token: str) -> str:
    """What is stored of a token: SHA-256 in hex. Its own 256 bits leave nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()
