"""Files on their way into the relay: pieces come in order, are stored, and in the end checked.

A piece is stored before it counts, so whoever lost the link, or met a relay that was started again,
goes on where `standing` says. While one piece is stored the next one may already come.
"""

import asyncio
import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from protocol.acts import FileStore
from protocol.errors import ErrorCode
from protocol.file_machine import TransferState
from protocol.files import FileEnd, FileStanding
from relay.domain.files import piece_bytes, pieces_of
from relay.realtime.carrier import ITSELF, Carrier
from relay.realtime.depot import Coming, Depot, Upload
from relay.realtime.errands import Errand, Errands, FileRefused, over
from relay.realtime.room import Room
from relay.scanner import Scanner

log = structlog.get_logger("files")

OVERTAKEN_S = 2.0
"""So long a piece waits for the one before it to begin."""

_FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Uploads:
    """What senders ask by HTTP; `scanner` None: nobody looks at files."""

    def __init__(
        self, errands: Errands, carrier: Carrier, depot: Depot, scanner: Scanner | None
    ) -> None:
        self._errands = errands
        self._carrier = carrier
        self._depot = depot
        self._scanner = scanner

    async def standing(self, errand: Errand) -> FileStanding:
        """How much of a file is there, for its sender. Raises `FileRefused`."""
        _, upload = self._errands.sent(errand)
        await self._known(upload)
        return _standing(upload)

    async def put(self, errand: Errand, piece: int, body: AsyncIterator[bytes]) -> FileStanding:
        """Store the next piece, or the one after it while the next one still comes. One that is
        stored already is not read again.

        Raises `FileRefused`: CONFLICT for one out of order (`detail` is the next one), or when a
        newer request with this piece has taken the place of this one; BAD_INPUT for a piece of
        another length.
        """
        room, upload = self._errands.sent(errand)
        there = await self._known(upload)
        if not 0 <= piece < pieces_of(upload.size):
            raise FileRefused(ErrorCode.BAD_INPUT, field="piece")
        if piece < there:
            return _standing(upload)
        if piece > there + 1 or not await _has_begun(upload, piece - 1):
            raise FileRefused(ErrorCode.CONFLICT, detail=str(there), field="piece")
        before = upload.coming.get(piece - 1)
        async with _coming(upload, piece, body) as mine:
            data = await _taken(mine)
            if before is not None:
                await before.over.wait()
            await self._store(room, errand, upload, piece, data)
        return _standing(upload)

    async def finish(self, errand: Errand, sha256: str) -> None:
        """All pieces are there: check them and tell everybody. To say it again does no harm.

        Raises `FileRefused`: CONFLICT when some are missing (`detail` is the next one) or the sum
        is another one (field `sha256`: the transfer is over then), STORAGE to try again, NOT_NOW
        with why the transfer is over.
        """
        room, upload = self._errands.sent(errand)
        stored = room.session.transfers[errand.transfer]
        if stored.state is TransferState.STORED:
            if stored.sha256 != sha256:
                raise FileRefused(ErrorCode.CONFLICT, field="sha256")
            return
        if upload.ending is None or upload.ending.done():
            upload.ending = self._depot.spawn(self._end(room, errand, upload, sha256))
        ending = upload.ending
        await asyncio.wait({ending})
        if ending.cancelled():  # the relay stops
            raise FileRefused(ErrorCode.STORAGE)
        ending.result()

    async def _store(
        self, room: Room, errand: Errand, upload: Upload, piece: int, data: bytearray
    ) -> None:
        async with upload.lock:
            there = await self._counted(upload)
            if piece > there:  # the one before it has not come after all
                raise FileRefused(ErrorCode.CONFLICT, detail=str(there), field="piece")
            if piece < there:
                return  # stored by somebody faster
            self._errands.sent(errand)  # it may be over by now
            fresh = upload.hashed == piece
            digest = upload.digest if fresh else None
            try:
                await self._depot.blobs.write(upload.blob, piece, data, digest)
            except OSError as error:
                await self._unstored(room, errand.transfer, error)
            upload.hashed += fresh
            upload.pieces = piece + 1
        self._errands.progress(room, upload, errand.transfer, upload.done)

    async def _unstored(self, room: Room, transfer: str, error: OSError) -> None:
        """Raises `FileRefused` in any case."""
        log.warning("files.unstored", error=error)
        if error.errno in _FULL_DISK:
            await self._errands.fail(room, transfer, FileEnd.FULL)
            raise FileRefused(ErrorCode.NOT_NOW, detail=FileEnd.FULL)
        raise FileRefused(ErrorCode.STORAGE)

    async def _end(self, room: Room, errand: Errand, upload: Upload, sha256: str) -> None:
        async with upload.lock:
            there = await self._counted(upload)
            if not upload.is_whole:
                raise FileRefused(ErrorCode.CONFLICT, detail=str(there), field="piece")
            try:
                await self._depot.blobs.hash(upload.blob, upload.hashed, there, upload.digest)
            except OSError as error:
                log.warning("files.unreadable", error=error)
                raise FileRefused(ErrorCode.STORAGE) from error
            upload.hashed = there
            if upload.digest.hexdigest() != sha256:
                await self._errands.fail(room, errand.transfer, FileEnd.DAMAGED)
                raise FileRefused(ErrorCode.CONFLICT, detail=FileEnd.DAMAGED, field="sha256")
            await self._scan(room, errand.transfer, upload)
        act = FileStore(transfer=errand.transfer, sha256=sha256)
        async with room.lock:
            if not await self._carrier.carry_out(room, act, ITSELF):
                raise FileRefused(ErrorCode.STORAGE)
            known = room.session.transfers[errand.transfer]
            if known.state is not TransferState.STORED:
                raise over(room, errand.transfer)

    async def _scan(self, room: Room, transfer: str, upload: Upload) -> None:
        if self._scanner is None:
            return
        why = await self._scanner.look(self._pieces(room, transfer, upload))
        if why is not None:
            log.warning("files.refused", why=why.value, session=room.id)
            await self._errands.fail(room, transfer, why)
            raise FileRefused(ErrorCode.NOT_NOW, detail=why)

    async def _pieces(self, room: Room, transfer: str, upload: Upload) -> AsyncIterator[bytes]:
        for piece in range(pieces_of(upload.size)):
            if self._depot.held(room.id, transfer) is not upload:
                raise over(room, transfer)
            yield await self._depot.blobs.read(upload.blob, piece)

    async def _known(self, upload: Upload) -> int:
        """How many pieces are stored."""
        if upload.pieces is not None:
            return upload.pieces
        async with upload.lock:
            return await self._counted(upload)

    async def _counted(self, upload: Upload) -> int:
        """As `_known`, under the lock."""
        try:
            return await self._depot.known(upload)
        except OSError as error:
            log.warning("files.unreadable", error=error)
            raise FileRefused(ErrorCode.STORAGE) from error


