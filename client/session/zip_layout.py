"""A zip whose files are stored as they are (PKWARE APPNOTE 6.3.10), so that its size is known
beforehand and it can be made on the way. Pure: headers in, bytes out.
"""

import struct
from collections.abc import Iterable
from datetime import datetime

from client.session.file_source import Entry

_MOST_32 = 0xFFFF_FFFF
_MOST_16 = 0xFFFF
_PLAIN, _LONG = 20, 45
"""The version of the format that is needed to unpack."""

_UNIX = 3 << 8
_UTF_8 = 1 << 11
_FILE_MODE = 0o100644 << 16
_FOLDER_MODE = (0o040755 << 16) | 0x10
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_LONG_END = struct.Struct("<4sQHHLLQQQQ")
_LOCATOR = struct.Struct("<4sLQL")
_FIRST_YEAR, _LAST_YEAR = 1980, 2107


def local_header(entry: Entry, crc: int) -> bytes:
    """What stands before the bytes of `entry`; `crc` is their CRC-32."""
    name, long = entry.name.encode(), entry.size >= _MOST_32
    extra = _extra(entry.size, entry.size) if long else b""
    size = _MOST_32 if long else entry.size
    time, date = _moment(entry)
    version = _LONG if long else _PLAIN
    lengths = len(name), len(extra)
    fields = (b"PK\3\4", version, _UTF_8, 0, time, date, crc, size, size, *lengths)
    return _LOCAL.pack(*fields) + name + extra


def central_header(entry: Entry, crc: int, offset: int) -> bytes:
    """The line of the table of contents; `offset` is where the local header begins."""
    name, long = entry.name.encode(), entry.size >= _MOST_32
    far = offset >= _MOST_32
    told = [*([entry.size, entry.size] if long else []), *([offset] if far else [])]
    extra = _extra(*told) if told else b""
    size = _MOST_32 if long else entry.size
    time, date = _moment(entry)
    version = _LONG if told else _PLAIN
    mode = _FILE_MODE if entry.stamp else _FOLDER_MODE
    versions = (b"PK\1\2", _UNIX | version, version)
    sizes = (crc, size, size, len(name), len(extra), 0, 0, 0)
    at = _MOST_32 if far else offset
    return _CENTRAL.pack(*versions, _UTF_8, 0, time, date, *sizes, mode, at) + name + extra


def end(count: int, size: int, offset: int) -> bytes:
    """What stands at the end: `count` entries, their table of `size` bytes begins at `offset`."""
    long = count >= _MOST_16 or size >= _MOST_32 or offset >= _MOST_32
    before = b""
    if long:
        length = _LONG_END.size - 12
        versions = (_UNIX | _LONG, _LONG, 0, 0)
        before = _LONG_END.pack(b"PK\6\6", length, *versions, count, count, size, offset)
        before += _LOCATOR.pack(b"PK\6\7", 0, offset + size, 1)
    few = min(count, _MOST_16)
    return before + _END.pack(
        b"PK\5\6", 0, 0, few, few, min(size, _MOST_32), min(offset, _MOST_32), 0
    )


def size_of(entries: Iterable[Entry]) -> int:
    """The bytes of the whole zip."""
    at = table = count = 0
    for entry in entries:
        table += len(central_header(entry, 0, at))
        at += len(local_header(entry, 0)) + entry.size
        count += 1
    return at + table + len(end(count, table, at))


def _extra(*numbers: int) -> bytes:
    return struct.pack(f"<HH{len(numbers)}Q", 1, 8 * len(numbers), *numbers)


def _moment(entry: Entry) -> tuple[int, int]:
    """Time and date as MS-DOS counted them, on the clock on the wall."""
    if entry.stamp is None:
        return 0, (1 << 5) | 1
    try:
        at = datetime.fromtimestamp(entry.stamp.changed / 1e9)  # noqa: DTZ006 - local, by the format
    except (ValueError, OverflowError, OSError):
        return 0, (1 << 5) | 1
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        return 0, (1 << 5) | 1
    date = (at.year - _FIRST_YEAR) << 9 | at.month << 5 | at.day
    return at.hour << 11 | at.minute << 5 | at.second // 2, date
