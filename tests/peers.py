"""Peers for tests: they speak the protocol over real sockets and keep what they hear."""

import asyncio
import secrets
import ssl
from collections import deque
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self, TypeVar

import aiohttp
import msgspec

from protocol import PROTOCOL, limits
from protocol.api import Joined, SignIn, SignInByLink, Ticket, TicketWish
from protocol.channel import Flag, Header, Joiner, Kind, parts
from protocol.codec import decode_event, encode
from protocol.facts import AnyFact, Fact
from protocol.identity import to_text
from protocol.queues import QueueKind, QueueWish
from protocol.requests import (
    ChatPost,
    Hello,
    KeyMake,
    Request,
    SessionAccept,
)
from protocol.roles import Door
from protocol.share_facts import ShareStarted
from protocol.share_requests import GrantGive, ShareStart
from protocol.sharing import CLIPBOARD, Grant, Scope
from protocol.signals import Ack, AnySignal, DeskWelcome, KeyMade, Refused, Signal, Welcome
from protocol.snapshot import Snapshot, apply

M = TypeVar("M", bound=Fact | Signal)
PATIENCE_S = 10.0
PASSWORD = "correct horse battery"


def client_id() -> str:
    """A new id for a request."""
    return secrets.token_hex(8)


class Socket:
    """One WebSocket. `heard` holds every message of the conversation so far, in order, and
    `channel` every message of the channel as it came, header and all."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.heard: list[AnyFact | AnySignal] = []
        self.channel: list[bytes] = []
        self._said: deque[AnyFact | AnySignal] = deque()
        self._shown: deque[bytes] = deque()
        self._joiner = Joiner(limits.FRAME_BYTES)

    async def ask(self, request: Request) -> None:
        """Send `request`."""
        await self.socket.send_str(encode(request).decode())

    async def hear(self, kind: type[M]) -> M:
        """The next message of that kind; what comes before it stays in `heard`."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self.event()
                if isinstance(message, kind):
                    return message

    async def answer(self) -> Ack | Refused:
        """The next answer to a request."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self.event()
                if isinstance(message, (Ack, Refused)):
                    return message

    async def closed(self) -> int:
        """Read on until the relay closes; its close code."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self.socket.receive()
                if message.type is aiohttp.WSMsgType.CLOSE:
                    return int(message.data)
                if not self._kept(message):
                    return self.socket.close_code or 1006

    async def event(self) -> AnyFact | AnySignal:
        """The next message of the conversation, whatever it is. Raises `ConnectionError` at the
        end of the socket."""
        while not self._said:
            await self._receive()
        return self._said.popleft()

    async def send_channel(self, header: Header, payload: bytes = b"") -> None:
        """Send a message of the channel, in parts where it is long."""
        for part in parts(header, payload):
            await self.socket.send_bytes(part)

    async def receive_part(self) -> bytes:
        """The next message of the channel as it came, header and all."""
        async with asyncio.timeout(PATIENCE_S):
            while not self._shown:
                await self._receive()
            return self._shown.popleft()

    async def receive_channel(self) -> tuple[Header, bytes]:
        """The next message of the channel, its parts joined; the header is the first part's."""
        while True:
            whole = self._joiner.add(await self.receive_part())
            if whole is not None:
                return whole

    async def _receive(self) -> None:
        if not self._kept(await self.socket.receive()):
            raise ConnectionError(f"closed with {self.socket.close_code}")

    def _kept(self, message: aiohttp.WSMessage) -> bool:
        """Whether it was a message, of either plane."""
        if message.type is aiohttp.WSMsgType.TEXT:
            event = decode_event(message.data.encode())
            self.heard.append(event)
            self._said.append(event)
        elif message.type is aiohttp.WSMsgType.BINARY:
            self.channel.append(message.data)
            self._shown.append(message.data)
        else:
            return False
        return True

    @property
    def participant(self) -> str:
        """Who this is in its session."""
        return next(one.participant for one in self.heard if isinstance(one, Welcome))

    @property
    def facts(self) -> list[AnyFact]:
        """The facts heard so far."""
        return [one for one in self.heard if isinstance(one, Fact)]

    async def close(self) -> None:
        await self.socket.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class Caller:
    """Somebody's connections to one relay."""

    def __init__(self, http: aiohttp.ClientSession, origin: str) -> None:
        self.http = http
        self.origin = origin

    async def open(self, path: str, hello: Hello, *, page: bool) -> Socket:
        """A socket that has said hello."""
        socket = await self.raw(path, page=page)
        await socket.ask(hello)
        return socket

    async def raw(self, path: str, *, page: bool) -> Socket:
        """A socket that has said nothing yet."""
        headers = {"Origin": self.origin} if page else {}
        return Socket(
            await self.http.ws_connect(self.origin + path, headers=headers, max_msg_size=0)
        )


