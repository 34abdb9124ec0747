"""The monitors, by RandR 1.5."""

import re
from typing import Any

from Xlib import error
from Xlib.display import Display

from client.platform.desktop import Monitor
from client.platform.linux.x11.identity import readable, text, value
from client.platform.linux.x11.wire import Asking, lost_connection, reply
from client.session.geometry import Rect

NORMAL_DPI = 96
_DPI = re.compile(r"^Xft\.dpi:\s*(\d+(?:\.\d+)?)\s*$", re.MULTILINE)


def monitors(display: Display, asking: Asking) -> tuple[Monitor, ...]:
    """All of them, the primary one first; the whole screen where the server tells of none."""
    root = display.screen().root
    scale = scale_of(text(value(reply(asking.property(root.id, "RESOURCE_MANAGER", 65536)))))
    found = sorted(_told(display), key=lambda one: not one.primary)
    parts = [
        (_name(display, one), Rect(one.x, one.y, one.width_in_pixels, one.height_in_pixels))
        for one in found
    ]
    parts = [(name, rect) for name, rect in parts if rect]
    if not parts:
        size = reply(asking.geometry(root.id))
        parts = [("", Rect(0, 0, size.width, size.height))]
    return tuple(
        Monitor(number, name, rect, scale) for number, (name, rect) in enumerate(parts, start=1)
    )


def scale_of(resources: str) -> int:
    """Percent, from the resolution for which texts are drawn: X has one for all monitors."""
    found = _DPI.search(resources)
    dpi = float(found[1]) if found else NORMAL_DPI
    return round(100 * dpi / NORMAL_DPI) if dpi else 100


def _told(display: Display) -> list[Any]:
    if "RANDR" not in display.display.extension_major_opcodes:
        return []
    with lost_connection():
        try:
            return list(display.screen().root.xrandr_get_monitors().monitors)
        except (error.XError, AttributeError):
            return []


def _name(display: Display, monitor: Any) -> str:
    with lost_connection():
        try:
            return readable(display.get_atom_name(monitor.name))
        except error.XError:
            return ""
