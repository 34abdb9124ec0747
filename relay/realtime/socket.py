"""The three doors. Admits a WebSocket, reads it, and hands good requests to the hub.

The native client comes without cookie and Origin and proves itself by its resume token. Pages
come with the exact Origin of the configured address and a one-time ticket fetched with their
cookie. One reader per socket (this file) and one writer (`Peer.write`); the reader never waits
for another peer.
"""

import asyncio
import hashlib
from collections.abc import Callable

import structlog
from aiohttp import WSMessage, WSMsgType, web

from protocol import PROTOCOL, limits
from protocol.codec import decode_request
from protocol.errors import CloseCode, ErrorCode, RemoteProtocolError
from protocol.requests import (
    AnyRequest,
    DeskIdle,
    Hello,
    InvitationAccept,
    KeyCancel,
    KeyMake,
    LetIn,
    Ping,
    PresenceSet,
    SessionAccept,
)
from protocol.roles import Door
from protocol.signals import Pong, Refused
from protocol.working_requests import SessionJoin
from relay.clock import Clock
from relay.domain.permissions import allows, permission_for
from relay.metrics import Metrics
from relay.realtime.hub import Hub
from relay.realtime.peer import Peer, keep_buffers_small
from relay.realtime.switch import Switch
from relay.realtime.tickets import Tickets
from relay.storage.database import StorageUnavailable
from relay.storage.sessions import Member

log = structlog.get_logger("socket")

REQUESTS_PER_S = 400
"""A peer that asks more than this within one second is closed."""

CLOSING_S = 12.0

WRITE_BYTES = 16 * 1024
"""A send waits for the network after so many bytes, not after aiohttp's 256 KiB."""

CHANNEL_DOORS = frozenset({Door.CLIENT, Door.SESSION})
"""A customer in the web chat has nothing to show, and a desk belongs to no session."""

READ_BYTES = 4 * limits.MESSAGE_BYTES
"""Up to this much is read of a message that is too big, so that its sender hears why."""


