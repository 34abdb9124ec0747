"""Light markup for templates, as `js/core/blocks.js` draws it: links say their host."""

import re
from typing import NamedTuple

from protocol.markup import Span, SpanKind, blocks

_AUTHORITY = re.compile(r"(https?)://([^/?#\\]*)", re.I)
_PLAIN = re.compile(r"[a-z0-9.-]+(:[0-9]{1,5})?", re.I)


class Piece(NamedTuple):
    """A run of text. `host` is where a link leads, `beside` whether that has to be said since
    the address does not show it."""

    kind: SpanKind
    text: str
    host: str = ""
    beside: bool = False


class Part(NamedTuple):
    """A paragraph (one item) or a list (an item each)."""

    is_list: bool
    items: list[list[Piece]]


def drawn(text: str) -> list[Part]:
    """The paragraphs and lists of a text in light markup."""
    return [
        Part(block.is_list, [[_piece(span) for span in item] for item in block.items])
        for block in blocks(text)
    ]


def _piece(span: Span) -> Piece:
    if span.kind is not SpanKind.LINK:
        return Piece(span.kind, span.text)
    host = host_of(span.text)
    if not host:
        return Piece(SpanKind.TEXT, span.text)
    return Piece(span.kind, span.text, host, beside=not _shows(span.text, host))


def host_of(address: str) -> str:
    """The host that a browser would go to, with its port; empty where that is not plain enough
    to be sure of."""
    found = _AUTHORITY.match(address)
    if found is None:
        return ""
    host = found[2].rpartition("@")[2].lower()
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return host if _PLAIN.fullmatch(host) else ""


def _shows(address: str, host: str) -> bool:
    """Whether a reader sees the host where the address begins."""
    found = _AUTHORITY.match(address)
    cut = found is not None and address[found.end() : found.end() + 1] == "\\"
    return found is not None and found[2].lower() == host and not cut
