"""A trial picture of the screen, before anybody asked for one: would there be anything to see?

The picture never leaves this file. Only the finding does, one word.
"""

from collections.abc import Iterable

import numpy as np

from client.capture.colour import Picture
from client.capture.grabber import Grabber, GrabFailed
from client.session.geometry import Rect
from protocol.working import Hurdle

DARKEST = 8
"""What is no lighter than this in any colour (of 255) is black: what a system hides is 0."""


def trial(monitors: Iterable[Rect], own: Iterable[Rect]) -> Hurdle | None:
    """BLACK when pictures of all monitors show nothing beside the `own` windows, or when there
    are none. One monitor at a time, so that several large ones need no more memory than one."""
    hidden = tuple(own)
    try:
        grabber = Grabber()
    except GrabFailed:
        return Hurdle.BLACK
    try:
        dark = [is_black(grabber.grab(one), one, hidden) for one in monitors]
    except GrabFailed:
        return Hurdle.BLACK
    finally:
        grabber.close()
    return Hurdle.BLACK if all(dark) else None


def is_black(picture: Picture, area: Rect, own: Iterable[Rect]) -> bool:
    """Whether a picture of `area` is black outside of the `own` windows; one that they fill tells
    nothing and is not."""
    light = (picture[..., :3] > DARKEST).any(axis=2)
    theirs = np.ones(light.shape, bool)
    for one in own:
        place = one.within(area)
        left, top = place.x - area.x, place.y - area.y
        theirs[top : top + place.height, left : left + place.width] = False
    return bool(theirs.any()) and not bool((light & theirs).any())
