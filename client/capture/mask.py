"""Which pixels of the screen belong to what the customer shares. Pure.

Allowed is what stands on a list: programs, single windows, and the menus, tooltips and dialogs
that belong to them. Whatever else is on the screen hides what lies below it.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from client.platform.desktop import Window
from client.session.geometry import Rect, around
from client.session.permit import Permit

Bits = NDArray[np.bool_]
Pixel = TypeVar("Pixel", bound=np.generic)

OWNERS = 8
"""Longest chain of owners that is followed: a menu of a dialog of a dialog is 3."""

CORNER = 12
"""Compositors may round a window's corners, so that what lies below shows there (pixels)."""


class Cell(NamedTuple):
    """A window as the mask sees it: `hidden` are the pixels that may not be seen because of it,
    `shown` those that may be seen. Of any other pixel, what lies below decides. It is `pending`
    while nobody knows whose it is, which is so for a moment when it is new."""

    id: int
    pid: int
    rect: Rect
    allowed: bool
    hidden: tuple[Rect, ...]
    shown: tuple[Rect, ...]
    pending: bool = False


def verdicts(permit: Permit, windows: Sequence[Window]) -> tuple[bool, ...]:
    """For each of `windows`: may it be seen?"""
    there = {one.id: one for one in windows}

    def of_program(one: Window) -> bool:
        apps = permit.apps or frozenset()
        return bool(one.program) and one.program in apps and (permit.new or one.passing)

    def allowed(one: Window, steps: int = 0) -> bool:
        if one.own or permit.apps is None:
            return not one.own
        if one.desktop:
            return False
        if one.key in permit.windows or of_program(one):
            return True
        owner = there.get(one.owner)
        if owner is None or owner is one or steps == OWNERS:
            return False
        related = bool(one.program) and one.program == owner.program and one.pid == owner.pid
        return related and allowed(owner, steps + 1)

    return tuple(allowed(one) for one in windows)


def cells(
    windows: Sequence[Window], allowed: Sequence[bool], *, composited: bool
) -> tuple[Cell, ...]:
    """What each window does to the pixels, the topmost first."""
    return tuple(
        Cell(
            one.id,
            one.pid,
            one.rect,
            may,
            *_parts(one, may, composited),
            pending=not (may or one.program or one.own),
        )
        for one, may in zip(windows, allowed, strict=True)
    )


def _parts(
    window: Window, allowed: bool, composited: bool
) -> tuple[tuple[Rect, ...], tuple[Rect, ...]]:
    if not allowed:
        # A shape may be out of date, which is harmless only where nothing is to be kept secret.
        own_shape = window.shape if window.own else None
        return (window.rect,) if own_shape is None else own_shape, ()
    whole = window.shape if window.shape is not None else (window.rect,)
    if not composited:
        return (), whole
    if window.solid is not None:
        return (), _common(whole, window.solid)
    return (), _rounded(window.rect) if window.shape is None else whole


def _common(first: Sequence[Rect], second: Sequence[Rect]) -> tuple[Rect, ...]:
    found = (one.within(other) for one in first for other in second)
    return tuple(rect for rect in found if rect)


def _rounded(rect: Rect) -> tuple[Rect, ...]:
    """All of it but what lies outside of a circle's quarter at each corner."""
    if rect.width <= 2 * CORNER or rect.height <= 2 * CORNER:
        return ()
    x, y, width, height = rect
    rows = [
        Rect(x + inset, line, width - 2 * inset, thickness)
        for at, inset, thickness in _STEPS
        for line in (y + at, rect.bottom - at - thickness)
    ]
    return (*rows, Rect(x, y + CORNER, width, height - 2 * CORNER))


def _steps() -> tuple[tuple[int, int, int], ...]:
    """Rows of a rounded corner: their distance from the edge, the pixels that are missing there,
    and how many rows alike there are."""
    insets = [
        min(CORNER, 1 + int(CORNER - (CORNER**2 - (CORNER - row) ** 2) ** 0.5))
        for row in range(CORNER)
    ]
    return tuple(
        (insets.index(inset), inset, insets.count(inset))
        for inset in sorted(set(insets), reverse=True)
    )


_STEPS = _steps()


def paint_allowed(into: Bits, corner: Rect, box: Rect, stack: Sequence[Cell], ground: bool) -> None:
    """Set the pixels of `box` in `into`, whose upper left pixel is that of `corner`: may they be
    seen? `ground` is the answer where there is no window."""
    part(into, corner, box)[...] = ground
    for cell in reversed(stack):
        for rect in cell.hidden:
            part(into, corner, rect.within(box))[...] = False
        for rect in cell.shown:
            part(into, corner, rect.within(box))[...] = True


def part(array: NDArray[Pixel], corner: Rect, rect: Rect) -> NDArray[Pixel]:
    """The pixels of `rect`, which lies within what `array` holds."""
    x, y = rect.x - corner.x, rect.y - corner.y
    return array[y : y + rect.height, x : x + rect.width]


def changed_box(old: Sequence[Cell], new: Sequence[Cell]) -> Rect:
    """The smallest rectangle outside of which the two stacks look the same."""
    first, shorter = 0, min(len(old), len(new))
    while first < shorter and old[first] == new[first]:
        first += 1
    last = 0
    while last < shorter - first and old[-1 - last] == new[-1 - last]:
        last += 1
    different = (*old[first : len(old) - last], *new[first : len(new) - last])
    return around(tuple(cell.rect for cell in different if cell.rect))


def uncovered(stack: Sequence[Cell], index: int) -> list[Rect]:
    """The parts of a window that no other window lies on."""
    left = [stack[index].rect]
    for cell in stack[:index]:
        left = [piece for one in left for piece in without(one, cell.rect)]
    return left


def topmost(stack: Sequence[Cell], index: int, box: Rect) -> Bits:
    """The pixels of `box` at which a window is on top, by the shapes of those above it."""
    found: Bits = np.zeros((box.height, box.width), np.bool_)
    part(found, box, stack[index].rect.within(box))[...] = True
    for cell in stack[:index]:
        for rect in (*cell.hidden, *cell.shown):
            part(found, box, rect.within(box))[...] = False
    return found


def without(rect: Rect, hole: Rect) -> list[Rect]:
    """The parts of `rect` that are not in `hole`."""
    cut = rect.within(hole)
    if not cut:
        return [rect]
    pieces = (
        Rect(rect.x, rect.y, rect.width, cut.y - rect.y),
        Rect(rect.x, cut.bottom, rect.width, rect.bottom - cut.bottom),
        Rect(rect.x, cut.y, cut.x - rect.x, cut.height),
        Rect(cut.right, cut.y, rect.right - cut.right, cut.height),
    )
    return [piece for piece in pieces if piece]


def rectangles(bits: Bits) -> tuple[Rect, ...]:
    """Rectangles that hold exactly the set pixels; (0, 0) is the first pixel of `bits`."""
    height = len(bits)
    if not height or not bits.any():
        return ()
    wide: NDArray[np.generic] = bits  # eight pixels are compared at a time where that is possible
    if bits.flags.c_contiguous and bits.shape[1] % 8 == 0:
        wide = bits.view(np.uint64)
    starts = [0, *(np.flatnonzero((wide[1:] != wide[:-1]).any(axis=1)) + 1).tolist(), height]
    return tuple(
        Rect(left, top, right - left, bottom - top)
        for top, bottom in pairwise(starts)
        for left, right in _runs(bits[top])
    )


def _runs(row: Bits) -> list[tuple[int, int]]:
    padded = np.zeros(len(row) + 2, np.bool_)
    padded[1:-1] = row
    edges = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
