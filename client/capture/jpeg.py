"""Photo-like rectangles as JPEG: the quickest there is, and small where exactness can wait."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import simplejpeg

from client.capture.colour import Picture
from client.session.geometry import Rect


class Finish(NamedTuple):
    """`quality` of libjpeg, whether colours are as fine as brightness, and whether the picture is
    halved each way first."""

    quality: int
    full_colour: bool
    halved: bool = False


class Grade(IntEnum):
    """How much of a picture is spent, the best first. Measured on slides of text and photographs:
    FINE 41 to 44 dB, FAIR 39, COARSE 33 to 36, ROUGH 31; the last ones are for slow links and
    desktops full of noise."""

    FINE = 0
    FAIR = 1
    COARSE = 2
    ROUGH = 3
    HALF = 4
    LEAST = 5


FINISHES = {
    Grade.FINE: Finish(85, full_colour=True),
    Grade.FAIR: Finish(75, full_colour=False),
    Grade.COARSE: Finish(50, full_colour=False),
    Grade.ROUGH: Finish(20, full_colour=False),
    Grade.HALF: Finish(40, full_colour=False, halved=True),
    Grade.LEAST: Finish(12, full_colour=False, halved=True),
}

STRIP = 256
"""Largest height of one rectangle, so that viewers decode several at a time."""


def strips(rects: Iterable[Rect]) -> list[Rect]:
    """The same rectangles, none higher than `STRIP`."""
    return [
        Rect(rect.x, y, rect.width, min(STRIP, rect.bottom - y))
        for rect in rects
        for y in range(rect.y, rect.bottom, STRIP)
    ]


def jpeg(part: Picture, grade: Grade) -> bytes:
    """The data of a JPEG piece."""
    finish = FINISHES[grade]
    pixels = _halved(part) if finish.halved else np.ascontiguousarray(part)
    colour = "444" if finish.full_colour else "420"
    return bytes(simplejpeg.encode_jpeg(pixels, finish.quality, "BGRX", colour))


def _halved(part: Picture) -> Picture:
    """Means of four pixels; rows and columns that are left over count twice."""
    height, width = part.shape[:2]
    padded = np.pad(part, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    four = padded.reshape(-(-height // 2), 2, -(-width // 2), 2, 4)
    return np.asarray(four.mean(axis=(1, 3)) + 0.5).astype(np.uint8)
