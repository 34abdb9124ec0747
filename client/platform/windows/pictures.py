"""Reads pointers and icons: Windows keeps both as the same kind of thing.

Run under Wine, never on Windows.
"""

import ctypes
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref

import numpy as np

from client.platform.desktop import CursorShape
from client.platform.windows import bitmaps
from client.platform.windows.api import call
from client.platform.windows.bitmaps import Pixels
from client.platform.windows.structures import (
    HEADER_BYTES,
    WPARAM,
    Bitmap,
    BitmapHeader,
    IconInfo,
)

LARGEST = 256
"""Pixels each way; a larger picture is not read."""

_GET_ICON = 0x007F
_ICON_BIG, _ICON_SMALL = 1, 2
_CLASS_ICON = -14
_ABORT_IF_HUNG = 0x0002
_WAIT_MS = 50


def icon_of(window: int) -> int:
    """The handle of a window's icon, its own or that of its class; 0: it has none. A program that
    does not answer is not waited for."""
    for which in (_ICON_BIG, _ICON_SMALL):
        answer = WPARAM()
        asked = (_GET_ICON, which, 0, _ABORT_IF_HUNG, _WAIT_MS, byref(answer))
        if call("SendMessageTimeoutW", window, *asked) and answer.value:
            return answer.value
    return call("GetClassLongPtrW", window, _CLASS_ICON)


def read(handle: int) -> CursorShape | None:
    """The picture of a pointer or an icon. Its serial comes from what it shows, since Windows
    uses handles again."""
    info = IconInfo()
    if not handle or not call("GetIconInfo", handle, byref(info)):
        return None
    try:
        colours = _pixels(info.colour) if info.colour else None
        mask = _pixels(info.mask) if info.mask else None
    finally:
        for bitmap in (info.colour, info.mask):
            if bitmap:
                call("DeleteObject", bitmap)
    if colours is None and (mask is None or info.colour):
        return None
    return _shape(info, colours, mask)


def _shape(info: IconInfo, colours: Pixels | None, mask: Pixels | None) -> CursorShape | None:
    if colours is not None:
        height, width = colours.shape[:2]
        same = mask is not None and mask.shape == colours.shape
        rgba = bitmaps.with_mask(colours, mask if same else None)
    elif mask is not None and len(mask) > 1:
        height, width = len(mask) // 2, mask.shape[1]
        rgba = bitmaps.of_mask(mask)
    else:
        return None
    hot_x, hot_y = min(info.hot_x, width - 1), min(info.hot_y, height - 1)
    number = zlib.crc32(rgba, zlib.crc32(f"{width} {hot_x} {hot_y}".encode()))
    return CursorShape(number or 1, width, height, hot_x, hot_y, rgba)


def _pixels(bitmap: int) -> Pixels | None:
    about = Bitmap()
    if not call("GetObjectW", bitmap, ctypes.sizeof(about), byref(about)):
        return None
    width, height = about.width, about.height
    if not (0 < width <= LARGEST and 0 < height <= 2 * LARGEST):
        return None
    header = BitmapHeader(
        size=HEADER_BYTES, width=width, height=-height, planes=1, pixel_bits=32
    )  # a negative height: the first row is the uppermost
    buffer = bytearray(width * height * 4)
    place = (ctypes.c_char * len(buffer)).from_buffer(buffer)
    with _screen() as context:
        rows = call("GetDIBits", context, bitmap, 0, height, place, byref(header), 0)
    if rows != height:
        return None
    return np.frombuffer(buffer, np.uint8).reshape(height, width, 4)


@contextmanager
def _screen() -> Iterator[int]:
    """A device context of the screen."""
    context = call("GetDC", None)
    try:
        yield context
    finally:
        call("ReleaseDC", None, context)
