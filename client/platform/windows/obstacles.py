"""What is in the way: a locked screen, a question of Windows itself, a protected window, a program
of the administrator's.

Run under Wine, never on Windows.
"""

from collections.abc import Iterable
from ctypes import byref, c_void_p, sizeof

from client.platform.desktop import Window
from client.platform.windows import processes
from client.platform.windows.api import call
from client.platform.windows.structures import DWORD, SessionInfo
from client.platform.windows.windows_list import process_of
from protocol.screen import Obstacle

_READ_OBJECTS, _SWITCH_DESKTOP = 0x0001, 0x0100
_THIS_SERVER, _THIS_SESSION = None, 0xFFFF_FFFF
_SESSION_INFO = 25
_LOCKED = 0


def away() -> Obstacle | None:
    """Why the desktop of the customer's programs is not the one on the screen: it is locked, or
    Windows asks for the administrator's consent on a desktop of its own."""
    desktop = call("OpenInputDesktop", 0, 0, _READ_OBJECTS | _SWITCH_DESKTOP)
    if desktop:
        call("CloseDesktop", desktop)
        return Obstacle.LOCKED if _is_locked() else None
    return Obstacle.ELEVATED if _is_locked() is False else Obstacle.LOCKED


def in_front() -> Obstacle | None:
    """ELEVATED when the window that has the focus does not take input from this program."""
    return Obstacle.ELEVATED if is_above(call("GetForegroundWindow")) else None


def is_above(window: int) -> bool:
    """Whether Windows keeps this program's input from a window (0: there is none)."""
    pid = process_of(window) if window else 0
    return pid != 0 and processes.is_elevated(pid)


def protected(windows: Iterable[Window]) -> Obstacle | None:
    """PROTECTED when a window of another program keeps itself out of pictures."""
    hidden = any(_is_protected(one.id) for one in windows if not one.own)
    return Obstacle.PROTECTED if hidden else None


def _is_protected(window: int) -> bool:
    affinity = DWORD()
    return bool(call("GetWindowDisplayAffinity", window, byref(affinity)) and affinity.value != 0)


def _is_locked() -> bool | None:
    """As the session says (WTSINFOEX_LEVEL1, SessionFlags); None: it does not."""
    buffer, size = c_void_p(), DWORD()
    asked = (_THIS_SERVER, _THIS_SESSION, _SESSION_INFO, byref(buffer), byref(size))
    if not call("WTSQuerySessionInformationW", *asked) or not buffer.value:
        return None
    try:
        if size.value < sizeof(SessionInfo):
            return None
        info = SessionInfo.from_address(buffer.value)
        return info.flags == _LOCKED if info.level == 1 and info.flags in (0, 1) else None
    finally:
        call("WTSFreeMemory", buffer)
