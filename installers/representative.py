"""A representative without a browser: the same calls and messages as the console's page."""

import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from aiohttp import ClientSession, ClientWebSocketResponse, TCPConnector

from protocol import PROTOCOL, codec
from protocol.api import SignInByLink, Ticket, TicketWish
from protocol.facts import AnyFact
from protocol.requests import AnyRequest, Hello
from protocol.roles import Door
from protocol.signals import AnySignal

_Event = TypeVar("_Event", bound=AnyFact | AnySignal)


class Socket:
    """One socket of the console; events are met in the order they come."""

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
            event = codec.decode_event(str(message.data).encode())
            if isinstance(event, kind) and (fits is None or fits(event)):
                return event
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
