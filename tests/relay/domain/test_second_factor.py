"""Codes of the second factor: the RFC's own values, clock skew, recovery codes."""

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.domain import second_factor as rules

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = 1_700_000_000_000
STEP_MS = rules.STEP_S * 1000


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_of_rfc_6238(seconds: int, code: str) -> None:
    assert rules.code_at(RFC_SECRET, rules.step_at(seconds * 1000)) == code


@pytest.mark.parametrize("off", range(-3, 4))
def test_a_clock_may_be_off_by_one_step(off: int) -> None:
    step = rules.step_at(NOW) + off
    found = rules.step_of(RFC_SECRET, rules.code_at(RFC_SECRET, step), NOW)
    assert found == (step if abs(off) <= 1 else None)


@pytest.mark.parametrize("typed", ["", "0", "12345", "1234567", "abcdef", "½½½½½½"])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert rules.step_of(RFC_SECRET, rules.normalise(typed), NOW) is None


@given(step=st.integers(1, 2**40))
def test_a_code_is_right_however_it_is_grouped(step: int) -> None:
    code = rules.code_at(RFC_SECRET, step)
    for typed in (f"{code[:3]} {code[3:]}", f" {code}\n", f"{code[:2]}-{code[2:]}"):
        found = rules.step_of(RFC_SECRET, rules.normalise(typed), step * STEP_MS)
        assert found is not None


@given(st.lists(st.integers(0, 31), min_size=10, max_size=10))
def test_a_recovery_code_survives_being_copied_by_hand(numbers: list[int]) -> None:
    code = rules.recovery_code(numbers)
    wanted = rules.normalise(code)
    assert rules.is_recovery(wanted)
    by_hand = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert rules.normalise(by_hand) == wanted


def test_a_recovery_code_is_stored_for_one_person_under_one_key() -> None:
    code = "9NQ3S0H6T0"
    key, other = secrets.token_bytes(32), secrets.token_bytes(32)
    hashes = {rules.recovery_hash(k, who, code) for k in (key, other) for who in ("ada", "eve")}
    assert len(hashes) == 4
    assert not any(code in one for one in hashes)


def test_the_uri_names_account_and_organisation() -> None:
    uri = rules.provisioning_uri(RFC_SECRET, "ada", "Acme & Söhne")
    assert uri.startswith("otpauth://totp/")
    assert f"secret={RFC_SECRET}" in uri
    assert "issuer=Acme%20%26%20S%C3%B6hne" in uri
