"""The icons that windows carry (_NET_WM_ICON, extended window manager hints)."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from client.platform.desktop import CursorShape
from client.platform.linux.x11.identity import numbers

WANTED = 48
LARGEST = 256

WORDS = 2 * LARGEST * LARGEST
"""So much of the property is read; what lies behind is larger than any that is wanted."""


class _Icon(NamedTuple):
    width: int
    height: int
    words: tuple[int, ...]


def icon(property_value: object) -> CursorShape | None:
    """The smallest one that is large enough, else the largest; None: there is none."""
    found = sorted(_icons(numbers(property_value)), key=lambda one: one.width)
    if not found:
        return None
    best = next((one for one in found if one.width >= WANTED), found[-1])
    argb: NDArray[np.uint32] = np.array(best.words, np.uint32)
    parts = [argb >> 16 & 255, argb >> 8 & 255, argb & 255, argb >> 24]
    rgba = np.stack(parts, axis=1).astype(np.uint8).tobytes()
    return CursorShape(0, best.width, best.height, 0, 0, rgba)


def _icons(words: tuple[int, ...]) -> Iterator[_Icon]:
    at = 0
    while at + 2 < len(words):
        width, height = words[at], words[at + 1]
        end = at + 2 + width * height
        if not (0 < width <= LARGEST and 0 < height <= LARGEST) or end > len(words):
            return
        yield _Icon(width, height, words[at + 2 : end])
        at = end
