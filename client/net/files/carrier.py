"""Carries out what is to be done with files: a few at a time, over connections of their own, so
that chat and screen never wait for them."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import assert_never

import aiohttp

from client.net.files.blocking import off_loop
from client.net.files.download import Damaged, download
from client.net.files.finding import look_at
from client.net.files.patience import Patience
from client.net.files.reading import Unreadable
from client.net.files.saving import NoRoom, Part, Place, Unwritable
from client.net.files.upload import upload
from client.net.files.way import Refused, Way
from client.net.target import VOICE, Target
from client.session.file_effects import Download, FileEffect, HurryFiles, LookAt, StopFile, Upload
from client.session.file_inputs import (
    FileInput,
    FileMoved,
    FileSaved,
    FileSent,
    FilesFound,
    FileStuck,
)
from protocol.files import FileEnd
from protocol.version import VERSION

AT_ONCE = 2
"""So many go each way at the same time; the others wait for their turn."""

TOLD_S = 0.2
"""Progress is told no more often than that."""

_log = logging.getLogger(__name__)


Work = Callable[[], Coroutine[None, None, None]]
"""Begun in its turn, which may never come."""


class Carrier:
    """Made, used and closed in the network thread. `tell` hears what becomes of everything."""

    def __init__(
        self,
        target: Target,
        place: Place,
        tell: Callable[[FileInput], None],
        fresh_delays: Callable[[], Iterator[float]],
    ) -> None:
        self._target = target
        self._place = place
        self._tell = tell
        self._fresh_delays = fresh_delays
        self._up = asyncio.Semaphore(AT_ONCE)
        self._down = asyncio.Semaphore(AT_ONCE)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._others: set[asyncio.Task[None]] = set()
        self._patience: dict[str, Patience] = {}
        self._session: aiohttp.ClientSession | None = None

    def carry_out(self, effect: FileEffect) -> None:
        """Begin `effect`."""
        match effect:
            case LookAt():
                self._keep(self._look(effect))
            case Upload():
                self._begin(effect.errand.transfer, partial(self._send, effect), self._up)
            case Download():
                self._begin(effect.errand.transfer, partial(self._save, effect), self._down)
            case StopFile():
                if (task := self._tasks.get(effect.transfer)) is not None:
                    task.cancel()
            case HurryFiles():
                for patience in self._patience.values():
                    patience.hurry()
            case _:
                assert_never(effect)

    async def close(self) -> None:
        """Stop everything; nothing of a part is left on the disk."""
        tasks = {*self._tasks.values(), *self._others}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        if self._session is not None:
            await self._session.close()

    @property
    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": f"{VOICE}/{VERSION}", "Accept-Encoding": "identity"},
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=15),
            )
        return self._session

    def _begin(self, transfer: str, work: Work, turns: asyncio.Semaphore) -> None:
        task = self._keep(self._in_turn(work, turns, self._tasks.get(transfer)))
        self._tasks[transfer] = task
        task.add_done_callback(lambda done: self._forget(transfer, done))

    async def _in_turn(
        self,
        work: Work,
        turns: asyncio.Semaphore,
        before: "asyncio.Task[None] | None",
    ) -> None:
        """After an earlier task for the same file has ended."""
        if before is not None:
            await asyncio.wait({before})
        async with turns:
            await work()

    def _keep(self, work: Coroutine[None, None, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._others.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._others.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("file task failed", exc_info=error)

    def _forget(self, transfer: str, task: "asyncio.Task[None]") -> None:
        if self._tasks.get(transfer) is task:
            del self._tasks[transfer]
            self._patience.pop(transfer, None)

    async def _look(self, effect: LookAt) -> None:
        self._tell(FilesFound(effect.ticket, await off_loop(look_at, effect.paths)))

    async def _send(self, effect: Upload) -> None:
        transfer = effect.errand.transfer
        way, patience = Way(self._target, self._http, effect.errand), self._waits(transfer)
        try:
            await upload(way, effect.source, effect.size, self._mover(transfer), patience)
        except Unreadable:
            self._tell(FileStuck(transfer, FileEnd.UNREADABLE))
        except Refused as refused:
            _log.info("file: the relay does not go on: %s", refused)
            self._tell(FileStuck(transfer))
        else:
            self._tell(FileSent(transfer))

    async def _save(self, effect: Download) -> None:
        transfer = effect.errand.transfer
        try:
            self._tell(await self._saved(effect))
        except NoRoom:
            self._tell(FileStuck(transfer, FileEnd.NO_ROOM))
        except Unwritable as error:
            _log.warning("file: cannot be saved: %s", error.__cause__)
            self._tell(FileStuck(transfer, FileEnd.CANCELLED, unwritable=True))
        except Damaged:
            self._tell(FileStuck(transfer, FileEnd.DAMAGED))
        except Refused as refused:
            _log.info("file: the relay does not go on: %s", refused)
            self._tell(FileStuck(transfer))

    async def _saved(self, effect: Download) -> FileSaved:
        """Raises whatever keeps it from being saved; nothing of it is left then."""
        transfer, patience = effect.errand.transfer, self._waits(effect.errand.transfer)
        way = Way(self._target, self._http, effect.errand)
        part = Part(self._place, effect.organisation, effect.name, effect.size)
        saved: FileSaved | None = None
        try:
            await off_loop(part.open)
            await download(way, part, effect.sha256, self._mover(transfer), patience)
            name = await off_loop(part.finish)
            saved = FileSaved(transfer, str(part.folder), name, effect.sha256)
        finally:
            if saved is None:
                await off_loop(part.discard)
        return saved

    def _waits(self, transfer: str) -> Patience:
        return self._patience.setdefault(transfer, Patience(self._fresh_delays))

    def _mover(self, transfer: str) -> Callable[[int], None]:
        loop = asyncio.get_running_loop()
        last = float("-inf")

        def moved(done: int) -> None:
            nonlocal last
            if loop.time() - last >= TOLD_S:
                last = loop.time()
                self._tell(FileMoved(transfer, done))

        return moved
