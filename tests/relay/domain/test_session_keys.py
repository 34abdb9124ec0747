import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import keys as shapes
from protocol import limits
from protocol.errors import ErrorCode
from relay.domain import keys
from relay.domain.keys import StoredKey

NOW = 1_000_000


def stored(*, ends: int = NOW + 1, used: int | None = None, cancelled: bool = False) -> StoredKey:
    return StoredKey("u", False, None, ends, used, cancelled)


@given(st.integers(0, keys.NUMBERS - 1))
def test_every_number_makes_a_right_key(number: int) -> None:
    key = keys.key_of(number)
    assert shapes.is_right(key)
    assert int(key[: shapes.DIGITS]) == number


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, ErrorCode.UNKNOWN_KEY),
        (stored(), None),
        (stored(ends=NOW), ErrorCode.KEY_EXPIRED),
        (stored(cancelled=True), ErrorCode.KEY_EXPIRED),
        (stored(used=1), ErrorCode.KEY_USED),
        (stored(used=1, ends=NOW, cancelled=True), ErrorCode.KEY_USED),
    ],
)
def test_what_is_said_about_a_key(key: StoredKey | None, code: ErrorCode | None) -> None:
    assert keys.refusal(key, NOW) is code


def test_the_stored_form_depends_on_the_secret_and_the_key() -> None:
    forms = {
        keys.key_hash(secret, key)
        for secret in (b"a" * 32, b"b" * 32)
        for key in ("12345670", "12345689")
    }
    assert len(forms) == 4
    assert all("1234567" not in form for form in forms)


def test_a_key_lives_its_time() -> None:
    assert keys.expiry(NOW) == NOW + limits.SESSION_KEY_S * 1000
