"""Tells the viewers where the pointer is and how it looks, apart from the picture."""

from collections import deque
from collections.abc import Callable

from client.platform.desktop import CursorPlace, CursorShape, DesktopView
from client.session.geometry import Rect
from protocol import limits
from protocol.screen import CURSOR_HEAD_BYTES, CursorHead

MOVING_S = 1 / 60
"""Least time between two places."""

RESTING_S = 1 / 20
"""How often a pointer is looked at that has not moved for `RESTS_AFTER_S`."""

RESTS_AFTER_S = 1.0

SHAPES_PER_S = 5
"""An animated pointer has a new shape for each of its pictures."""

_NOWHERE = CursorHead(0, 0, 0, 0, 0, 0, 0, 0)
_FARTHEST = 2**15 - 1
_LARGEST = limits.CHANNEL_JOINED_BYTES - CURSOR_HEAD_BYTES
_REMEMBERED = 64


class Pointer:
    """For one epoch."""

    def __init__(self) -> None:
        self._told: CursorHead | None = None
        self._known: deque[int] = deque(maxlen=_REMEMBERED)
        self._shapes_at: deque[float] = deque(maxlen=SHAPES_PER_S)
        self._serial = 0
        """Of the shape that is told: a withheld one leaves the one before in its place."""
        self._moved_at = 0.0
        self.next_look = 0.0

    def begin_anew(self) -> None:
        """A viewer has come who knows nothing yet."""
        self._told = None
        self._known.clear()
        self._serial = 0
        self.next_look = 0.0

    def look(
        self, view: DesktopView, area: Rect, now: float, shared: Callable[[int, int], bool]
    ) -> bytes | None:
        """A message's payload, if there is something new. `shared` says of a pixel of the desktop
        whether the viewers may know that the pointer is there."""
        resting = now - self._moved_at > RESTS_AFTER_S
        self.next_look = now + (RESTING_S if resting else MOVING_S)
        place = view.cursor()
        if place is None:
            return None
        inside = area.holds(place.x, place.y) and shared(place.x, place.y)
        if not (place.visible and inside):
            return self._hidden()
        shape = self._shape(view, place, now)
        if shape is not None or place.serial in self._known:
            self._serial = place.serial if shape is None else shape.serial
        head = _head(place, shape, self._serial, area)
        if shape is None and head == self._told:
            return None
        self._told = head._replace(width=0, height=0, hot_x=0, hot_y=0)
        self._moved_at = now
        return head.pack() + (shape.rgba if shape is not None else b"")

    def _hidden(self) -> bytes | None:
        if self._told == _NOWHERE:
            return None
        self._told = _NOWHERE
        return _NOWHERE.pack()

    def _shape(self, view: DesktopView, place: CursorPlace, now: float) -> CursorShape | None:
        """The shape, if the viewers do not know it and have not been told too many."""
        if place.serial == 0 or place.serial in self._known:
            return None
        if len(self._shapes_at) == SHAPES_PER_S and now - self._shapes_at[0] < 1.0:
            return None
        shape = view.cursor_shape()
        if shape is None or not 0 < len(shape.rgba) <= _LARGEST:
            return None
        self._known.append(shape.serial)
        self._shapes_at.append(now)
        return shape


def _head(place: CursorPlace, shape: CursorShape | None, serial: int, area: Rect) -> CursorHead:
    x, y = min(place.x - area.x, _FARTHEST), min(place.y - area.y, _FARTHEST)
    if shape is None:
        return CursorHead(1, x, y, 0, 0, 0, 0, serial)
    return CursorHead(*(1, x, y, shape.width, shape.height, shape.hot_x, shape.hot_y, serial))
