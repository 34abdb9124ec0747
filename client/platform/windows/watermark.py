"""The watermark's windows on Windows: known by a property, and kept out of pictures on demand.

Run under Wine, never on Windows.
"""

import ctypes
from ctypes import byref

from client.platform.windows.api import call
from client.platform.windows.structures import BOOL

PROPERTY = "SupportBridgeWatermark"

_IN_PICTURES, _NOT_IN_PICTURES = 0x00, 0x11
"""WDA_NONE, WDA_EXCLUDEFROMCAPTURE (Windows 10 2004 and later; older ones refuse it)."""


class WindowsWatermark:
    """A `WatermarkWay`."""

    def wanted(self) -> bool:
        return True

    def translucent(self) -> bool:
        """Whether the desktop is put together by a compositor. Wine says so and does not do it."""
        on = BOOL(0)
        told = call("DwmIsCompositionEnabled", byref(on))
        return told == 0 and bool(on.value) and not _is_wine()

    def prepare(self, window: int, *, seen: bool) -> None:
        call("SetPropW", window, PROPERTY, 1)
        call("SetWindowDisplayAffinity", window, _IN_PICTURES if seen else _NOT_IN_PICTURES)


def is_one(window: int, *, own: bool) -> bool:
    """Whether `window` is a watermark of this process (`own`); others may name theirs as they
    like."""
    return own and bool(call("GetPropW", window, PROPERTY))


def _is_wine() -> bool:
    return hasattr(ctypes.CDLL("ntdll"), "wine_get_version")
