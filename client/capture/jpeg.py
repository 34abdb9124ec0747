"""JPEG rectangles: for browsers that cannot decode VP9, and where libvpx does not open."""

import numpy as np
import simplejpeg

from client.capture.colour import Picture
from client.capture.quality import Level
from client.capture.tiles import Blocks, rects_of
from client.session.geometry import Rect
from protocol import limits
from protocol.screen import PICTURE_HEAD_BYTES, Codec, TileHead

QUALITY = {Level.FINE: 95, Level.GOOD: 85, Level.COARSE: 60, Level.ROUGH: 40}
FULL_COLOUR = "444"
WORST = (30, 10)
"""Tried when a picture exceeds what a frame may have: huge desktops full of noise."""

_STRIP = 256
"""Largest height of one rectangle, so that a viewer draws the upper ones first."""

MOST_BYTES = limits.FRAME_BYTES - PICTURE_HEAD_BYTES


class JpegEncoder:
    """Every changed block is in one of the rectangles, which do not overlap."""

    codec = Codec.JPEG
    finest = Level.FINE

    def __init__(self, width: int, height: int) -> None:
        self._size = (width, height)

    def encode(self, picture: Picture, blocks: Blocks, level: Level, *, key: bool) -> bytes:
        """See `client.capture.encoder.Encoder`."""
        width, height = self._size
        rects = [Rect(0, 0, width, height)] if key else rects_of(blocks, width, height)
        strips = [strip for rect in rects for strip in _strips(rect)]
        payload = b""
        for quality in (QUALITY[level], *WORST):
            payload = _encoded(picture, strips, quality)
            if len(payload) <= MOST_BYTES:
                break
        return payload

    def close(self) -> None:
        """Nothing is held."""


def _strips(rect: Rect) -> list[Rect]:
    return [
        Rect(rect.x, y, rect.width, min(_STRIP, rect.bottom - y))
        for y in range(rect.y, rect.bottom, _STRIP)
    ]


def _encoded(picture: Picture, rects: list[Rect], quality: int) -> bytes:
    pieces: list[bytes] = []
    for x, y, width, height in rects:
        part = np.ascontiguousarray(picture[y : y + height, x : x + width])
        data = simplejpeg.encode_jpeg(part, quality, "BGRX", FULL_COLOUR)
        pieces += [TileHead(x, y, width, height, len(data)).pack(), data]
    return b"".join(pieces)
