"""The text form of keys and signatures, and what exactly is signed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import identity

ORIGINS = st.from_regex(r"https://[a-z.]+:[0-9]+", fullmatch=True)
HELLOS = st.tuples(ORIGINS, st.text("ab", max_size=4))


@given(raw=st.binary(max_size=80))
def test_bytes_survive_as_text(raw: bytes) -> None:
    text = identity.to_text(raw)
    assert identity.to_bytes(text) == raw
    assert not set(text) & set("+/=")


@pytest.mark.parametrize("text", ["A", "AAAAA", "ä"])
def test_text_of_an_impossible_length_or_letter_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        identity.to_bytes(text)


def test_what_is_signed_names_purpose_origin_and_nonce() -> None:
    signed = identity.hello_to_sign("https://help.example.org:8443", "n" * 22)
    assert signed == b"support-bridge hello 1\nhttps://help.example.org:8443\n" + b"n" * 22


@given(one=HELLOS, two=HELLOS)
def test_no_two_hellos_are_signed_alike(one: tuple[str, str], two: tuple[str, str]) -> None:
    same = identity.hello_to_sign(*one) == identity.hello_to_sign(*two)
    assert same is (one == two)
