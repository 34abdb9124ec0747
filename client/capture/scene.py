"""One picture of the screen after the other: grabbed through the gate, masked, compared.

Everything that must not be seen is painted over here, before anybody else gets the picture.

Where the system tells what is painted, only that is grabbed and compared, as long as everything is
shared and no window moves: what is hidden then stays where it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from client.capture.colour import Picture
from client.capture.cover import Cover
from client.capture.grabber import Grabber
from client.capture.mask import verdicts
from client.capture.moves import part
from client.capture.settling import LONG_HOLD_S
from client.capture.tiles import (
    Blocks,
    blocks_of,
    changed_blocks,
    covered,
    rects_of,
    shape_of,
    slices,
)
from client.gate import Gate
from client.platform.desktop import DesktopView, Moment, Window
from client.session.geometry import Rect
from client.session.permit import Permit

QUIET_AFTER_S = 0.5
"""When nothing was painted for so long, a screen that reports what is painted is not grabbed."""

FEW = 6
"""More places than this are grabbed as a whole."""

PARTLY = 0.4
"""So is a larger share of the screen."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that may be shown; `windows` were there when it was taken, the topmost first.
    `changed` says what differs from `before`, the picture that was sent last."""

    picture: Picture
    windows: tuple[Window, ...]
    changed: Blocks
    before: Picture


class Scene:
    """For one epoch and one area; the picture of another is never compared with."""

    def __init__(self, gate: Gate, view: DesktopView, grabber: Grabber, area: Rect) -> None:
        self._gate = gate
        self._view = view
        self._grabber = grabber
        self._cover = Cover(area)
        self._before: Picture = np.zeros((area.height, area.width, 4), np.uint8)
        self._picture: Picture | None = None
        """Like what was sent, but for the blocks in `_changed`."""
        self._changed: Blocks = np.ones(shape_of(area.width, area.height), np.bool_)
        self._painted: list[Rect] = []
        self._windows: tuple[Window, ...] = ()
        self._permit: Permit | None = None
        self._busy_until = self._whole_until = 0.0
        self.area = area

    def look(self, permit: Permit, now: float, *, must: bool) -> Seen | None:
        """What there is to see now. None: the gate is shut, or certainly nothing has changed,
        which is no answer when one `must` be given. Raises `GrabFailed`.
        """
        moments = self._view.moments()
        self._cover.look(permit, moments, now)
        self._note(permit, moments, now)
        if not (must or self._painted or self._changed.any() or now <= self._busy_until):
            return None
        places = self._places(now) if not must else None
        with self._gate.grabbing(permit.epoch) as allowed:
            if not allowed:
                return None
            picture, places = self._grabbed(places)
        self._painted = []
        moments = self._view.moments()
        self._cover.paint_over(picture, permit, moments, now)
        before = self._windows
        self._note(permit, moments, now)
        self._compare(picture, places if before == self._windows else None)
        return Seen(picture, self._windows, self._changed.copy(), self._before)

    def again(self, permit: Permit) -> Seen | None:
        """The picture that was sent last, without another look; None: more may have changed."""
        if permit != self._permit or self._picture is None or self._painted:
            return None
        if self._changed.any() or self._view.stirring() is None or self._view.stirred():
            return None
        return Seen(self._picture, self._windows, self._changed, self._before)

    def shares(self, permit: Permit, x: int, y: int) -> bool:
        """Whether the topmost window at a pixel of the desktop is shared."""
        if permit.apps is None:
            return True
        may = verdicts(permit, self._windows)
        there = (ok for one, ok in zip(self._windows, may, strict=True) if one.rect.holds(x, y))
        return next(there, False)

    def sent(self, seen: Seen) -> None:
        """The viewers have this picture now, or will."""
        for rect in rects_of(seen.changed, self.area.width, self.area.height):
            part(self._before, rect)[...] = part(seen.picture, rect)
        self._changed &= ~seen.changed

    def _note(self, permit: Permit, moments: Sequence[Moment], now: float) -> None:
        """What was painted, and until when one has to look although nothing is."""
        before, self._windows = self._windows, moments[-1].windows
        known = all(one.painted is not None and not one.broken for one in moments)
        steady = known and all(one.windows == before for one in moments)
        if not steady or permit != self._permit:
            self._whole_until = now + LONG_HOLD_S + QUIET_AFTER_S
            self._busy_until = now + QUIET_AFTER_S
        self._permit = permit
        for one in moments:
            self._painted += one.painted or ()
        if self._painted and (permit.apps is not None or now < self._whole_until):
            self._busy_until = now + QUIET_AFTER_S

    def _places(self, now: float) -> list[Rect] | None:
        """What to grab, in pixels of the picture; None: all of it."""
        permit = self._permit
        if permit is None or permit.apps is not None or now < self._whole_until:
            return None
        if self._picture is None:
            return None
        width, height = self.area.width, self.area.height
        inside = (one.within(self.area).moved(-self.area.x, -self.area.y) for one in self._painted)
        blocks = covered((one for one in inside if one), self._changed.shape)
        if np.count_nonzero(blocks) > PARTLY * blocks.size:
            return None
        rects = rects_of(blocks, width, height)
        return rects if len(rects) <= FEW else None

    def _grabbed(self, places: list[Rect] | None) -> tuple[Picture, list[Rect] | None]:
        """The picture, of which only `places` are new, if it says so."""
        if places is None or self._picture is None:
            return self._grabber.grab(self.area), None
        for place in places:
            fresh = self._grabber.grab(place.moved(self.area.x, self.area.y))
            part(self._picture, place)[...] = fresh
        return self._picture, places

    def _compare(self, picture: Picture, places: list[Rect] | None) -> None:
        """Where it differs from what was sent; elsewhere than at `places` that is known."""
        first, self._picture = self._picture is None, picture
        if places is None:
            if not first:
                self._changed = changed_blocks(picture, self._before)
            return
        for place in places:
            differs = changed_blocks(part(picture, place), part(self._before, place))
            self._changed[slices(blocks_of(place))] = differs
