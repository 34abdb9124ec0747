"""A bad line between two ends on this machine: so many bytes a second, so late, a small buffer.

    python -m scripts.bench.share.link --to PORT --rate BYTES --late-out MS --late-back MS

It listens on a port of its own, says which in a line of JSON, and leads each connection on to
`--to`. All connections share the line. Each way passes its bytes one packet after the other at
`--rate`, holds no more than a modem does before that, and lands them `--late-...` milliseconds
later (out: towards `--to`). What does not fit is not read, so that the sender has to wait; the
sockets' own buffers are small. A line `stop` on stdin stops both ways in the middle of whatever
they carry, `go` lets them go on; each is answered with the time, in seconds of the monotonic clock.
"""

import argparse
import asyncio
import contextlib
import json
import socket
import sys
import time
from collections import deque

PACKET = 1448
"""Payload of a packet of Ethernet. The kernel's own way on loopback, 64 KB at once into a smaller
buffer, stalls."""

BUFFER = 64 * 1024
SOCKET_BUFFER = 16 * 1024
_MAXSEG: int = getattr(socket, "TCP_MAXSEG", 2)


class Line:
    """One way for all connections. Held bytes are those that wait for their turn."""

    def __init__(self, rate: float, late_s: float, moving: asyncio.Event) -> None:
        self._rate = rate
        self._late_s = late_s
        self._moving = moving
        self._held = 0
        self._waiting: deque[tuple[Pipe, bytes]] = deque()
        self._changed = asyncio.Condition()

    async def put(self, pipe: "Pipe", data: bytes) -> None:
        """Returns once there was room for `data`; empty data is the end."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._held + len(data) <= BUFFER)
            self._held += len(data)
            self._waiting.append((pipe, data))
            self._changed.notify_all()

    async def carry(self) -> None:
        """One packet after the other, for good."""
        free = 0.0
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._waiting)
                pipe, data = self._waiting[0]
            await self._moving.wait()
            free = max(free, time.monotonic()) + len(data) / self._rate
            await _until(free)
            await self._moving.wait()
            async with self._changed:
                self._waiting.popleft()
                self._held -= len(data)
                self._changed.notify_all()
            pipe.fly(time.monotonic() + self._late_s, data)


class Pipe:
    """One way of one connection, from the socket `source` to `target`."""

    def __init__(
        self, line: Line, source: socket.socket, target: socket.socket, moving: asyncio.Event
    ) -> None:
        self._line = line
        self._source = source
        self._target = target
        self._moving = moving
        self._flying: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        self._unlanded = 0
        self._landed = asyncio.Event()

    def fly(self, due: float, data: bytes) -> None:
        """`data` lands at `due`."""
        self._flying.put_nowait((due, data))

    async def take(self) -> None:
        """Reads until the source ends, and no faster than the target reads."""
        loop = asyncio.get_running_loop()
        data = b"-"
        while data:
            while self._unlanded > BUFFER:
                self._landed.clear()
                await self._landed.wait()
            data = await loop.sock_recv(self._source, PACKET)
            self._unlanded += len(data)
            await self._line.put(self, data)

    async def land(self) -> None:
        """Writes until the end has landed."""
        loop = asyncio.get_running_loop()
        while True:
            due, data = await self._flying.get()
            await _until(due)
            await self._moving.wait()
            if not data:
                self._target.shutdown(socket.SHUT_WR)
                return
            await loop.sock_sendall(self._target, data)
            self._unlanded -= len(data)
            self._landed.set()


class Link:
    """Both ways, and the connections that share them."""

    def __init__(self, to: int, rate: float, late_out_s: float, late_back_s: float) -> None:
        self.moving = asyncio.Event()
        self.moving.set()
        self._to = to
        self._out = Line(rate, late_out_s, self.moving)
        self._back = Line(rate, late_back_s, self.moving)

    async def serve(self, listener: socket.socket) -> None:
        """Leads on whoever comes, for good."""
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._out.carry())
            group.create_task(self._back.carry())
            while True:
                caller, _ = await loop.sock_accept(listener)
                group.create_task(self._lead(caller))

    async def _lead(self, caller: socket.socket) -> None:
        with caller, small_socket() as callee:
            caller.setblocking(False)
            try:
                await asyncio.get_running_loop().sock_connect(callee, ("127.0.0.1", self._to))
                async with asyncio.TaskGroup() as group:
                    out = Pipe(self._out, caller, callee, self.moving)
                    back = Pipe(self._back, callee, caller, self.moving)
                    for pipe in (out, back):
                        group.create_task(pipe.take())
                        group.create_task(pipe.land())
            except* OSError:
                pass  # one end broke it off, and with the block the other hears of it


def small_socket() -> socket.socket:
    """One whose buffers in the kernel do not hide what the line holds back."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setblocking(False)
    made.setsockopt(socket.IPPROTO_TCP, _MAXSEG, PACKET)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for buffer in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        made.setsockopt(socket.SOL_SOCKET, buffer, SOCKET_BUFFER)
    return made


async def _until(due: float) -> None:
    await asyncio.sleep(max(0.0, due - time.monotonic()))


async def _obey(link: Link) -> None:
    """Stops and goes as stdin says, until it ends."""
    while order := await asyncio.to_thread(sys.stdin.readline):
        link.moving.clear() if order.strip() == "stop" else link.moving.set()
        _say(at=time.monotonic())


def _say(**fields: object) -> None:
    print(json.dumps(fields), flush=True)


async def _main(chosen: argparse.Namespace) -> None:
    link = Link(chosen.to, chosen.rate, chosen.late_out / 1000, chosen.late_back / 1000)
    with small_socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        _say(port=listener.getsockname()[1])
        serving = asyncio.create_task(link.serve(listener))
        await _obey(link)
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving


def main() -> None:
    """Leads on until stdin is closed."""
    options = argparse.ArgumentParser()
    options.add_argument("--to", type=int, required=True)
    for name in ("--rate", "--late-out", "--late-back"):
        options.add_argument(name, type=float, required=True)
    asyncio.run(_main(options.parse_args()))


if __name__ == "__main__":
    main()
