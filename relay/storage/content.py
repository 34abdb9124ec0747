"""Reads everything that administrators decide about the site, as one value."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol.catalogue import Catalogue
from protocol.roles import Way
from relay.domain.content import (
    DEFAULT_SETTINGS,
    NO_SURVEY,
    Content,
    Issue,
    Notice,
    Portal,
    SiteSettings,
    Survey,
    SurveyItem,
    Team,
)
from relay.domain.texts import TextName, Words
from relay.storage.database import Database
from relay.storage.schema import (
    issue,
    notice,
    portal,
    setting,
    survey,
    team,
    team_member,
    text_version,
    user,
)

SETTINGS = "site"
"""The row of `setting` that holds `{"version": n, "settings": {...}}`."""


class ContentStore:
    """`catalogues` hold the texts' defaults; `mail` says whether the relay can write to people."""

    def __init__(
        self, database: Database, catalogues: Mapping[str, Catalogue], *, mail: bool
    ) -> None:
        self._database = database
        self.catalogues = catalogues
        self._mail = mail

    def empty(self) -> Content:
        """A site of which nothing was decided."""
        return Content(words=Words({}, self.catalogues), mail=self._mail)

    async def read(self) -> Content:
        """All of it, of one moment. Raises `StorageUnavailable`."""
        async with self._database.read() as connection:
            return Content(
                words=Words(await _texts(connection), self.catalogues),
                settings=await _settings(connection),
                survey=await _survey(connection),
                teams=await _teams(connection),
                issues=await _issues(connection),
                portals=await _portals(connection),
                notices=await _notices(connection),
                mail=self._mail,
            )


async def _texts(connection: AsyncConnection) -> dict[tuple[TextName, str], str]:
    newest = (
        sa.select(sa.func.max(text_version.c.id))
        .group_by(text_version.c.name, text_version.c.language)
        .scalar_subquery()
    )
    wanted = sa.select(text_version.c.name, text_version.c.language, text_version.c.text).where(
        text_version.c.id.in_(newest), text_version.c.text.is_not(None)
    )
    known = {name.value: name for name in TextName}
    return {
        (known[row.name], row.language): row.text
        for row in await connection.execute(wanted)
        if row.name in known
    }


async def _settings(connection: AsyncConnection) -> SiteSettings:
    wanted = sa.select(setting.c.value).where(setting.c.name == SETTINGS)
    stored = (await connection.execute(wanted)).scalar_one_or_none()
    if stored is None:
        return DEFAULT_SETTINGS
    return msgspec.convert(json.loads(stored)["settings"], SiteSettings)


async def _survey(connection: AsyncConnection) -> Survey:
    wanted = sa.select(survey).order_by(survey.c.id.desc()).limit(1)
    row = (await connection.execute(wanted)).one_or_none()
    if row is None:
        return NO_SURVEY
    questions = msgspec.json.decode(row.questions, type=tuple[SurveyItem, ...])
    return Survey(id=row.id, enabled=row.enabled, questions=questions)


async def _teams(connection: AsyncConnection) -> dict[str, Team]:
    members: dict[str, set[str]] = {}
    able = sa.select(team_member).join(user, user.c.id == team_member.c.user_id)
    for row in await connection.execute(able.where(user.c.disabled.is_(False))):
        members.setdefault(row.team_id, set()).add(row.user_id)
    wanted = sa.select(team).where(team.c.removed_at.is_(None)).order_by(team.c.name)
    return {
        row.id: Team(
            row.id, row.name, frozenset(members.get(row.id, ())), _way(row.way), row.least_busy
        )
        for row in await connection.execute(wanted)
    }


async def _issues(connection: AsyncConnection) -> dict[str, Issue]:
    wanted = sa.select(issue).where(issue.c.removed_at.is_(None))
    rows = await connection.execute(wanted.order_by(issue.c.position, issue.c.id))
    return {row.id: Issue(row.id, json.loads(row.names), row.team_id) for row in rows}


async def _portals(connection: AsyncConnection) -> dict[str, Portal]:
    columns = [one for one in portal.c if one.name not in ("logo", "logo_type")]
    rows = await connection.execute(sa.select(*columns).order_by(portal.c.slug))
    return {
        row.id: Portal(
            row.id,
            row.slug,
            row.name,
            row.accent,
            row.logo_version,
            _way(row.way),
            None if row.issues is None else _set(row.issues),
        )
        for row in rows
    }


async def _notices(connection: AsyncConnection) -> dict[str, Notice]:
    rows = await connection.execute(sa.select(notice).order_by(notice.c.starts_at, notice.c.id))
    return {row.id: notice_of(row) for row in rows}


def notice_of(row: Any) -> Notice:
    return Notice(
        row.id,
        row.name,
        json.loads(row.texts),
        row.starts_at,
        row.ends_at,
        row.automatic,
        _set(row.portals),
        _set(row.issues),
        _set(row.systems),
        tuple(json.loads(row.words)),
        row.closed_at,
    )


def _way(stored: str | None) -> Way | None:
    return None if stored is None else Way(stored)


def _set(stored: str) -> frozenset[str]:
    return frozenset(json.loads(stored))
