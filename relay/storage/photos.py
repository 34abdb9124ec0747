"""Photos of representatives, one each."""

import hashlib
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.storage.database import Database
from relay.storage.schema import photo


class Photo(NamedTuple):
    """The picture as it came, and its media type."""

    content: bytes
    kind: str


class PhotoStore:
    """All methods raise `StorageUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, sha256: str) -> Photo | None:
        """The picture with this SHA-256 (hexadecimal digits), while somebody has it."""
        wanted = sa.select(photo.c.content, photo.c.kind).where(photo.c.sha256 == sha256).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return None if row is None else Photo(row.content, row.kind)

    async def put(self, user_id: str, new: Photo | None) -> None:
        """Put it in place of what somebody had; None: they have none any longer."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(sa.delete(photo).where(photo.c.user_id == user_id))
            if new is not None:
                sha256 = hashlib.sha256(new.content).hexdigest()
                values = {"user_id": user_id, "sha256": sha256, **new._asdict()}
                await connection.execute(sa.insert(photo).values(values))

        await self._database.write(work)
