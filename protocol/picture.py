"""What a frame's payload is made of. The relay reads none of it.

A `PictureHead` and pieces until the end, each a `PieceHead` and its data. They are drawn in that
order onto what the frame before left. Viewers also have a memory as large as the picture, for what
may be seen again. A key frame replaces all of the picture, and after it the memory is empty.

Coordinates are pixels of the picture; (0, 0) is its upper left corner.
"""

import struct
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple


class Codec(IntEnum):
    """How what moves is encoded, the better first. Rectangles need none of them."""

    VP9_444 = 1
    VP9_420 = 2
    VP8 = 3


CODEC_STRINGS = {
    Codec.VP9_444: "vp09.01.40.08.03",
    Codec.VP9_420: "vp09.00.40.08",
    Codec.VP8: "vp8",
}
"""For `VideoDecoder.configure` (VP codec ISO media file format binding, section on codecs). All of
them carry BT.601 in full range."""


class Piece(IntEnum):
    """What a piece's data is.

    KEEP: nothing: the memory gets what the frame before left in this rectangle.
    RECALL: nothing: the rectangle is what the memory has there, which was kept since the key frame.
    COPY: a `CopyHead`: the rectangle is what the frame before left somewhere else.
    PIXELS: exact, one byte and a raw deflate stream (RFC 1951). That byte is 0 for three bytes a
    pixel: red minus green, green, blue minus green, each then minus the same of the pixel on the
    left (none in the first column), all modulo 256. Or it is n for a palette of n + 1 colours (red,
    green, blue), followed by the indices of the pixels: 1, 2, 4 or 8 bits each, the fewest that do,
    the leftmost pixel in the highest bits, each row begun with a byte of its own.
    JPEG: a JPEG of the rectangle's size, or of half of it each way (rounded up) to be enlarged.
    STREAM: a `StreamHead`, its rectangles, and one frame of the stream, which is as large as the
    picture. Only what is in the rectangles is drawn: elsewhere the stream may be older than the
    picture.

    In a frame they stand in the order of their numbers, and there is at most one STREAM.
    """

    KEEP = 1
    RECALL = 2
    COPY = 3
    PIXELS = 4
    JPEG = 5
    STREAM = 6


_PICTURE = struct.Struct(">BHH")
_PIECE = struct.Struct(">BHHHHI")
_COPY = struct.Struct(">HH")
_STREAM = struct.Struct(">BBH")
_AREA = struct.Struct(">HHHH")


class PictureHead(NamedTuple):
    """`layout` is the number of the `Layout` the picture belongs to, modulo 256."""

    layout: int
    width: int
    height: int

    def pack(self) -> bytes:
        return _PICTURE.pack(*self)


class PieceHead(NamedTuple):
    """A rectangle of the picture (of a STREAM: all of it) and the length of its data in bytes."""

    kind: Piece
    x: int
    y: int
    width: int
    height: int
    size: int

    def pack(self) -> bytes:
        return _PIECE.pack(*self)


class CopyHead(NamedTuple):
    """Upper left corner of where the pixels are now."""

    x: int
    y: int

    def pack(self) -> bytes:
        return _COPY.pack(*self)


class StreamHead(NamedTuple):
    """`key` is 1 where a stream begins, after which nothing of an earlier one is used; as many
    rectangles as `areas` follow."""

    codec: Codec
    key: int
    areas: int

    def pack(self) -> bytes:
        return _STREAM.pack(*self)


PICTURE_HEAD_BYTES = _PICTURE.size
PIECE_HEAD_BYTES = _PIECE.size
STREAM_HEAD_BYTES = _STREAM.size
AREA_BYTES = _AREA.size

Area = tuple[int, int, int, int]
"""x, y, width and height of a rectangle of the picture."""


def pack_areas(areas: Sequence[Area]) -> bytes:
    """What follows a `StreamHead`."""
    return b"".join(_AREA.pack(*area) for area in areas)


def picture_head(payload: bytes) -> PictureHead:
    """The head of a frame's payload. Raises `struct.error`."""
    return PictureHead(*_PICTURE.unpack_from(payload))


def pieces(payload: bytes) -> list[tuple[PieceHead, bytes]]:
    """The pieces of a frame's payload, with their data. Raises `struct.error` or `ValueError`."""
    found: list[tuple[PieceHead, bytes]] = []
    at = PICTURE_HEAD_BYTES
    while at < len(payload):
        kind, *rest = _PIECE.unpack_from(payload, at)
        head = PieceHead(Piece(kind), *rest)
        at += PIECE_HEAD_BYTES
        if at + head.size > len(payload):
            raise ValueError("a piece is cut off")
        found.append((head, payload[at : at + head.size]))
        at += head.size
    return found


def copy_head(data: bytes) -> CopyHead:
    """The data of a COPY. Raises `struct.error`."""
    return CopyHead(*_COPY.unpack(data))


def stream_parts(data: bytes) -> tuple[StreamHead, list[Area], bytes]:
    """The data of a STREAM: head, rectangles and the stream's frame. Raises `struct.error` or
    `ValueError`."""
    codec, key, count = _STREAM.unpack_from(data)
    begin = STREAM_HEAD_BYTES
    end = begin + count * AREA_BYTES
    if end > len(data):
        raise ValueError("the rectangles are cut off")
    areas: list[Area] = [_AREA.unpack_from(data, at) for at in range(begin, end, AREA_BYTES)]
    return StreamHead(Codec(codec), key, count), areas, data[end:]
