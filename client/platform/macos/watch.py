"""Listens for the customer on macOS: the own hand on the mouse, and the key that ends the share.

The hand is seen by an event tap that only listens, and only to the mouse. Never run.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

import Quartz

from client.platform.base import Unavailable
from client.platform.macos.end_key import EndKey
from client.platform.macos.hand import MOUSE_EVENTS

PAUSE_S = 0.2
"""So long after having told of the hand, it is not listened to."""

START_S = END_S = 2.0

_log = logging.getLogger(__name__)


def open_watch(
    own_hand: Callable[[], None], end_key: Callable[[], None]
) -> "MacWatch | Unavailable":
    """To be called in the window's thread. Where the chord is taken by another program, or the
    mouse may not be listened to, the other one of the two still works; the log says so."""
    watch = MacWatch(own_hand, end_key)
    if watch.has_end_key or watch.sees_hand:
        return watch
    watch.close()
    return Unavailable("the END key is taken, and the mouse may not be listened to")


class MacWatch:
    """Runs from its making until `close`. `own_hand` is called in a thread of its own, `end_key`
    in the window's."""

    def __init__(self, own_hand: Callable[[], None], end_key: Callable[[], None]) -> None:
        self._own_hand = own_hand
        self._own_pid = os.getpid()
        self._deaf_until = 0.0
        self._loop: Any = None
        self._tap: Any = None
        self._listening = threading.Event()
        self._key = EndKey(end_key)
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()
        self._listening.wait(START_S)
        if self._key.taken:
            _log.warning("another program has taken Ctrl+Alt+Shift+E")
        if not self.sees_hand:
            _log.warning("the mouse may not be listened to: the own hand is not seen")

    @property
    def has_end_key(self) -> bool:
        """Whether the chord ends the share."""
        return not self._key.taken

    @property
    def sees_hand(self) -> bool:
        """Whether macOS lets this program listen to the mouse."""
        return self._tap is not None

    def close(self) -> None:
        """Listen no longer; the chord is free again. Waits for the thread."""
        self._key.close()
        if self._tap is not None:
            Quartz.CFRunLoopStop(self._loop)
        self._thread.join(END_S)

    def _run(self) -> None:
        mask = sum(1 << kind for kind in MOUSE_EVENTS)
        tap = Quartz.CGEventTapCreate(
            *(Quartz.kCGSessionEventTap, Quartz.kCGTailAppendEventTap),
            *(Quartz.kCGEventTapOptionListenOnly, mask, self._hear, None),
        )
        if tap is None:
            self._listening.set()
            return
        source = Quartz.CFMachPortCreateRunLoopSource(None, tap, 0)
        self._loop = Quartz.CFRunLoopGetCurrent()
        Quartz.CFRunLoopAddSource(self._loop, source, Quartz.kCFRunLoopCommonModes)
        Quartz.CGEventTapEnable(tap, True)
        self._tap = tap
        self._listening.set()
        Quartz.CFRunLoopRun()
        Quartz.CFMachPortInvalidate(tap)

    def _hear(self, _proxy: Any, kind: int, event: Any, _data: Any) -> Any:
        if kind in (Quartz.kCGEventTapDisabledByTimeout, Quartz.kCGEventTapDisabledByUserInput):
            Quartz.CGEventTapEnable(self._tap, True)
        elif time.monotonic() >= self._deaf_until and self._is_own_hand(event):
            self._deaf_until = time.monotonic() + PAUSE_S
            self._own_hand()
        return event

    def _is_own_hand(self, event: Any) -> bool:
        """Injected events name the process that made them."""
        field = Quartz.kCGEventSourceUnixProcessID
        return bool(Quartz.CGEventGetIntegerValueField(event, field) != self._own_pid)
