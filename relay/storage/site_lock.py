"""One at a time: whoever changes what administrators decide holds the row of the site's settings.

So of two who save the same at once, the second finds what the first has written.
"""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.storage.schema import setting

SITE = "site"
"""The row of `setting` that holds `{"version": n, "settings": {...}}`."""

_NOTHING = json.dumps({"version": 0, "settings": {}})


async def lock_site(connection: AsyncConnection) -> dict[str, Any]:
    """What the row holds; nobody else gets it until the end of the transaction."""
    # SQLite writes this clause in the same words, and takes its writers one at a time anyway.
    making = postgresql.insert(setting).values(name=SITE, value=_NOTHING)
    await connection.execute(making.on_conflict_do_nothing())
    wanted = sa.select(setting.c.value).where(setting.c.name == SITE).with_for_update()
    stored: dict[str, Any] = json.loads((await connection.execute(wanted)).scalar_one())
    return stored
