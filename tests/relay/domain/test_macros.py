"""Macros: what a text may ask for, where it is wrong, and what stands there in the end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.domain.macros import (
    LASTING_MACROS,
    QUEUE_MACROS,
    Macro,
    Misplaced,
    filled,
    misplaced,
)

ALL = frozenset(Macro)
PIECES = st.sampled_from(
    ["%", "%%", " ", "WAIT", "a", "\n", "é", "%wait%", "%NOBODY%", "5 %", "%1%", "%REP %"]
    + [f"%{macro}%" for macro in Macro]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))
VALUES = st.dictionaries(st.sampled_from(Macro), st.one_of(st.text(max_size=20), PIECES))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("100 % of them, 50% and %", None),
        ("%%", None),
        ("% WAIT %", None),
        ("%WAIT", None),
        ("%1WAIT%", None),
        ("%SITE% and %WAIT%", None),
        ("Hello %NAME%!", Misplaced("NAME", 6)),
        ("%wait%", Misplaced("wait", 0)),
        ("%Wait% %NAME%", Misplaced("Wait", 0)),
        ("%SITE% %WAITS%", Misplaced("WAITS", 7)),
        ("🖨 %NO%", Misplaced("NO", 2)),
    ],
)
def test_the_first_unknown_macro_is_told_with_its_place(text: str, found: Misplaced | None) -> None:
    assert misplaced(text, ALL) == found


@pytest.mark.parametrize("macro", Macro)
@pytest.mark.parametrize("allowed", [ALL, LASTING_MACROS, QUEUE_MACROS, frozenset[Macro]()])
def test_a_known_macro_is_refused_exactly_where_it_is_not_allowed(
    macro: Macro, allowed: frozenset[Macro]
) -> None:
    found = misplaced(f"one two %{macro}%", allowed)
    assert found == (None if macro in allowed else Misplaced(macro.value, 8))


@given(text=TEXTS, allowed=st.frozensets(st.sampled_from(Macro)))
def test_what_is_misplaced_stands_where_it_is_told(text: str, allowed: frozenset[Macro]) -> None:
    found = misplaced(text, allowed)
    if found is not None:
        assert text[found.at :].startswith(f"%{found.name}%")
        assert found.name not in {macro.value for macro in allowed}
        assert misplaced(text[: found.at], allowed) is None


@given(text=TEXTS, values=VALUES)
def test_a_text_that_may_be_saved_keeps_no_macro(text: str, values: dict[Macro, str]) -> None:
    plain = {macro: value.replace("%", "") for macro, value in values.items()}
    if misplaced(text, ALL) is None:
        written = re.split(r"%([A-Z]+)%", text)
        wanted = "".join(
            piece if at % 2 == 0 else plain.get(Macro(piece), "")
            for at, piece in enumerate(written)
        )
        assert filled(text, plain) == wanted


@given(text=TEXTS, values=VALUES)
def test_a_text_without_macros_stays_as_it_is(text: str, values: dict[Macro, str]) -> None:
    bare = text.replace("%", "")
    assert filled(bare, values) == bare


@given(value=st.one_of(TEXTS, PIECES), other=st.text(max_size=20), macro=st.sampled_from(Macro))
def test_a_macro_in_a_value_is_not_read(value: str, other: str, macro: Macro) -> None:
    values = dict.fromkeys(Macro, other) | {macro: value}
    assert filled(f"<%{macro}%>", values) == f"<{value}>"


def test_a_macro_is_filled_in_wherever_it_stands() -> None:
    text = "%SITE%, %SITE%: %POSITION%%WAIT% [%KEY%]"
    values = {Macro.SITE: "Acme", Macro.POSITION: "2", Macro.WAIT: "-9"}
    assert filled(text, values) == "Acme, Acme: 2-9 []"


def test_what_is_no_macro_stays_as_it_was_written() -> None:
    assert filled("%NAME% 5 % %wait%", {Macro.WAIT: "x"}) == "%NAME% 5 % %wait%"


def test_every_macro_is_known_at_any_time_or_only_while_waiting() -> None:
    assert ALL - {Macro.CUSTOMER} == LASTING_MACROS | QUEUE_MACROS
    assert not LASTING_MACROS & QUEUE_MACROS
    assert [macro.name for macro in Macro] == [macro.value for macro in Macro]
