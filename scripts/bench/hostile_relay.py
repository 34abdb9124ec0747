"""A relay that means harm: it takes every picture it can get, acts without a grant, ignores every
end, and says that the share goes on. A process of its own, told what to do through a pipe.
"""

import asyncio
import contextlib
import datetime as dt
import itertools
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import aiohttp
import msgspec
from aiohttp import web

from protocol import codec, inputs, screen
from protocol.api import Joined
from protocol.channel import Flag, Header, Kind, peek
from protocol.facts import AnyFact, Participant, SessionAccepted, SessionOpened
from protocol.picture import Codec
from protocol.queues import GENERAL
from protocol.requests import Hello, Request
from protocol.roles import Door, Role
from protocol.share_facts import GrantAsked, GrantGiven, ShareEnded, ShareFact, ShareStarted
from protocol.share_requests import GrantGive, ShareStart
from protocol.sharing import Grant, ShareCause
from protocol.signals import Ack, Pong, Welcome
from protocol.snapshot import Snapshot, apply
from relay.authority import CA_FILE, Authority

RECEIVE_BUFFER_BYTES = 8 * 1024
"""Small, so that what arrived before a moment and what arrives after it can be told apart."""

CHUNK_BYTES = 16 * 1024

INPUTS_PER_S = 200
CUSTOMER = Participant(id="c1", role=Role.CUSTOMER, name="Grace", door=Door.CLIENT)
REPRESENTATIVE = Participant(id="r1", role=Role.REPRESENTATIVE, name="Mallory", door=Door.SESSION)
SENDER = 1
"""The representative's place among the participants."""


class Address(NamedTuple):
    """Where the relay is, and the authority of its certificate."""

    port: int
    ca: Path


class Taken(NamedTuple):
    """Bytes that were read from the customer's connection, of whatever is in them, and when (s,
    monotonic clock of the machine)."""

    at: float
    size: int


@dataclass
class Hostile:
    """What the relay makes of its customer."""

    snapshot: Snapshot = field(default_factory=lambda: _session())
    start: ShareStart | None = None
    drawn: int = 0
    socket: web.WebSocketResponse | None = None

    async def join(self, _: web.Request) -> web.Response:
        """Admit whoever comes."""
        joined = Joined(
            session="0" * 32,
            participant=CUSTOMER.id,
            token="A" * 43,
            organisation="Acme",
            identity="",
            signature="",
        )
        return web.Response(body=msgspec.json.encode(joined), content_type="application/json")

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """The customer's socket: everything is taken, nothing is believed."""
        ws = web.WebSocketResponse(max_msg_size=0, decode_text=False)
        await ws.prepare(request)
        while True:
            message = await ws.receive()
            if message.type is aiohttp.WSMsgType.TEXT:
                await self._hear(ws, codec.decode_request(message.data, Door.CLIENT))
            elif message.type is aiohttp.WSMsgType.BINARY:
                await self._take(ws, message.data)
            else:
                return ws

    async def ask(self) -> None:
        """Ask for control, as if the last share had ended properly."""
        now = time.time_ns() // 1_000_000
        seq = self.snapshot.seq
        await self._tell(ShareEnded(seq=seq + 1, at=now, by="", why=ShareCause.CUSTOMER))
        asked = GrantAsked(
            seq=seq + 2, at=now, by=REPRESENTATIVE.id, grant=Grant.CONTROL, reason="", limit_s=60
        )
        await self._tell(asked)

    async def act(self) -> None:
        """Move the pointer and press keys for ever, whatever was said."""
        for number in itertools.count(1):
            await asyncio.sleep(1 / INPUTS_PER_S)
            start, ws = self.start, self.socket
            if start is None or ws is None or ws.closed:
                continue
            batch = inputs.InputBatch(
                frame=self.drawn,
                events=(
                    inputs.Move(x=500 + number % 400, y=500),
                    inputs.KeyDown(code="ShiftLeft"),
                    inputs.KeyUp(code="ShiftLeft"),
                ),
            )
            payload = inputs.encode_batch(batch)
            await self._send(ws, Kind.INPUT, number, payload)

    async def _hear(self, ws: web.WebSocketResponse, request: Request) -> None:
        now = time.time_ns() // 1_000_000
        if isinstance(request, Hello):
            held = self.snapshot
            snapshot = held if request.last is None else None
            welcome = Welcome(
                participant=CUSTOMER.id, snapshot=snapshot, seq=held.seq, present=("c1", "r1")
            )
            await self._say(ws, codec.encode(welcome))
            for fact in held.log if snapshot is None else ():
                if fact.seq > (request.last or 0):
                    await self._say(ws, codec.encode(fact))
            self.socket = ws  # from here on a client believes what it hears
            return
        seq = self.snapshot.seq + 1
        if isinstance(request, GrantGive):
            await self._tell(
                GrantGiven(
                    seq=seq, at=now, to=request.to, grant=request.grant, lasts_s=request.lasts_s
                )
            )
        elif isinstance(request, ShareStart):
            self.start, self.drawn = request, 0
            await self._tell(
                ShareStarted(
                    seq=seq,
                    at=now,
                    share=request.share,
                    epoch=request.epoch,
                    scope=request.scope,
                )
            )
            watch = screen.Watch(codecs=(Codec.VP9_444,))
            await self._send(ws, Kind.WISH, request.epoch, screen.encode(watch))
        elif (number := getattr(request, "n", None)) is not None:
            await self._say(ws, codec.encode(Pong(n=number)))
        if request_id := getattr(request, "id", ""):
            await self._say(ws, codec.encode(Ack(id=request_id)))

    async def _take(self, ws: web.WebSocketResponse, message: bytes) -> None:
        header = peek(message)
        if header.kind is Kind.FRAME and header.flags & Flag.LAST:
            self.drawn = header.seq
            await self._send(ws, Kind.ACKNOWLEDGEMENT, header.seq, b"")

    async def _tell(self, fact: ShareFact) -> None:
        self.snapshot = apply(self.snapshot, fact)
        if self.socket is not None:
            await self._say(self.socket, codec.encode(fact))

    async def _send(self, ws: web.WebSocketResponse, kind: Kind, seq: int, payload: bytes) -> None:
        if self.start is not None:
            flags = Flag.FIRST | Flag.LAST
            head = Header(kind, flags, SENDER, self.start.epoch, self.start.share, seq, 0)
            try:
                await ws.send_bytes(head.pack() + payload)
            except (ConnectionError, RuntimeError):
                return

    async def _say(self, ws: web.WebSocketResponse, message: bytes) -> None:
        try:
            await ws.send_frame(message, aiohttp.WSMsgType.TEXT)
        except (ConnectionError, RuntimeError):
            return


