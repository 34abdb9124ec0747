"""Canned messages: everybody's own, and those that are shared by a team or by everybody.

Own ones are nobody else's business: a message of somebody else does not exist. The shared ones are
words of the organisation, so whoever words what customers see (`texts.manage`) writes them.
"""

from collections.abc import Mapping

import structlog
from aiohttp import web

from protocol import limits
from protocol.canned_api import (
    CannedMessages,
    CannedRow,
    CannedTeam,
    CannedWish,
    SharedMessages,
    SharedWish,
)
from protocol.errors import ErrorCode
from protocol.site_api import Made
from relay.domain.canned import RULE, Canned, parts_of, path_of
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.site_input import done, id_of, line_of, new_id, told, worded
from relay.http.who import ACCOUNT
from relay.storage.canned import CannedStore, canned_version

log = structlog.get_logger("canned")


class CannedPages:
    """The handlers."""

    def __init__(self, parts: Parts) -> None:
        self._store = CannedStore(parts.database)

    async def usable(self, request: web.Request) -> web.Response:
        """GET /api/canned"""
        found = await self._store.usable(request[ACCOUNT].id)
        return answer(
            CannedMessages(
                own=tuple(_row(one) for one in found.own),
                shared=tuple(_row(one) for one in found.shared),
                teams=_teams(found.teams),
                most=limits.CANNED_OWN,
            )
        )

    async def add_own(self, request: web.Request) -> web.Response:
        """POST /api/canned"""
        wish = await read_json(request, CannedWish)
        return await self._add(request, _own(request, new_id(), wish))

    async def change_own(self, request: web.Request) -> web.Response:
        """POST /api/canned/{id}"""
        wish = await read_json(request, CannedWish)
        return await self._change(request, _own(request, id_of(request), wish), wish.version)

    async def delete_own(self, request: web.Request) -> web.Response:
        """POST /api/canned/{id}/delete"""
        return await self._delete(request, request[ACCOUNT].id)

    async def shared(self, _request: web.Request) -> web.Response:
        """GET /api/shared-canned"""
        found = await self._store.shared()
        return answer(
            SharedMessages(
                messages=tuple(_row(one) for one in found.messages),
                teams=_teams(found.teams),
                most=limits.CANNED_SHARED,
            )
        )

    async def add_shared(self, request: web.Request) -> web.Response:
        """POST /api/shared-canned"""
        wish = await read_json(request, SharedWish)
        return await self._add(request, _shared(new_id(), wish))

    async def change_shared(self, request: web.Request) -> web.Response:
        """POST /api/shared-canned/{id}"""
        wish = await read_json(request, SharedWish)
        return await self._change(request, _shared(id_of(request), wish), wish.version)

    async def delete_shared(self, request: web.Request) -> web.Response:
        """POST /api/shared-canned/{id}/delete"""
        return await self._delete(request, None)

    async def _add(self, request: web.Request, wanted: Canned) -> web.Response:
        with told("path"):
            await self._store.add(wanted)
        log.info("canned.added", by=request[ACCOUNT].id, id=wanted.id)
        return answer(Made(id=wanted.id))

    async def _change(self, request: web.Request, wanted: Canned, version: str) -> web.Response:
        with told("path"):
            await self._store.change(wanted, version)
        log.info("canned.changed", by=request[ACCOUNT].id, id=wanted.id)
        return done()

    async def _delete(self, request: web.Request, owner: str | None) -> web.Response:
        with told("path"):
            await self._store.remove(id_of(request), owner)
        log.info("canned.removed", by=request[ACCOUNT].id, id=id_of(request))
        return done()


def _own(request: web.Request, canned_id: str, wish: CannedWish) -> Canned:
    path, texts = _path(wish.path), _texts(wish.texts)
    return Canned(canned_id, path, texts, owner=request[ACCOUNT].id)


def _shared(canned_id: str, wish: SharedWish) -> Canned:
    return Canned(canned_id, _path(wish.path), _texts(wish.texts), team=wish.team)


def _path(typed: str) -> str:
    """The path as it is kept. Raises `Refusal` with its place."""
    parts = parts_of(line_of(typed, "path", limits.CANNED_PATH_CHARS))
    if not parts:
        raise Refusal(ErrorCode.BAD_INPUT, field="path", detail="empty:1:1:")
    if len(parts) > limits.CANNED_DEPTH:
        detail = f"deep:1:1:{limits.CANNED_DEPTH}"
        raise Refusal(ErrorCode.BAD_INPUT, field="path", detail=detail)
    return path_of(parts)


def _texts(typed: Mapping[str, str]) -> dict[str, str]:
    return worded(typed, "texts", RULE)


def _row(one: Canned) -> CannedRow:
    return CannedRow(
        id=one.id,
        path=one.path,
        texts=dict(one.texts),
        team=one.team,
        version=canned_version(one),
    )


def _teams(names: Mapping[str, str]) -> tuple[CannedTeam, ...]:
    return tuple(CannedTeam(id=one, name=name) for one, name in names.items())
