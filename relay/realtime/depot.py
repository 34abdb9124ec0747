"""What the relay holds of files: room for them within the quotas, their pieces, their deletion.

All of it follows from the sessions' facts: what is held is what `relay.domain.files.kept` names, so
after a restart the same is held again, and whatever else lies on the disk is deleted.
"""

import asyncio
import hashlib
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import structlog

from protocol import limits
from protocol.file_machine import TransferState
from protocol.file_snapshot import Transfer
from protocol.files import FileEnd
from protocol.machines import SessionState
from relay.domain.files import kept, piece_bytes, pieces_of
from relay.realtime.room import Room
from relay.storage.blobs import BlobStore, blob_id

log = structlog.get_logger("files")

FREE_BYTES = 256 * 1024 * 1024
"""So much is left on the disk: the database may be on it, too."""


class Quota(NamedTuple):
    """Most bytes that files of one `session`, and of all of the `relay`'s, may take together;
    `free` stays on the disk."""

    session: int
    relay: int
    free: int = FREE_BYTES


@dataclass(eq=False, slots=True)
class Coming:
    """A piece on its way in: `reading` takes it from the network, `over` is set once it is stored
    or given up."""

    reading: "asyncio.Task[bytearray]"
    over: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False, slots=True)
class Upload:
    """A file as it comes in. `pieces` of it are stored, `done` bytes; `digest` knows the first
    `hashed` pieces. `lock` is held by whoever writes or deletes, `coming` are the pieces that are
    on their way by their numbers, `begun` is set and replaced when one begins, `ending` checks the
    whole."""

    blob: str
    size: int
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    pieces: int | None = None
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    hashed: int = 0
    coming: dict[int, Coming] = field(default_factory=dict)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    ending: "asyncio.Task[None] | None" = None
    told_at: float = 0.0

    @property
    def done(self) -> int:
        return min(self.size, (self.pieces or 0) * limits.FILE_PIECE_BYTES)

    @property
    def is_whole(self) -> bool:
        return self.pieces == pieces_of(self.size)


class Depot:
    """Made on the running loop, in the end `stop`ped; the store stays open."""

    def __init__(self, blobs: BlobStore, quota: Quota) -> None:
        self.blobs = blobs
        self._quota = quota
        self._held: dict[str, dict[str, Upload]] = {}
        self._failing: dict[str, dict[str, FileEnd]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def settle(self, room: Room) -> None:
        """Hold what the session's facts now ask for, and let go of everything else."""
        session, snapshot = room.session, room.session.snapshot
        ended = snapshot.state is SessionState.ENDED
        wanted = {} if ended else kept(snapshot, session.transfers)
        held = self._held.setdefault(room.id, {})
        for name in held.keys() - wanted.keys():
            self._let_go(held.pop(name))
        for name, one in wanted.items():
            if name not in held and (one.state is TransferState.STORED or self._fits(room.id, one)):
                held[name] = Upload(blob_id(room.id, name), one.size)
        waits = [one for one in snapshot.files if one.state is TransferState.OFFERED]
        full = [one.id for one in waits if not self._fits(room.id, one)]
        failing = self._failing.get(room.id, {})
        open_ones = {one.id for one in snapshot.files}
        failing = {name: why for name, why in failing.items() if name in open_ones}
        failing |= dict.fromkeys((*full, *(wanted.keys() - held.keys())), FileEnd.FULL)
        self._failing[room.id] = failing
        if not held and not failing:
            del self._held[room.id], self._failing[room.id]

    def failing(self, session: str) -> Mapping[str, FileEnd]:
        """The transfers of a session that cannot go on, and why."""
        return self._failing.get(session, {})

    def fail(self, session: str, transfer: str, why: FileEnd) -> None:
        """A transfer cannot go on; it ends when the room is looked at next."""
        self._failing.setdefault(session, {}).setdefault(transfer, why)

    def held(self, session: str, transfer: str) -> Upload | None:
        """The file as far as it is there; None when nothing is held of it."""
        return self._held.get(session, {}).get(transfer)

    async def known(self, upload: Upload) -> int:
        """How many pieces are stored; read from the disk the first time. Call under its lock.

        A piece of another length is the end of what counts: the power failed while it was written.
        """
        if upload.pieces is None:
            sizes = await self.blobs.sizes(upload.blob)
            whole = [size == piece_bytes(upload.size, at) for at, size in enumerate(sizes)]
            count = whole.index(False) if False in whole else len(whole)
            upload.pieces = min(count, pieces_of(upload.size))
        return upload.pieces

    async def sweep(self) -> None:
        """After a start: delete what nobody holds."""
        try:
            for blob in await self.blobs.everything():
                if blob not in self._blobs():
                    await self.blobs.delete(blob)
        except OSError as error:
            log.warning("files.sweep", error=error)

    def spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run `work` in the background until `stop`."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def stop(self) -> None:
        """Give up what is under way: after a start it is asked for again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _blobs(self) -> set[str]:
        return {one.blob for its in self._held.values() for one in its.values()}

    def _fits(self, session: str, transfer: Transfer) -> bool:
        sums = {name: sum(one.size for one in its.values()) for name, its in self._held.items()}
        size, quota = transfer.size, self._quota
        if sums.get(session, 0) + size > quota.session or sum(sums.values()) + size > quota.relay:
            return False
        try:
            return self.blobs.free() - quota.free >= size
        except OSError as error:
            log.warning("files.disk", error=error)
            return False

    def _let_go(self, upload: Upload) -> None:
        for one in upload.coming.values():
            one.reading.cancel()
        self.spawn(self._delete(upload))

    async def _delete(self, upload: Upload) -> None:
        async with upload.lock:
            try:
                await self.blobs.delete(upload.blob)
            except OSError as error:
                log.warning("files.delete", error=error)
