import pytest

from protocol import limits
from relay.domain.accounts import COMMON, LOGIN_IDLE_S, LOGIN_MOST_S, is_weak, login_lives


@pytest.mark.parametrize(
    "password",
    [
        "",
        "elevenchars",
        "Password1234",
        "123456789012",
        "abababababab",
        "ada.lovelace",
        "AdaLovelace2026",
        "lovelace-lovelace",
    ],
)
def test_weak_passwords(password: str) -> None:
    assert is_weak(password, "lovelace", "Ada Lovelace", "ada.lovelace")


@pytest.mark.parametrize(
    "password", ["a quiet harbour", "xK4$w9!pLq2z", "größer als gedacht", "ada likes lovelace jam"]
)
def test_good_passwords(password: str) -> None:
    assert not is_weak(password, "ada", "Ada Lovelace", "")


def test_the_list_holds_only_what_the_other_rules_let_through() -> None:
    for password in COMMON:
        assert len(password) >= limits.PASSWORD_CHARS_LEAST, password
        assert password == password.casefold()


@pytest.mark.parametrize(
    ("used", "now", "lives"),
    [
        (0, 0, True),
        (0, LOGIN_IDLE_S - 1, True),
        (0, LOGIN_IDLE_S, False),
        (LOGIN_MOST_S - 1, LOGIN_MOST_S - 1, True),
        (LOGIN_MOST_S - 1, LOGIN_MOST_S, False),
    ],
)
def test_a_login_lives_while_used_and_young(used: int, now: int, lives: bool) -> None:
    assert login_lives(0, used * 1000, now * 1000) is lives
