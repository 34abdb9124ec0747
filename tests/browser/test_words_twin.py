"""The page reads macros and finds faults exactly as the relay does."""

from hypothesis import given
from hypothesis import strategies as st

from relay.domain.macros import Macro, filled
from relay.domain.texts import TextRule
from relay.domain.wording import fault_of, tidied
from tests.browser.twin import Twin

PIECES = ["%", "%SITE%", "%WAIT%", "%site%", "%NO_NE%", "a", "😀", " ", "\t", "\n", "\r\n", "\r"]
PIECES += ["\u2028", "\x00", "\x1c", "\x85", "\u202e", "\u2067", "\ufeff", "\u00a0", "\u200f", "- "]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=30)
ALLOWED = frozenset({Macro.SITE})
VALUES = {Macro.SITE: "A$&cme %WAIT%", Macro.POSITION: "2"}


@given(TEXTS)
def test_a_text_is_kept_alike(twin: Twin, text: str) -> None:
    assert twin("tidied", text) == tidied(text)


@given(TEXTS)
def test_macros_are_filled_in_alike(twin: Twin, text: str) -> None:
    values = {macro.value: value for macro, value in VALUES.items()}
    assert twin("filled", text, values) == filled(text, VALUES)


@given(TEXTS, st.integers(1, 12), st.booleans())
def test_faults_are_found_in_the_same_place(twin: Twin, text: str, most: int, lines: bool) -> None:
    place = fault_of(text, TextRule(most, ALLOWED), lines=lines)
    wanted = None if place is None else place._asdict() | {"fault": place.fault.value}
    rule = {"most": most, "macros": ["SITE"], "lines": lines}
    assert twin("faultOf", text, rule) == wanted


@given(st.lists(st.sampled_from(["a", "😀", "\n"]), max_size=8).map("".join))
def test_the_cursor_goes_to_the_macro(twin: Twin, before: str) -> None:
    text = f"{before}%NO%b"
    place = fault_of(text, TextRule(99, ALLOWED))
    assert place
    at = len(before.encode("utf-16-le")) // 2
    told = place._asdict() | {"fault": place.fault.value}
    assert twin("range", text, told) == [at, at + 4]