async def _has_begun(upload: Upload, piece: int) -> bool:
    """Whether that piece is stored or on its way. One that was sent a moment before the next one,
    on another connection, may be seen a moment after it."""
    try:
        async with asyncio.timeout(OVERTAKEN_S):
            while piece >= (upload.pieces or 0) and piece not in upload.coming:
                await upload.begun.wait()
    except TimeoutError:
        return False
    return True


@asynccontextmanager
async def _coming(upload: Upload, piece: int, body: AsyncIterator[bytes]) -> AsyncIterator[Coming]:
    """That piece as it comes in. A newer request with it takes the place of an older one, whose
    link may be dead without anybody knowing."""
    older = upload.coming.get(piece)
    if older is not None:
        older.reading.cancel()
    reading = asyncio.ensure_future(_whole(body, piece_bytes(upload.size, piece)))
    mine = upload.coming[piece] = Coming(reading)
    upload.begun.set()
    upload.begun = asyncio.Event()
    try:
        yield mine
    finally:
        if not reading.done():  # whoever asked is given up, too
            reading.cancel()
            await asyncio.wait({reading})
        mine.over.set()
        if upload.coming.get(piece) is mine:
            del upload.coming[piece]


async def _taken(coming: Coming) -> bytearray:
    """All of the piece. Raises `FileRefused`."""
    await asyncio.wait({coming.reading})
    if coming.reading.cancelled():
        raise FileRefused(ErrorCode.CONFLICT, field="piece")
    return coming.reading.result()


async def _whole(body: AsyncIterator[bytes], size: int) -> bytearray:
    """The body, `size` bytes long. Raises `FileRefused` BAD_INPUT when it is not."""
    data = bytearray()
    async for some in body:
        data += some
        if len(data) > size:
            break
    if len(data) != size:
        raise FileRefused(ErrorCode.BAD_INPUT, detail=str(size), field="size")
    return data


def _standing(upload: Upload) -> FileStanding:
    return FileStanding(pieces=upload.pieces or 0, done=upload.done)
