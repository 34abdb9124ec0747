"""The way out: one writer task per socket, a bounded lane before it, a watchdog beside it.

A send in aiohttp must never be cancelled or timed out: that would cancel every other send on the
same socket, now and later. So the writer is never cancelled. Whoever wants it to end either lets
it close the socket as its last act, or has the watchdog break the connection below it.
"""

import asyncio
import logging
import socket
from collections import deque

import aiohttp

from protocol.codec import encode
from protocol.errors import CloseCode
from protocol.requests import Request

LANE = 256
"""Most messages that may wait; one more, and the link is broken and resumed."""

STALL_S = 20.0
"""A message that the socket does not take for this long means that the link is gone."""

_log = logging.getLogger(__name__)


class Outlet:
    """Owns everything that is sent on `ws`. Made, used and ended in the network thread."""

    def __init__(self, ws: "aiohttp.ClientWebSocketResponse[bool]") -> None:
        self._ws = ws
        self._lane: deque[Request] = deque()
        self._more = asyncio.Event()
        self._close: CloseCode | None = None
        self._writer = asyncio.create_task(self._write(), name="outlet writer")
        self._watchdog: asyncio.TimerHandle | None = None

    def put(self, request: Request) -> None:
        """Send `request` after what waits already; never blocks."""
        if self._close is not None:
            return
        if len(self._lane) >= LANE:
            _log.warning("outlet: lane is full")
            self.abort()
            return
        self._lane.append(request)
        self._more.set()

    def close(self, code: CloseCode) -> None:
        """Send what waits, then close the socket with `code`; a second call changes nothing."""
        if self._close is None:
            self._close = code
            self._more.set()

    def abort(self) -> None:
        """Break the connection now; a send under way and the reader fail at once."""
        self._lane.clear()
        self.close(CloseCode.GOING_AWAY)
        wire: socket.socket | None = self._ws.get_extra_info("socket")
        if wire is not None:
            try:
                wire.shutdown(socket.SHUT_RDWR)
            except OSError:
                _log.debug("outlet: the connection was down already")

    async def ended(self) -> None:
        """Wait until the writer has ended, which `close` or a broken connection bring about."""
        await asyncio.wait({self._writer})

    async def _write(self) -> None:
        try:
            while self._close is None or self._lane:
                if not self._lane:
                    self._more.clear()
                    await self._more.wait()
                    continue
                self._watch()
                data = encode(self._lane.popleft())
                await self._ws.send_frame(data, aiohttp.WSMsgType.TEXT)
                self._unwatch()
            self._watch()
            await self._ws.close(code=self._close)
        except (aiohttp.ClientError, OSError) as error:
            _log.info("outlet: %s", type(error).__name__)
        except asyncio.CancelledError:
            # aiohttp cancels its own ping when a connection ends, and with it this send.
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
        finally:
            self._unwatch()
            self._close = self._close or CloseCode.GOING_AWAY

    def _watch(self) -> None:
        self._watchdog = asyncio.get_running_loop().call_later(STALL_S, self._stalled)

    def _unwatch(self) -> None:
        if self._watchdog is not None:
            self._watchdog.cancel()
            self._watchdog = None

    def _stalled(self) -> None:
        _log.info("outlet: no progress for %s s", STALL_S)
        self.abort()
