"""The load of the chat benchmark: pairs of sockets, one side of which says something now and then.

Each pair is two TLS WebSockets; a message is timed from handing it to the sender's socket until
the receiver's socket gives it out, both in this process.
"""

import asyncio
import random
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp

PER_S = 10
"""Messages a second of each active pair."""

LATEST_S = 10
"""After this a message counts as lost, and the benchmark fails."""

MARK = "@"


@dataclass
class Pair:
    """`write(socket, text)` sends text the way the server at hand wants it."""

    sender: aiohttp.ClientWebSocketResponse
    receiver: aiohttp.ClientWebSocketResponse
    write: Callable[[aiohttp.ClientWebSocketResponse, str], Awaitable[None]]


@dataclass
class Times:
    """One-way times in milliseconds, and when each message under way was sent."""

    taken: list[float] = field(default_factory=list)
    under_way: dict[str, float] = field(default_factory=dict)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def arrived(self, mark: str, now: float) -> None:
        """A message came out at the other end."""
        sent = self.under_way.pop(mark, None)
        if sent is not None:
            self.taken.append((now - sent) * 1000)
            self._arrived.set()

    async def all_arrived(self) -> None:
        """Wait until nothing is under way."""
        while self.under_way:
            self._arrived.clear()
            await self._arrived.wait()


async def measured(pairs: list[Pair], seconds: float) -> list[float]:
    """One-way times (ms) of what the `pairs` say within `seconds`."""
    times = Times()
    readers = [asyncio.create_task(_read(pair, times)) for pair in pairs]
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_speak(index, pair, until, times) for index, pair in enumerate(pairs)))
    async with asyncio.timeout(LATEST_S):
        await times.all_arrived()
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    return times.taken


async def drained(socket: aiohttp.ClientWebSocketResponse) -> None:
    """Read a socket nobody listens to, so that it stays open."""
    async for _message in socket:
        pass


async def _speak(index: int, pair: Pair, until: float, times: Times) -> None:
    chance = random.Random(index)  # noqa: S311 (only spreads the load)
    number = 0
    await asyncio.sleep(chance.uniform(0, 1 / PER_S))
    while time.perf_counter() < until:
        number += 1
        mark = f"{index}-{number}"
        text = f"{MARK}{mark}{MARK} {'My printer has been silent since this morning. ' * 3}"
        times.under_way[mark] = time.perf_counter()
        await pair.write(pair.sender, text)
        await asyncio.sleep(chance.uniform(0.5, 1.5) / PER_S)


async def _read(pair: Pair, times: Times) -> None:
    async for message in pair.receiver:
        arrived = time.perf_counter()
        _, found, rest = message.data.partition(MARK)
        if found:
            times.arrived(rest.partition(MARK)[0], arrived)


def trusting(authority: str) -> ssl.SSLContext:
    """TLS that trusts only the certificate in the file `authority`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(authority)
    return context
