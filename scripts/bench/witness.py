"""Sees every grab, every channel message given to the socket, and every injected event, with the
moment at which each begins; for benchmarks that ask what happened after a certain one.
"""

import time
from collections.abc import Callable
from typing import Any

import aiohttp
import mss
from Xlib import X
from Xlib.ext import xtest

_RELEASES = (X.KeyRelease, X.ButtonRelease)
"""Letting go of what is pressed belongs to the end of control."""


class Witness:
    """`grabs`, `sends` and `inputs` hold moments in seconds of the monotonic clock, oldest first.
    `install` before the first connection to the X server."""

    def __init__(self) -> None:
        self.grabs: list[float] = []
        self.sends: list[float] = []
        self.inputs: list[float] = []

    def install(self) -> None:
        """Look on from now on, in every thread of this process."""
        grab: Callable[..., Any] = mss.MSS.grab
        send: Callable[..., Any] = aiohttp.ClientWebSocketResponse.send_frame
        inject: Callable[..., Any] = xtest.fake_input

        def seen_grab(*given: Any, **named: Any) -> Any:
            self.grabs.append(time.monotonic())
            return grab(*given, **named)

        def seen_send(ws: Any, message: bytes, opcode: Any, *more: Any) -> Any:
            if opcode is aiohttp.WSMsgType.BINARY:
                self.sends.append(time.monotonic())
            return send(ws, message, opcode, *more)

        def seen_input(display: Any, event_type: int, *given: Any, **named: Any) -> Any:
            if event_type not in _RELEASES:
                self.inputs.append(time.monotonic())
            return inject(display, event_type, *given, **named)

        mss.MSS.grab = seen_grab  # type: ignore[method-assign]
        aiohttp.ClientWebSocketResponse.send_frame = seen_send  # type: ignore[assignment,method-assign]
        xtest.fake_input = seen_input

    def after(self, moment: float) -> tuple[int, int, int]:
        """How many grabs, sends and inputs began after `moment`."""
        return tuple(  # type: ignore[return-value]
            sum(at > moment for at in moments) for moments in (self.grabs, self.sends, self.inputs)
        )

    def forget(self) -> None:
        """Begin anew."""
        for moments in (self.grabs, self.sends, self.inputs):
            moments.clear()
