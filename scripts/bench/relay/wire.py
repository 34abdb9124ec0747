"""A WebSocket of the load: cheap, always reading, and answering pings by itself."""

import asyncio
import base64
import os
import ssl
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

import aiofastnet

from protocol.codec import decode_event, encode
from protocol.requests import Request
from scripts.bench.relay.frames import Incoming, Op, masked

PATIENCE_S = 30
T = TypeVar("T")

_END = b"\r\n\r\n"


class Wire(asyncio.Protocol):
    """One end of a WebSocket after its handshake. `on_picture` is told the number of each picture
    that has arrived; texts wait to be `heard`."""

    def __init__(self) -> None:
        self.incoming = Incoming()
        self.on_picture: Callable[[int], object] = _nothing
        self._heard: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._transport: aiofastnet.Transport | None = None
        self._answer = b""
        self.opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @property
    def transport(self) -> aiofastnet.Transport:
        """Raises `RuntimeError` before there is one."""
        if self._transport is None:
            raise RuntimeError("not connected")
        return self._transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        self._heard.put_nowait(None)
        if not self.opened.done():
            self.opened.set_exception(exc or ConnectionResetError("closed in the handshake"))

    def data_received(self, data: bytes) -> None:
        if not self.opened.done():
            head, found, data = (self._answer + data).partition(_END)
            if not found:
                self._answer = head
                return
            self.shake_hands(head)
        drawn, others = self.incoming.feed(data)
        for seq in drawn:
            self.on_picture(seq)
        for op, payload in others:
            if op is Op.PING:
                self.transport.write(masked(Op.PONG, payload))
            elif op is Op.TEXT:
                self._heard.put_nowait(payload)

    def shake_hands(self, head: bytes) -> None:
        """The other side's half of the handshake has come, without its empty line."""
        line = head.partition(b"\r\n")[0].decode("latin-1")
        if " 101 " in line:
            self.opened.set_result(line)
        else:
            self.opened.set_exception(ConnectionError(line))

    def say(self, request: Request) -> None:
        """Send a request of ours."""
        self.transport.write(masked(Op.TEXT, encode(request)))

    async def heard_text(self) -> bytes:
        """The next text. Raises `ConnectionError` at the end of the socket, `TimeoutError`."""
        async with asyncio.timeout(PATIENCE_S):
            text = await self._heard.get()
        if text is None:
            raise ConnectionError("the socket has ended")
        return text

    async def heard(self, kind: type[T]) -> T:
        """The next message of `kind`. Raises as `heard_text` does."""
        while True:
            event = decode_event(await self.heard_text())
            if isinstance(event, kind):
                return event

    def forget(self) -> None:
        """Throw away the texts that wait."""
        while not self._heard.empty():
            self._heard.get_nowait()


async def connected(
    url: str, context: ssl.SSLContext, headers: Mapping[str, str] | None = None
) -> Wire:
    """A WebSocket to `url` (https://…). Raises `OSError`."""
    to = urlsplit(url)
    _, wire = await aiofastnet.create_connection(
        asyncio.get_running_loop(), Wire, to.hostname, to.port, ssl=context
    )
    wire.transport.write(_request(to.netloc, url.partition(to.netloc)[2], headers or {}))
    await wire.opened
    return wire


def _request(host: str, target: str, headers: Mapping[str, str]) -> bytes:
    lines = [
        f"GET {target} HTTP/1.1",
        f"Host: {host}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + _END


def _nothing(_seq: int) -> None:
    pass
