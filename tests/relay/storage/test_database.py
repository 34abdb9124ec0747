"""The database: one shape by migration, pragmas that hold, refusals that recover."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.storage.database import PRAGMAS, Database, StorageUnavailable
from relay.storage.schema import metadata, setting
from tests.locks import locked


async def test_migrations_lead_to_the_schema(database: Database) -> None:
    await database.migrate()

    def differences(connection: sa.Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_every_sqlite_connection_has_the_pragmas(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'relay.db'}")

    async def read_back(connection: AsyncConnection) -> dict[str, object]:
        return {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in PRAGMAS
        }

    assert await database.write(read_back) == PRAGMAS
    async with database.read() as one, database.read() as other:
        assert await read_back(one) == PRAGMAS
        assert await read_back(other) == PRAGMAS
    await database.close()


async def test_a_locked_database_refuses_and_recovers(tmp_path: Path) -> None:
    path = tmp_path / "relay.db"
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    await database.migrate()
    async with locked(path):
        with pytest.raises(StorageUnavailable):
            await database.check_writable()
    await database.check_writable()
    await database.close()


async def test_what_fails_leaves_nothing(database: Database) -> None:
    async def half(connection: AsyncConnection) -> None:
        await connection.execute(sa.insert(setting).values(name="half", value="1"))
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        await database.write(half)
    async with database.read() as connection:
        assert (await connection.execute(sa.select(setting))).all() == []


async def test_an_unreachable_server_is_named() -> None:
    with pytest.raises(StorageUnavailable):
        await Database.open("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
