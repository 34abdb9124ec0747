"""The two words: lists without look-alikes, and a draw that nobody else can repeat."""

import itertools
import re

import pytest

from protocol.catalogue import LANGUAGES
from relay.domain.two_words import WORDS, drawn, listed

SECRET = b"s" * 32
_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("wh", "w"), ("kn", "n"), ("wr", "r"), ("gh", ""), ("ee", "i"),
    ("ea", "i"), ("ie", "i"), ("oa", "o"), ("ou", "u"), ("oo", "u"), ("ai", "ei"), ("ay", "ei"),
    ("ey", "i"), ("dt", "t"), ("th", "t"), ("v", "f"), ("c", "k"), ("z", "s"), ("d", "t"),
    ("b", "p"), ("g", "k"), ("y", "i"), ("x", "ks"), ("h", ""),
)  # fmt: skip
"""Spellings that a bad line makes one."""


def heard(word: str) -> str:
    """What is left of a word on a bad line."""
    word = re.sub(r"(.)\1", r"\1", word)
    for spelt, sound in _SOUNDS:
        word = word.replace(spelt, sound)
    return word.removesuffix("e")


def one_apart(a: str, b: str) -> bool:
    """Whether one letter more, less or other makes `b` of `a`."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[at + (len(a) == len(b)) :] == b[at + 1 :]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_plain_words_that_nobody_takes_for_each_other(language: str) -> None:
    words = listed(language)
    assert len(words) == WORDS == len(set(words))
    assert list(words) == sorted(words)
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words)
    assert len({heard(word) for word in words}) == WORDS
    alike = [pair for pair in itertools.combinations(words, 2) if one_apart(*pair)]
    assert alike == []


def test_what_counts_as_one_apart() -> None:
    assert one_apart("cat", "cart")
    assert one_apart("cart", "card")
    assert one_apart("cat", "cats")
    assert not one_apart("cat", "dog")
    assert not one_apart("cat", "carts")


def test_everybody_in_a_session_gets_the_same_and_another_session_others() -> None:
    drawn_ones = {drawn(SECRET, f"{number:032x}", "en") for number in range(2_000)}
    assert drawn(SECRET, "a" * 32, "en") == drawn(SECRET, "a" * 32, "en")
    assert drawn(SECRET, "a" * 32, "en") != drawn(b"t" * 32, "a" * 32, "en")
    assert len(drawn_ones) > 1_900
    assert all(first != second for first, second in drawn_ones)
    assert len({word for pair in drawn_ones for word in pair}) == WORDS


def test_a_language_without_words_has_the_english_ones() -> None:
    assert listed("tlh") == listed("en")
