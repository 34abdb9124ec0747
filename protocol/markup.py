"""Safe light markup of chat lines: text becomes spans, never HTML.

A span is (kind, text). Links are found, not written; `*bold*` and `_italic_` bind to words.
Spans do not nest. Python and the pages use the same pattern (generated into `protocol.js`),
so it keeps to what both regular-expression dialects read alike.
"""

import re
from enum import Enum, StrEnum, auto
from itertools import groupby
from typing import NamedTuple


class SpanKind(StrEnum):
    TEXT = "text"
    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"


class Span(NamedTuple):
    kind: SpanKind
    text: str


PATTERN = (
    r"([hH][tT][tT][pP][sS]?://[^ \t\r\n<>\"']+)"
    r"|(?<![0-9A-Za-z*])\*([^ *\n](?:[^*\n]*[^ *\n])?)\*(?![0-9A-Za-z*])"
    r"|(?<![0-9A-Za-z_])_([^ _\n](?:[^_\n]*[^ _\n])?)_(?![0-9A-Za-z_])"
)
LINK_TAIL = ".,;:!?)]}*_"
"""Characters that end a sentence rather than a link."""

_FIND = re.compile(PATTERN)
_KINDS = (SpanKind.LINK, SpanKind.BOLD, SpanKind.ITALIC)


def spans(text: str) -> list[Span]:
    """The spans of one chat line; their texts joined are the line without its markers."""
    found: list[Span] = []
    at = 0
    for match in _FIND.finditer(text):
        kind = _KINDS[(match.lastindex or 1) - 1]
        inner = match.group(match.lastindex or 1)
        end = match.end()
        if kind is SpanKind.LINK:
            inner = inner.rstrip(LINK_TAIL)
            end = match.start() + len(inner)
        if match.start() > at:
            found.append(Span(SpanKind.TEXT, text[at : match.start()]))
        found.append(Span(kind, inner))
        at = end
    if at < len(text):
        found.append(Span(SpanKind.TEXT, text[at:]))
    return found


class Block(NamedTuple):
    """A paragraph (one item) or a list (an item each); an item is the spans of its lines."""

    is_list: bool
    items: list[list[Span]]


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a longer text, a notice or an agreement.

    Lines that begin with `- ` are items of a list; an empty line ends a paragraph. A single
    line break inside a paragraph stays one.
    """
    found: list[Block] = []
    for kind, lines in groupby((line.strip() for line in text.splitlines()), _line_kind):
        if kind is _Line.ITEM:
            found.append(Block(True, [spans(line[2:].strip()) for line in lines]))
        elif kind is _Line.WORDS:
            found.append(Block(False, [spans("\n".join(lines))]))
    return found


class _Line(Enum):
    ITEM = auto()
    WORDS = auto()
    EMPTY = auto()


def _line_kind(line: str) -> _Line:
    if line.startswith("- "):
        return _Line.ITEM
    return _Line.WORDS if line else _Line.EMPTY
