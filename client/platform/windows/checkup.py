"""What stands in the way on a Windows desktop. Run under Wine, never on Windows."""

import os

from client.platform.base import Unavailable
from client.platform.checkup import Probe
from client.platform.desktop import Monitor, Window
from protocol.screen import Obstacle
from protocol.working import Hurdle

PLACES = {
    Hurdle.CLOCK: "ms-settings:dateandtime",
}
"""Microsoft Learn, "Launch the Windows Settings app"."""


class WindowsProbe:
    """Unlike a view it leaves the client's own windows in pictures: nobody gets this one."""

    silent = True

    def __init__(self) -> None:
        from client.platform.windows.api import see_pixels

        see_pixels()

    def monitors(self) -> tuple[Monitor, ...]:
        from client.platform.windows import monitors

        return monitors.monitors()

    def windows(self) -> tuple[Window, ...]:
        from client.platform.windows import windows_list

        return windows_list.shown()

    def problems(self) -> frozenset[Hurdle]:
        """Every program may look and act here, but for windows that stand above it."""
        from client.platform.windows import obstacles

        above = (obstacles.away() or obstacles.in_front()) is Obstacle.ELEVATED
        return frozenset({Hurdle.ELEVATED}) if above else frozenset()

    def close(self) -> None:
        """There is nothing to let go of."""


class WindowsCheckup:
    """Looks by the same calls as a share."""

    def open(self) -> Probe | Unavailable:
        """For the thread that calls."""
        try:
            return WindowsProbe()
        except (OSError, AttributeError) as why:
            return Unavailable(f"this Windows lacks a function: {why}")

    def leads(self, problem: Hurdle) -> bool:
        return problem in PLACES

    def show(self, problem: Hurdle) -> None:
        """Opens a page of the Settings app."""
        start = getattr(os, "startfile", None)
        if start is None or problem not in PLACES:
            return
        try:
            start(PLACES[problem])
        except OSError:
            return  # the administrator has closed it; the text beside the button says what to do
