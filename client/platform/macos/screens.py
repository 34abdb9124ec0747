"""The displays, by CGDisplay and NSScreen. Never run."""

import AppKit
import Quartz

from client.platform.desktop import Monitor
from client.platform.macos.windows_list import Screen
from client.session.geometry import Rect

_MOST = 32


def monitors() -> tuple[Monitor, ...]:
    """All of them, the main one first, in points."""
    _, displays, count = Quartz.CGGetActiveDisplayList(_MOST, None, None)
    names = _names()
    found = sorted(displays[:count], key=lambda one: not Quartz.CGDisplayIsMain(one))
    return tuple(
        Monitor(number, names.get(int(one), ""), rect_of(Quartz.CGDisplayBounds(one)), _scale(one))
        for number, one in enumerate(found, start=1)
    )


def screens() -> tuple[Screen, ...]:
    """The displays with what is free of menu bar and Dock."""
    found = AppKit.NSScreen.screens()
    if not found:
        return ()
    height = found[0].frame().size.height
    return tuple(
        Screen(turned(rect_of(one.frame()), height), turned(rect_of(one.visibleFrame()), height))
        for one in found
    )


def rect_of(bounds: "Quartz.CGRect") -> Rect:
    """Whole points."""
    return Rect(
        round(bounds.origin.x),
        round(bounds.origin.y),
        round(bounds.size.width),
        round(bounds.size.height),
    )


def turned(rect: Rect, height: float) -> Rect:
    """AppKit counts from the lower left corner of the main display, whose height this is."""
    return Rect(rect.x, round(height) - rect.bottom, rect.width, rect.height)


def _names() -> dict[int, str]:
    return {
        int(one.deviceDescription()["NSScreenNumber"]): str(one.localizedName())
        for one in AppKit.NSScreen.screens()
    }


def _scale(display: int) -> int:
    mode = Quartz.CGDisplayCopyDisplayMode(display)
    points = Quartz.CGDisplayModeGetWidth(mode) if mode is not None else 0
    return round(100 * Quartz.CGDisplayModeGetPixelWidth(mode) / points) if points else 100
