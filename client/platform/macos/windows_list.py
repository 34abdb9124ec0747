"""The windows of the desktop, from what CGWindowListCopyWindowInfo tells. Pure; never run on macOS.

Keys are the values of the constants of the same names (CGWindow.h). Places are points, which is
what macOS counts the whole desktop in; see `client.platform.macos.view`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from client.platform.corners import without_corners
from client.platform.desktop import Window
from client.session.geometry import NOWHERE, Rect

DOCK = "com.apple.dock"

ROUNDING = 28
"""More points than any macOS so far has rounded the corners of its windows by."""

_ON_TOP, _MENU, _HELP = 20, 101, 200
"""Levels (CGWindowLevel.h): the Dock's, menus', tooltips'. Programs' windows have 0, the
wallpaper and its icons have large negative ones."""

_SHARED_WITH_NOBODY = 0


class Application(NamedTuple):
    """`program` tells it from others (its bundle identifier or file), `name` is for people."""

    program: str
    name: str


Known = Callable[[int], Application]
"""Which application a process is."""


def windows(
    told: Iterable[Mapping[str, Any]], own_pid: int, known: Known, screens: Iterable["Screen"]
) -> tuple[Window, ...]:
    """In the order in which they are told: the topmost first. Those without a pixel are left
    out."""
    displays = tuple(screens)
    found = (_window(one, own_pid, known, displays) for one in told if _alpha(one) > 0)
    return tuple(one for one in found if one.rect)


def hidden(told: Iterable[Mapping[str, Any]], own_pid: int, known: Known) -> tuple[Window, ...]:
    """Programs' windows that are told, but not on the screen: minimised, or in another space."""
    away = (one for one in told if not one.get("kCGWindowIsOnscreen") and _level(one) == 0)
    found = (_window(one, own_pid, known, ()) for one in away)
    return tuple(one for one in found if one.title and one.rect and not one.own)


def protected(told: Iterable[Mapping[str, Any]], own_pid: int) -> bool:
    """Whether a window of another program keeps itself out of pictures."""
    return any(
        one.get("kCGWindowSharingState") == _SHARED_WITH_NOBODY
        for one in told
        if _level(one) == 0 and one.get("kCGWindowOwnerPID") != own_pid
    )


class Screen(NamedTuple):
    """A display, and the part of it that neither the menu bar nor the Dock takes up."""

    rect: Rect
    usable: Rect


def dock_place(rect: Rect, screens: Iterable[Screen]) -> Rect:
    """The part of the Dock's window that is the Dock: the window may be as large as the display,
    and is seen through elsewhere. All of it where no place is kept free for the Dock."""
    for screen in screens:
        if rect.within(screen.rect) != screen.rect:
            continue
        whole, free = screen
        beside = (
            Rect(whole.x, free.bottom, whole.width, whole.bottom - free.bottom),
            Rect(whole.x, whole.y, free.x - whole.x, whole.height),
            Rect(free.right, whole.y, whole.right - free.right, whole.height),
        )
        return next((one for one in beside if one), rect)
    return rect


def _window(
    told: Mapping[str, Any], own_pid: int, known: Known, screens: tuple[Screen, ...]
) -> Window:
    pid, level = int(told.get("kCGWindowOwnerPID", 0)), _level(told)
    application = known(pid)
    dock = application.program == DOCK and level == _ON_TOP
    rect = _rect(told.get("kCGWindowBounds", {}))
    rect = dock_place(rect, screens) if dock else rect
    return Window(
        id=int(told.get("kCGWindowNumber", 0)),
        pid=pid,
        program=application.program,
        name=application.name or str(told.get("kCGWindowOwnerName", "")),
        title=str(told.get("kCGWindowName") or ""),
        rect=rect,
        own=pid == own_pid,
        passing=level in (_MENU, _HELP),
        desktop=dock or level < 0,
        solid=without_corners(rect, ROUNDING) if _alpha(told) >= 1 else (),
    )


def _alpha(told: Mapping[str, Any]) -> float:
    return float(told.get("kCGWindowAlpha", 1))


def _level(told: Mapping[str, Any]) -> int:
    return int(told.get("kCGWindowLayer", 0))


def _rect(bounds: Mapping[str, Any]) -> Rect:
    """Whole points that hold all of it."""
    try:
        left, top = float(bounds["X"]), float(bounds["Y"])
        right, bottom = left + float(bounds["Width"]), top + float(bounds["Height"])
    except KeyError:
        return NOWHERE
    x, y = int(left // 1), int(top // 1)
    return Rect(x, y, int(-(-right // 1)) - x, int(-(-bottom // 1)) - y)
