"""The pointer: where it is, and how it looks. Never run."""

import time
import zlib

import AppKit
import Quartz

from client.platform.desktop import CursorPlace, CursorShape
from client.platform.macos.pixels import straight

LARGEST = 256
"""Points each way; a larger pointer is not taken for one."""

SHAPE_S = 0.2
"""macOS does not tell when the shape changes, and reading it is work."""


class Pointer:
    """Keeps the last shape."""

    def __init__(self) -> None:
        self._shape: CursorShape | None = None
        self._read_at = 0.0

    def place(self) -> CursorPlace:
        """Where the hot spot is, in points of the whole desktop."""
        now = time.monotonic()
        if now >= self._read_at:
            self._read_at = now + SHAPE_S
            self._shape = _read()
        at = Quartz.CGEventGetLocation(Quartz.CGEventCreate(None))
        serial = self._shape.serial if self._shape is not None else 0
        visible = bool(Quartz.CGCursorIsVisible())
        return CursorPlace(int(at.x // 1), int(at.y // 1), visible, serial)

    def shape(self) -> CursorShape | None:
        """How the pointer looked when `place` was called last."""
        return self._shape


def _read() -> CursorShape | None:
    cursor = AppKit.NSCursor.currentSystemCursor()
    if cursor is None:
        return None
    spot = cursor.hotSpot()
    return picture(cursor.image(), int(spot.x), int(spot.y))


def picture(image: "AppKit.NSImage", hot_x: int = 0, hot_y: int = 0) -> CursorShape | None:
    """An image in its size in points."""
    width, height = round(image.size().width), round(image.size().height)
    if not (0 < width <= LARGEST and 0 < height <= LARGEST):
        return None
    drawn, _ = image.CGImageForProposedRect_context_hints_(None, None, None)
    context = Quartz.CGBitmapContextCreate(
        *(None, width, height, 8, 0, Quartz.CGColorSpaceCreateDeviceRGB()),
        Quartz.kCGImageAlphaPremultipliedLast,
    )
    if drawn is None or context is None:
        return None
    Quartz.CGContextDrawImage(context, Quartz.CGRectMake(0, 0, width, height), drawn)
    result = Quartz.CGBitmapContextCreateImage(context)
    row_bytes = int(Quartz.CGImageGetBytesPerRow(result))
    raw = bytes(Quartz.CGDataProviderCopyData(Quartz.CGImageGetDataProvider(result)))
    rgba = straight(raw, width, height, row_bytes)
    number = zlib.crc32(rgba, zlib.crc32(f"{width} {hot_x} {hot_y}".encode()))
    hot_x, hot_y = min(max(hot_x, 0), width - 1), min(max(hot_y, 0), height - 1)
    return CursorShape(number or 1, width, height, hot_x, hot_y, rgba)
