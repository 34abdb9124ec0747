"""A site as its administrators would leave it, and forms as customers post them."""

import json
import secrets
from collections.abc import Mapping

import sqlalchemy as sa

from relay.app import Relay
from relay.domain.content import SiteSettings
from relay.storage import schema
from tests.conftest import insert, store_settings
from tests.relay.site import Answer, Visitor

STAY = SiteSettings(orphaned_at_once=False)
"""Nobody is sent away since nobody is on duty."""


async def team(relay: Relay, name: str, *members: str, way: str | None = None) -> str:
    """A team of these users; its id."""
    made = secrets.token_hex(8)
    row = {"id": made, "name": name, "way": way, "least_busy": False}
    await insert(relay.database, schema.team, row)
    for user in members:
        await insert(relay.database, schema.team_member, {"team_id": made, "user_id": user})
    await relay.hub.content_changed()
    return made


async def issue(
    relay: Relay, name: str, team_id: str | None = None, *, german: str = "", place: int = 0
) -> str:
    """An issue; its id."""
    made = secrets.token_hex(8)
    names = {"en": name} | ({"de": german} if german else {})
    row = {"id": made, "team_id": team_id, "names": json.dumps(names), "position": place}
    await insert(relay.database, schema.issue, row)
    await relay.hub.content_changed()
    return made


async def portal(relay: Relay, slug: str, **fields: object) -> str:
    """A portal at `/p/<slug>`; its id. `issues` is JSON."""
    row: dict[str, object] = {"id": secrets.token_hex(8), "slug": slug}
    await insert(
        relay.database,
        schema.portal,
        {"name": "", "accent": "", "logo_version": ""} | row | fields,
    )
    await relay.hub.content_changed()
    return str(row["id"])


async def notice(relay: Relay, texts: Mapping[str, str], **fields: object) -> str:
    """An automatic notice that has begun and concerns everybody; its id."""
    made = secrets.token_hex(8)
    rules = dict.fromkeys(("portals", "issues", "systems", "words"), "[]")
    row = {"id": made, "name": "A notice", "texts": json.dumps(texts), "automatic": True}
    await insert(relay.database, schema.notice, row | rules | {"starts_at": 0} | fields)
    await relay.hub.content_changed()
    return made


async def settings(relay: Relay, changed: SiteSettings) -> None:
    """The site's settings from now on."""
    await store_settings(relay.database, changed)
    await relay.hub.content_changed()


async def post_form(
    visitor: Visitor, path: str, headers: Mapping[str, str] | None = None, /, **fields: str
) -> Answer:
    """As a browser posts a form of our page."""
    origin = {"Origin": visitor.relay.origin}
    return await visitor.ask("POST", path, data=fields, headers=origin | dict(headers or {}))


async def rows(relay: Relay, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
    async with relay.database.read() as connection:
        return list((await connection.execute(sa.select(table))).all())
