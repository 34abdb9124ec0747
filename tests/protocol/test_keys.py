"""Session keys: what a slip of the finger does to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import keys

NUMBERS = st.text("0123456789", min_size=keys.DIGITS, max_size=keys.DIGITS)
KEYS = NUMBERS.map(lambda digits: digits + keys.check_digit(digits))


@pytest.mark.parametrize(("digits", "check"), [("572", "4"), ("0000000", "0"), ("1234567", "1")])
def test_known_check_digits(digits: str, check: str) -> None:
    assert keys.check_digit(digits) == check


def test_the_table_is_a_weakly_totally_antisymmetric_quasigroup() -> None:
    digits = range(10)
    table = [[int(cell) for cell in row] for row in keys.DAMM]
    assert all(sorted(row) == list(digits) for row in table)
    assert all(sorted(column) == list(digits) for column in zip(*table, strict=True))
    assert all(table[n][n] == 0 for n in digits)
    swaps = [(c, x, y) for c in digits for x in digits for y in digits if x != y]
    assert all(table[table[c][x]][y] != table[table[c][y]][x] for c, x, y in swaps)


@given(key=KEYS)
def test_every_single_wrong_digit_is_found(key: str) -> None:
    wrong = [
        key[:at] + digit + key[at + 1 :]
        for at in range(len(key))
        for digit in "0123456789"
        if digit != key[at]
    ]
    assert keys.is_right(key)
    assert len(wrong) == 9 * len(key)
    assert not any(keys.is_right(typed) for typed in wrong)


@given(key=KEYS)
def test_every_swap_of_two_neighbours_is_found(key: str) -> None:
    swapped = {key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in range(len(key) - 1)}
    assert not any(keys.is_right(typed) for typed in swapped - {key})


@given(key=KEYS, between=st.lists(st.sampled_from(["", " ", "-", " - ", "\n", "/", "\u2013"])))
def test_a_key_is_read_whatever_stands_between_its_digits(key: str, between: list[str]) -> None:
    gaps = between[: len(key)] + [""] * (len(key) - len(between))
    typed = "".join(gap + digit for gap, digit in zip(gaps, key, strict=True))
    assert keys.normalise(f"  {typed} ") == key


@given(key=KEYS)
def test_the_shown_form_is_read_back(key: str) -> None:
    assert keys.shown(key) == f"{key[:4]}-{key[4:]}"
    assert keys.normalise(keys.shown(key)) == key


@given(typed=st.text())
def test_anything_typed_becomes_ascii_digits(typed: str) -> None:
    assert set(keys.normalise(typed)) <= set("0123456789")


@pytest.mark.parametrize("typed", ["", "1", "1234567", "123456711", "١٢٣٤٥٦٧٨"])
def test_a_key_of_another_length_is_never_right(typed: str) -> None:
    assert not keys.is_right(keys.normalise(typed))
