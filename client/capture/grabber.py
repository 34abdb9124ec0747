"""The pixels of the screen, by mss."""

import mss
import numpy as np
from mss.exception import ScreenShotError

from client.capture.colour import Picture
from client.session.geometry import Rect


class GrabFailed(Exception):
    """There is no picture; the text is for the log."""


class Grabber:
    """Belongs to the thread that made it."""

    def __init__(self) -> None:
        """Raises `GrabFailed`."""
        try:
            self._screen = mss.MSS()
        except (ScreenShotError, OSError) as error:
            raise GrabFailed(f"no screen: {error}") from None

    def grab(self, area: Rect) -> Picture:
        """The pixels of `area` now, in memory of their own that may be written to.

        Raises `GrabFailed`, also where the system gives another size than was asked for, as it
        does when the screen has just changed.
        """
        place = {"left": area.x, "top": area.y, "width": area.width, "height": area.height}
        try:
            shot = self._screen.grab(place)
        except (ScreenShotError, OSError, ValueError) as error:
            raise GrabFailed(str(error)) from None
        if (shot.width, shot.height) != (area.width, area.height):
            raise GrabFailed(f"{shot.width}x{shot.height} instead of {area.width}x{area.height}")
        return np.frombuffer(shot.raw, np.uint8).reshape(area.height, area.width, 4)

    def close(self) -> None:
        """Let go of the screen."""
        self._screen.close()
