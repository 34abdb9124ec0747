"""The monitors, by EnumDisplayMonitors.

Run under Wine, never on Windows.
"""

import ctypes
from ctypes import byref

from client.platform.desktop import Monitor
from client.platform.windows.api import EachMonitor, call, decoded
from client.platform.windows.structures import DWORD, MonitorInfo
from client.session.geometry import Rect

_PRIMARY = 1
_EFFECTIVE_DPI = 0
_NORMAL_DPI = 96
_LEFT, _TOP, _WIDTH, _HEIGHT = 76, 77, 78, 79


def monitors() -> tuple[Monitor, ...]:
    """All of them, the main one first; the whole desktop where Windows tells of none."""
    handles: list[int] = []

    def take(monitor: int | None, _context: int | None, _rect: int | None, _: int) -> int:
        handles.append(monitor or 0)
        return 1

    call("EnumDisplayMonitors", None, None, EachMonitor(take), 0)
    told = [(handle, info) for handle in handles if (info := _info(handle)) is not None]
    told.sort(key=lambda one: not one[1].flags & _PRIMARY)
    found = tuple(
        Monitor(number, _name(info), info.monitor.rect(), _scale(handle))
        for number, (handle, info) in enumerate(told, start=1)
    )
    return found or (Monitor(1, "", whole_desktop()),)


def whole_desktop() -> Rect:
    """The smallest rectangle that holds all monitors."""
    return Rect(*(call("GetSystemMetrics", what) for what in (_LEFT, _TOP, _WIDTH, _HEIGHT)))


def _info(monitor: int) -> MonitorInfo | None:
    info = MonitorInfo(size=ctypes.sizeof(MonitorInfo))
    return info if call("GetMonitorInfoW", monitor, byref(info)) else None


def _name(info: MonitorInfo) -> str:
    r"""`DISPLAY1` of `\\.\DISPLAY1`."""
    return decoded(bytes(info.device)).partition("\0")[0].removeprefix("\\\\.\\")


def _scale(monitor: int) -> int:
    across, down = DWORD(_NORMAL_DPI), DWORD(_NORMAL_DPI)
    call("GetDpiForMonitor", monitor, _EFFECTIVE_DPI, byref(across), byref(down))
    return round(100 * across.value / _NORMAL_DPI)
