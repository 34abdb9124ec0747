"""Streams through each of the three: the relay, nginx before a sink, MeshCentral."""

import asyncio
import base64
import hashlib
import secrets
import ssl
from typing import TypeVar

import aiofastnet
import aiohttp

from protocol import PROTOCOL
from protocol.requests import Hello, Request
from protocol.share_requests import GrantGive, ShareStart
from protocol.sharing import Grant, Scope
from protocol.signals import Ack, Welcome
from scripts.bench.relay.streams import Store, Stream
from scripts.bench.relay.wire import Wire, connected
from scripts.bench.sessions import Staff

T = TypeVar("T")

_ACCEPT_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""RFC 6455, 1.3."""


async def through_relay(
    origin: str, link: str, context: ssl.SSLContext, store: Store, count: int, *, answers: bool
) -> list[Stream]:
    """`count` sessions in each of which a representative sees the customer's screen."""
    async with _http(context) as staff_http, _http(context) as guests:
        staff = Staff(staff_http, guests, origin)
        await staff.sign_in(link)
        streams = []
        for _ in range(count):
            customer, representative = await _session(staff, origin, context)
            streams.append(Stream(customer, representative, store, answers=answers))
        await staff.close()
    return streams


async def _session(staff: Staff, origin: str, context: ssl.SSLContext) -> tuple[Wire, Wire]:
    joined = await staff.joined()
    customer = await connected(f"{origin}/ws/customer", context)
    await _asked(customer, Hello(version=PROTOCOL, token=joined.token), Welcome)
    hello = await staff.accepted(joined)
    representative = await connected(f"{origin}/ws/console", context, {"Origin": origin})
    who = (await _asked(representative, hello, Welcome)).participant
    await _asked(customer, GrantGive(id=_id(), grant=Grant.VIEW, to=who), Ack)
    await _asked(customer, ShareStart(id=_id(), share=1, epoch=1, scope=Scope.ALL), Ack)
    return customer, representative


async def through_proxy(
    origin: str, sink: "Sink", context: ssl.SSLContext, store: Store, count: int
) -> list[Stream]:
    """`count` sockets that end, behind the proxy, at the sink."""
    streams = []
    for _ in range(count):
        sender = await connected(f"{origin}/", context)
        streams.append(Stream(sender, await sink.accepted.get(), store, answers=False))
    return streams


async def through_meshcentral(
    origin: str, proof: str, context: ssl.SSLContext, store: Store, count: int
) -> list[Stream]:
    """`count` pairs of sockets at its relay; `proof` is the query that signs in."""
    streams = []
    for _ in range(count):
        url = f"{origin}/meshrelay.ashx?id={secrets.token_hex(12)}&{proof}"
        sender, receiver = await connected(url, context), await connected(url, context)
        for one in (sender, receiver):
            while await one.heard_text() not in (b"c", b"cr"):
                pass
        streams.append(Stream(sender, receiver, store, answers=False))
    return streams


class Sink:
    """A TLS WebSocket server that reads and says nothing; what comes is `accepted`, in order."""

    def __init__(self) -> None:
        self.accepted: asyncio.Queue[Wire] = asyncio.Queue()

    async def listen(self, context: ssl.SSLContext) -> int:
        """Begin to listen; the port."""
        server = await aiofastnet.create_server(
            asyncio.get_running_loop(), lambda: _Sunk(self), "127.0.0.1", 0, ssl=context
        )
        return int(server.sockets[0].getsockname()[1])


class _Sunk(Wire):
    def __init__(self, sink: Sink) -> None:
        super().__init__()
        self._sink = sink

    def shake_hands(self, head: bytes) -> None:
        """The client's request, which is always a good one here."""
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        key = next(value for name, value in fields.items() if name.lower() == b"sec-websocket-key")
        digest = base64.b64encode(hashlib.sha1(key + _ACCEPT_GUID).digest())  # noqa: S324 (RFC 6455)
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + digest + b"\r\n\r\n"
        )
        self.opened.set_result("")
        self._sink.accepted.put_nowait(self)


async def _asked(wire: Wire, request: Request, kind: type[T]) -> T:
    wire.say(request)
    return await wire.heard(kind)


def _id() -> str:
    return secrets.token_hex(8)


def _http(context: ssl.SSLContext) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, ssl=context))
