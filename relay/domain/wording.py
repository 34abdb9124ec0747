"""What may be written into the organisation's own texts, and where one of them is wrong. Pure."""

import re
from collections.abc import Set
from enum import StrEnum
from typing import NamedTuple

from relay.domain.macros import Macro, misplaced
from relay.domain.texts import TextRule

_BREAK = re.compile("\r\n|[\r\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What embeds, overrides and isolates directions: it can make a text read as another one."""


class Fault(StrEnum):
    """What is wrong with a text."""

    EMPTY = "empty"
    LONG = "long"
    CONTROL = "control"
    TURN = "turn"
    LINES = "lines"
    MACRO_UNKNOWN = "macro_unknown"
    MACRO_MISPLACED = "macro_misplaced"


class Place(NamedTuple):
    """Where a text is wrong: the character's line and column, both from 1.

    `what` is the macro's name, or the most characters that are allowed.
    """

    fault: Fault
    line: int
    column: int
    what: str = ""


def tidied(text: str) -> str:
    """`text` as it is kept: breaks of one kind, no tabs, no blanks around it or its lines' ends."""
    lines = _BREAK.sub("\n", text).replace("\t", " ").split("\n")
    return "\n".join(line.rstrip(" ") for line in lines).strip()


def cleaned(text: str) -> str:
    """What a stranger wrote, without what it may not hold: see `Fault`."""
    return tidied(_TURN.sub("", _CONTROL.sub("", _BREAK.sub("\n", text))))


def fault_of(text: str, rule: TextRule, *, lines: bool = True) -> Place | None:
    """The first thing wrong with a text as it was typed, None when it is fine.

    `lines` says whether it may have several. Lengths count characters (code points), of what
    would be kept.
    """
    kept = tidied(text)
    if not kept:
        return Place(Fault.EMPTY, 1, 1)
    text = _BREAK.sub("\n", text)
    found = [
        (at, fault, what)
        for at, fault, what in (
            (_first(_CONTROL, text), Fault.CONTROL, ""),
            (_first(_TURN, text), Fault.TURN, ""),
            (text.find("\n") if "\n" in kept and not lines else -1, Fault.LINES, ""),
            (rule.most if len(kept) > rule.most else -1, Fault.LONG, str(rule.most)),
            _macro(text, rule.macros),
        )
        if at >= 0
    ]
    if not found:
        return None
    at, fault, what = min(found)
    before = text[:at]
    return Place(fault, before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1, what)


def plain_fault(text: str, most: int) -> Place | None:
    """As `fault_of`, for one line in which macros mean nothing."""
    return fault_of(text.replace("%", " "), TextRule(most, frozenset()), lines=False)


def _first(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return match.start() if match else -1


def _macro(text: str, allowed: Set[Macro]) -> tuple[int, Fault, str]:
    found = misplaced(text, allowed)
    if found is None:
        return -1, Fault.MACRO_UNKNOWN, ""
    known = found.name in Macro.__members__
    return found.at, Fault.MACRO_MISPLACED if known else Fault.MACRO_UNKNOWN, found.name
