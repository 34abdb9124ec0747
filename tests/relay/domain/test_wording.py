"""What may be written into the organisation's own texts, and where it says a text is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import catalogue, limits
from relay.domain.macros import Macro
from relay.domain.texts import TextName, TextRule, rule_of
from relay.domain.wording import Fault, Place, cleaned, fault_of, plain_fault, tidied

RULE = TextRule(40, frozenset({Macro.SITE}))
TURNS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Welcome to %SITE%!", None),
        ("100 % sure, 5 %, %", None),
        ("one\ntwo", None),
        ("", Place(Fault.EMPTY, 1, 1)),
        (" \n\t ", Place(Fault.EMPTY, 1, 1)),
        ("x" * 40, None),
        ("  " + "x" * 40 + "  \n", None),
        ("x" * 41, Place(Fault.LONG, 1, 41, "40")),
        ("one\n" + "x" * 40, Place(Fault.LONG, 2, 37, "40")),
        ("Hi %SITTE%", Place(Fault.MACRO_UNKNOWN, 1, 4, "SITTE")),
        ("Hi\n\nthere %site%", Place(Fault.MACRO_UNKNOWN, 3, 7, "site")),
        ("Hi %WAIT%", Place(Fault.MACRO_MISPLACED, 1, 4, "WAIT")),
        ("ab\x00", Place(Fault.CONTROL, 1, 3)),
        ("ab\x85c", Place(Fault.CONTROL, 1, 3)),
        ("😀%WAIT%", Place(Fault.MACRO_MISPLACED, 1, 2, "WAIT")),
        ("%NO% \u202e", Place(Fault.MACRO_UNKNOWN, 1, 1, "NO")),
        ("\u202e%NO%", Place(Fault.TURN, 1, 1)),
    ],
)
def test_the_first_fault_is_told_with_its_place(text: str, place: Place | None) -> None:
    assert fault_of(text, RULE) == place


@pytest.mark.parametrize("turn", TURNS)
def test_no_text_turns_the_page_around(turn: str) -> None:
    assert fault_of(f"ab\nc{turn}d", RULE) == Place(Fault.TURN, 2, 2)
    assert cleaned(f"c{turn}d") == "cd"


def test_what_right_to_left_languages_need_is_kept() -> None:
    words = "\u05e9\u05dc\u05d5\u05dd\u200f, \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert fault_of(words, RULE) is None
    assert cleaned(words) == words


def test_a_title_has_one_line() -> None:
    assert fault_of("a\nb", RULE, lines=False) == Place(Fault.LINES, 1, 2)
    assert fault_of("a\n", RULE, lines=False) is None
    assert plain_fault("50 %NOTHING% here", 40) is None


@given(st.text())
def test_what_is_kept_stays_as_it_is(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(max_size=60))
def test_what_is_fine_to_type_is_fine_to_keep(text: str) -> None:
    rule = TextRule(40, frozenset(Macro))
    place = fault_of(text, rule)
    if place is None:
        assert fault_of(tidied(text), rule) is None
    if place is not None and place.fault is not Fault.EMPTY:
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = lines.replace("\u2028", "\n").replace("\u2029", "\n")
        assert place.column <= len(lines.split("\n")[place.line - 1]) + 1


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
@pytest.mark.parametrize("name", TextName)
def test_the_defaults_keep_to_their_own_rules(name: TextName, language: str) -> None:
    text = catalogue.load(language)(f"words.{name}")
    rule = rule_of(name)
    assert fault_of(text, rule, lines=rule.most > limits.TITLE_CHARS) is None
