"""The form without a key: what is refused, and what its words become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import limits
from protocol.roles import Way
from relay.domain.entrance import ShownIssue
from relay.domain.request_form import Filled, faults, name_faults, tidy_words

JOINED = "\U0001f468\u200d\U0001f469 \u0646\u06cc\u200c\u0645"
ISSUES = (ShownIssue("printer", "Printer", Way.CHAT),)


def fields_at_fault(**typed: str) -> list[str]:
    return [one.where for one in faults(Filled(**{"issue": "printer"} | typed), ISSUES)]


def test_only_the_issue_has_to_be_chosen() -> None:
    assert fields_at_fault() == []
    assert fields_at_fault(issue="") == fields_at_fault(issue="other") == ["issue"]


def test_what_is_too_long_is_named_from_top_to_bottom() -> None:
    long = {"words": "w" * (limits.WORDS_CHARS + 1), "name": "n" * (limits.NAME_CHARS + 3)}
    assert fields_at_fault(issue="", **long) == ["issue", "words", "name"]
    assert fields_at_fault(words="w" * limits.WORDS_CHARS, name="n" * limits.NAME_CHARS) == []
    (fault,) = name_faults(long["name"])
    assert fault.more == {"most": limits.NAME_CHARS, "over": 3}


def test_a_line_break_counts_once_and_blanks_around_do_not() -> None:
    words = f"  {'a' * 499}\r\n{'b' * 500}\r\n\r\n"
    assert len(tidy_words(words)) == limits.WORDS_CHARS
    assert fields_at_fault(words=words) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\n\nfour", "one\ntwo\nthree\n\nfour"),
        ("a\tb\x00c\x1b[31m", "a bc[31m"),
        ("\u202egnp.txt\u202c \u2066x\u2069", "gnp.txt x"),
        (JOINED, JOINED),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_words_keep_their_lines_and_lose_what_turns_or_hides(typed: str, kept: str) -> None:
    assert tidy_words(typed) == kept


@given(st.text())
def test_tidy_words_stay_tidy(text: str) -> None:
    tidied = tidy_words(text)
    assert tidy_words(tidied) == tidied
    assert not {"\r", "\t", "\0", "\u202e", "\u2067"} & set(tidied)
