"""Listens for the customer on Windows: the own hand on the mouse, and the key that ends the share.

The hand is seen as raw input of mice alone, which comes after the event and cannot hold it up as a
hook would; keys are not listened to at all. END is a hot key that Windows itself looks for. It
works for a representative who presses it from afar, too: ending is always allowed to everybody.

Run under Wine, never on Windows.
"""

import ctypes
import logging
import threading
import time
from collections.abc import Callable
from ctypes import byref, sizeof

from client.platform.base import Unavailable
from client.platform.windows.api import call
from client.platform.windows.events import MARK
from client.platform.windows.structures import DWORD, Message, RawDevice, RawHeader, RawMouse

PAUSE_S = 0.2
"""So long after having told of the hand, it is not listened to: mice speak 1,000 times a second."""

START_S = END_S = 2.0

_QUIT, _INPUT, _HOT_KEY = 0x0012, 0x00FF, 0x0312
_MESSAGES_ONLY = -3
_ALT, _CONTROL, _SHIFT, _NO_REPEAT = 0x0001, 0x0002, 0x0004, 0x4000
_KEY_E = 0x45
_END = 1
_GENERIC_DESKTOP, _MOUSE = 0x01, 0x02
_IN_BACKGROUND, _REMOVE = 0x0100, 0x0001
_READ_INPUT = 0x1000_0003
_FAILED = 0xFFFF_FFFF
_MOUSE_KIND = 0
_ABSOLUTE = 0x0001

_log = logging.getLogger(__name__)


def open_watch(
    own_hand: Callable[[], None], end_key: Callable[[], None]
) -> "WindowsWatch | Unavailable":
    """A watch that listens already. Where another program has taken the hot key, the hand is
    still seen, and the other way round; the log says so."""
    watch = WindowsWatch(own_hand, end_key)
    if watch.has_end_key or watch.sees_hand:
        return watch
    watch.close()
    return Unavailable("the END key is taken, and raw input is refused")


class WindowsWatch:
    """Runs from its making until `close`; the callbacks run in its thread."""

    def __init__(self, own_hand: Callable[[], None], end_key: Callable[[], None]) -> None:
        self._own_hand = own_hand
        self._end_key = end_key
        self._deaf_until = 0.0
        self._number = 0
        self._listening = threading.Event()
        self.has_end_key = False
        """Whether the chord ends the share; another program may have taken it before."""
        self.sees_hand = False
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()
        self._listening.wait(START_S)

    def close(self) -> None:
        """Listen no longer; the chord is free again. Waits for the thread."""
        call("PostThreadMessageW", self._number, _QUIT, 0, 0)
        self._thread.join(END_S)

    def _run(self) -> None:
        window = call(
            *("CreateWindowExW", 0, "STATIC", "", 0, 0, 0, 0, 0),
            *(_MESSAGES_ONLY, None, None, None),
        )
        try:
            self._listen(window)
            message = Message()
            while call("GetMessageW", byref(message), None, 0, 0) > 0:
                self._hear(message)
                call("DispatchMessageW", byref(message))  # lets Windows forget the raw input
        finally:
            call("UnregisterHotKey", None, _END)
            call("RegisterRawInputDevices", byref(_mice(_REMOVE, None)), 1, sizeof(RawDevice))
            call("DestroyWindow", window)

    def _listen(self, window: int) -> None:
        chord = _CONTROL | _ALT | _SHIFT | _NO_REPEAT
        self.has_end_key = bool(call("RegisterHotKey", None, _END, chord, _KEY_E))
        mice = _mice(_IN_BACKGROUND, window)
        self.sees_hand = bool(
            window and call("RegisterRawInputDevices", byref(mice), 1, sizeof(RawDevice))
        )
        if not self.has_end_key:
            _log.warning("another program has taken Ctrl+Alt+Shift+E")
        if not self.sees_hand:
            _log.warning("no raw input: the own hand is not seen")
        self._number = call("GetCurrentThreadId")
        self._listening.set()

    def _hear(self, message: Message) -> None:
        if message.message == _HOT_KEY:
            self._end_key()
        elif message.message == _INPUT and time.monotonic() >= self._deaf_until:
            event = _raw(message.lparam)
            if event is not None and is_own_hand(event):
                self._deaf_until = time.monotonic() + PAUSE_S
                self._own_hand()


def is_own_hand(event: RawMouse) -> bool:
    """Whether it was not injected by this program. The device says less: injected events name
    none, but neither do precise touch pads (RAWINPUTHEADER). What does not move is no hand."""
    moves = event.dx or event.dy or event.buttons or event.flags & _ABSOLUTE
    return bool(moves) and event.extra != MARK


def _raw(handle: int) -> RawMouse | None:
    event = RawMouse()
    size = DWORD(sizeof(RawMouse))
    read = call(
        *("GetRawInputData", handle, _READ_INPUT, ctypes.byref(event), byref(size)),
        sizeof(RawHeader),
    )
    return event if read != _FAILED and event.header.kind == _MOUSE_KIND else None


def _mice(flags: int, window: int | None) -> RawDevice:
    return RawDevice(_GENERIC_DESKTOP, _MOUSE, flags, window)
