"""What it costs the relay to tell a thousand waiting customers their new places.

A relay in this process, a thousand real sockets on it. The figure is the processor time of the
relay's own part, for everybody at once: find the places, fill in the greetings, encode, and put
each message into its lane. The reads are counted while the first customer leaves the queue and
all the others hear of it.
"""

import asyncio
import ssl
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import sqlalchemy as sa

from protocol import PROTOCOL
from protocol.codec import decode_event, encode
from protocol.requests import Hello, SessionEnd
from protocol.roles import Door
from protocol.signals import QueuePlace
from relay.app import Relay, Tuning, running
from relay.config import RelayConfig
from relay.domain.content import SiteSettings
from relay.domain.tokens import token_hash
from relay.domain.waiting import QueueKey
from relay.realtime.entry import Entry
from relay.storage.site_settings import Change, SiteSettingsStore
from scripts.bench.report import Figure, middle, progress

CUSTOMERS = 1_000
ROUNDS = 15


def update_figures(customers: int = CUSTOMERS) -> list[Figure]:
    """The time of an update in ms of one processor, and the store's reads for it."""
    return asyncio.run(_measured(customers))


async def _measured(customers: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        config = RelayConfig(port=0, data=folder, development_certificates=True)
        async with (
            running(config, tuning=Tuning(tick_s=3600)) as relay,
            _waiting(relay, customers) as waiting,
        ):
            times = [await _told(relay) for _ in range(ROUNDS)]
            reads = await _reads_when_one_leaves(waiting)
    progress(f"{customers} waiting: {middle(times):.1f} ms a round, {reads} reads")
    return [
        Figure("wait.update_1000_ms", middle(times), "ms"),
        Figure("wait.update_reads", reads, "", 1.0),
    ]


class _Customer:
    """One who waits and hears: `place` is the newest, -1 when the relay closed the socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.place = 0
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def hear(self, place: int) -> None:
        """Wait for that place. Raises `ConnectionError` when the socket was closed before."""
        async with self._news:
            await self._news.wait_for(lambda: self.place in (place, -1))
        if self.place != place:
            raise ConnectionError("the relay closed the socket")

    async def close(self) -> None:
        await self.socket.close()
        await self._reading

    async def _read(self) -> None:
        async for message in self.socket:
            event = decode_event(message.data.encode())
            if isinstance(event, QueuePlace):
                await self._tell(event.position)
        await self._tell(-1)

    async def _tell(self, place: int) -> None:
        async with self._news:
            self.place = place
            self._news.notify_all()


@asynccontextmanager
async def _waiting(relay: Relay, customers: int) -> AsyncIterator[list[_Customer]]:
    """Customers in the general queue, in the order they came."""
    # Nobody is on duty here, and all shall stay.
    patient = Change(wish=SiteSettings(orphaned_at_once=False))
    await SiteSettingsStore(relay.database).save(patient, "", 0)
    await relay.hub.content_changed()
    authority = Path(relay.config.data) / "development-ca.pem"
    context = ssl.create_default_context(cafile=str(authority))
    connector = aiohttp.TCPConnector(ssl=context, limit=0)
    async with aiohttp.ClientSession(connector=connector) as http:
        found = [await _come(relay, http, number) for number in range(customers)]
        for place, customer in enumerate(found, start=1):
            await customer.hear(place)
        yield found
        for customer in found:
            await customer.close()


async def _come(relay: Relay, http: aiohttp.ClientSession, number: int) -> _Customer:
    token = f"{number:043d}"
    await relay.hub.open_session(
        Entry(
            queue=QueueKey(),
            door=Door.CLIENT,
            language="en",
            token_hash=token_hash(token),
            name=f"Customer {number}",
        )
    )
    socket = await http.ws_connect(f"{relay.origin}/ws/customer")
    await socket.send_str(encode(Hello(version=PROTOCOL, token=token)).decode())
    return _Customer(socket)


async def _told(relay: Relay) -> float:
    """Processor milliseconds to tell everybody, as if every place had changed."""
    loop = asyncio.get_running_loop()
    for room in relay.hub.rooms.values():
        room.told = b""
    ended: asyncio.Future[float] = loop.create_future()
    begun: list[float] = []
    # The three run one after another in the same round of the loop.
    loop.call_soon(lambda: begun.append(time.thread_time()))
    relay.hub.desk.refresh()
    loop.call_soon(lambda: ended.set_result(time.thread_time()))
    spent = await ended - begun[0]
    await asyncio.sleep(1)  # let the lanes empty and the desk rest
    return spent * 1000


async def _reads_when_one_leaves(waiting: list[_Customer]) -> int:
    first, *others = waiting
    with _counted_reads() as reads:
        await first.socket.send_str(encode(SessionEnd(id="the-first-leaves")).decode())
        for place, customer in enumerate(others, start=1):
            await customer.hear(place)
    return len(reads)


@contextmanager
def _counted_reads() -> Iterator[list[str]]:
    """The SELECT statements that run meanwhile, whatever connection they take."""
    reads: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            reads.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield reads
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
