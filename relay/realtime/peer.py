"""One open socket: its lanes, its one writer, and the way it is ended."""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from protocol.channel import Header
from protocol.codec import encode
from protocol.errors import CloseCode, LocalProtocolError
from protocol.facts import AnyFact, Participant, SignedInBy
from protocol.requests import Request
from protocol.roles import Door
from protocol.signals import Signal
from relay.clock import Clock
from relay.domain.permissions import Permissions, allows, permission_for
from relay.realtime.channel_lane import ChannelLane
from relay.realtime.lane import Lane

SEND_BUFFER_BYTES = 64 * 1024
NOTSENT_LOWAT_BYTES = 16 * 1024
STALLED_S = 30.0
"""A peer whose socket took nothing for this long is cut off."""


@dataclass(eq=False, slots=True)
class Peer:
    """Somebody's socket. The writer is the only task that sends on it, and sends from the channel's
    lane only while nothing waits in the conversation's.

    A blocked send is never cancelled or timed out (aiohttp would then refuse every later send);
    `cut_if_stalled` aborts the transport instead, and the send fails by itself.
    """

    door: Door
    socket: web.WebSocketResponse
    transport: asyncio.Transport
    clock: Clock
    user_id: str | None = None
    user_name: str = ""
    sign_in: SignedInBy | None = None
    photo: str = ""
    participant: Participant | None = None
    session: str | None = None
    permissions: Permissions = frozenset()
    lane: Lane = field(default_factory=Lane)
    channel: ChannelLane = field(default_factory=ChannelLane)
    close_code: CloseCode | None = None
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    _sending_since: float | None = None

    @property
    def me(self) -> Participant:
        """The participant behind an admitted peer."""
        if self.participant is None:
            raise LocalProtocolError(CloseCode.OUT_OF_ORDER, "peer was not admitted")
        return self.participant

    def may(self, request: type[Request]) -> bool:
        """Whether this peer's role allows `request`; a customer's door alone decides for them."""
        return self.user_id is None or allows(permission_for(request), self.permissions)

    def tell(self, message: AnyFact | Signal, topic: str = "") -> None:
        """Queue a message of one's own."""
        self.tell_encoded(encode(message), topic)

    def owe(self, message: AnyFact | Signal) -> None:
        """Queue a part of the welcome, which may be larger than what may wait later."""
        self.lane.put(encode(message), owed=True)
        self._more.set()

    def tell_encoded(self, message: bytes, topic: str = "") -> None:
        """Queue a message that was encoded once for many."""
        if self.close_code is not None:
            return
        self.lane.put(message, topic)
        if self.lane.overflown:
            self.cut(CloseCode.TOO_SLOW)
        self._more.set()

    def show(self, header: Header, message: bytes) -> int:
        """Queue a message of the channel, header and all; how many were dropped because this
        peer does not keep up."""
        if self.close_code is not None:
            return 1
        dropped = self.channel.put(header, message, self.clock.monotonic())
        self._more.set()
        return dropped

    def keep(self, allowed: Callable[[Header], bool]) -> int:
        """Drop what waits on the channel and is not `allowed`; how many messages that were."""
        return self.channel.keep(allowed)

    def close(self, code: CloseCode) -> None:
        """Close with `code` once the conversation's lane is sent; the first code stays."""
        if self.close_code is None:
            self.close_code = code
            self._more.set()

    def cut(self, code: CloseCode) -> None:
        """End the connection at once; what waits is dropped."""
        if self.close_code is None:
            self.close_code = code
        _abort(self.transport)
        self._more.set()

    def cut_if_stalled(self) -> None:
        """End the connection when its current send has hung too long."""
        since = self._sending_since
        if since is not None and self.clock.monotonic() - since > STALLED_S:
            self.cut(CloseCode.TOO_SLOW)

    async def write(self) -> None:
        """The writer: runs until the socket is closed or gone."""
        try:
            while True:
                await self._more.wait()
                self._more.clear()
                while self.lane or (self.channel and self.close_code is None):
                    self._sending_since = self.clock.monotonic()
                    if self.lane:
                        await self.socket.send_frame(self.lane.take(), WSMsgType.TEXT)
                    else:
                        await self.socket.send_frame(self.channel.take(), WSMsgType.BINARY)
                self._sending_since = None
                if self.close_code is not None:
                    self._sending_since = self.clock.monotonic()
                    await self.socket.close(code=self.close_code)
                    return
        except (ConnectionError, RuntimeError):
            _abort(self.transport)  # the reader sees the end of the socket and cleans up
        finally:
            self._sending_since = None


def _abort(transport: asyncio.Transport) -> None:
    """End the connection; before Python 3.11.4 a TLS transport that is closed already raises."""
    with contextlib.suppress(AttributeError):
        transport.abort()


def keep_buffers_small(transport: asyncio.Transport) -> None:
    """Let back-pressure reach the lane early instead of hiding in kernel buffers."""
    transport.set_write_buffer_limits(high=32 * 1024)
    sock = transport.get_extra_info("socket")
    if sock is None:
        return
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    lowat = getattr(socket, "TCP_NOTSENT_LOWAT", None)
    if lowat is not None:
        sock.setsockopt(socket.IPPROTO_TCP, lowat, NOTSENT_LOWAT_BYTES)
