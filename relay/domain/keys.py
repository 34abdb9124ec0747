"""Session keys: how they are made, how they are stored, and what may be said about each.

A key has seven digits of secret, few enough to try them all against a stolen database. So its
stored form is an HMAC under a secret that lives outside the database.
"""

import hashlib
import hmac
from typing import NamedTuple

from protocol import keys, limits
from protocol.errors import ErrorCode

NUMBERS = 10**keys.DIGITS
"""How many keys there are."""

REMEMBERED_S = 24 * 3600
"""How long after its end a key is still told from one that never was."""


class StoredKey(NamedTuple):
    """A key as the database knows it; times in milliseconds since 1970."""

    user_id: str
    own: bool
    team_id: str | None
    expires_at: int
    used_at: int | None
    cancelled: bool


def key_of(number: int) -> str:
    """The key, with its check digit, of a random `number` below `NUMBERS`."""
    digits = f"{number:0{keys.DIGITS}d}"
    return digits + keys.check_digit(digits)


def key_hash(secret: bytes, key: str) -> str:
    """What is stored of a key: HMAC-SHA256 in hex."""
    return hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()


def expiry(now: int) -> int:
    """When a key made `now` ends (milliseconds)."""
    return now + limits.SESSION_KEY_S * 1000


def refusal(stored: StoredKey | None, now: int) -> ErrorCode | None:
    """Why a key does not lead to a session, or None when it does.

    Only who holds a key that really was one learns that it is used or too old.
    """
    if stored is None:
        return ErrorCode.UNKNOWN_KEY
    if stored.used_at is not None:
        return ErrorCode.KEY_USED
    if stored.cancelled or now >= stored.expires_at:
        return ErrorCode.KEY_EXPIRED
    return None