class Customer(Caller):
    """A native client's side of a session."""

    joined: Joined

    async def join(self, key: str, name: str = "Grace") -> Joined:
        """Use a session key."""
        body = {"key": key, "name": name, "system": "Debian 12", "language": "en"}
        async with self.http.post(f"{self.origin}/api/join", json=body) as answer:
            data = await answer.read()
            assert answer.status == 200, data
            self.joined = msgspec.json.decode(data, type=Joined)
        return self.joined

    async def connect(self, last: int | None = None) -> tuple[Socket, Welcome]:
        """The session's socket and its welcome."""
        nonce = to_text(secrets.token_bytes(16))
        hello = Hello(version=PROTOCOL, token=self.joined.token, last=last, nonce=nonce)
        socket = await self.open("/ws/customer", hello, page=False)
        return socket, await socket.hear(Welcome)


class Visitor(Caller):
    """A customer's browser: a form, a cookie, one ticket a socket."""

    async def enter(self, key: str) -> None:
        """Use a session key on the portal."""
        await self.post("/join", {"key": key, "name": "Grace"})

    async def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form; the path it leads to."""
        async with self.http.post(
            self.origin + path,
            data=fields,
            headers={"Origin": self.origin},
            allow_redirects=False,
        ) as answer:
            assert answer.status == 303, await answer.text()
            return answer.headers["Location"]

    async def ticket(self) -> tuple[int, bytes]:
        """Ask for a ticket: status and body."""
        body = msgspec.json.encode(TicketWish(door=Door.CHAT))
        headers = {"Origin": self.origin, "Content-Type": "application/json"}
        async with self.http.post(
            f"{self.origin}/api/ticket", data=body, headers=headers
        ) as answer:
            return answer.status, await answer.read()

    async def connect(self) -> tuple[Socket, Welcome]:
        """The chat's socket and its welcome."""
        status, body = await self.ticket()
        assert status == 200, body
        ticket = msgspec.json.decode(body, type=Ticket).ticket
        socket = await self.open("/ws/chat", Hello(version=PROTOCOL, ticket=ticket), page=True)
        return socket, await socket.hear(Welcome)


