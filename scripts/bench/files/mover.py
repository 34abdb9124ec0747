"""Moves one file as a process of its own, and says how long it took.

`python -m scripts.bench.files.mover` reads a `Job` as JSON from its standard input and prints a
`Done`. The same code sends to and fetches from both servers, so that what it costs itself costs
both the same.
"""

import asyncio
import hashlib
import ssl
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO, Literal

import aiohttp
import msgspec
import uvloop

from protocol import limits
from protocol.files import FileSum

PIECE = limits.FILE_PIECE_BYTES
READ_BYTES = 256 * 1024


class Job(msgspec.Struct, frozen=True):
    """`way`: `pieces` up to our relay, `whole` up as one body, or `down`, whose bytes are hashed
    and thrown away. `authority` is the file with the certificate to trust."""

    way: Literal["pieces", "whole", "down"]
    url: str
    file: str
    authority: str
    headers: dict[str, str] = {}


class Done(msgspec.Struct, frozen=True):
    """`seconds` from the first byte to the answer; `peak_mb` is what the process took beyond what
    it had before."""

    seconds: float
    peak_mb: float
    sha256: str


async def moved(job: Job) -> Done:
    """Carry the job out."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(job.authority)
    connector = aiohttp.TCPConnector(ssl=context)
    async with aiohttp.ClientSession(connector=connector, headers=job.headers) as http:
        await _warm(http, job)
        before = _peak_kb()
        began = time.perf_counter()
        sums = await {"pieces": _pieces, "whole": _whole, "down": _down}[job.way](http, job)
        seconds = time.perf_counter() - began
    return Done(seconds, (_peak_kb() - before) / 1024, sums)


async def _warm(http: aiohttp.ClientSession, job: Job) -> None:
    """TLS is set up once: it is no part of the throughput."""
    async with http.head(job.url) as answer:
        await answer.read()


async def _pieces(http: aiohttp.ClientSession, job: Job) -> str:
    """A piece is begun when the one before it is handed over and the one before that is stored."""
    digest, loop = hashlib.sha256(), asyncio.get_running_loop()
    before: asyncio.Task[None] | None = None
    with Path(job.file).open("rb") as file:  # noqa: ASYNC230 (read in the executor)
        coming = loop.run_in_executor(None, _next, file, digest)
        for number in range(-(-Path(job.file).stat().st_size // PIECE)):  # noqa: ASYNC240
            data = await coming
            coming = loop.run_in_executor(None, _next, file, digest)
            handed = asyncio.Event()
            task = asyncio.create_task(_piece(http, f"{job.url}/{number}", data, handed))
            await handed.wait()
            if before is not None:
                await before
            before = task
        await coming
    if before is not None:
        await before
    headers = {"Content-Type": "application/json"}
    body = msgspec.json.encode(FileSum(sha256=digest.hexdigest()))
    async with http.post(job.url, data=body, headers=headers) as answer:
        answer.raise_for_status()
    return digest.hexdigest()


async def _piece(http: aiohttp.ClientSession, url: str, data: bytes, handed: asyncio.Event) -> None:
    async def body() -> AsyncIterator[bytes]:
        view = memoryview(data)
        for at in range(0, len(data), READ_BYTES):
            yield view[at : at + READ_BYTES]  # type: ignore[misc]
        handed.set()

    try:
        headers = {"Content-Length": str(len(data))}
        async with http.put(url, data=body(), headers=headers) as answer:
            answer.raise_for_status()
            await answer.read()
    finally:
        handed.set()


async def _whole(http: aiohttp.ClientSession, job: Job) -> str:
    digest, loop = hashlib.sha256(), asyncio.get_running_loop()

    async def body() -> AsyncIterator[bytes]:
        with Path(job.file).open("rb") as file:  # noqa: ASYNC230 (read in the executor)
            while data := await loop.run_in_executor(None, _next, file, digest):
                yield data

    size = str(Path(job.file).stat().st_size)  # noqa: ASYNC240
    async with http.put(job.url, data=body(), headers={"Content-Length": size}) as answer:
        answer.raise_for_status()
    return digest.hexdigest()


async def _down(http: aiohttp.ClientSession, job: Job) -> str:
    digest, loop = hashlib.sha256(), asyncio.get_running_loop()
    async with http.get(job.url) as answer:
        answer.raise_for_status()
        waiting = bytearray()
        async for some in answer.content.iter_any():
            waiting += some
            if len(waiting) >= PIECE:
                await loop.run_in_executor(None, digest.update, bytes(waiting))
                waiting.clear()
        digest.update(waiting)
    return digest.hexdigest()


def _next(file: BinaryIO, digest: "hashlib._Hash") -> bytes:
    data = file.read(PIECE)
    digest.update(data)
    return data


def _peak_kb() -> int:
    """The most memory this process ever had (VmHWM)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    result = uvloop.run(moved(msgspec.json.decode(sys.stdin.buffer.read(), type=Job)))
    sys.stdout.buffer.write(msgspec.json.encode(result))
