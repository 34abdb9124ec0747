"""The way out: one writer task per socket, two lanes before it, a watchdog beside it.

The conversation goes first. What the channel carries passes the gate right before the socket,
message by message, and is written while the gate is held open: once `Gate.shut` has returned,
nothing of a picture is given to the socket any more.

A send in aiohttp must never be cancelled or timed out: that would cancel every other send on the
same socket, now and later. So the writer is never cancelled. Whoever wants it to end either lets
it close the socket as its last act, or has the watchdog break the connection below it.
"""

import asyncio
import logging
from collections import deque

import aiohttp

from client.gate import Gate
from client.net.pictures import Pictures
from client.net.started import Started
from client.net.surroundings import Unsent
from client.net.wire import Wire
from protocol.channel import Header, Kind
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

    def __init__(
        self, ws: "aiohttp.ClientWebSocketResponse[bool]", gate: Gate, unsent: Unsent
    ) -> None:
        self._ws = ws
        self._gate = gate
        self._wire = Wire(ws, unsent)
        self._lane: deque[Request] = deque()
        self._pictures = Pictures()
        self._gave_pictures = False
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

    def offer(self, header: Header, payload: bytes) -> None:
        """Send a message of the channel after the conversation, if the gate then lets it."""
        if self._close is None:
            self._pictures.put(header, payload)
            self._more.set()

    def drop_pictures(self) -> None:
        """Throw away what waits of the channel. Where the socket still holds some of it, the
        connection is reset, so that it never leaves this machine."""
        self._pictures.clear()
        if self._gave_pictures and self.holds_unsent():
            _log.info("outlet: reset, pictures were stuck")
            self._lane.clear()
            self.close(CloseCode.GOING_AWAY)
            self._wire.reset()
        self._gave_pictures = False

    def holds_unsent(self) -> bool:
        """Whether something that was given to the socket is still on this machine."""
        return self._wire.holds_unsent()

    def close(self, code: CloseCode) -> None:
        """Send what waits, then close the socket with `code`; a second call changes nothing."""
        if self._close is None:
            self._close = code
            self._more.set()

    def abort(self) -> None:
        """Break the connection now; a send under way and the reader fail at once."""
        self._lane.clear()
        self._pictures.clear()
        self.close(CloseCode.GOING_AWAY)
        self._wire.shut_down()

    async def ended(self) -> None:
        """Wait until the writer has ended, which `close` or a broken connection bring about."""
        await asyncio.wait({self._writer})

    async def _write(self) -> None:
        try:
            while self._close is None or self._lane:
                if self._lane:
                    self._watch()
                    data = encode(self._lane.popleft())
                    await self._ws.send_frame(data, aiohttp.WSMsgType.TEXT)
                    self._unwatch()
                elif self._pictures:
                    await self._send_picture()
                else:
                    self._more.clear()
                    await self._more.wait()
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

    async def _send_picture(self) -> None:
        """One message of the channel, unless the gate is shut for it."""
        header, data = self._pictures.take()
        clipboard = header.kind is Kind.CLIPBOARD
        way = self._gate.copying if clipboard else self._gate.sending
        with way(header.epoch) as allowed:
            if not allowed:
                return
            self._gave_pictures = True
            sending = Started(self._ws.send_frame(data, aiohttp.WSMsgType.BINARY))
        self._watch()
        await sending
        self._unwatch()

    def _watch(self) -> None:
        self._watchdog = asyncio.get_running_loop().call_later(STALL_S, self._stalled)

    def _unwatch(self) -> None:
        if self._watchdog is not None:
            self._watchdog.cancel()
            self._watchdog = None

    def _stalled(self) -> None:
        _log.info("outlet: no progress for %s s", STALL_S)
        self.abort()
