"""What there is to see on a Mac's desktop. Never run.

macOS counts the whole desktop in points, since displays differ in how many pixels make one. So
do windows, the pointer and injected events, and pictures are taken with one pixel for each point
(mss: kCGWindowImageNominalResolution). A pixel of the picture is therefore a point everywhere; on
a Retina display the picture is half as fine as what the customer sees.
"""

import os
from collections.abc import Mapping
from typing import Any

import AppKit
import Quartz

from client.platform.desktop import CursorPlace, CursorShape, Moment, Monitor, Window
from client.platform.macos import applications, permissions, screens, windows_list
from client.platform.macos.pointer import Pointer, picture
from client.session.geometry import Rect, around
from protocol.screen import Obstacle


class MacView:
    """A `DesktopView` for the thread that makes it."""

    def __init__(self) -> None:
        self._own_pid = os.getpid()
        self._pointer = Pointer()

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors, the main one first."""
        return screens.monitors()

    def windows(self) -> tuple[Window, ...]:
        """The windows on the screen now, the topmost first."""
        return on_screen(self._own_pid)

    def moments(self) -> tuple[Moment, ...]:
        """The one of now: macOS tells neither what is painted nor what was in between. What it
        shows is put together by its compositor."""
        screen = around(tuple(one.rect for one in self.monitors()))
        return (Moment(self.windows(), None, screen, composited=True),)

    def others(self) -> tuple[Window, ...]:
        """Programs' windows that are not on the screen."""
        told = _told(Quartz.kCGWindowListOptionAll)
        return windows_list.hidden(told, self._own_pid, applications.known)

    def icon(self, window: int) -> CursorShape | None:
        """The icon of the application that the window belongs to."""
        told = Quartz.CGWindowListCopyWindowInfo(Quartz.kCGWindowListOptionIncludingWindow, window)
        if not told:
            return None
        pid = told[0]["kCGWindowOwnerPID"]
        found = AppKit.NSRunningApplication.runningApplicationWithProcessIdentifier_(pid)
        return picture(found.icon()) if found is not None else None

    def damage(self) -> tuple[Rect, ...] | None:
        """macOS does not tell."""
        return None

    def stirring(self) -> int | None:
        """Nobody tells."""
        return None

    def stirred(self) -> bool:
        """Nobody tells."""
        return False

    def cursor(self) -> CursorPlace | None:
        """Where the pointer is."""
        return self._pointer.place()

    def cursor_shape(self) -> CursorShape | None:
        """How the pointer looks."""
        return self._pointer.shape()

    def obstacle(self) -> Obstacle | None:
        """A permission that is not given, without which pictures show only the wallpaper; a
        locked screen, or a protected window."""
        if not permissions.may_see():
            return Obstacle.PERMISSION
        told = _told(Quartz.kCGWindowListOptionOnScreenOnly)
        hidden = windows_list.protected(told, self._own_pid)
        return permissions.locked() or (Obstacle.PROTECTED if hidden else None)

    def control_obstacle(self) -> Obstacle | None:
        """A locked screen, or a permission that the customer has not given."""
        if not permissions.may_act():
            return Obstacle.PERMISSION
        return permissions.locked()

    def close(self) -> None:
        """There is nothing to let go of."""


def on_screen(own_pid: int) -> tuple[Window, ...]:
    """The windows on the screen now, the topmost first; those of the process `own_pid` are own."""
    told = _told(Quartz.kCGWindowListOptionOnScreenOnly)
    return windows_list.windows(told, own_pid, applications.known, screens.screens())


def _told(options: int) -> list[Mapping[str, Any]]:
    return list(Quartz.CGWindowListCopyWindowInfo(options, Quartz.kCGNullWindowID) or ())
