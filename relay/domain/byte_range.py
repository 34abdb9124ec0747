"""Which bytes a Range header asks for (RFC 9110, section 14). Pure."""

import re
from typing import NamedTuple

_ONE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*\Z")


class Span(NamedTuple):
    """The bytes from `start` to before `after`."""

    start: int
    after: int


class Unsatisfiable(Exception):
    """There are no such bytes."""


def span_of(header: str, size: int) -> Span | None:
    """What `header` asks for of `size` bytes; None: everything, also where it asks for several
    ranges or is not understood, as the RFC allows.

    Raises `Unsatisfiable`.
    """
    found = _ONE.match(header)
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return Span(max(0, size - int(last)), size)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Span(start, min(size, int(last) + 1) if last else size)
