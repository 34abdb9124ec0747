"""Facts go to disk in groups: every row that arrives while one commit runs shares the next.

`append` returns when its row is committed (and synced), never before. On SQLite one thread with
one `sqlite3` connection does it, because the asynchronous layers cost more than the disk. On
PostgreSQL one task does the same through the pool. The rows of one caller commit in the order of
its calls.
"""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.storage.database import Database, StorageUnavailable, set_pragmas
from relay.storage.schema import fact

BATCH = 500
"""Most rows in one commit."""

INSERT = sa.insert(fact)


class FactRow(NamedTuple):
    """One row of the table `fact`, in its column order; `session` is the session's number."""

    session: int
    topic: str
    seq: int
    sender: str | None
    client_id: str | None
    body: str


_SQLITE = sqlite_dialect.dialect(paramstyle="qmark")
_FIELDS = [
    sa.func.json_extract(sa.text("value"), sa.literal_column(f"'$[{index}]'"))
    for index in range(len(FactRow._fields))
]
_INSERT_ONE = str(INSERT.compile(dialect=_SQLITE, column_keys=FactRow._fields))
_INSERT_GROUP = str(
    INSERT.from_select(
        FactRow._fields, sa.select(*_FIELDS).select_from(sa.func.json_each(sa.text("?")))
    ).compile(dialect=_SQLITE)
)


class FactWriter(Protocol):
    """What stores facts; `observe(rows, seconds)` is told of every commit."""

    async def append(self, row: FactRow) -> None:
        """Return when `row` is committed.

        Raises `StorageUnavailable` (nothing was kept) or `ValueError` (the number is taken).
        """

    async def close(self) -> None:
        """Commit what waits and stop."""


Observe = Callable[[int, float], None]


def open_writer(database: Database, observe: Observe, batch: int = BATCH) -> FactWriter:
    """The writer that fits the database; `batch` limits the rows of one commit."""
    if database.is_sqlite:
        return SqliteFactWriter(database.url.database or "", observe, batch)
    return PooledFactWriter(database, observe, batch)


class SqliteFactWriter:
    """One thread, one connection, and one statement a commit.

    A statement outside a transaction is a transaction of its own. A group travels as one JSON
    parameter, so that the thread takes the interpreter's lock once for a commit and not several
    times for each row: while the loop is busy, every one of those could cost milliseconds.
    """

    def __init__(self, path: str, observe: Observe, batch: int = BATCH) -> None:
        self._path = path
        self._observe = observe
        self._batch = batch
        self._loop = asyncio.get_running_loop()
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._connection: sqlite3.Connection | None = None
        self._thread = threading.Thread(target=self._run, name="facts")
        self._thread.start()

    async def append(self, row: FactRow) -> None:
        done: asyncio.Future[None] = self._loop.create_future()
        self._waiting.put(_Waiting(row, done))
        await done

    async def close(self) -> None:
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        open_ = True
        while open_:
            first = self._waiting.get()
            if first is None:
                break
            group = [first]
            while len(group) < self._batch:
                try:
                    more = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    open_ = False
                    break
                group.append(more)
            started = time.perf_counter()
            error = self._commit_or_error([one.row for one in group])
            seconds = time.perf_counter() - started
            self._settle(group, error)
            if error is None:  # only now: who waits for the commit should not wait for this
                self._observe(len(group), seconds)
        if self._connection is not None:
            self._connection.close()

    def _commit_or_error(self, rows: Sequence[FactRow]) -> Exception | None:
        try:
            self._commit(rows)
        except sqlite3.IntegrityError as error:
            return ValueError(str(error))
        except (sqlite3.Error, StorageUnavailable, OSError) as error:
            self._reset()
            return StorageUnavailable(str(error))
        except Exception as error:  # the thread must outlive whatever one commit meets
            self._reset()
            return error
        return None

    def _commit(self, rows: Sequence[FactRow]) -> None:
        connection = self._connection or self._connect()
        if len(rows) == 1:
            connection.execute(_INSERT_ONE, rows[0])
        else:
            connection.execute(_INSERT_GROUP, (msgspec.json.encode(rows).decode(),))

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        cursor = connection.cursor()
        set_pragmas(cursor.execute, cursor.fetchone)
        cursor.close()
        self._connection = connection
        return connection

    def _reset(self) -> None:
        """Start the next commit on a fresh connection: whatever broke may be repaired then."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _settle(self, group: "list[_Waiting]", error: Exception | None) -> None:
        if isinstance(error, ValueError) and len(group) > 1:
            for one in group:  # one bad row must not refuse its neighbours
                self._settle([one], self._commit_or_error([one.row]))
            return
        self._loop.call_soon_threadsafe(_resolve, group, error)


class PooledFactWriter:
    """One task that commits through the database's own pool."""

    def __init__(self, database: Database, observe: Observe, batch: int = BATCH) -> None:
        self._database = database
        self._observe = observe
        self._batch = batch
        self._waiting: list[_Waiting] = []
        self._more = asyncio.Event()
        self._open = True
        self._task = asyncio.create_task(self._run(), name="facts")

    async def append(self, row: FactRow) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(row, done))
        self._more.set()
        await done

    async def close(self) -> None:
        self._open = False
        self._more.set()
        await self._task

    async def _run(self) -> None:
        while self._open or self._waiting:
            await self._more.wait()
            self._more.clear()
            while self._waiting:
                group = self._waiting[: self._batch]
                del self._waiting[: self._batch]
                await self._commit(group)

    async def _commit(self, group: "list[_Waiting]") -> None:
        started = time.perf_counter()
        rows = [one.row._asdict() for one in group]

        async def insert(connection: AsyncConnection) -> None:
            await connection.execute(INSERT, rows)

        try:
            await self._database.write(insert)
        except sa.exc.IntegrityError as error:
            if len(group) > 1:
                for one in group:
                    await self._commit([one])
                return
            _resolve(group, ValueError(str(error.orig)))
        except Exception as error:  # the task must outlive whatever one commit meets
            _resolve(group, error)
        else:
            self._observe(len(group), time.perf_counter() - started)
            _resolve(group, None)


class _Waiting(NamedTuple):
    row: FactRow
    done: "asyncio.Future[None]"


def _resolve(group: list[_Waiting], error: Exception | None) -> None:
    for one in group:
        if one.done.done():
            continue
        if error is None:
            one.done.set_result(None)
        else:
            one.done.set_exception(error)
