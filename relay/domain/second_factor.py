"""The second factor: codes of an authenticator app (TOTP, RFC 6238) and recovery codes.

Pure: which step of time a code belongs to, what is stored of a recovery code. A code counts for
its own 30 seconds and one step to either side, and each step only once, so that a code somebody
looked at over a shoulder is already worthless.
"""

import hashlib
import hmac
from collections.abc import Iterable

import pyotp

STEP_S = 30
SKEW_STEPS = 1
"""How far a telephone's clock may be off, in steps."""

SECRET_BYTES = 20
"""As long as the hash is, and what every app takes (RFC 4226, section 4)."""

WRONG_CODES = 5
WRONG_CODES_WINDOW_S = 300
"""Of a million codes three are good at a time: this leaves a guesser 1 in 230 a day."""

CODE_WAIT_S = 300
"""How long after the password the code may come."""

RECOVERY_CODES = 10
RECOVERY_CHARS = 10
RECOVERY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing in it is mistaken for another, 50 bits in ten characters."""

_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_at(secret: str, step: int) -> str:
    """The six digits of the base-32 `secret` in time step `step`."""
    return pyotp.TOTP(secret, interval=STEP_S).generate_otp(step)


def step_at(now: int) -> int:
    """The time step of `now` (ms since 1970)."""
    return now // 1000 // STEP_S


def step_of(secret: str, code: str, now: int) -> int | None:
    """The time step in which the normalised `code` is right, or None: it is wrong.

    Takes as long for every wrong code.
    """
    here = step_at(now)
    found = None
    for step in range(here - SKEW_STEPS, here + SKEW_STEPS + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            found = step
    return found


def provisioning_uri(secret: str, account: str, organisation: str) -> str:
    """What the QR code says to an authenticator app."""
    totp = pyotp.TOTP(secret, interval=STEP_S, name=account, issuer=organisation)
    return totp.provisioning_uri()


def grouped(text: str, size: int) -> str:
    """`text` in groups of `size` with a space between, as people copy it from a screen."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def normalise(typed: str) -> str:
    """What was typed without what people put in between; letters large, look-alikes made one."""
    kept = "".join(char for char in typed.upper() if char.isascii() and char.isalnum())
    return kept.translate(_ALIKE)


def is_recovery(code: str) -> bool:
    """Whether the normalised `code` has the length of a recovery code."""
    return len(code) == RECOVERY_CHARS


def recovery_code(numbers: Iterable[int]) -> str:
    """The recovery code of `RECOVERY_CHARS` random numbers below 32, as `ABCDE-FGHJK`."""
    code = "".join(RECOVERY_ALPHABET[number] for number in numbers)
    half = RECOVERY_CHARS // 2
    return f"{code[:half]}-{code[half:]}"


def recovery_hash(key: bytes, user_id: str, code: str) -> str:
    """What is stored of a normalised recovery code: HMAC-SHA256 in hex, under a key that lives
    outside the database, for 50 bits alone could be tried through."""
    return hmac.new(key, f"{user_id}:{code}".encode(), hashlib.sha256).hexdigest()
