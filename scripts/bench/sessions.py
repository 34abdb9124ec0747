"""Real sessions on a real relay for the chat benchmark, opened the way people open them."""

import asyncio
import secrets
from typing import NamedTuple, TypeVar

import aiohttp
import msgspec

from protocol import PROTOCOL
from protocol.api import Joined, SignInByLink, Ticket, TicketWish
from protocol.codec import decode_event, encode
from protocol.queues import QueueKind, QueueWish
from protocol.requests import ChatPost, Hello, KeyMake, Request, SessionAccept
from protocol.roles import Door
from protocol.signals import Ack, KeyMade, Welcome
from scripts.bench.load import Pair

GENERAL = QueueWish(kind=QueueKind.GENERAL)
Socket = aiohttp.ClientWebSocketResponse
T = TypeVar("T")


class Talk(NamedTuple):
    """A session with both of its sockets."""

    joined: Joined
    customer: Socket
    representative: Socket


class Staff:
    """One representative who opens and accepts all sessions; `guests` keeps no cookies."""

    def __init__(
        self, http: aiohttp.ClientSession, guests: aiohttp.ClientSession, origin: str
    ) -> None:
        self._http = http
        self._guests = guests
        self._origin = origin
        self._desk: Socket | None = None

    async def sign_in(self, link: str) -> None:
        """Sign in by a one-time link and open the desk."""
        await self._post("/api/login/link", SignInByLink(token=link.rpartition("#")[2]))
        await self.open_desk()

    async def open_desk(self) -> None:
        """A new socket of the desk in place of the one before: one that nobody reads is closed
        after a while."""
        await self.close()
        self._desk = await self._socket("/ws/console", Hello(version=PROTOCOL), Door.DESK)

    async def open_pair(self) -> Pair:
        """A new session, accepted: the customer speaks, the representative listens."""
        talk = await self.open_talk()
        return Pair(talk.customer, talk.representative, _post_line)

    async def open_talk(self) -> Talk:
        """A new session, accepted."""
        if self._desk is None:
            raise RuntimeError("sign in first")
        key = await _asked(self._desk, KeyMake(id=secrets.token_hex(8), queue=GENERAL), KeyMade)
        async with self._guests.post(f"{self._origin}/api/join", json={"key": key.key}) as answer:
            joined = msgspec.json.decode(await answer.read(), type=Joined)
        customer = await self._guests.ws_connect(f"{self._origin}/ws/customer")
        hello = Hello(version=PROTOCOL, token=joined.token)
        await _asked(customer, hello, Welcome)
        accept = SessionAccept(id=secrets.token_hex(8), session=joined.session)
        await _asked(self._desk, accept, Ack)
        hello = Hello(version=PROTOCOL, session=joined.session)
        theirs = await self._socket("/ws/console", hello, Door.SESSION, joined.session)
        return Talk(joined, customer, theirs)

    async def close(self) -> None:
        """Close the desk."""
        if self._desk is not None:
            await self._desk.close()

    async def _socket(
        self, path: str, hello: Hello, door: Door, session: str | None = None
    ) -> Socket:
        wish = TicketWish(door=door, session=session)
        ticket = msgspec.json.decode(await self._post("/api/ticket", wish), type=Ticket)
        socket = await self._http.ws_connect(
            self._origin + path, headers={"Origin": self._origin}, max_msg_size=0
        )
        await socket.send_str(encode(msgspec.structs.replace(hello, ticket=ticket.ticket)).decode())
        return socket

    async def _post(self, path: str, body: msgspec.Struct) -> bytes:
        headers = {"Origin": self._origin, "Content-Type": "application/json"}
        data = msgspec.json.encode(body)
        async with self._http.post(self._origin + path, data=data, headers=headers) as answer:
            answer.raise_for_status()
            return await answer.read()


async def _post_line(socket: Socket, text: str) -> None:
    await socket.send_str(encode(ChatPost(id=secrets.token_hex(8), text=text)).decode())


async def _asked(socket: Socket, request: Request, kind: type[T]) -> T:
    """Send `request` and wait for the next message of `kind`."""
    await socket.send_str(encode(request).decode())
    async with asyncio.timeout(20):
        while True:
            message = await socket.receive()
            event = decode_event(message.data.encode())
            if isinstance(event, kind):
                return event