def _session() -> Snapshot:
    opened = SessionOpened(seq=1, at=0, participant=CUSTOMER, queue=GENERAL)
    taken = SessionAccepted(seq=2, at=0, participant=REPRESENTATIVE)
    snapshot = Snapshot(session="0" * 32)
    facts: tuple[AnyFact, ...] = (opened, taken)
    for fact in facts:
        snapshot = apply(snapshot, fact)
    return snapshot


class Ear:
    """Stands before the relay and counts what really arrives: every byte with its moment, as the
    kernel hands it out. `open` is cleared to let the customer's buffers fill."""

    def __init__(self, relay: int) -> None:
        self._relay = relay
        self.taken: list[Taken] = []
        self.open = asyncio.Event()
        self.open.set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def listen(self, listening: socket.socket) -> None:
        """Take every connection, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            there, _ = await loop.sock_accept(listening)
            there.setblocking(False)
            here = socket.socket()
            here.setblocking(False)
            await loop.sock_connect(here, ("127.0.0.1", self._relay))
            task = asyncio.create_task(self._join(there, here))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _join(self, customer: socket.socket, relay: socket.socket) -> None:
        """Carry both ways until either end is gone."""
        ways = [
            asyncio.create_task(self._carry(customer, relay, counts=True)),
            asyncio.create_task(self._carry(relay, customer, counts=False)),
        ]
        with customer, relay:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()  # before the sockets close: the loop still listens to them
            await asyncio.wait(ways)

    async def _carry(self, source: socket.socket, target: socket.socket, *, counts: bool) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(OSError):
            while True:
                if counts:
                    await self.open.wait()
                data = await loop.sock_recv(source, CHUNK_BYTES)
                if not data:
                    return
                if counts:
                    self.taken.append(Taken(time.monotonic(), len(data)))
                await loop.sock_sendall(target, data)


def run(pipe: Connection, folder: Path) -> None:
    """Serve until the pipe says `stop`; the process's main function.

    First sends its `Address`. Then understands `ask`, `block`, `free`, and `taken`, which is
    answered by all `Taken` since the last time.
    """
    asyncio.run(_serve(pipe, folder))


async def _serve(pipe: Connection, folder: Path) -> None:
    certificate, key = Authority(folder, ("127.0.0.1",)).issue(dt.datetime.now(dt.UTC))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    hostile = Hostile()
    app = web.Application()
    app.router.add_post("/api/join", hostile.join)
    app.router.add_get("/ws/customer", hostile.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    ear = Ear(runner.addresses[0][1])
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        pipe.send(Address(listening.getsockname()[1], folder / CA_FILE))
        tasks = [asyncio.create_task(one) for one in (hostile.act(), ear.listen(listening))]
        await _obey(pipe, hostile, ear)
        for task in tasks:
            task.cancel()
        await runner.cleanup()


async def _obey(pipe: Connection, hostile: Hostile, ear: Ear) -> None:
    words: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def listen() -> None:
        word = ""
        while word != "stop":
            try:
                word = pipe.recv()
            except EOFError:  # whoever asked is gone
                word = "stop"
            loop.call_soon_threadsafe(words.put_nowait, word)

    threading.Thread(target=listen, daemon=True).start()
    while (word := await words.get()) != "stop":
        match word:
            case "ask":
                await hostile.ask()
            case "block":
                ear.open.clear()
            case "free":
                ear.open.set()
            case "taken":
                taken, ear.taken = ear.taken, []
                pipe.send(taken)
