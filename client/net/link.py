"""The socket to the relay: dial, say hello, read, and come back by itself.

Whether a loss is passing or final is decided here, by the close code (`FINAL_CLOSES`) or by what
the peer shows of itself. What is missed in between, the relay replays from `last` on.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator

import aiohttp

from client.net.inbox import Inbox
from client.net.join import new_nonce
from client.net.outlet import Outlet
from client.net.surroundings import Surroundings
from client.net.target import Target
from client.net.trust import Impostor, check_identity
from client.session.inputs import Heard, LinkClosed, LinkLost
from client.session.state import Verdict
from protocol import limits
from protocol.channel import Header
from protocol.codec import decode_event
from protocol.errors import FINAL_CLOSES, CloseCode, RemoteProtocolError
from protocol.facts import Fact
from protocol.requests import Hello, Ping, Request
from protocol.signals import Pong, Welcome
from protocol.version import PROTOCOL

PATH = "/ws/customer"
DIAL_S = 15.0
FAREWELL_S = 2.0
"""How long the relay may take to answer a close."""

_VERDICTS = {
    CloseCode.REPLACED: Verdict.REPLACED,
    CloseCode.MOVED: Verdict.REPLACED,
    CloseCode.VERSION: Verdict.OUTDATED,
    CloseCode.GONE: Verdict.GONE,
    CloseCode.UNAUTHENTICATED: Verdict.GONE,
}

_log = logging.getLogger(__name__)


class _Final(Exception):
    """The link ended in a way that leaves nothing to try again for."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict = verdict


