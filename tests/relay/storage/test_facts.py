"""Group commit: what is acknowledged is there, what is refused is not, and it recovers."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from protocol.facts import ChatPosted, Participant, SessionOpened
from protocol.queues import GENERAL
from protocol.roles import Door, Role
from relay.storage.database import Database, StorageUnavailable
from relay.storage.facts import FactRow, FactWriter, SqliteFactWriter, open_writer
from relay.storage.schema import fact
from relay.storage.sessions import Opening, SessionStore, row_of
from tests.locks import locked

SESSION = "a" * 32


def line(seq: int, client_id: str = "") -> FactRow:
    told = ChatPosted(seq=seq, at=seq, by="c1", id=client_id or f"line-{seq:04}", text="hello")
    return row_of(1, told, "c1", told.id)


async def held(database: Database) -> list[int]:
    async with database.read() as connection:
        rows = await connection.execute(
            sa.select(fact.c.seq).where(fact.c.session == 1).order_by(fact.c.seq)
        )
        return list(rows.scalars())


async def with_session(database: Database) -> None:
    customer = Participant(id="c1", role=Role.CUSTOMER, name="Grace", door=Door.CLIENT)
    opened = SessionOpened(seq=1, at=0, participant=customer, queue=GENERAL)
    await SessionStore(database).open(Opening(SESSION, "hash"), opened)


@pytest.fixture
async def commits() -> list[int]:
    """The size of each commit so far."""
    return []


@pytest.fixture
async def writer(database: Database, commits: list[int]) -> AsyncIterator[FactWriter]:
    await with_session(database)
    opened = open_writer(database, lambda rows, _seconds: commits.append(rows))
    yield opened
    await opened.close()


async def test_many_at_once_share_commits(
    database: Database, writer: FactWriter, commits: list[int]
) -> None:
    await asyncio.gather(*(writer.append(line(seq)) for seq in range(2, 402)))
    assert await held(database) == list(range(1, 402))
    assert sum(commits) == 400
    assert len(commits) < 100


async def test_a_taken_number_refuses_only_itself(database: Database, writer: FactWriter) -> None:
    rows = [line(2), line(2, "another-line"), line(3)]
    outcomes = await asyncio.gather(*map(writer.append, rows), return_exceptions=True)
    assert [type(one) for one in outcomes] == [type(None), ValueError, type(None)]
    assert await held(database) == [1, 2, 3]


async def test_closing_commits_what_waits(database: Database, commits: list[int]) -> None:
    await with_session(database)
    writer = open_writer(database, lambda rows, _seconds: commits.append(rows))
    waiting = [asyncio.ensure_future(writer.append(line(seq))) for seq in range(2, 52)]
    await asyncio.sleep(0)
    await writer.close()
    await asyncio.gather(*waiting)
    assert await held(database) == list(range(1, 52))


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'relay.db'}")
    await opened.migrate()
    await with_session(opened)
    yield opened
    await opened.close()


async def test_a_locked_file_refuses_and_recovers(sqlite: Database) -> None:
    writer = SqliteFactWriter(str(sqlite.url.database), lambda _rows, _seconds: None)
    await writer.append(line(2))
    async with locked(sqlite.url.database):
        with pytest.raises(StorageUnavailable):
            await writer.append(line(3))
    await writer.append(line(3))
    await writer.close()
    assert await held(sqlite) == [1, 2, 3]
