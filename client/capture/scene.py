"""One picture of the screen after the other: grabbed through the gate, masked, compared.

Everything that must not be seen is painted over here, before anybody else gets the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from client.capture.colour import Picture
from client.capture.cover import Cover
from client.capture.grabber import Grabber
from client.capture.mask import verdicts
from client.capture.tiles import Blocks, changed_blocks, shape_of
from client.gate import Gate
from client.platform.desktop import DesktopView, Moment, Window
from client.session.geometry import Rect
from client.session.permit import Permit

QUIET_AFTER_S = 0.5
"""When nothing was painted for so long, a screen that reports what is painted is not grabbed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that may be shown; `windows` were there when it was taken, the topmost first.
    `changed` says what differs from the picture that was sent last."""

    picture: Picture
    windows: tuple[Window, ...]
    changed: Blocks


class Scene:
    """For one epoch and one area; the picture of another is never compared with."""

    def __init__(self, gate: Gate, view: DesktopView, grabber: Grabber, area: Rect) -> None:
        self._gate = gate
        self._view = view
        self._grabber = grabber
        self._cover = Cover(area)
        self._sent: Picture | None = None
        self._windows: tuple[Window, ...] = ()
        self._busy_until = 0.0
        self.area = area

    def look(self, permit: Permit, now: float, *, must: bool) -> Seen | None:
        """What there is to see now. None: the gate is shut, or certainly nothing has changed,
        which is no answer when one `must` be given. Raises `GrabFailed`.
        """
        moments = self._view.moments()
        self._cover.look(permit, moments, now)
        if self._is_busy(moments):
            self._busy_until = now + QUIET_AFTER_S
        if now > self._busy_until and not must:
            return None
        with self._gate.grabbing(permit.epoch) as allowed:
            if not allowed:
                return None
            picture = self._grabber.grab(self.area)
        moments = self._view.moments()
        self._cover.paint_over(picture, permit, moments, now)
        if self._is_busy(moments):
            self._busy_until = now + QUIET_AFTER_S
        return Seen(picture, moments[-1].windows, self._changed(picture))

    def shares(self, permit: Permit, x: int, y: int) -> bool:
        """Whether the topmost window at a pixel of the desktop is shared."""
        if permit.apps is None:
            return True
        may = verdicts(permit, self._windows)
        there = (ok for one, ok in zip(self._windows, may, strict=True) if one.rect.holds(x, y))
        return next(there, False)

    def sent(self, seen: Seen) -> None:
        """The viewers have this picture now, or will."""
        self._sent = seen.picture

    def _is_busy(self, moments: Sequence[Moment]) -> bool:
        """Whether something was painted or moved, or nobody knows."""
        before, self._windows = self._windows, moments[-1].windows
        quiet = all(one.painted == () and one.windows == before for one in moments)
        return not quiet or any(one.broken for one in moments)

    def _changed(self, picture: Picture) -> Blocks:
        if self._sent is None:
            return np.ones(shape_of(self.area.width, self.area.height), np.bool_)
        return changed_blocks(picture, self._sent)
