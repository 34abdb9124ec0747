"""Asks clamd about files, by its command INSTREAM over a Unix or TCP socket (clamd(8))."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator

import structlog

from protocol.files import FileEnd

log = structlog.get_logger("scanner")

PATIENCE_S = 120.0
"""Whoever takes or says nothing for so long does not work."""

_CHUNK_BYTES = 128 * 1024
_ANSWER_BYTES = 4096
_TCP = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[^\[\]:/]+):(?P<port>[0-9]{1,5})\Z")


class Scanner:
    """`address` is the path of a Unix socket or HOST:PORT, see `is_address`."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def look(self, pieces: AsyncIterator[bytes]) -> FileEnd | None:
        """What is against a file: BLOCKED, or UNCHECKED when nobody could tell; None: nothing.

        Raises only what `pieces` raises, but for `OSError`.
        """
        try:
            said = await self._asked(pieces)
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError) as error:
            log.warning("scanner.unreachable", error=error)
            return FileEnd.UNCHECKED
        if said == b"stream: OK":
            return None
        if said.endswith(b" FOUND"):
            log.warning("scanner.found", what=said.decode("ascii", "replace"))
            return FileEnd.BLOCKED
        log.warning("scanner.failed", said=said.decode("ascii", "replace"))
        return FileEnd.UNCHECKED

    async def _asked(self, pieces: AsyncIterator[bytes]) -> bytes:
        async with asyncio.timeout(PATIENCE_S):
            reader, writer = await self._connect()
        try:
            answer = asyncio.ensure_future(reader.readuntil(b"\0"))
            try:
                await self._send(writer, pieces, answer)
                async with asyncio.timeout(PATIENCE_S):
                    return (await answer).rstrip(b"\0")
            finally:
                answer.cancel()
        finally:
            writer.close()

    async def _send(
        self,
        writer: asyncio.StreamWriter,
        pieces: AsyncIterator[bytes],
        answer: "asyncio.Future[bytes]",
    ) -> None:
        """All of it; or as much as clamd wants, which answers at once when it is too much."""
        writer.write(b"zINSTREAM\0")
        try:
            async for piece in pieces:
                for at in range(0, len(piece), _CHUNK_BYTES):
                    if answer.done():
                        return
                    some = piece[at : at + _CHUNK_BYTES]
                    writer.write(len(some).to_bytes(4, "big") + some)
                    async with asyncio.timeout(PATIENCE_S):
                        await writer.drain()
            writer.write(bytes(4))
        except ConnectionError:
            return  # what it has said tells why

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        found = _TCP.match(self._address)
        if found is None:
            return await _unix_connection(self._address)
        host, port = found["host"].strip("[]"), int(found["port"])
        return await asyncio.open_connection(host, port, limit=_ANSWER_BYTES)


async def _unix_connection(path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if sys.platform == "win32":
        raise OSError("there are no Unix sockets here")
    else:
        return await asyncio.open_unix_connection(path, limit=_ANSWER_BYTES)


def is_address(text: str) -> bool:
    """Whether `text` can be where clamd listens."""
    found = _TCP.match(text)
    return text.startswith("/") or (found is not None and 0 < int(found["port"]) < 2**16)
