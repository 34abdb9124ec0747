"""Tables as CSV that no spreadsheet takes for formulas. Pure.

RFC 4180 with every cell quoted; UTF-8 with a byte-order mark, without which spreadsheets guess. A
cell that a program might calculate gets an apostrophe before its first sign (OWASP, "CSV
Injection"). Since spreadsheets of some countries part cells at semicolons or tabs, whatever
follows such a character, or a line break, is treated as a beginning, too.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe63\ufe62\ufe66\ufe6b"
"""What a formula begins with: = + - @ in all their widths."""

_STARTS = re.compile(rf"((?:^|[;\t\r\n])[\s\"'\ufeff\u200b]*)([{_SIGNS}])")
_LEADING = re.compile(r"^[\t\r]")


def guarded(cell: str) -> str:
    """`cell` as text for every spreadsheet."""
    return _LEADING.sub(r"'\g<0>", _STARTS.sub(r"\1'\2", cell))


def table(rows: Iterable[Sequence[str | int]]) -> bytes:
    """The file. Numbers are written as they are, texts `guarded`."""
    into = io.StringIO(newline="")
    into.write(BYTE_ORDER_MARK)
    writer = csv.writer(into, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(one) if isinstance(one, str) else one for one in row])
    return into.getvalue().encode()
