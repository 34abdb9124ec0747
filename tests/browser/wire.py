"""A TCP wire between a browser and a relay that can fall silent without breaking."""

import asyncio
import contextlib
from collections.abc import AsyncIterator


class Wire:
    """Passes bytes between its own port and the relay's."""

    def __init__(self) -> None:
        self.port = 0
        self.target = 0
        self._flows: list[asyncio.Event] = []

    def fall_silent(self) -> None:
        """The connections there are stay open, and nothing passes them any more.

        New connections work: so a router behaves that has forgotten the old ones.
        """
        for flow in self._flows:
            flow.clear()
        self._flows = []

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until an end closes it."""
        flow = asyncio.Event()
        flow.set()
        self._flows.append(flow)
        there, to_relay = await asyncio.open_connection("127.0.0.1", self.target)
        ways = (_pass(reader, to_relay, flow), _pass(there, writer, flow))
        tasks = [asyncio.create_task(way) for way in ways]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            for end in (to_relay, writer):
                end.close()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _pass(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flow: asyncio.Event
) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            await flow.wait()
            writer.write(data)
            await writer.drain()


@contextlib.asynccontextmanager
async def wired() -> AsyncIterator[Wire]:
    """A wire on a free port; its `target` is to be set before the first connection."""
    wire = Wire()
    carried: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(wire.accept(reader, writer))
        carried[task] = writer
        task.add_done_callback(ended)

    def ended(task: asyncio.Task[None]) -> None:
        writer = carried.pop(task)
        # A browser outlives its relay by a moment, and dials on while nobody answers.
        refused = not task.cancelled() and isinstance(task.exception(), ConnectionError)
        if refused or task.cancelled():
            writer.transport.abort()

    server = await asyncio.start_server(on_connection, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        left = list(carried)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
