"""Canned messages: what representatives say often, in folders, by language. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from protocol import limits
from relay.domain.macros import CANNED_MACROS
from relay.domain.texts import TextRule

RULE = TextRule(limits.CANNED_CHARS, CANNED_MACROS)
"""What its texts may be."""


class Canned(NamedTuple):
    """A message; `path` is its folders and its name, `texts` are by language.

    It is the own one of the user `owner`, or else shared: of `team`, or everybody's.
    """

    id: str
    path: str
    texts: Mapping[str, str]
    owner: str | None = None
    team: str | None = None


class Shelf(NamedTuple):
    """Where a message lies: within one shelf paths are told apart."""

    owner: str | None
    team: str | None


def shelf_of(one: Canned) -> Shelf:
    """The shelf of a message."""
    return Shelf(one.owner, one.team)


def parts_of(path: str) -> list[str]:
    """The folders and the name in what was typed, outermost first; empty ones are no folders."""
    return [part for part in (" ".join(one.split()) for one in path.split("/")) if part]


def path_of(parts: list[str]) -> str:
    """The path as it is kept."""
    return "/".join(parts)


def path_key(path: str) -> tuple[str, ...]:
    """Paths with the same key are the same to a person; sorting by it keeps folders together."""
    return tuple(part.casefold() for part in parts_of(path))
