"""Files between the two ends: pieces come in, are checked, and go out again.

The HTTP side calls this with whoever asks; who may stands in `relay.domain.files`. A piece is
stored before it counts, so whoever lost the link, or met a relay that was restarted, goes on where
`standing` says.
"""

import asyncio
import errno
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Mapping
from typing import Any, NamedTuple

import structlog

from protocol import limits
from protocol.acts import FileStore
from protocol.errors import ErrorCode
from protocol.facts import Participant
from protocol.file_machine import TransferState
from protocol.file_snapshot import Transfer
from protocol.files import FileEnd, FileStanding, Side
from protocol.signals import FileProgress
from relay.clock import Clock
from relay.domain.files import piece_bytes, pieces_of, side_of
from relay.domain.permissions import FILE_NEEDS, Permissions
from relay.realtime.carrier import ITSELF, Carrier
from relay.realtime.depot import Depot, Upload
from relay.realtime.room import Room
from relay.scanner import Scanner

log = structlog.get_logger("files")

PROGRESS_S = 0.25
"""Progress is told no more often than that; it may be dropped."""

_FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FileRefused(Exception):
    """Nothing was changed. `detail` is a number or a word for programs, never a sentence."""

    def __init__(self, code: ErrorCode, detail: str = "", field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.field = field


class Errand(NamedTuple):
    """Who asks about which transfer; `permissions` None: a customer, who has no role."""

    session: str
    transfer: str
    somebody: Participant
    permissions: Permissions | None = None


class Download(NamedTuple):
    """A file that may be fetched; `sha256` is its sum in hexadecimal digits."""

    name: str
    size: int
    sha256: str


class Files:
    """`rooms` is the hub's own table."""

    def __init__(
        self,
        clock: Clock,
        rooms: Mapping[str, Room],
        carrier: Carrier,
        depot: Depot,
        scanner: Scanner | None,
    ) -> None:
        self._clock = clock
        self._rooms = rooms
        self._carrier = carrier
        self._depot = depot
        self._scanner = scanner

    async def standing(self, errand: Errand) -> FileStanding:
        """How much of a file is there, for its sender. Raises `FileRefused`."""
        _, upload = self._sent(errand)
        async with upload.lock:
            await self._known(upload)
        return _standing(upload)

    async def put(self, errand: Errand, piece: int, body: AsyncIterator[bytes]) -> FileStanding:
        """Store the next piece. One that is stored already is not read again.

        Raises `FileRefused`: CONFLICT for one out of order (`detail` is the next one), or when a
        newer request for this file has taken the place of this one; BAD_INPUT for a piece of
        another length.
        """
        room, upload = self._sent(errand)
        async with upload.lock:
            there = await self._known(upload)
        if not 0 <= piece < pieces_of(upload.size):
            raise FileRefused(ErrorCode.BAD_INPUT, field="piece")
        if piece > there:
            raise FileRefused(ErrorCode.CONFLICT, detail=str(there), field="piece")
        if piece == there:
            data = await _taken(upload, _whole(body, piece_bytes(upload.size, piece)))
            await self._store(room, errand, upload, piece, data)
        return _standing(upload)

    async def finish(self, errand: Errand, sha256: str) -> None:
        """All pieces are there: check them and tell everybody. To say it again does no harm.

        Raises `FileRefused`: CONFLICT when some are missing (`detail` is the next one) or the sum
        is another one (field `sha256`: the transfer is over then), STORAGE to try again, NOT_NOW
        with why the transfer is over.
        """
        room, upload = self._sent(errand)
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

    def offered(self, errand: Errand) -> Download:
        """What there is to fetch, for its receiver. Raises `FileRefused`."""
        room, transfer = self._transfer(errand)
        self._check(room, transfer, errand, Side.RECEIVER)
        held = self._depot.held(room.id, transfer.id)
        if held is None or transfer.state is not TransferState.STORED:
            raise self._over(room, transfer.id)
        return Download(transfer.name, transfer.size, transfer.sha256)

    async def fetch(self, errand: Errand, start: int, after: int) -> AsyncGenerator[bytes, None]:
        """The bytes from `start` to before `after`, a piece or less at a time; the next one is
        read while one is sent.

        Raises `FileRefused` as soon as who asks may have it no longer, or a piece is gone.
        """
        download = self.offered(errand)
        room = self._rooms[errand.session]
        upload = self._depot.held(errand.session, errand.transfer)
        if upload is None:
            raise self._over(room, errand.transfer)
        size = limits.FILE_PIECE_BYTES
        pieces = range(start // size, pieces_of(after))
        coming: asyncio.Task[bytes] | None = None
        try:
            for piece in pieces:
                data = await (coming or self._read(room, errand.transfer, upload, piece))
                coming = None
                if piece + 1 < pieces.stop:
                    following = self._read(room, errand.transfer, upload, piece + 1)
                    coming = asyncio.ensure_future(following)
                self.offered(errand)
                first = piece * size
                yield data[max(start - first, 0) : after - first]
                done = min(after, first + size)
                self._progress(room, upload, errand.transfer, done, fetched=True)
        finally:
            if coming is not None:
                coming.cancel()
                await asyncio.wait({coming})
        if after == download.size == 0:
            self._progress(room, upload, errand.transfer, 0, fetched=True)

    async def _read(self, room: Room, transfer: str, upload: Upload, piece: int) -> bytes:
        try:
            data = await self._depot.blobs.read(upload.blob, piece)
        except OSError as error:
            log.warning("files.lost", error=error)
            data = b""
        if len(data) != piece_bytes(upload.size, piece):
            await self._fail(room, transfer, FileEnd.LOST)
            raise FileRefused(ErrorCode.NOT_NOW, detail=FileEnd.LOST)
        return data

    async def _store(
        self, room: Room, errand: Errand, upload: Upload, piece: int, data: bytearray
    ) -> None:
        async with upload.lock:
            if upload.pieces != piece:
                return  # stored by somebody faster
            self._sent(errand)  # it may be over by now
            fresh = upload.hashed == piece
            digest = upload.digest if fresh else None
            try:
                await self._depot.blobs.write(upload.blob, piece, data, digest)
            except OSError as error:
                await self._unstored(room, errand.transfer, error)
            upload.hashed += fresh
            upload.pieces = piece + 1
        self._progress(room, upload, errand.transfer, upload.done)

    async def _unstored(self, room: Room, transfer: str, error: OSError) -> None:
        """Raises `FileRefused` in any case."""
        log.warning("files.unstored", error=error)
        if error.errno in _FULL_DISK:
            await self._fail(room, transfer, FileEnd.FULL)
            raise FileRefused(ErrorCode.NOT_NOW, detail=FileEnd.FULL)
        raise FileRefused(ErrorCode.STORAGE)

    async def _end(self, room: Room, errand: Errand, upload: Upload, sha256: str) -> None:
        async with upload.lock:
            there = await self._known(upload)
            if not upload.is_whole:
                raise FileRefused(ErrorCode.CONFLICT, detail=str(there), field="piece")
            try:
                await self._depot.blobs.hash(upload.blob, upload.hashed, there, upload.digest)
            except OSError as error:
                log.warning("files.unreadable", error=error)
                raise FileRefused(ErrorCode.STORAGE) from error
            upload.hashed = there
            if upload.digest.hexdigest() != sha256:
                await self._fail(room, errand.transfer, FileEnd.DAMAGED)
                raise FileRefused(ErrorCode.CONFLICT, detail=FileEnd.DAMAGED, field="sha256")
            await self._scan(room, errand.transfer, upload)
        act = FileStore(transfer=errand.transfer, sha256=sha256)
        async with room.lock:
            if not await self._carrier.carry_out(room, act, ITSELF):
                raise FileRefused(ErrorCode.STORAGE)
            known = room.session.transfers[errand.transfer]
            if known.state is not TransferState.STORED:
                raise self._over(room, errand.transfer)

    async def _scan(self, room: Room, transfer: str, upload: Upload) -> None:
        if self._scanner is None:
            return
        why = await self._scanner.look(self._pieces(room, transfer, upload))
        if why is not None:
            log.warning("files.refused", why=why.value, session=room.id)
            await self._fail(room, transfer, why)
            raise FileRefused(ErrorCode.NOT_NOW, detail=why)

    async def _pieces(self, room: Room, transfer: str, upload: Upload) -> AsyncIterator[bytes]:
        for piece in range(pieces_of(upload.size)):
            if self._depot.held(room.id, transfer) is not upload:
                raise self._over(room, transfer)
            yield await self._depot.blobs.read(upload.blob, piece)

    async def _fail(self, room: Room, transfer: str, why: FileEnd) -> None:
        self._depot.fail(room.id, transfer, why)
        async with room.lock:
            await self._carrier.go_on(room)

    async def _known(self, upload: Upload) -> int:
        try:
            return await self._depot.known(upload)
        except OSError as error:
            log.warning("files.unreadable", error=error)
            raise FileRefused(ErrorCode.STORAGE) from error

    def _sent(self, errand: Errand) -> tuple[Room, Upload]:
        """What its sender may go on with. Raises `FileRefused`."""
        room, transfer = self._transfer(errand)
        self._check(room, transfer, errand, Side.SENDER)
        upload = self._depot.held(room.id, transfer.id)
        if upload is None:
            raise self._over(room, transfer.id)
        return room, upload

    def _transfer(self, errand: Errand) -> tuple[Room, Transfer]:
        """Raises `FileRefused` for whoever is not in the session, and for what never was."""
        room = self._rooms.get(errand.session)
        if room is None or not room.session.is_in(errand.somebody.id):
            raise FileRefused(ErrorCode.UNKNOWN_SESSION)
        transfer = room.session.transfers.get(errand.transfer)
        if transfer is None:
            raise FileRefused(ErrorCode.NOT_FOUND)
        return room, transfer

    def _check(self, room: Room, transfer: Transfer, errand: Errand, side: Side) -> None:
        """Raises `FileRefused` FORBIDDEN unless who asks is on that side."""
        held = errand.permissions
        allowed = held is None or FILE_NEEDS[side] <= held
        if not allowed or side_of(room.session.snapshot, transfer, errand.somebody) is not side:
            raise FileRefused(ErrorCode.FORBIDDEN)

    def _over(self, room: Room, transfer: str) -> FileRefused:
        """What is not going on: not yet, or no longer."""
        return FileRefused(ErrorCode.NOT_NOW, detail=room.session.transfers[transfer].state)

    def _progress(
        self, room: Room, upload: Upload, transfer: str, done: int, *, fetched: bool = False
    ) -> None:
        now = self._clock.monotonic()
        if done < upload.size and now - upload.told_at < PROGRESS_S:
            return
        upload.told_at = now
        room.pass_on(FileProgress(id=transfer, done=done, fetched=fetched), f"file:{transfer}")


async def _taken(upload: Upload, reading: Coroutine[Any, Any, bytearray]) -> bytearray:
    """What `reading` reads, unless a newer request for the same file takes its place: the link of
    an older one may be dead, and nobody knows. Raises `FileRefused`."""
    if upload.reading is not None:
        upload.reading.cancel()
    task = upload.reading = asyncio.ensure_future(reading)
    try:
        await asyncio.wait({task})
        if task.cancelled():
            raise FileRefused(ErrorCode.CONFLICT, field="piece")
        return task.result()
    finally:
        if not task.done():  # whoever asked is given up, too
            task.cancel()
            await asyncio.wait({task})
        if upload.reading is task:
            upload.reading = None


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
