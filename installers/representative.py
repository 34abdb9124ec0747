"""A representative without a browser: the same calls and messages as the console's page."""

import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from aiohttp import ClientSession, ClientWebSocketResponse, TCPConnector, WSMsgType

from protocol import PROTOCOL, codec, screen
from protocol.api import SignInByLink, Ticket, TicketWish
from protocol.channel import Flag, Header, Joiner, Kind, parts
from protocol.facts import AnyFact
from protocol.picture import Codec, Piece, pieces, stream_parts
from protocol.requests import AnyRequest, Hello
from protocol.roles import Door
from protocol.screen import Watch
from protocol.signals import AnySignal

_Event = TypeVar("_Event", bound=AnyFact | AnySignal)


class Socket:
    """One socket of the console; events are met in the order they come, pictures beside them."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket

    async def say(self, request: AnyRequest) -> None:
        """Sends one request."""
        await self._socket.send_str(codec.encode(request).decode())

    async def hear(
        self, kind: type[_Event], fits: Callable[[_Event], bool] | None = None
    ) -> _Event:
        """The next event of `kind` that fits. Raises `ConnectionError` when the relay closes."""
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            event = codec.decode_event(str(message.data).encode())
            if isinstance(event, kind) and (fits is None or fits(event)):
                return event
        raise ConnectionError(f"the relay closed with {self._socket.close_code}")

    async def stay(self) -> None:
        """Hears everything and does nothing, until the socket closes."""
        async for _ in self._socket:
            pass

    async def see(self, share: int, epoch: int) -> bytes:
        """The first rectangle (a JPEG) of the shared screen, asked for as the console does it.
        Raises `ConnectionError` when the relay closes."""
        await self._watch(Header(Kind.WISH, Flag(0), 0, epoch, share, 1, 0))
        return await self._piece(Piece.JPEG)

    async def codec(self, share: int, epoch: int) -> Codec:
        """How what moves would come to somebody who understands everything. Raises as `see`."""
        await self._watch(Header(Kind.WISH, Flag(0), 0, epoch, share, 2, 0), *Codec)
        return stream_parts(await self._piece(Piece.STREAM))[0].codec

    async def _watch(self, head: Header, *codecs: Codec) -> None:
        for part in parts(head, screen.encode(Watch(codecs=codecs))):
            await self._socket.send_bytes(part)

    async def _piece(self, kind: Piece) -> bytes:
        """The data of the next piece of that kind; every picture before it is acknowledged."""
        joiner = Joiner()
        async for message in self._socket:
            whole = joiner.add(message.data) if message.type is WSMsgType.BINARY else None
            if whole is None or whole[0].kind is not Kind.FRAME:
                continue
            head = whole[0]._replace(kind=Kind.ACKNOWLEDGEMENT, flags=Flag(0))
            for part in parts(head, b""):
                await self._socket.send_bytes(part)
            found = [data for piece, data in pieces(whole[1]) if piece.kind is kind]
            if found:
                return found[0]
        raise ConnectionError(f"the relay closed with {self._socket.close_code}")


class Representative:
    """Somebody who has signed in; opens sockets."""

    def __init__(self, http: ClientSession, origin: str) -> None:
        self._http = http
        self._origin = origin

    @contextlib.asynccontextmanager
    async def socket(self, door: Door, session: str | None = None) -> AsyncIterator[Socket]:
        """A socket that has said hello; `session` is named at the session door only."""
        wish = TicketWish(door=door, session=session)
        ticket = msgspec.json.decode(await self.post("/api/ticket", wish), type=Ticket).ticket
        url = f"{self._origin}/ws/console"
        async with self._http.ws_connect(url, origin=self._origin) as opened:
            socket = Socket(opened)
            await socket.say(Hello(version=PROTOCOL, ticket=ticket, session=session))
            yield socket

    async def ask_for_help(self, name: str, key: str) -> str:
        """What a customer's browser does who wants the program: the join code for a session key, as
        it is shown. Raises `RuntimeError` where the page does not lead to the program."""
        form = {"key": key, "name": name}
        headers = {"Origin": self._origin}
        async with self._http.post(
            f"{self._origin}/program", data=form, headers=headers, allow_redirects=False
        ) as answer:
            place = answer.headers.get("Location", "")
        if "/program/" not in place:
            raise RuntimeError(f"the page answered {answer.status} and led to {place!r}")
        return place.rpartition("/")[2]

    async def post(self, path: str, body: msgspec.Struct) -> bytes:
        """Posts as the page does. Raises `RuntimeError` on any answer but success."""
        headers = {"Origin": self._origin, "Content-Type": "application/json"}
        data = msgspec.json.encode(body)
        async with self._http.post(self._origin + path, data=data, headers=headers) as answer:
            said = await answer.read()
            if not answer.ok:
                raise RuntimeError(f"{path}: {answer.status} {said.decode()}")
            return said


@contextlib.asynccontextmanager
async def signed_in(origin: str, authority: Path, link: str) -> AsyncIterator[Representative]:
    """Signs in with a one-time link, trusting the relay's own authority."""
    trust = ssl.create_default_context(cafile=str(authority))
    async with ClientSession(connector=TCPConnector(ssl=trust)) as http:
        representative = Representative(http, origin)
        await representative.post("/api/login/link", SignInByLink(token=link.partition("#")[2]))
        yield representative
