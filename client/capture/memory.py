"""What viewers remember of earlier pictures: what is uncovered again need not be sent again.

The memory holds one picture. What had been still for long goes into it when it is covered, by a
window that is dragged over it or by a menu; where it is to be seen again, it is recalled.
"""

import numpy as np
from numpy.typing import NDArray

from client.capture.colour import Picture
from client.capture.moves import Copies, part
from client.capture.tiles import (
    Blocks,
    blocks_of,
    bounds,
    changed_blocks,
    merged,
    pixels_of,
    shape_of,
    slices,
)
from client.session.geometry import Rect

LEAST = 16
"""A change of fewer blocks covers and uncovers nothing that is worth it."""

MOST = 24
"""Rectangles that are kept or recalled in one frame; the largest."""


class Memory:
    """For the pictures of one layout, from a key frame on."""

    def __init__(self, width: int, height: int) -> None:
        self._size = (width, height)
        self._picture: Picture | None = None
        shape = shape_of(width, height)
        self._held = np.zeros(shape, np.bool_)
        self.loss = np.zeros(shape, np.uint8)
        """How inexact the viewers' memory is, as the picture was when it was kept."""

    def keep(
        self, before: Picture, changed: Blocks, settled: Blocks, loss: NDArray[np.uint8]
    ) -> list[Rect]:
        """What to remember of the picture before this frame: rectangles in blocks, of what had been
        `settled`, where it has `changed`."""
        leaving = changed & settled
        if np.count_nonzero(changed) < LEAST or not leaving.any():
            return []
        if self._picture is None:
            self._picture = np.zeros_like(before)
        box = bounds(leaving, *self._size)
        at = slices(blocks_of(box))
        differs = changed_blocks(part(before, box), part(self._picture, box))
        leaving[at] &= differs | ~self._held[at]
        inside = np.zeros_like(settled)
        inside[at] = settled[at]
        rects = [one for one in merged(inside) if leaving[slices(one)].any()]
        rects = _largest(rects)
        for one in rects:
            place, at = pixels_of(one, *self._size), slices(one)
            part(self._picture, place)[...] = part(before, place)
            self.loss[at], self._held[at] = loss[at], True
        return rects

    def recall(self, now: Picture, left: Blocks, copies: Copies | None) -> list[Rect]:
        """Rectangles in blocks of `left` that are, below what is copied, as remembered."""
        wanted = left & self._held
        if self._picture is None or np.count_nonzero(wanted) < LEAST:
            return []
        box = bounds(wanted, *self._size)
        predicted = part(self._picture, box)
        if copies is not None:
            predicted = predicted.copy()
            copies.draw(predicted, box)
        same = np.zeros_like(left)
        same[slices(blocks_of(box))] = ~changed_blocks(part(now, box), predicted)
        return _largest(merged(same & wanted))


def _largest(rects: list[Rect]) -> list[Rect]:
    return sorted(rects, key=lambda one: one.width * one.height, reverse=True)[:MOST]
