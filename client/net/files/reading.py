"""The bytes of what is sent, piece by piece. Blocking.

A file that is not any longer what was chosen ends it: nothing else is sent under its name.
"""

import os
import stat
import zlib
from collections.abc import Generator
from io import FileIO

from client.net.files.finding import stamp_of
from client.session.file_source import Entry, FolderSource, MemorySource, PlainSource, Source, Stamp
from client.session.zip_layout import central_header, end, local_header
from protocol import limits

_Blocks = Generator[bytes, None, None]

READ_BYTES = 256 * 1024

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""A pipe that took the place of a file must not keep anybody waiting."""

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


class Unreadable(Exception):
    """The file is gone, cannot be read, or has changed since it was chosen."""


class Pieces:
    """Pieces of `limits.FILE_PIECE_BYTES`, the last one may be shorter."""

    def __init__(self, source: Source) -> None:
        self._blocks = _blocks(source)
        self._rest = bytearray()

    def next(self) -> bytes:
        """The next piece; empty after the last. Raises `Unreadable`."""
        size = limits.FILE_PIECE_BYTES
        while len(self._rest) < size:
            block = next(self._blocks, b"")
            if not block:
                break
            self._rest += block
        piece = bytes(self._rest[:size])
        del self._rest[:size]
        return piece

    def close(self) -> None:
        """Close what is open."""
        self._blocks.close()


def _blocks(source: Source) -> _Blocks:
    match source:
        case PlainSource():
            return _file(source.path, source.stamp, 0)
        case FolderSource():
            return _zip(source.entries)
        case MemorySource():
            return _memory(source.data)


def _memory(data: bytes) -> _Blocks:
    for at in range(0, len(data), READ_BYTES):
        yield data[at : at + READ_BYTES]


def _file(path: str, stamp: Stamp, flags: int) -> _Blocks:
    """Exactly the bytes that were there when `stamp` was taken, or `Unreadable`."""
    try:
        with FileIO(os.open(path, _FLAGS | flags), "rb") as file:
            _check(file, stamp)
            left = stamp.size
            while left:
                block = file.read(min(READ_BYTES, left))
                if not block:
                    raise Unreadable(path)
                left -= len(block)
                yield block
            _check(file, stamp)
    except (OSError, ValueError) as error:
        raise Unreadable(path) from error


def _check(file: FileIO, stamp: Stamp) -> None:
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode) or stamp_of(status) != stamp:
        raise Unreadable


def _zip(entries: tuple[Entry, ...]) -> _Blocks:
    """A zip of `client.session.zip_layout`. The sum of a file stands before its bytes, so a large
    one is read twice; a small one is kept meanwhile."""
    table = bytearray()
    at = 0
    for entry in entries:
        crc, kept = _sum(entry)
        header = local_header(entry, crc)
        table += central_header(entry, crc, at)
        yield header
        if kept is not None:
            if kept:
                yield kept
        else:
            yield from _again(entry, crc)
        at += len(header) + entry.size
    for first in range(0, len(table), READ_BYTES):
        yield bytes(table[first : first + READ_BYTES])
    yield end(len(entries), len(table), at)


def _sum(entry: Entry) -> tuple[int, bytes | None]:
    """The CRC-32, and the bytes themselves if they are few."""
    if entry.stamp is None:
        return 0, b""
    crc, kept = 0, bytearray()
    small = entry.size <= READ_BYTES
    for block in _file(entry.path, entry.stamp, _NO_LINKS):
        crc = zlib.crc32(block, crc)
        if small:
            kept += block
    return crc, bytes(kept) if small else None


def _again(entry: Entry, crc: int) -> _Blocks:
    if entry.stamp is None:
        return
    second = 0
    for block in _file(entry.path, entry.stamp, _NO_LINKS):
        second = zlib.crc32(block, second)
        yield block
    if second != crc:
        raise Unreadable(entry.path)
