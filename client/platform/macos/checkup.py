"""What stands in the way on a Mac's desktop. Never run."""

import os
import subprocess

from client.platform.base import Unavailable
from client.platform.checkup import Probe
from client.platform.desktop import Monitor, Window
from protocol.working import Hurdle

_PRIVACY = "x-apple.systempreferences:com.apple.preference.security?Privacy_"
PLACES = {
    Hurdle.SCREEN_PERMISSION: f"{_PRIVACY}ScreenCapture",
    Hurdle.INPUT_PERMISSION: f"{_PRIVACY}Accessibility",
    Hurdle.CLOCK: "x-apple.systempreferences:com.apple.preference.datetime",
}

_OPEN = "/usr/bin/open"


class MacProbe:
    """Looks permissions up. From macOS 15 on the system reminds people now and then of a program
    that takes pictures, so none is taken unasked."""

    silent = False

    def monitors(self) -> tuple[Monitor, ...]:
        from client.platform.macos import screens

        return screens.monitors()

    def windows(self) -> tuple[Window, ...]:
        from client.platform.macos import view

        return view.on_screen(os.getpid())

    def problems(self) -> frozenset[Hurdle]:
        """Privacy settings that are not switched on; looking them up shows nothing."""
        from client.platform.macos import permissions

        found = set()
        if not permissions.may_see():
            found.add(Hurdle.SCREEN_PERMISSION)
        if not permissions.may_act():
            found.add(Hurdle.INPUT_PERMISSION)
        return frozenset(found)

    def close(self) -> None:
        """There is nothing to let go of."""


class MacCheckup:
    """A program is listed in the privacy settings once it has asked, so `show` asks first."""

    def open(self) -> Probe | Unavailable:
        """For the thread that calls."""
        try:
            from client.platform.macos import permissions, view  # noqa: F401 - is it there?
        except ImportError as why:
            return Unavailable(f"a part of macOS cannot be reached: {why}")
        return MacProbe()

    def leads(self, problem: Hurdle) -> bool:
        return problem in PLACES

    def show(self, problem: Hurdle) -> None:
        """Opens a page of the System Settings."""
        from client.platform.macos import permissions

        if problem is Hurdle.SCREEN_PERMISSION:
            permissions.ask_to_see()
        elif problem is Hurdle.INPUT_PERMISSION:
            permissions.ask_to_act()
        if problem in PLACES:
            subprocess.run([_OPEN, PLACES[problem]], check=False)  # noqa: S603 - Apple's, at once
