"""Listens for the customer on X11: the own hand on the mouse, and the key that ends the share."""

import contextlib
import logging
import select
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from Xlib import X, error
from Xlib.display import Display
from Xlib.ext import xinput

from client.platform.base import Unavailable
from client.platform.linux.x11.end_key import EndKey
from client.platform.linux.x11.hand import OwnHand
from client.platform.linux.x11.wire import opened

PAUSE_S = 0.2
"""A hand that was told of is not listened to for so long: a mouse moves 1,000 times a second."""

END_S = 2.0

_log = logging.getLogger(__name__)


def open_watch(
    own_hand: Callable[[], None], end_key: Callable[[], None], display_name: str | None = None
) -> "X11Watch | Unavailable":
    """A watch that listens already. Where the chord is taken by another program, or hands cannot
    be told from injected events, the other one of the two still works, and the log says so."""
    display = opened(display_name)
    if isinstance(display, Unavailable):
        return display
    try:
        key = EndKey(display)
        key.grab()
        hand = OwnHand(display) if display.has_extension(xinput.extname) else None
        if hand is not None:
            hand.listen(wanted=True)
        display.sync()
    except (error.XError, error.ConnectionClosedError, OSError) as why:
        with contextlib.suppress(OSError):
            display.close()
        return Unavailable(f"the X server refuses to be listened to: {why}")
    if key.taken and hand is None:
        display.close()
        return Unavailable("no XInput, and the END key is taken")
    return X11Watch(display, key, hand, own_hand, end_key)


class X11Watch:
    """Runs from its making until `close`; the callbacks run in its thread."""

    def __init__(
        self,
        display: Display,
        key: EndKey,
        hand: OwnHand | None,
        own_hand: Callable[[], None],
        end_key: Callable[[], None],
    ) -> None:
        self._display = display
        self._key = key
        self._hand = hand
        self._own_hand = own_hand
        self._end_key = end_key
        self._deaf_until: float | None = None
        self._stop, self._stopped = socket.socketpair()
        if key.taken:
            _log.warning("another program has taken Ctrl+Alt+Shift+E")
        if hand is None:
            _log.warning("no XInput: the own hand is not seen")
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    @property
    def has_end_key(self) -> bool:
        """Whether the chord ends the share; another program may have taken it before."""
        return not self._key.taken

    def close(self) -> None:
        """Listen no longer; the chord is free again. Waits for the thread."""
        with contextlib.suppress(OSError):  # the server has gone, and the thread with it
            self._stop.send(b"!")
        self._thread.join(END_S)
        self._stop.close()

    def _run(self) -> None:
        try:
            while self._wait():
                self._listen_again()
                while self._display.pending_events():
                    self._hear(self._display.next_event())
        except (error.XError, error.ConnectionClosedError, OSError) as why:
            _log.warning("the customer cannot be listened to any longer: %s", why)
        finally:
            with contextlib.suppress(error.ConnectionClosedError, OSError):
                self._display.close()
            self._stopped.close()

    def _wait(self) -> bool:
        """Until something happens; False: to end."""
        if self._display.pending_events():
            return True
        wait_s = None
        if self._deaf_until is not None:
            wait_s = max(0.0, self._deaf_until - time.monotonic())
        ready, _, _ = select.select([self._display, self._stopped], [], [], wait_s)
        return self._stopped not in ready

    def _hear(self, event: Any) -> None:
        if self._key.hears(event):
            self._end_key()
        elif event.type == X.MappingNotify:
            if event.request != X.MappingPointer:
                self._display.refresh_keyboard_mapping(event)
                self._key.grab()
        elif self._hand is not None and self._deaf_until is None and self._hand.is_own(event):
            self._hand.listen(wanted=False)
            self._deaf_until = time.monotonic() + PAUSE_S
            self._display.flush()
            self._own_hand()

    def _listen_again(self) -> None:
        if self._deaf_until is not None and time.monotonic() >= self._deaf_until:
            self._deaf_until = None
            if self._hand is not None:
                self._hand.listen(wanted=True)
                self._display.flush()
