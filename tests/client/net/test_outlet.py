"""The way out to a relay over real TLS sockets: what the gate stops, and what a reset saves."""

import asyncio
import datetime as dt
import ssl
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp
import pytest
from aiohttp import web

from client.gate import Gate
from client.net.outlet import Outlet
from client.platform import current
from client.session.permit import Permit
from protocol.channel import Flag, Header, Kind, peek
from protocol.errors import CloseCode
from protocol.requests import Ping
from relay.authority import CA_FILE, Authority

EPOCH = 5
PERMIT = Permit(epoch=EPOCH, share=1, viewers=frozenset({1}))
PATIENCE_S = 10.0


def frame(seq: int, epoch: int = EPOCH) -> Header:
    return Header(Kind.FRAME, Flag(0), 0, epoch, 1, seq, 0)


class Relay:
    """Takes what it is sent; `reading` can be cleared to let the sender's buffers fill."""

    def __init__(self) -> None:
        self.reading = asyncio.Event()
        self.reading.set()
        self.pictures: list[bytes] = []
        self.texts: list[bytes] = []
        self.changed = asyncio.Event()
        self.over = asyncio.Event()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(max_msg_size=0, decode_text=False)
        await ws.prepare(request)
        while True:
            await self.reading.wait()
            message = await ws.receive()
            if message.type is aiohttp.WSMsgType.BINARY:
                self.pictures.append(message.data)
            elif message.type is aiohttp.WSMsgType.TEXT:
                self.texts.append(message.data)
            else:
                break
            self.changed.set()
        self.over.set()
        self.changed.set()
        return ws

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until it is so. Raises `TimeoutError`."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self.changed.clear()
                await self.changed.wait()


class Papers(NamedTuple):
    """A relay's TLS files for this machine."""

    ca: Path
    certificate: Path
    key: Path


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """Fresh ones."""
    folder = tmp_path_factory.mktemp("tls")
    issued = Authority(folder, ("127.0.0.1",)).issue(dt.datetime.now(dt.UTC))
    return Papers(folder / CA_FILE, *issued)


@asynccontextmanager
async def connected(gate: Gate, papers: Papers) -> AsyncIterator[tuple[Relay, Outlet]]:
    """An outlet to a relay of its own."""
    relay = Relay()
    app = web.Application()
    app.router.add_get("/", relay.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(papers.certificate, papers.key)
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=served)
    await site.start()
    trusted = ssl.create_default_context(cafile=papers.ca)
    try:
        async with aiohttp.ClientSession() as http:
            port = runner.addresses[0][1]
            ws = await http.ws_connect(
                f"wss://127.0.0.1:{port}/", ssl=trusted, autoclose=False, decode_text=False
            )
            outlet = Outlet(ws, gate, current().sockets.unsent)
            reading = asyncio.create_task(_read(ws))
            yield relay, outlet
            relay.reading.set()
            outlet.close(CloseCode.NORMAL)
            await outlet.ended()
            await reading
    finally:
        await runner.cleanup()


async def _read(ws: "aiohttp.ClientWebSocketResponse[bool]") -> None:
    while (await ws.receive()).type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
        pass


def open_gate() -> Gate:
    gate = Gate()
    gate.allow(PERMIT)
    return gate


async def test_pictures_arrive_in_parts_and_in_order(papers: Papers) -> None:
    async with connected(open_gate(), papers) as (relay, outlet):
        outlet.offer(frame(1), bytes(40_000))
        outlet.offer(frame(2), b"end")
        await relay.until(lambda: len(relay.pictures) == 4)
    heads = [peek(one) for one in relay.pictures]
    assert [head.seq for head in heads] == [1, 1, 1, 2]
    assert heads[0].flags == Flag.FIRST
    assert heads[2].flags == Flag.LAST
    assert heads[3].flags == Flag.FIRST | Flag.LAST


async def test_the_conversation_goes_before_pictures(papers: Papers) -> None:
    async with connected(open_gate(), papers) as (relay, outlet):
        outlet.offer(frame(1), bytes(400_000))
        outlet.put(Ping(n=1))
        await relay.until(lambda: bool(relay.texts))
        assert len(relay.pictures) < 25
        await relay.until(lambda: len(relay.pictures) == 25)


@pytest.mark.parametrize("epoch", [EPOCH - 1, EPOCH + 1, 0])
async def test_pictures_of_another_epoch_stay_here(papers: Papers, epoch: int) -> None:
    async with connected(open_gate(), papers) as (relay, outlet):
        outlet.offer(frame(1, epoch), b"not this")
        outlet.offer(frame(2), b"this")
        await relay.until(lambda: bool(relay.pictures))
    assert [peek(one).seq for one in relay.pictures] == [2]


async def test_after_the_shutting_nothing_is_given_to_the_socket(
    papers: Papers,
) -> None:
    gate = open_gate()
    async with connected(gate, papers) as (relay, outlet):
        for seq in range(200):
            outlet.offer(frame(seq), bytes(16_000))
        await relay.until(lambda: len(relay.pictures) >= 5)
        shutting = threading.Thread(target=gate.shut)  # as the window's thread does
        shutting.start()
        shutting.join()
        outlet.put(Ping(n=1))
        await relay.until(lambda: bool(relay.texts))
        held_back = 200 - len(relay.pictures)
        outlet.put(Ping(n=2))
        await relay.until(lambda: len(relay.texts) == 2)
        assert held_back == 200 - len(relay.pictures) > 0


async def test_a_connection_that_holds_nothing_is_kept(papers: Papers) -> None:
    gate = open_gate()
    async with connected(gate, papers) as (relay, outlet):
        outlet.offer(frame(1), bytes(1000))
        await relay.until(lambda: bool(relay.pictures))
        gate.shut()
        outlet.drop_pictures()
        outlet.put(Ping(n=1))
        await relay.until(lambda: bool(relay.texts))
        assert not relay.over.is_set()


async def test_stuck_pictures_never_leave(papers: Papers) -> None:
    gate = open_gate()
    async with connected(gate, papers) as (relay, outlet):
        relay.reading.clear()
        for seq in range(1000):
            outlet.offer(frame(seq), bytes(16_000))
        while not outlet.holds_unsent():  # noqa: ASYNC110 - nothing tells of a full socket
            await asyncio.sleep(0)
        gate.shut()
        outlet.drop_pictures()
        await outlet.ended()
        relay.reading.set()
        async with asyncio.timeout(PATIENCE_S):
            await relay.over.wait()
        assert len(relay.pictures) < 900


async def test_without_pictures_nothing_is_reset(papers: Papers) -> None:
    async with connected(open_gate(), papers) as (relay, outlet):
        relay.reading.clear()
        for number in range(100):
            outlet.put(Ping(n=number))
        outlet.drop_pictures()
        relay.reading.set()
        await relay.until(lambda: len(relay.texts) == 100)
