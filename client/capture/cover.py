"""Paints over whatever must not be seen, in the picture itself, before anybody else gets it.

What a picture shows is what was on the screen at one moment, the grab. Before it `look` is told
every change of the windows and every painting until then, after it `paint_over` those until after
the grab; the moment of the grab is one of these. A pixel stays visible only if

1. at each of these moments, and at each of the last `settling.HOLD_S`, the topmost window there
   was one that is shared: so it was so at the moment of the grab, too;
2. it had been painted by then since the window that is there came to be on top there, as the
   reports before the grab say: so its colour is not left over from another window. Paintings that
   are reported after the grab count for the next picture only.

Where the order of changes and paintings is not known (`Moment.broken`, the first look, another
permit) the pictures are blank until every window list of the hold is known.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from client.capture.colour import Picture
from client.capture.mask import Bits, Cell, cells, part, verdicts
from client.capture.settling import HOLD_S, LONG_HOLD_S, Settling
from client.platform.desktop import Moment, Window
from client.session.geometry import Rect
from client.session.permit import NOTHING_ALLOWED, Permit

FLAT = 0x80_80_80
"""The colour that is painted over: red, green and blue alike, so that their order is no matter."""

Seen = tuple[tuple[Rect, ...], tuple[Rect, Bits] | None]
"""What is denied, and what has to settle."""


class Cover:
    """For one area of the desktop, used in one thread."""

    def __init__(self, area: Rect) -> None:
        self._area = area
        self._permit: Permit = NOTHING_ALLOWED
        self._settling: Settling | None = None
        self._windows: tuple[Window, ...] = ()
        self._composited = False
        self._blank_until = 0.0
        self._before: Seen = ((area,), None)
        self._blank = True

    def look(self, permit: Permit, moments: Sequence[Moment], now: float) -> None:
        """Right before the grab: what was on the screen since the last call, until now."""
        self._follow(permit, moments, now, late=False)
        self._before = self._hidden(now)
        self._blank = now < self._blank_until

    def paint_over(
        self, picture: Picture, permit: Permit, moments: Sequence[Moment], now: float
    ) -> None:
        """Right after the grab, with what was on the screen since `look`. `picture` has the size
        of the area, BGRX, height x width x 4."""
        changed = self._follow(permit, moments, now, late=True)
        pixels = picture.view(np.uint32)[..., 0]
        if self._blank or now < self._blank_until:
            pixels[...] = FLAT
            return
        self._fill(pixels, self._before)
        if changed:
            self._fill(pixels, self._hidden(now))

    def _follow(self, permit: Permit, moments: Sequence[Moment], now: float, *, late: bool) -> bool:
        """Whether another pixel may have to be painted over than before."""
        changed = False
        if _scope(permit) != _scope(self._permit):
            self._settling = None
        self._permit = permit
        for moment in moments:
            settling = self._settling
            if settling is None or self._starts_anew(settling, moment):
                settling = self._start(moment, now)
                changed = True
            elif moment.windows != self._windows:
                settling.change(self._stack(moment), now)
                changed = True
            settling.painted(moment.painted or (), now, late=late)
        return changed

    def _starts_anew(self, settling: Settling, moment: Moment) -> bool:
        other = moment.composited != self._composited or moment.screen != settling.screen
        return moment.broken or other

    def _start(self, moment: Moment, now: float) -> Settling:
        """With everything shared there is no secret in what was there before."""
        everything = self._permit.apps is None
        slow = moment.composited or moment.painted is None
        if not everything:
            self._blank_until = now + (LONG_HOLD_S if slow else HOLD_S)
        self._composited = moment.composited
        stack = self._stack(moment)
        self._settling = Settling(moment.screen, stack, ground=everything, slow=slow)
        return self._settling

    def _stack(self, moment: Moment) -> tuple[Cell, ...]:
        self._windows = moment.windows
        may = verdicts(self._permit, moment.windows)
        return cells(moment.windows, may, composited=moment.composited)

    def _hidden(self, now: float) -> Seen:
        if self._settling is None:
            return (self._area,), None
        return self._settling.denied(), self._settling.unsettled(now)

    def _fill(self, pixels: NDArray[np.uint32], seen: Seen) -> None:
        denied, unsettled = seen
        for rect in denied:
            part(pixels, self._area, rect.within(self._area))[...] = FLAT
        if unsettled is not None:
            box, bits = unsettled
            inside = box.within(self._area)
            where = part(bits, box, inside)
            np.copyto(part(pixels, self._area, inside), np.uint32(FLAT), where=where)


def _scope(permit: Permit) -> tuple[object, ...]:
    return permit.epoch, permit.share, permit.apps, permit.windows, permit.new
