"""Canned messages: their paths, and what their texts may ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.domain.canned import RULE, parts_of, path_key, path_of
from relay.domain.macros import Macro
from relay.domain.wording import fault_of

PATHS = st.lists(st.sampled_from(["/", " ", "a", "B", "no paper", "é", "\u00a0"]), max_size=12)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Greeting", ["Greeting"]),
        (" Printers / No   paper ", ["Printers", "No paper"]),
        ("//a//b/", ["a", "b"]),
        (" / ", []),
        ("", []),
    ],
)
def test_folders_are_what_stands_between_slashes(typed: str, parts: list[str]) -> None:
    assert parts_of(typed) == parts


@given(PATHS.map("".join))
def test_a_kept_path_is_read_as_it_was(typed: str) -> None:
    parts = parts_of(typed)
    assert parts_of(path_of(parts)) == parts
    assert path_key(typed) == path_key(path_of(parts)) == path_key(typed.upper())


@pytest.mark.parametrize("macro", Macro)
def test_only_what_the_console_knows_may_be_asked_for(macro: Macro) -> None:
    known = macro in {Macro.CUSTOMER, Macro.REP, Macro.SITE, Macro.ISSUE}
    assert (fault_of(f"Hello %{macro}%", RULE) is None) is known
