"""Who may sign in, with which passwords, and how long a sign-in lasts. Hashing is not done here."""

from enum import StrEnum
from typing import NamedTuple

from protocol import limits
from relay.domain.permissions import Permissions
from relay.domain.permissions import UserRole as UserRole

LOGIN_IDLE_S = 12 * 3600
"""A login nobody used for this long is over."""

LOGIN_MOST_S = 7 * 24 * 3600
"""However busy it is, a login is over after this long."""

LOGIN_TOUCH_S = 60
"""How exactly the last use of a login is remembered; saves a write for most requests."""

PASSWORD_VARIETY_LEAST = 5
"""A password with fewer different characters than this is a pattern."""

_WORDS = """
    123456789012 1234567890123 12345678901234 1234567890123456 012345678901 0123456789012
    123123123123 123412341234 123456123456 112233445566 111222333444 987654321098 9876543210987
    abcdefghijkl abcdefghijklm abcdefghijklmnop abcdef123456 abcd1234abcd abc123abc123 1q2w3e4r5t6y
    1qaz2wsx3edc 1qazxsw23edc qazwsxedcrfv qwertyuiop[] qwertyuiop12 qwertyuiop123 qwertyuiopas
    qwertyuiopasdfghjkl qwertzuiopasdf qwertyqwerty qwerty123456 qwerty1234567 asdfghjkl123
    asdfghjklzxcvbnm passwordpassword password1234 password12345 password123456 password1password
    password2024 password2025 password2026 p@ssw0rd1234 p@ssword1234 passw0rd1234 passwort1234
    passwort12345 passwortpasswort administrator administrator1 administrator123 adminadmin12
    adminadminadmin admin1234567 welcome12345 welcome123456 willkommen12 willkommen123
    iloveyou1234 iloveyou12345 iloveyouforever letmeinletmein letmein12345 changemechangeme
    changeme1234 changeme12345 correcthorsebatterystaple trustno1trustno1 supersecret123
    supportbridge supportbridge1 supportbridge123 monkeymonkey dragondragon footballfootball
    baseball1234 sunshine1234 princess1234 superman1234 football1234 hello1234567 geheimgeheim
    geheimgeheimgeheim hallohallohallo schatzschatz
"""
COMMON = frozenset(_WORDS.split())
"""The best guesses among passwords that are long enough."""


class Account(NamedTuple):
    """Somebody who may sign in. `role` is a role's id; `permissions` are what it allows."""

    id: str
    name: str
    shown_name: str
    role: str
    permissions: Permissions
    second_factor: bool = False
    """Whether a code is asked for after the password or link."""
    photo: str = ""
    """SHA-256 of their photo, in hexadecimal digits; empty: none."""


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    SET_UP = "setup"
    SIGN_IN = "sign_in"
    CODE = "code"
    """Held by a browser between the password (or link) and the code of the second factor."""


def is_weak(password: str, *names: str) -> bool:
    """Whether `password` is too short, too common, a pattern, or one of the person's `names`."""
    folded = password.casefold()
    if len(password) < limits.PASSWORD_CHARS_LEAST or len(set(folded)) < PASSWORD_VARIETY_LEAST:
        return True
    letters = _letters(folded)
    own = {_letters(name.casefold()) for name in names if name}
    return folded in COMMON or any(letters in {name, name * 2} for name in own if name)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def login_lives(created_at: int, used_at: int, now: int) -> bool:
    """Whether a login made and last used then is still good (all in milliseconds)."""
    return now < min(created_at + LOGIN_MOST_S * 1000, used_at + LOGIN_IDLE_S * 1000)
