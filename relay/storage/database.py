"""One database, reached two ways: many readers, and one writer at a time.

The statements are the same on SQLite and PostgreSQL. SQLite runs in WAL with synchronous=FULL:
what was acknowledged survives a power cut, and group commit (see `facts`) pays for it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from relay.storage.schema import setting

T = TypeVar("T")

BUSY_MS = 2_000
"""How long a statement waits for another program's lock before it is refused."""

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": BUSY_MS,
    "trusted_schema": 0,
}
_MIGRATION_LOCK = 0x5B1D6E


class StorageUnavailable(Exception):
    """The database cannot be written or reached now: full disk, lock, lost server."""


class Database:
    """Made by `open`; `close` it in the end."""

    def __init__(self, url: sa.URL, readers: AsyncEngine, writer: AsyncEngine) -> None:
        self.url = url
        self._readers = readers
        self._writer = writer

    @classmethod
    async def open(cls, url: str) -> "Database":
        """Connect to `url` (`sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`).

        Raises `StorageUnavailable` when that fails.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            readers = _sqlite_engine(url, size=4, immediate=False)
            writer = _sqlite_engine(url, size=1, immediate=True)
        else:
            readers = create_async_engine(url, pool_size=8, pool_pre_ping=True)
            writer = readers
        database = cls(parsed, readers, writer)
        try:
            async with database.read() as connection:
                await connection.execute(sa.select(1))
        except BaseException:
            await database.close()
            raise
        return database

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with. Raises `StorageUnavailable`."""
        with _Reachable():
            async with self._readers.connect() as connection:
                yield connection

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run `work` in one transaction. Raises `StorageUnavailable`; nothing is kept then."""
        with _Reachable():
            async with self._writer.begin() as connection:
                return await work(connection)

    async def check_writable(self) -> None:
        """Commit something small. Raises `StorageUnavailable`."""

        async def touch(connection: AsyncConnection) -> None:
            await connection.execute(sa.delete(setting).where(setting.c.name == "probe"))
            await connection.execute(sa.insert(setting).values(name="probe", value="1"))

        await self.write(touch)

    async def migrate(self) -> None:
        """Bring the tables to their newest shape; several relays at once take turns."""
        with _Reachable():
            async with self._writer.begin() as connection:
                if not self.is_sqlite:
                    lock = sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)
                    await connection.execute(sa.select(lock))
                await connection.run_sync(_upgrade)

    async def close(self) -> None:
        """Give all connections back."""
        await self._readers.dispose()
        if self._writer is not self._readers:
            await self._writer.dispose()


def _upgrade(connection: sa.Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "relay.storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _sqlite_engine(url: str, *, size: int, immediate: bool) -> AsyncEngine:
    engine = create_async_engine(
        url, poolclass=sa.AsyncAdaptedQueuePool, pool_size=size, max_overflow=0
    )

    @sa.event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        set_pragmas(cursor.execute, lambda: cursor.fetchone())
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def set_pragmas(execute: Callable[[str], object], fetch: Callable[[], Any]) -> None:
    """Set and read back: SQLite ignores some of them silently in the wrong moment."""
    for name, value in PRAGMAS.items():
        execute(f"PRAGMA {name}={value}")
        execute(f"PRAGMA {name}")
        (got,) = fetch()
        if got != value:
            raise StorageUnavailable(f"SQLite keeps {name}={got}, not {value}")


class _Reachable:
    """Turns what drivers raise when a database cannot be used into `StorageUnavailable`.

    A constraint that fails is a bug or a lost race of ours and passes unchanged.
    """

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (sa.exc.IntegrityError, sa.exc.ProgrammingError)):
            return
        if isinstance(error, (DBAPIError, sa.exc.TimeoutError)):
            cause = error.orig if isinstance(error, DBAPIError) else error
            raise StorageUnavailable(str(cause)) from error
        if isinstance(error, OSError):
            raise StorageUnavailable(str(error)) from error
