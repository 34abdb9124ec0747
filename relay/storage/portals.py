"""Portals and their logos: what administrators change of them."""

import json
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol.roles import Way
from relay.domain.content import MAIN_PORTAL, Portal
from relay.domain.looks import version_of as content_version
from relay.storage.accounts import NameTaken
from relay.storage.database import Database
from relay.storage.row_version import Gone, require, version_of
from relay.storage.schema import portal, session
from relay.storage.site_lock import lock_site

_PLAIN = [one for one in portal.c if one.name not in ("logo", "logo_type")]


class MainPortal(Exception):
    """The main portal cannot be deleted, and stands nowhere else."""


class Logo(NamedTuple):
    """A picture as it was uploaded; `kind` is its media type."""

    content: bytes
    kind: str


class PortalStore:
    """All methods raise `StorageUnavailable`; those that change something raise what their own
    docstring says, and change nothing then."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def everything(self) -> list[Portal]:
        """The main portal, then the others by where they stand."""
        async with self._database.read() as connection:
            return [*(await _portals(connection)).values()]

    async def logo(self, portal_id: str) -> Logo | None:
        """The picture of a portal, if it has one."""
        wanted = sa.select(portal.c.logo, portal.c.logo_type).where(portal.c.id == portal_id)
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return None if row is None or row.logo is None else Logo(row.logo, row.logo_type)

    async def add(self, wanted: Portal) -> None:
        """Make it under its own id, without a logo. Raises `NameTaken` for its slug."""

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            _check_slug(wanted, await _portals(connection))
            values = {"id": wanted.id, "logo_version": "", **_columns(wanted)}
            await connection.execute(sa.insert(portal).values(values))

        await self._database.write(work)

    async def change(self, wanted: Portal, version: str) -> None:
        """Put it in place of what had this `version`; the logo stays.

        Raises `Gone`, `Changed`, `MainPortal`, and `NameTaken` for its slug.
        """

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            portals = await _portals(connection)
            if wanted.id not in portals:
                raise Gone
            require(portal_version(portals[wanted.id]), version)
            if (wanted.id == MAIN_PORTAL) != (wanted.slug == ""):
                raise MainPortal
            _check_slug(wanted, portals)
            changing = sa.update(portal).where(portal.c.id == wanted.id)
            await connection.execute(changing.values(_columns(wanted)))

        await self._database.write(work)

    async def remove(self, portal_id: str) -> None:
        """Delete it; sessions that began there forget where. Raises `Gone`, `MainPortal`."""
        if portal_id == MAIN_PORTAL:
            raise MainPortal

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            forgetting = sa.update(session).where(session.c.portal_id == portal_id)
            await connection.execute(forgetting.values(portal_id=None))
            removing = sa.delete(portal).where(portal.c.id == portal_id)
            if not (await connection.execute(removing)).rowcount:
                raise Gone

        await self._database.write(work)

    async def put_logo(self, portal_id: str, logo: Logo | None) -> None:
        """Give it this picture, or none. Raises `Gone`."""
        values = {
            "logo": logo and logo.content,
            "logo_type": logo and logo.kind,
            "logo_version": content_version(logo.content) if logo else "",
        }
        changing = sa.update(portal).where(portal.c.id == portal_id).values(values)

        async def work(connection: AsyncConnection) -> None:
            await lock_site(connection)
            if not (await connection.execute(changing)).rowcount:
                raise Gone

        await self._database.write(work)


def portal_version(one: Portal) -> str:
    """Names exactly this state of a portal; its logo is not part of it."""
    return version_of(one.slug, one.name, one.accent, one.way, one.issues)


async def _portals(connection: AsyncConnection) -> dict[str, Portal]:
    rows = await connection.execute(sa.select(*_PLAIN).order_by(portal.c.slug))
    return {
        row.id: Portal(
            row.id,
            row.slug,
            row.name,
            row.accent,
            row.logo_version,
            None if row.way is None else Way(row.way),
            None if row.issues is None else frozenset(json.loads(row.issues)),
        )
        for row in rows
    }


def _check_slug(wanted: Portal, portals: dict[str, Portal]) -> None:
    if any(one.slug == wanted.slug and one.id != wanted.id for one in portals.values()):
        raise NameTaken(wanted.slug)


def _columns(one: Portal) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "name": one.name,
        "accent": one.accent,
        "way": None if one.way is None else one.way.value,
        "issues": None if one.issues is None else json.dumps(sorted(one.issues)),
    }
