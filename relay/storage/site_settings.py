"""The site's switches and numbers, saved together with the texts that belong to them."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.domain import site_rules
from relay.domain.content import DEFAULT_SETTINGS, SiteSettings
from relay.storage.database import Database
from relay.storage.schema import setting
from relay.storage.site_lock import SITE, lock_site
from relay.storage.texts import TextChange, put


class StoredSettings(NamedTuple):
    """`version` counts the changes; 0: the defaults."""

    version: int
    settings: SiteSettings


class TornSettings(Exception):
    """Somebody else has changed these settings since, to something else."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class Change(NamedTuple):
    """What one person saves at once: `texts`, and the settings in which `wish` differs from
    `before`, what this person started from."""

    texts: Sequence[TextChange] = ()
    before: SiteSettings = DEFAULT_SETTINGS
    wish: SiteSettings = DEFAULT_SETTINGS


class SiteSettingsStore:
    """Every method raises `StorageUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> StoredSettings:
        """What stands."""
        wanted = sa.select(setting.c.value).where(setting.c.name == SITE)
        async with self._database.read() as connection:
            stored = (await connection.execute(wanted)).scalar_one_or_none()
        return StoredSettings(0, DEFAULT_SETTINGS) if stored is None else _of(json.loads(stored))

    async def save(self, change: Change, user_id: str, now: int) -> StoredSettings:
        """Save all of it, as of `now` (ms).

        Raises `TornSettings` or `texts.Conflict`; nothing is changed then.
        """

        async def work(connection: AsyncConnection) -> StoredSettings:
            present = _of(await lock_site(connection))
            merged = site_rules.merged(change.before, change.wish, present.settings)
            if not isinstance(merged, SiteSettings):
                raise TornSettings(merged)
            await put(connection, change.texts, user_id, now)
            if merged == present.settings:
                return present
            saved = StoredSettings(present.version + 1, merged)
            value = json.dumps(msgspec.to_builtins(saved._asdict()))
            await connection.execute(
                sa.update(setting).where(setting.c.name == SITE).values(value=value)
            )
            return saved

        return await self._database.write(work)


def _of(stored: dict[str, Any]) -> StoredSettings:
    return StoredSettings(stored["version"], msgspec.convert(stored["settings"], SiteSettings))