class Representative(Caller):
    """A page's side: signed in by cookie, one ticket a socket."""

    async def sign_in(self, name: str) -> None:
        """By password."""
        body = msgspec.json.encode(SignIn(name=name, password=PASSWORD))
        async with self.http.post(
            f"{self.origin}/api/login", data=body, headers=self._headers
        ) as answer:
            assert answer.status == 200, await answer.text()

    async def sign_in_by_link(self, link: str) -> None:
        """By a one-time link, as its page does it."""
        body = msgspec.json.encode(SignInByLink(token=link.rpartition("#")[2]))
        async with self.http.post(
            f"{self.origin}/api/login/link", data=body, headers=self._headers
        ) as answer:
            assert answer.status == 200, await answer.text()

    async def ticket(self, door: Door, session: str | None = None) -> str:
        """A ticket for one socket."""
        body = msgspec.json.encode(TicketWish(door=door, session=session))
        async with self.http.post(
            f"{self.origin}/api/ticket", data=body, headers=self._headers
        ) as answer:
            data = await answer.read()
            assert answer.status == 200, data
            return msgspec.json.decode(data, type=Ticket).ticket

    async def desk(self) -> Socket:
        """The desk's socket, welcomed."""
        hello = Hello(version=PROTOCOL, ticket=await self.ticket(Door.DESK))
        socket = await self.open("/ws/console", hello, page=True)
        await socket.hear(DeskWelcome)
        return socket

    async def session(
        self, session: str, last: int | None = None, last_desk: int = 0
    ) -> tuple[Socket, Welcome]:
        """The socket of one session and its welcome."""
        hello = Hello(
            version=PROTOCOL,
            ticket=await self.ticket(Door.SESSION, session),
            session=session,
            last=last,
            last_desk=last_desk,
        )
        socket = await self.open("/ws/console", hello, page=True)
        return socket, await socket.hear(Welcome)

    async def make_key(self, desk: Socket, *, own: bool = True, team: str | None = None) -> KeyMade:
        """A new session key: to the own queue, to a team's, or to the general one."""
        queue = QueueWish(kind=QueueKind.PERSONAL if own else QueueKind.GENERAL)
        if team is not None:
            queue = QueueWish(kind=QueueKind.TEAM, id=team)
        await desk.ask(KeyMake(id=client_id(), queue=queue))
        return await desk.hear(KeyMade)

    async def accept(self, desk: Socket, session: str) -> Ack:
        """Take a waiting customer."""
        await desk.ask(SessionAccept(id=client_id(), session=session))
        return await desk.hear(Ack)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Origin": self.origin, "Content-Type": "application/json"}


@asynccontextmanager
async def calling(origin: str, authority: Path) -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP session with a cookie jar that trusts the relay's development certificates."""
    context = ssl.create_default_context(cafile=str(authority))
    connector = aiohttp.TCPConnector(ssl=context)
    async with aiohttp.ClientSession(connector=connector) as http:
        yield http


async def breaks_off(reading: Awaitable[object]) -> None:
    """Read until the relay breaks off; fails where it ends in order. The error would keep the
    test's frame and its sockets, to be closed in whichever test comes then."""
    try:
        await reading
    except aiohttp.ClientPayloadError as error:
        error.__traceback__ = None
    else:
        raise AssertionError("it came to an end")


async def say(socket: Socket, text: str) -> Ack:
    """Post a chat line and wait until it is committed."""
    request = ChatPost(id=client_id(), text=text)
    await socket.ask(request)
    while True:
        ack = await socket.hear(Ack)
        if ack.id == request.id:
            return ack


async def carried_out(socket: Socket, request: Request) -> Ack | Refused:
    """Ask for something and wait for the answer to it."""
    await socket.ask(request)
    while True:
        answer = await socket.answer()
        if answer.id == getattr(request, "id", ""):
            return answer


async def share(
    mine: Socket,
    theirs: Socket,
    *,
    control: bool = False,
    clipboard: bool = False,
    scope: Scope = Scope.ALL,
    share: int = 1,
    epoch: int = 1,
) -> ShareStarted:
    """The customer `mine` lets the representative `theirs` see (and do more), and starts to share.
    Both have heard of it when this returns."""
    to = theirs.participant
    more = [*([Grant.CONTROL] if control else []), *(CLIPBOARD if clipboard else [])]
    for grant in [Grant.VIEW, *more]:
        given = await carried_out(mine, GrantGive(id=client_id(), grant=grant, to=to))
        assert isinstance(given, Ack), given
    start = ShareStart(id=client_id(), share=share, epoch=epoch, scope=scope)
    started = await carried_out(mine, start)
    assert isinstance(started, Ack), started
    while (fact := await theirs.hear(ShareStarted)).epoch != epoch:
        pass
    return fact


WHOLE = Flag.FIRST | Flag.LAST


def header(
    kind: Kind,
    seq: int = 1,
    *,
    flags: Flag = WHOLE,
    epoch: int = 1,
    share: int = 1,
    sender: int = 0,
    time_us: int = 0,
) -> Header:
    """The header of a channel message in the first epoch of the first share."""
    return Header(kind, flags, sender, epoch, share, seq, time_us)


def replayed(snapshot: Snapshot, facts: list[AnyFact]) -> Snapshot:
    """The snapshot after all `facts`."""
    for fact in facts:
        snapshot = apply(snapshot, fact)
    return snapshot
