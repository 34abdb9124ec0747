"""A viewer's picture: draws the pieces of frames as `protocol.picture` says, one by one."""

import zlib
from collections.abc import Callable

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from protocol.picture import (
    Area,
    Codec,
    Piece,
    PieceHead,
    copy_head,
    picture_head,
    pieces,
    stream_parts,
)

Rgb = NDArray[np.uint8]
"""height x width x 3: red, green, blue."""

Decode = Callable[[Codec, bool, bytes], Rgb]
"""Codec, whether a stream begins, one frame of it; the whole picture of the stream after it."""


class Canvas:
    """`decode` is asked for each frame of a stream."""

    def __init__(self, decode: Decode | None = None) -> None:
        self._decode = decode
        self.picture: Rgb = np.zeros((1, 1, 3), np.uint8)
        self._memory = self._known = self.picture
        self.drawn: list[tuple[Piece, Area]] = []
        """The pieces of the newest frame, and their places."""

    def draw(self, payload: bytes, *, key: bool) -> None:
        """One frame's payload."""
        _, width, height = picture_head(payload)
        if key:
            self.picture = np.zeros((height, width, 3), np.uint8)
            self._memory = np.zeros_like(self.picture)
            self._known = np.zeros((height, width), np.bool_)
        assert self.picture.shape == (height, width, 3)
        before, found = self.picture.copy(), pieces(payload)
        assert [head.kind for head, _ in found] == sorted(head.kind for head, _ in found)
        self.drawn = [(head.kind, head[1:5]) for head, _ in found]
        for head, data in found:
            self._piece(head, data, before)

    def _piece(self, head: PieceHead, data: bytes, before: Rgb) -> None:
        place = _place(*head[1:5])
        assert self.picture[place].shape[:2] == (head.height, head.width)
        match head.kind:
            case Piece.KEEP:
                self._memory[place], self._known[place] = before[place], True
            case Piece.RECALL:
                assert self._known[place].all()
                self.picture[place] = self._memory[place]
            case Piece.COPY:
                came = before[_place(*copy_head(data), head.width, head.height)]
                self.picture[place] = came
            case Piece.PIXELS:
                self.picture[place] = unpacked(data, head.width, head.height)
            case Piece.JPEG:
                self.picture[place] = _enlarged(data, head.width, head.height)
            case Piece.STREAM:
                self._stream(data)

    def _stream(self, data: bytes) -> None:
        head, areas, chunk = stream_parts(data)
        assert self._decode is not None, "no stream was expected"
        decoded = self._decode(head.codec, bool(head.key), chunk)
        for area in areas:
            self.picture[_place(*area)] = decoded[_place(*area)]


def unpacked(data: bytes, width: int, height: int) -> Rgb:
    """The pixels of a PIXELS piece."""
    kind, plain = data[0], np.frombuffer(zlib.decompress(data[1:], -15), np.uint8)
    if kind == 0:
        summed = plain.reshape(height, width, 3).cumsum(axis=1, dtype=np.uint8)
        summed[..., 0] += summed[..., 1]
        summed[..., 2] += summed[..., 1]
        return np.asarray(summed)
    count = kind + 1
    bits = next(bits for bits in (1, 2, 4, 8) if count <= 1 << bits)
    palette = plain[: 3 * count].reshape(count, 3)
    rows = plain[3 * count :].reshape(height, -1)
    single = np.unpackbits(rows, axis=1).reshape(height, -1, bits)[:, :width]
    weights = 1 << np.arange(bits - 1, -1, -1)
    return np.asarray(palette[(single * weights).sum(axis=2)])


def _enlarged(data: bytes, width: int, height: int) -> Rgb:
    found = simplejpeg.decode_jpeg(data, "RGB")
    if found.shape[:2] == (height, width):
        return np.asarray(found)
    assert found.shape[:2] == (-(-height // 2), -(-width // 2))
    return np.asarray(found).repeat(2, axis=0).repeat(2, axis=1)[:height, :width]


def _place(x: int, y: int, width: int, height: int) -> tuple[slice, slice]:
    return slice(y, y + height), slice(x, x + width)
