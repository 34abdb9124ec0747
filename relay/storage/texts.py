"""The organisation's own texts: every version of each, with who wrote it and when."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.domain.texts import TextName
from relay.storage.database import Database
from relay.storage.schema import text_version, user
from relay.storage.site_lock import lock_site


class StoredText(NamedTuple):
    """One version; `text` None brought the default back. `by` is a shown name, `at` in ms."""

    name: TextName
    language: str
    version: int
    text: str | None
    by: str
    at: int


class TextChange(NamedTuple):
    """`text` in place of the version `base` (0: there was none yet); None: the default."""

    name: TextName
    language: str
    text: str | None
    base: int


class Conflict(Exception):
    """Somebody saved since; `newest` are the versions that stand now."""

    def __init__(self, newest: Iterable[StoredText]) -> None:
        self.newest = list(newest)
        super().__init__(", ".join(f"{one.name}.{one.language}" for one in self.newest))


class TextStore:
    """Every method raises `StorageUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self) -> dict[tuple[TextName, str], StoredText]:
        """What stands, by name and language; what nobody ever changed is not in it."""
        async with self._database.read() as connection:
            return await _newest(connection)

    async def versions(self, name: TextName, language: str) -> list[StoredText]:
        """Every version of one text, the newest first."""
        wanted = _VERSIONS.where(text_version.c.name == name.value)
        wanted = wanted.where(text_version.c.language == language)
        async with self._database.read() as connection:
            rows = await connection.execute(wanted.order_by(text_version.c.id.desc()))
            return [_stored(name, row) for row in rows]

    async def save(self, change: TextChange, user_id: str, now: int) -> None:
        """Make a new version. Raises `Conflict`; nothing is changed then."""
        await self._database.write(lambda connection: put(connection, [change], user_id, now))


async def put(
    connection: AsyncConnection, changes: Iterable[TextChange], user_id: str, now: int
) -> None:
    """Make new versions within a transaction. Raises `Conflict`.

    What is saved as it stands already makes no new version.
    """
    await lock_site(connection)
    present = await _newest(connection)
    torn: list[StoredText] = []
    rows: list[dict[str, Any]] = []
    for change in changes:
        stands = present.get((change.name, change.language))
        if change.text == (stands.text if stands else None):
            continue
        if stands is not None and stands.version != change.base:
            torn.append(stands)
        where = {"name": change.name.value, "language": change.language}
        rows.append({**where, "text": change.text, "user_id": user_id, "at": now})
    if torn:
        raise Conflict(torn)
    if rows:
        await connection.execute(sa.insert(text_version), rows)


_VERSIONS = sa.select(text_version, user.c.shown_name).join(
    user, user.c.id == text_version.c.user_id, isouter=True
)


async def _newest(connection: AsyncConnection) -> dict[tuple[TextName, str], StoredText]:
    latest = sa.select(sa.func.max(text_version.c.id)).group_by(
        text_version.c.name, text_version.c.language
    )
    known = {name.value: name for name in TextName}
    rows = await connection.execute(_VERSIONS.where(text_version.c.id.in_(latest)))
    found = [_stored(known[row.name], row) for row in rows if row.name in known]
    return {(one.name, one.language): one for one in found}


def _stored(name: TextName, row: sa.Row[Any]) -> StoredText:
    return StoredText(name, row.language, row.id, row.text, row.shown_name or "", row.at)
