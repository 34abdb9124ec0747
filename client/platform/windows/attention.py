"""Calls the customer on Windows."""

import ctypes
from pathlib import Path

from client.platform.base import Unavailable

HWND_TOPMOST = -1
HWND_NOTOPMOST = -2
SND_ASYNC, SND_NODEFAULT, SND_FILENAME = 0x1, 0x2, 0x20000
SWP_NOSIZE, SWP_NOMOVE, SWP_NOACTIVATE = 0x1, 0x2, 0x10


class WindowsAttention:
    """Windows gives the focus to no program that calls from behind: its window is put above the
    others and lies among them again at once, and Qt lets its button flash."""

    def lift(self, window: int) -> None:
        """SetWindowPos to the topmost windows and back."""
        user32 = ctypes.CDLL("user32")  # 64-bit Windows has one calling convention
        for place in (HWND_TOPMOST, HWND_NOTOPMOST):
            where = (ctypes.c_void_p(window), ctypes.c_void_p(place), 0, 0, 0, 0)
            user32.SetWindowPos(*where, SWP_NOMOVE | SWP_NOSIZE | SWP_NOACTIVATE)

    def play(self, sound: Path) -> Unavailable | None:
        """PlaySound, without the system's own sound where the file cannot be played."""
        flags = SND_FILENAME | SND_ASYNC | SND_NODEFAULT
        if ctypes.CDLL("winmm").PlaySoundW(str(sound), None, flags):
            return None
        return Unavailable("PlaySound failed")

    def close(self) -> None:
        """Ends what is being played."""
        ctypes.CDLL("winmm").PlaySoundW(None, None, 0)
