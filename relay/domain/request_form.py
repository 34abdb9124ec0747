"""The form on the portal: somebody without a key says what they need help with. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from protocol import limits
from relay.domain.entrance import ShownIssue
from relay.domain.names import tidy

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Turn the direction of everything after them, the page's own words too."""

_NOT_SHOWN = frozenset({"Cc", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as somebody filled it in, every character of it."""

    issue: str = ""
    name: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.issue or self.name or self.words)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in the field `where`: the catalogues' text `key`, with `more` filled in."""

    where: str
    key: str
    more: Mapping[str, int] = field(default_factory=dict)


def tidy_words(text: str) -> str:
    """`text` with its lines, without what cannot be shown or turns the words around it.

    What joins letters and signs (U+200C, U+200D) stays: scripts and emoji need it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(filter(_is_shown, line.replace("\t", " "))).rstrip() for line in lines)
    return "\n".join(kept).strip()


def _is_shown(char: str) -> bool:
    return char not in _TURNS and unicodedata.category(char) not in _NOT_SHOWN


def faults(filled: Filled, issues: Sequence[ShownIssue]) -> tuple[Fault, ...]:
    """What has to be mended before the form can be sent on, from top to bottom."""
    found = []
    if all(one.id != filled.issue for one in issues):
        found.append(Fault("issue", "portal.issue_missing"))
    too_long = _too_long("words", filled.words, limits.WORDS_CHARS)
    found.extend(too_long)
    found.extend(name_faults(filled.name))
    return tuple(found)


def name_faults(name: str) -> tuple[Fault, ...]:
    """What is wrong with a name; that it is missing is not."""
    return _too_long("name", name, limits.NAME_CHARS)


def _too_long(where: str, text: str, most: int) -> tuple[Fault, ...]:
    length = len(tidy_words(text))
    if length <= most:
        return ()
    return (Fault(where, "portal.too_long", {"most": most, "over": length - most}),)


def tidy_name(name: str) -> str:
    """The name as everybody will see it."""
    return tidy(name, limits.NAME_CHARS)
