"""Where an event of the picture lies on the desktop, and whether it may happen there.

The click is judged by the picture it was made on: whoever clicked saw that picture, however late
the click arrives.
"""

from dataclasses import dataclass
from typing import NamedTuple

from client.frames import Frame
from client.platform.desktop import Window
from client.session.permit import Permit
from protocol import limits
from protocol.screen import InputRefusal

OWNERS = 8
"""Longest chain of owners that is followed: a menu of a dialog of a dialog is 3."""


class Place(NamedTuple):
    """A pixel of the desktop."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Sight:
    """The picture that a batch was made on (None: it is not known any longer, or never was), and
    when a newer one was sent (seconds of the monotonic clock; None: it is the newest).
    """

    frame: Frame | None
    outdated_since: float | None = None


def aimed(sight: Sight, x: int, y: int) -> Place | InputRefusal:
    """Where the picture's pixel is on the desktop."""
    if sight.frame is None:
        return InputRefusal.BEHIND
    area = sight.frame.area
    place = Place(area.x + x, area.y + y)
    return place if area.holds(*place) else InputRefusal.OUTSIDE


def press_refused(
    sight: Sight, place: Place, there: Window | None, permit: Permit, now: float
) -> InputRefusal | None:
    """Why a button or the wheel may not act at `place`, where the topmost window is `there`."""
    if there is not None and there.own:
        return InputRefusal.OWN
    if sight.frame is None or _behind(sight, now):
        return InputRefusal.BEHIND
    if not is_shared(sight, there, permit):
        return InputRefusal.UNSHARED
    if not _the_same(_seen_at(sight.frame, place, there), there):
        return InputRefusal.MOVED
    return None


def reach_refused(sight: Sight, there: Window | None, permit: Permit) -> InputRefusal | None:
    """Why a key may not go to the window `there`, or something that is dragged be taken to it.

    The picture lags behind both by their nature, so its age says nothing; but they must not leave
    what the representative may act on.
    """
    if there is not None and there.own:
        return InputRefusal.OWN
    return None if is_shared(sight, there, permit) else InputRefusal.UNSHARED


def is_shared(sight: Sight, window: Window | None, permit: Permit) -> bool:
    """Whether the representative may act on this window (None: the bare desktop). The windows of
    the picture tell whose a menu or a dialog is, through several others if need be."""
    if permit.apps is None:
        return True
    around = {one.id: one for one in sight.frame.windows} if sight.frame else {}
    for _ in range(OWNERS):
        if window is None or window.own or window.desktop:
            return False
        if window.key in permit.windows or _of_programs(window, permit):
            return True
        owner = around.get(window.owner)
        if owner is None or (owner.pid, owner.program) != (window.pid, window.program):
            return False
        window = owner
    return False


def _of_programs(window: Window, permit: Permit) -> bool:
    chosen = bool(window.program) and window.program in (permit.apps or ())
    return chosen and (permit.new or window.passing)


def _seen_at(frame: Frame, place: Place, there: Window | None) -> Window | None:
    """The topmost window of the picture at that place, less those that let the mouse through."""
    through = there.beneath if there is not None else ()
    return next(
        (one for one in frame.windows if one.id not in through and _covers(one, place)), None
    )


def _covers(window: Window, place: Place) -> bool:
    parts = (window.rect,) if window.shape is None else window.shape
    return any(part.holds(*place) for part in parts)


def _behind(sight: Sight, now: float) -> bool:
    since = sight.outdated_since
    return since is not None and now - since > limits.BEHIND_S


def _the_same(seen: Window | None, there: Window | None) -> bool:
    """A menu is a window like any other: what opened or closed over the place since the picture
    makes it another place. So does a window that went elsewhere, as its contents went along.
    The system gives numbers of windows again, but not to the same program at the same moment.
    """
    if seen is None or there is None:
        return seen is there
    return (seen.id, seen.pid, seen.rect[:2]) == (there.id, there.pid, there.rect[:2])
