"""How much of its place a window takes up, and through which of it nothing else can be seen.

Run under Wine, never on Windows.
"""

import ctypes
from ctypes import byref

from client.platform.corners import without_corners
from client.platform.windows.api import call
from client.platform.windows.structures import (
    DWORD,
    HANDLE,
    RectStruct,
    RegionHeader,
)
from client.session.geometry import Rect

(
    CLOAKED,
    FRAME_BOUNDS,
) = 14, 9
"""DWMWA_CLOAKED, DWMWA_EXTENDED_FRAME_BOUNDS."""

ROUNDING = 12
"""Windows 11 rounds corners by 8 pixels at 96 dots per inch; this leaves room for their edge."""

NORMAL_DPI = 96

_LAYERED = 0x0008_0000
_BY_COLOUR, _BY_ALPHA = 0x1, 0x2
_OPAQUE = 255
_MANY = 4096
"""A region of more rectangles is taken for one that is not known."""


def outer(window: int) -> Rect:
    """Its place as Windows counts it, with the invisible border by which it is resized."""
    found = RectStruct()
    return found.rect() if call("GetWindowRect", window, byref(found)) else Rect(0, 0, 0, 0)


def frame(window: int) -> Rect:
    """Its place as people see it."""
    found = RectStruct()
    asked = (FRAME_BOUNDS, byref(found), ctypes.sizeof(found))
    if call("DwmGetWindowAttribute", window, *asked) == 0 and found.rect():
        return found.rect()
    return outer(window)


def is_cloaked(window: int) -> bool:
    """Whether it counts as visible, but is not on the screen: on another desktop, or asleep."""
    cloaked = DWORD()
    asked = (CLOAKED, byref(cloaked), ctypes.sizeof(cloaked))
    return call("DwmGetWindowAttribute", window, *asked) == 0 and cloaked.value != 0


def alpha(window: int, style: int) -> int | None:
    """How opaque it is as a whole, 0 to 255; None: each pixel has its own alpha or none."""
    if not style & _LAYERED:
        return _OPAQUE
    value, flags = ctypes.c_uint8(), DWORD()
    if not call("GetLayeredWindowAttributes", window, None, byref(value), byref(flags)):
        return None
    if flags.value & _BY_COLOUR:
        return None
    return value.value if flags.value & _BY_ALPHA else _OPAQUE


def shape(window: int) -> tuple[Rect, ...] | None:
    """The region it has been cut to, if any; empty where that is not known."""
    region = call("CreateRectRgn", 0, 0, 0, 0)
    try:
        if call("GetWindowRgn", window, HANDLE(region)) == 0:
            return None
        corner = outer(window)
        return tuple(one.moved(corner.x, corner.y) for one in _rectangles(region))
    finally:
        call("DeleteObject", region)


def _rectangles(region: int) -> tuple[Rect, ...]:
    size = call("GetRegionData", region, 0, None)
    header = ctypes.sizeof(RegionHeader)
    if not header <= size <= header + _MANY * ctypes.sizeof(RectStruct):
        return ()
    buffer = ctypes.create_string_buffer(size)
    if not call("GetRegionData", region, size, buffer):
        return ()
    count = min(RegionHeader.from_buffer(buffer).count, (size - header) // 16)
    return tuple(one.rect() for one in (RectStruct * count).from_buffer(buffer, header))


def solid(window: int, rect: Rect, opaque: int | None) -> tuple[Rect, ...]:
    """The part of `rect` that hides whatever lies below, by all that Windows tells. Not told are
    pixels that a program itself gives an alpha by DirectComposition."""
    if opaque != _OPAQUE:
        return ()
    dpi = call("GetDpiForWindow", window) or NORMAL_DPI
    return without_corners(rect, -(-ROUNDING * dpi // NORMAL_DPI))
