"""Join codes: what a slip of the finger, and a reader's guess, does to them."""

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import joincodes
from protocol.joincodes import ALPHABET, CHARS, RANDOM_CHARS

RANDOM = st.text(ALPHABET, min_size=RANDOM_CHARS, max_size=RANDOM_CHARS)
CODES = RANDOM.map(lambda chars: chars + joincodes.check(chars))

LEAST, MOST = "0" * RANDOM_CHARS, "Z" * RANDOM_CHARS


def made(number: int) -> str:
    """Ten characters without a pattern, the same in every run."""
    return "".join(ALPHABET[byte % 32] for byte in hashlib.sha256(bytes([number])).digest()[:10])


SAMPLE = sorted(
    chars + joincodes.check(chars)
    for chars in (
        LEAST,
        MOST,
        ALPHABET[:RANDOM_CHARS],
        ALPHABET[-RANDOM_CHARS:],
        *map(made, range(60)),
    )
)


def value(chars: str) -> int:
    """The characters as one number, each worth its place in the alphabet."""
    return sum(ALPHABET.index(char) * 32**power for power, char in enumerate(reversed(chars)))


def is_prime(number: int) -> bool:
    return number > 1 and all(number % factor for factor in range(2, int(number**0.5) + 1))


def wrong_by_one(code: str) -> Iterator[str]:
    """Every code that differs in exactly one place."""
    for at, right in enumerate(code):
        yield from (code[:at] + char + code[at + 1 :] for char in ALPHABET if char != right)


def swapped(code: str) -> set[str]:
    """Every other code that comes from a swap of two neighbours."""
    made = {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)}
    return made - {code}


def test_the_alphabet_is_crockfords() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert "".join(sorted(ALPHABET)) == ALPHABET, "its order is the order of the values"
    assert not set("ILOU") & set(ALPHABET)


def test_the_modulus_is_the_largest_prime_that_two_characters_can_tell() -> None:
    assert is_prime(joincodes.MODULUS)
    assert joincodes.MODULUS < 32**2
    assert not any(is_prime(number) for number in range(joincodes.MODULUS + 1, 32**2))


@pytest.mark.parametrize(
    ("chars", "check"),
    [
        (LEAST, "00"),
        ("0000000001", "01"),
        ("000000000Z", "0Z"),
        ("0000000010", "10"),
        ("00000000ZX", "00"),  # 31 * 32 + 29 is the modulus itself
        ("00000000ZW", "ZW"),
        ("K7PQ2M9XAB", "0C"),
    ],
)
def test_known_checks(chars: str, check: str) -> None:
    assert joincodes.check(chars) == check


@given(chars=RANDOM)
def test_the_check_is_the_number_modulo_1021(chars: str) -> None:
    check = joincodes.check(chars)
    assert len(check) == joincodes.CHECK_CHARS
    assert value(check) == value(chars) % 1021


@pytest.mark.parametrize("code", SAMPLE)
def test_every_single_wrong_character_is_found(code: str) -> None:
    wrong = list(wrong_by_one(code))
    assert joincodes.is_right(code)
    assert len(wrong) == CHARS * (len(ALPHABET) - 1)
    assert [one for one in wrong if joincodes.is_right(one)] == []


@pytest.mark.parametrize("code", SAMPLE)
def test_every_swap_of_two_neighbours_is_found(code: str) -> None:
    assert [one for one in swapped(code) if joincodes.is_right(one)] == []


@given(code=CODES)
def test_any_code_survives_neither_slip(code: str) -> None:
    assert joincodes.is_right(code)
    assert not any(joincodes.is_right(one) for one in (*wrong_by_one(code), *swapped(code)))


@given(
    code=CODES, between=st.lists(st.sampled_from(["", " ", "-", " - ", "\t", "\n", ".", "\u2013"]))
)
def test_a_code_is_read_whatever_stands_between_its_characters(
    code: str, between: list[str]
) -> None:
    gaps = between[: len(code)] + [""] * (len(code) - len(between))
    typed = "".join(gap + char for gap, char in zip(gaps, code, strict=True))
    assert joincodes.normalise(f"  {typed} ") == code


@given(code=CODES, data=st.data())
def test_what_people_read_as_another_character_counts_as_the_right_one(
    code: str, data: st.DataObject
) -> None:
    read_as = {"1": "1IiLl", "0": "0Oo"}
    typed = "".join(
        data.draw(st.sampled_from(read_as.get(char, char + char.lower()))) for char in code
    )
    assert joincodes.normalise(typed) == code


@given(code=CODES)
def test_the_shown_form_is_read_back(code: str) -> None:
    shown = joincodes.shown(code)
    assert shown == f"{code[:4]}-{code[4:8]}-{code[8:]}"
    assert joincodes.normalise(shown) == code


@given(typed=st.text())
def test_anything_typed_becomes_characters_of_the_alphabet(typed: str) -> None:
    read = joincodes.normalise(typed)
    assert set(read) <= set(ALPHABET)
    assert joincodes.normalise(read) == read


@pytest.mark.parametrize(
    "typed",
    ["", "0", "0" * 10, "0" * 11, "0" * 13, "0" * 24, "U" * 12, "\u0660" * 12, "\uff10" * 12],
)
def test_a_code_of_another_length_or_script_is_never_right(typed: str) -> None:
    assert not joincodes.is_right(joincodes.normalise(typed))


def test_a_u_is_never_part_of_a_code() -> None:
    assert joincodes.normalise("UU" + "0" * 12) == "0" * 12
