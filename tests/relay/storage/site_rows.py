"""Rows that the stores of the site refer to."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.domain.accounts import UserRole
from relay.storage.accounts import AccountStore
from relay.storage.database import Database
from relay.storage.schema import session

NOW = 1_767_225_600_000


async def person(database: Database, name: str) -> str:
    """Somebody's id."""
    store = AccountStore(database)
    made = await store.create(name, name.title(), UserRole.REPRESENTATIVE, None, NOW)
    return made.id


async def open_session(database: Database, number: int, **values: object) -> None:
    """A session under that number."""
    row = {"number": number, "id": f"s{number}", "state": "waiting", "opened_at": NOW} | values

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(sa.insert(session).values(row))

    await database.write(work)


async def end_session(database: Database, number: int) -> None:
    """It is over."""
    ending = sa.update(session).where(session.c.number == number).values(state="ended")

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(ending)

    await database.write(work)
