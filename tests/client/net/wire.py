"""A TCP wire between client and relay that can be cut, stopped and mended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CHUNK = 16 * 1024


class Wire:
    """Forwards bytes from a port of its own (`port`) to another on this machine."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._flows = asyncio.Event()
        self._flows.set()
        self._whole = True
        self._ends: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0
        self.carried = 0
        self._cut_at: int | None = None
        self._broken = asyncio.Event()
        self.dialled = asyncio.Event()

    def cut(self) -> None:
        """Break every connection, and each new one at once."""
        self._whole = False
        for end in self._ends:
            end.transport.abort()

    def cut_after(self, size: int) -> None:
        """Cut it when so many bytes more have been carried, both ways together."""
        self._broken.clear()
        self._cut_at = self.carried + size

    async def broken(self) -> None:
        """Wait until `cut_after` has cut it."""
        await self._broken.wait()

    def mend(self) -> None:
        """Let new connections through again."""
        self._whole = True

    def _is_cut(self) -> bool:
        return not self._whole

    def hold(self) -> None:
        """Carry nothing until `release`; the connections stay up."""
        self._flows.clear()

    def release(self) -> None:
        """Carry on."""
        self._flows.set()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.dialled.set()
        if self._is_cut():
            writer.transport.abort()
            return
        self._ends.add(writer)
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._ends.add(there_writer)
        if self._is_cut():
            self.cut()
            return
        for pair in ((reader, there_writer), (there_reader, writer)):
            task = asyncio.create_task(self._carry(*pair))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(CHUNK):
                await self._flows.wait()
                self.carried += len(data)
                if self._cut_at is not None and self.carried > self._cut_at:
                    self._cut_at = None
                    self._broken.set()
                    self.cut()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            self._ends.discard(writer)
            writer.close()

    async def close(self) -> None:
        self.release()
        self.cut()
        while self._tasks:
            await asyncio.wait(set(self._tasks))


@asynccontextmanager
async def wire_to(port: int) -> AsyncIterator[Wire]:
    """A wire to `port`, up until the block ends."""
    wire = Wire(port)
    server = await asyncio.start_server(wire.accept, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        await wire.close()
        await server.wait_closed()
