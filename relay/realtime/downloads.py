"""Files on their way out of the relay."""

import asyncio
from collections.abc import AsyncGenerator
from typing import NamedTuple

import structlog

from protocol import limits
from protocol.errors import ErrorCode
from protocol.files import FileEnd
from relay.domain.files import piece_bytes, pieces_of
from relay.realtime.depot import Depot, Upload
from relay.realtime.errands import Errand, Errands, FileRefused
from relay.realtime.room import Room

log = structlog.get_logger("files")


class Download(NamedTuple):
    """A file that may be fetched; `sha256` is its sum in hexadecimal digits."""

    name: str
    size: int
    sha256: str


class Downloads:
    """What receivers ask by HTTP."""

    def __init__(self, errands: Errands, depot: Depot) -> None:
        self._errands = errands
        self._depot = depot

    def offered(self, errand: Errand) -> Download:
        """What there is to fetch, for its receiver. Raises `FileRefused`."""
        _, transfer, _ = self._errands.stored(errand)
        return Download(transfer.name, transfer.size, transfer.sha256)

    async def fetch(self, errand: Errand, start: int, after: int) -> AsyncGenerator[bytes, None]:
        """The bytes from `start` to before `after`, a piece or less at a time; the next one is
        read while one is sent.

        Raises `FileRefused` as soon as who asks may have it no longer, or a piece is gone.
        """
        room, _, upload = self._errands.stored(errand)
        size = limits.FILE_PIECE_BYTES
        pieces = range(start // size, pieces_of(after))
        coming: asyncio.Task[bytes] | None = None
        try:
            for piece in pieces:
                data = await (coming or self._read(room, errand, upload, piece))
                coming = None
                if piece + 1 < pieces.stop:
                    following = self._read(room, errand, upload, piece + 1)
                    coming = asyncio.ensure_future(following)
                self._errands.stored(errand)
                first = piece * size
                yield data[max(start - first, 0) : after - first]
                done = min(after, first + size)
                self._errands.progress(room, upload, errand.transfer, done, fetched=True)
        finally:
            if coming is not None:
                coming.cancel()
                await asyncio.wait({coming})
        if upload.size == 0:
            self._errands.progress(room, upload, errand.transfer, 0, fetched=True)

    async def _read(self, room: Room, errand: Errand, upload: Upload, piece: int) -> bytes:
        try:
            data = await self._depot.blobs.read(upload.blob, piece)
        except OSError as error:
            self._errands.stored(errand)  # what was taken back meanwhile is gone, not lost
            log.warning("files.lost", error=error)
            data = b""
        if len(data) != piece_bytes(upload.size, piece):
            await self._errands.fail(room, errand.transfer, FileEnd.LOST)
            raise FileRefused(ErrorCode.NOT_NOW, detail=FileEnd.LOST)
        return data