class Link:
    """One session's socket over all its connections. Used in the network thread only.

    `around.tell` hears `Heard`, `LinkLost` and `LinkClosed`, `around.channel` what comes on the
    channel; `fresh_delays` starts a back-off anew.
    """

    def __init__(
        self,
        target: Target,
        token: str,
        around: Surroundings,
        fresh_delays: Callable[[], Iterator[float]],
    ) -> None:
        self._target = target
        self._token = token
        self._around = around
        self._tell = around.tell
        self._fresh_delays = fresh_delays
        self._last: int | None = None
        self._outlet: Outlet | None = None
        self._welcomed = False
        self._inbox = Inbox(around.gate, around.channel)
        self._closing = asyncio.Event()
        self._dialling: asyncio.Timeout | None = None

    def send(self, request: Request) -> None:
        """Send `request` if the relay has said welcome; otherwise whoever asked sends it again."""
        if self._outlet is not None and self._welcomed:
            self._outlet.put(request)

    def offer(self, header: Header, payload: bytes) -> None:
        """Send a message of the channel now or never."""
        if self._outlet is not None and self._welcomed:
            self._outlet.offer(header, payload)

    def drop_pictures(self) -> None:
        """Throw away what was not sent of the channel."""
        if self._outlet is not None:
            self._outlet.drop_pictures()

    def start_over(self) -> None:
        """Drop the connection; the next one asks for a whole snapshot."""
        self._last = None
        if self._outlet is not None:
            self._outlet.abort()

    def close(self) -> None:
        """Say good-bye and do not come back; `run` returns soon after."""
        self._closing.set()
        if self._outlet is not None:
            self._outlet.close(CloseCode.NORMAL)

    def abort(self) -> None:
        """Do not come back, and wait for nothing: neither what is to be sent nor a dial."""
        self._closing.set()
        if self._outlet is not None:
            self._outlet.abort()
        elif self._dialling is not None:
            self._dialling.reschedule(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Keep the link up until it is closed, here or for good by the relay."""
        delays = self._fresh_delays()
        while not self._closing.is_set():
            try:
                await self._connection()
            except _Final as final:
                self._tell(LinkClosed(final.verdict))
                return
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                _log.info("link: %s", type(error).__name__)
            finally:
                # No share outlives its connection, however late the window hears of the loss.
                self._around.gate.shut()
            if self._closing.is_set():
                return
            if self._welcomed:
                self._welcomed = False
                delays = self._fresh_delays()
            self._tell(LinkLost())
            await self._pause(next(delays))

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return

    async def _connection(self) -> None:
        """One connection from dial to loss. Raises `_Final`, or what aiohttp raises."""
        ws = await self._dial()
        self._log_drops()
        self._inbox = Inbox(self._around.gate, self._around.channel)
        self._outlet = outlet = Outlet(ws, self._around.gate, self._around.unsent)
        pinging = asyncio.create_task(_ping(outlet), name="link ping")
        try:
            if self._closing.is_set():
                return
            await self._converse(ws, outlet)
        finally:
            pinging.cancel()
            self._outlet = None
            outlet.close(CloseCode.NORMAL)
            await outlet.ended()

    def _log_drops(self) -> None:
        if self._inbox.dropped:
            _log.info("link: channel messages dropped: %s", dict(self._inbox.dropped))

    async def _dial(self) -> "aiohttp.ClientWebSocketResponse[bool]":
        try:
            async with asyncio.timeout(DIAL_S) as self._dialling:
                return await self._target.http.ws_connect(
                    self._target.socket_url(PATH),
                    ssl=self._target.tls,
                    heartbeat=limits.HEARTBEAT_S,
                    max_msg_size=limits.EVENT_BYTES + 1,  # aiohttp's limit is exclusive
                    compress=0,
                    autoclose=False,  # closing is the writer's last act, not the reader's
                    timeout=aiohttp.ClientWSTimeout(ws_close=FAREWELL_S),
                    decode_text=False,
                )
        finally:
            self._dialling = None

    async def _converse(self, ws: "aiohttp.ClientWebSocketResponse[bool]", outlet: Outlet) -> None:
        nonce = new_nonce()
        outlet.put(Hello(version=PROTOCOL, token=self._token, nonce=nonce, last=self._last))
        silence = _Silence(outlet)
        try:
            while (message := await ws.receive()).type in _DATA:
                silence.broken()
                if message.type is aiohttp.WSMsgType.BINARY:
                    self._check_welcomed()
                    self._inbox.take(message.data)
                else:
                    self._take(message.data, nonce)
        except RemoteProtocolError as error:
            _log.warning("link: the relay broke the protocol: %s", error)
            outlet.close(error.close)
            raise _Final(Verdict.REFUSED) from None
        except Impostor as error:
            _log.warning("link: %s", error)
            outlet.abort()
            raise _Final(Verdict.IMPOSTOR) from None
        finally:
            silence.end()
        if message.type is aiohttp.WSMsgType.ERROR:
            _log.warning("link: %s", message.data)
        # The frame itself: aiohttp may have replaced `ws.close_code` by 1006 in the meantime.
        code = message.data if message.type is aiohttp.WSMsgType.CLOSE else ws.close_code
        if not self._closing.is_set() and code in FINAL_CLOSES:
            raise _Final(_VERDICTS.get(CloseCode(code), Verdict.REFUSED))

    def _take(self, data: bytes, nonce: str) -> None:
        event = decode_event(data)
        if isinstance(event, Welcome):
            check_identity(
                self._target.identity, self._target.origin, nonce, event.identity, event.signature
            )
            self._welcomed = True
            if event.snapshot is not None:
                self._last = event.snapshot.seq
        else:
            self._check_welcomed()
        if isinstance(event, Fact):
            self._last = max(event.seq, self._last or 0)
        if not isinstance(event, Pong):
            self._tell(Heard(event))

    def _check_welcomed(self) -> None:
        if not self._welcomed:
            raise RemoteProtocolError(CloseCode.OUT_OF_ORDER, "the relay spoke before its welcome")


_DATA = (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY)


class _Silence:
    """Breaks a connection on which nothing has been heard for two heartbeats."""

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._loop = asyncio.get_running_loop()
        self._timer = self._start()

    def _start(self) -> asyncio.TimerHandle:
        return self._loop.call_later(2 * limits.HEARTBEAT_S, self._outlet.abort)

    def broken(self) -> None:
        """Something was heard."""
        self._timer.cancel()
        self._timer = self._start()

    def end(self) -> None:
        """The connection is over anyway."""
        self._timer.cancel()


async def _ping(outlet: Outlet) -> None:
    """An answer to each of these is what keeps `_Silence` from thinking the relay gone."""
    number = 0
    while True:
        await asyncio.sleep(limits.HEARTBEAT_S)
        number += 1
        outlet.put(Ping(n=number))