class Doors:
    """The handlers of the WebSocket routes; `origin` is the address pages come from."""

    def __init__(
        self,
        hub: Hub,
        tickets: Tickets,
        clock: Clock,
        metrics: Metrics,
        origin: Callable[[], str],
    ) -> None:
        self._hub = hub
        self._tickets = tickets
        self._clock = clock
        self._metrics = metrics
        self._origin = origin

    def routes(self) -> list[web.RouteDef]:
        """The routes of all doors."""
        return [
            web.get("/ws/customer", self._customer),
            web.get("/ws/chat", self._chat),
            web.get("/ws/console", self._console),
        ]

    async def _customer(self, request: web.Request) -> web.StreamResponse:
        if "Origin" in request.headers or "Cookie" in request.headers:
            raise web.HTTPForbidden
        return await self._serve(request, Door.CLIENT)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        self._check_origin(request)
        return await self._serve(request, Door.CHAT)

    async def _console(self, request: web.Request) -> web.StreamResponse:
        self._check_origin(request)
        return await self._serve(request, Door.DESK)

    def _check_origin(self, request: web.Request) -> None:
        if request.headers.getall("Origin", []) != [self._origin()]:
            raise web.HTTPForbidden

    async def _serve(self, request: web.Request, door: Door) -> web.StreamResponse:
        socket = web.WebSocketResponse(
            heartbeat=limits.HEARTBEAT_S,
            max_msg_size=READ_BYTES,
            compress=False,
            decode_text=False,
            writer_limit=WRITE_BYTES,
        )
        await socket.prepare(request)
        transport = request.transport
        if transport is None:
            return socket
        keep_buffers_small(transport)
        peer = Peer(door=door, socket=socket, transport=transport, clock=self._clock)
        writer = asyncio.create_task(peer.write(), name="peer.write")
        try:
            await self._converse(peer)
        except RemoteProtocolError as error:
            log.info("socket.refused", door=peer.door, code=int(error.close), why=str(error))
            peer.close(error.close)
        except StorageUnavailable as error:
            log.warning("storage.unavailable", door=peer.door, why=str(error))
            peer.close(CloseCode.RESTART)
        finally:
            peer.close(CloseCode.GOING_AWAY)
            await _finish(peer, writer)
            code = int(socket.close_code or peer.close_code or 0)
            self._metrics.closed.labels(code=str(code)).inc()
        return socket

    async def _converse(self, peer: Peer) -> None:
        hello = await self._hello(peer)
        if hello is None:
            return
        await self._identify(peer, hello)
        self._hub.connected(peer)
        try:
            await self._permit(peer)
            if peer.door is Door.DESK:
                self._hub.desk.join(peer)
            elif not await self._hub.admit(peer, hello):
                raise RemoteProtocolError(CloseCode.GONE, "no such session for this peer")
            await self._read(peer)
        finally:
            await self._hub.disconnected(peer)

    async def _hello(self, peer: Peer) -> Hello | None:
        try:
            message = await _next(peer, limits.HELLO_S)
        except TimeoutError:
            raise RemoteProtocolError(CloseCode.HELLO_LATE, "no hello") from None
        if message is None:
            return None
        if message.type is WSMsgType.BINARY:
            _take(None, message.data)
        hello = decode_request(message.data, peer.door)
        if not isinstance(hello, Hello):
            raise RemoteProtocolError(CloseCode.OUT_OF_ORDER, "something came before hello")
        if hello.version != PROTOCOL:
            raise RemoteProtocolError(CloseCode.VERSION, f"protocol {hello.version}")
        return hello

    async def _identify(self, peer: Peer, hello: Hello) -> None:
        if peer.door is Door.CLIENT:
            await self._identify_client(peer, hello)
            return
        holder = self._tickets.redeem(hello.ticket or "")
        if holder is None:
            raise RemoteProtocolError(CloseCode.UNAUTHENTICATED, "ticket unknown or used")
        chat = holder.door is Door.CHAT
        if chat is not (peer.door is Door.CHAT) or (not chat and holder.session != hello.session):
            raise RemoteProtocolError(CloseCode.UNAUTHENTICATED, "ticket for something else")
        peer.door = holder.door
        peer.user_id, peer.user_name = holder.user_id, holder.user_name
        peer.sign_in, peer.photo = holder.sign_in, holder.photo
        peer.session, peer.permissions = holder.session, holder.permissions
        if not peer.may(Hello):
            raise RemoteProtocolError(CloseCode.WRONG_ROLE, "no permission for this door")
        if chat:
            member = Member(holder.session or "", holder.participant_id or "")
            peer.participant = await self._hub.participant(member)

    async def _permit(self, peer: Peer) -> None:
        """Take from the console's peer what its user lost since the ticket. The hub knows
        the peer already and closes it when that changes, so nothing is missed."""
        if peer.user_id is None:
            return
        permissions = await self._hub.permissions(peer.user_id)
        if permissions is None or not allows(permission_for(Hello), permissions):
            raise RemoteProtocolError(CloseCode.UNAUTHENTICATED, "may not be here any longer")
        peer.permissions &= permissions

    async def _identify_client(self, peer: Peer, hello: Hello) -> None:
        token_hash = hashlib.sha256((hello.token or "").encode()).hexdigest()
        member = await self._hub.member(token_hash)
        if member is None:
            raise RemoteProtocolError(CloseCode.UNAUTHENTICATED, "resume token unknown")
        peer.session = member.session
        peer.participant = await self._hub.participant(member)

    async def _read(self, peer: Peer) -> None:
        switch = self._hub.switch(peer) if peer.door in CHANNEL_DOORS else None
        second, count = 0, 0
        while peer.close_code is None:
            message = await _next(peer)
            if message is None or peer.close_code is not None:
                return
            if message.type is WSMsgType.BINARY:
                _take(switch, bytes(message.data))
                continue
            request = decode_request(message.data, peer.door)
            now = int(self._clock.monotonic())
            second, count = now, count + 1 if now == second else 1
            if count > REQUESTS_PER_S:
                raise RemoteProtocolError(CloseCode.TOO_MANY, "too many requests")
            if peer.may(type(request)):
                await self._dispatch(peer, request)
            else:
                self._forbid(peer, request)

    def _forbid(self, peer: Peer, request: AnyRequest) -> None:
        code = ErrorCode.FORBIDDEN
        log.info("permission.refused", user=peer.user_id, request=type(request).__name__)
        self._metrics.refused.labels(code=code.value).inc()
        request_id = getattr(request, "id", "")
        if request_id:
            peer.tell(Refused(id=request_id, code=code))

    async def _dispatch(self, peer: Peer, request: AnyRequest) -> None:
        match request:
            case Ping():
                peer.tell(Pong(n=request.n))
            case SessionAccept() | InvitationAccept() | SessionJoin() | LetIn() | PresenceSet():
                await self._hub.handle_desk(peer, request)
            case KeyMake() | KeyCancel() | DeskIdle():
                await self._hub.handle_desk(peer, request)
            case Hello():
                raise RemoteProtocolError(CloseCode.OUT_OF_ORDER, "a second hello")
            case _:
                await self._hub.handle(peer, request)


async def _finish(peer: Peer, writer: "asyncio.Task[None]") -> None:
    """Let the writer send its last; a send that hangs ends with the connection, not by cancel."""
    await asyncio.wait({writer}, timeout=CLOSING_S)
    if not writer.done():
        peer.cut(CloseCode.TOO_SLOW)
    await writer


async def _next(peer: Peer, within_s: float | None = None) -> WSMessage | None:
    """The next message of either plane, or None at the end of the socket. Raises `TimeoutError`."""
    message = await peer.socket.receive(within_s)
    if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
        return message
    if message.type is WSMsgType.ERROR:
        log.info("socket.broken", door=peer.door, why=str(message.data))
    return None


def _take(switch: Switch | None, message: bytes) -> None:
    """Raises `RemoteProtocolError` at a door without a channel."""
    if switch is None:
        raise RemoteProtocolError(CloseCode.WRONG_KIND, "binary message on the conversation plane")
    switch.take(message)
