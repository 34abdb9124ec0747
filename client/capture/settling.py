"""Pixels that may be seen by the list of windows, but may still show what was there before. Pure.

What keeps a pixel painted over that has just become allowed:

* **owed**: what is there now has not been painted yet. A program paints an uncovered place when it
  gets to it, and until then the old pixels stay. A counter for each pixel says how many times it
  has still to be painted; the view reports every painting, in order with every change of the
  windows, so that none from before the change is taken for one from after it.
* **carried**: a window that is moved takes its pixels along, also those that are owed. The server
  reports this copying as painting, so the new place is owed one painting more than the old one.
* **pending**: what is painted in a window before it is known whose it is counts as well, so that
  it can be shown as soon as that is known; until then it is denied. Where such a window goes away
  before anybody could ask, what it painted is left over, and the place is owed a painting.
* **held**: a place is shown only when every list of the last `HOLD_S` allowed it.

With a compositor the pixels on the screen are older than the list of windows by an unknown time,
and fading or moving pictures may follow a change. Moved windows are painted afresh, not copied. So
the hold is longer there, and a place is owed one painting, but not for ever (`DOUBT_S`), since not
every driver reports what a compositor paints.

Beyond this rule is a program that reports a place as painted without filling it, or copies within
its own window before it has painted what was uncovered.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from client.capture.mask import (
    Bits,
    Cell,
    Pixel,
    changed_box,
    paint_allowed,
    part,
    rectangles,
    topmost,
    uncovered,
)
from client.session.geometry import NOWHERE, Rect, around

HOLD_S = 0.3
"""A quarter of a second, and the time that one look and one grab may take."""

LONG_HOLD_S = 1.0
"""With a compositor, or where the system does not tell what is painted."""

DOUBT_S = 5.0
"""With a compositor: so long after a change it has painted, reported or not."""

MANY = 250
"""More paintings than that are not counted: such a pixel waits until its window is covered."""


class Settling:
    """The pixels of `screen`, by windows and paintings as they come in. Times are seconds from any
    moment on; they never go back."""

    def __init__(self, screen: Rect, stack: tuple[Cell, ...], *, ground: bool, slow: bool) -> None:
        """`slow`: with a compositor, or without reports of what is painted."""
        shape = (screen.height, screen.width)
        self.screen = screen
        self._stack = stack
        self._followed = _followed(stack)
        self._ground = ground
        self._slow = slow
        self._maybe: Bits = np.empty(shape, np.bool_)
        self._owed: NDArray[np.uint8] = np.zeros(shape, np.uint8)
        self._free_ms: NDArray[np.int32] = np.zeros(shape, np.int32)
        self._zero = -1.0
        self._changed_at = 0.0
        self._unsettled = NOWHERE
        self._denied: tuple[Rect, ...] | None = None
        paint_allowed(self._maybe, screen, screen, self._followed, ground)

    def change(self, stack: tuple[Cell, ...], now: float) -> None:
        """The windows stand otherwise from `now` on."""
        self._stack, self._denied = stack, None
        old, self._followed = self._followed, _followed(stack)
        box = changed_box(old, self._followed).within(self.screen)
        if not box:
            return
        maybe, owed = self._in(self._maybe, box), self._in(self._owed, box)
        maybe_before, owed_before = maybe.copy(), owed.copy()
        paint_allowed(self._maybe, self.screen, box, self._followed, self._ground)
        fresh = maybe & (~maybe_before | self._left_over(old, box))
        np.copyto(owed, 1, where=fresh)
        if not self._slow:
            for cell in old:
                self._carry(cell, old, owed_before, box)
        owed *= maybe
        if fresh.any() or (not self._slow and owed.any()):
            self._hold(fresh, box, now)

    def painted(self, places: Sequence[Rect], now: float, *, late: bool) -> None:
        """Something was painted at `places`; with `late` maybe only after the picture of `now` was
        taken, so that it counts for the next one."""
        if not self._unsettled:
            return
        for place in places:
            inside = place.within(self._unsettled)
            owed = self._in(self._owed, inside)
            paid = (owed > 0) & (owed < MANY)
            if late and paid.any():
                free = self._in(self._free_ms, inside)
                np.maximum(free, self._ms(now) + 1, out=free, where=paid)
            owed -= paid

    def denied(self) -> tuple[Rect, ...]:
        """What may not be seen by the list of windows, in pixels of the desktop."""
        if self._denied is None:
            allowed = self._maybe
            if self._stack != self._followed:
                allowed = np.empty_like(allowed)
                paint_allowed(allowed, self.screen, self.screen, self._stack, self._ground)
            found = rectangles(~allowed)
            self._denied = tuple(one.moved(self.screen.x, self.screen.y) for one in found)
        return self._denied

    def unsettled(self, now: float) -> tuple[Rect, Bits] | None:
        """A rectangle of the desktop and which of its pixels may not be seen yet, besides those
        that are denied."""
        box = self._unsettled
        if not box:
            return None
        owed = self._in(self._owed, box)
        if self._slow and now >= self._changed_at + DOUBT_S:
            owed[...] = 0
        bits: Bits = (owed > 0) | (self._in(self._free_ms, box) > self._ms(now))
        if bits.any():
            return box, bits
        self._unsettled = NOWHERE
        return None

    def _carry(self, cell: Cell, old: Sequence[Cell], owed: NDArray[np.uint8], box: Rect) -> None:
        """A window that was moved took along what it owed; `owed` is that of `box` before.

        The copying is reported for everything of it that was to be seen, also where other windows
        lie on its new place: nothing is painted there, so they owe one painting more.
        """
        index, new = self._found(cell)
        if new is None or new.rect[:2] == cell.rect[:2]:
            return
        dx, dy = new.rect.x - cell.rect.x, new.rect.y - cell.rect.y
        own = uncovered(self._followed, index)
        for piece in uncovered(old, old.index(cell)):
            target = piece.within(box).moved(dx, dy).within(box)
            place = self._in(self._owed, target)
            if not (place.any() or owed.any()):
                continue
            before = place.copy()
            place += (place > 0) & (place < MANY)
            for goal in filter(None, (target.within(one) for one in own)):
                taken = part(owed, box, goal.moved(-dx, -dy))
                more = taken + ((taken > 0) & (taken < MANY))
                part(place, target, goal)[...] = np.maximum(part(before, target, goal), more)

    def _left_over(self, old: Sequence[Cell], box: Rect) -> Bits:
        """Where a window of nobody was on top and is not any longer. It is still there when it has
        become known, by whatever number: at the same place, and not in the list before."""
        left: Bits = np.zeros((box.height, box.width), np.bool_)
        before = {one.id for one in old}
        for index, cell in enumerate(old):
            if cell.pending:
                there = topmost(old, index, box)
                for at, one in enumerate(self._followed):
                    known = one.rect == cell.rect and one.id not in before
                    if one.id == cell.id or known:
                        there &= ~topmost(self._followed, at, box)
                left |= there
        return left

    def _found(self, cell: Cell) -> tuple[int, Cell | None]:
        for index, one in enumerate(self._followed):
            if (one.id, one.pid) == (cell.id, cell.pid):
                return index, one
        return 0, None

    def _hold(self, fresh: Bits, box: Rect, now: float) -> None:
        until = self._ms(now + (LONG_HOLD_S if self._slow else HOLD_S))
        np.copyto(self._in(self._free_ms, box), until, where=fresh)
        self._changed_at = now
        self._unsettled = around((self._unsettled, box)) if self._unsettled else box

    def _in(self, array: NDArray[Pixel], rect: Rect) -> NDArray[Pixel]:
        return part(array, self.screen, rect)

    def _ms(self, now: float) -> int:
        """Milliseconds since the first time that was told; 1 at that moment."""
        if self._zero < 0:
            self._zero = now
        return 1 + round((now - self._zero) * 1000)


def _followed(stack: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The same with windows of nobody as if they were shared."""
    if not any(one.pending for one in stack):
        return stack
    return tuple(
        one._replace(hidden=(), shown=(one.rect,)) if one.pending else one for one in stack
    )
