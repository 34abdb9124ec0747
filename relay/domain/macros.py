"""Macros: `%NAME%` in the organisation's own texts, filled in when a customer reads them. Pure."""

import re
from collections.abc import Mapping, Set
from enum import StrEnum
from typing import NamedTuple


class Macro(StrEnum):
    """What a text may ask for."""

    POSITION = "POSITION"
    WAIT = "WAIT"
    REP = "REP"
    SITE = "SITE"
    ISSUE = "ISSUE"
    KEY = "KEY"
    CUSTOMER = "CUSTOMER"


QUEUE_MACROS = frozenset({Macro.POSITION, Macro.WAIT})
"""Known only while somebody waits."""

LASTING_MACROS = frozenset({Macro.REP, Macro.SITE, Macro.ISSUE, Macro.KEY})

CANNED_MACROS = frozenset({Macro.CUSTOMER, Macro.REP, Macro.SITE, Macro.ISSUE})
"""What canned messages may ask for: the console fills them in (`js/pages/console/canned/`)."""

_FIND = re.compile(r"%([A-Za-z][A-Za-z_]{0,19})%")


class Misplaced(NamedTuple):
    """A macro that a text may not hold: `name` as written, `at` its first character's index."""

    name: str
    at: int


def misplaced(text: str, allowed: Set[Macro]) -> Misplaced | None:
    """The first macro in `text` that is unknown or not `allowed`; names are upper case."""
    for match in _FIND.finditer(text):
        if match[1] not in {macro.value for macro in allowed}:
            return Misplaced(match[1], match.start())
    return None


def filled(text: str, values: Mapping[Macro, str]) -> str:
    """`text` with each macro replaced by its value, once over; without a value it vanishes.

    Macros in what a value brings are not read.
    """

    def value_of(match: re.Match[str]) -> str:
        known = match[1] in Macro.__members__
        return values.get(Macro(match[1]), "") if known else match[0]

    return _FIND.sub(value_of, text)
