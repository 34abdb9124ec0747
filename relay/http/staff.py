"""People and roles: what administrators see and change of them."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from aiohttp import web

from protocol import limits
from protocol.admin_api import People, PersonRow, PersonWish, RoleRow, Roles, RoleWish, SignInLink
from protocol.errors import ErrorCode
from relay import links
from relay.domain.accounts import Account
from relay.domain.names import tidy
from relay.domain.permissions import (
    Permission,
    Permissions,
    StaffRole,
    may_manage,
    permissions_of,
)
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.who import ACCOUNT
from relay.storage.accounts import NameTaken
from relay.storage.people import LastAdministrator, NotYours, Person, RoleInUse, Unknown

log = structlog.get_logger("staff")


class Staff:
    """The handlers; their routes ask for `people.manage` or `roles.manage`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def people(self, request: web.Request) -> web.Response:
        """GET /api/people"""
        me = request[ACCOUNT]
        people = await self._parts.people.everybody()
        roles = await self._parts.people.roles()
        return answer(
            People(
                now=self._parts.clock.now_ms(),
                you=me.id,
                people=tuple(_person_row(one, me.permissions) for one in people),
                roles=tuple(role_row(one, me.permissions) for one in roles),
            )
        )

    async def add(self, request: web.Request) -> web.Response:
        """POST /api/people: the link with which the new person signs in for the first time."""
        wish, me = await read_json(request, PersonWish), request[ACCOUNT]
        shown_name = _named(wish.shown_name, "shownName")
        now = self._parts.clock.now_ms()
        with _told():
            account = await self._parts.people.add(
                me.permissions, wish.name, shown_name, wish.role, now
            )
        log.info("people.added", by=me.id, user=account.id, role=account.role)
        return await self._link_for(me, account)

    async def change(self, request: web.Request) -> web.Response:
        """POST /api/people/{id}"""
        wish, me, user_id = await read_json(request, PersonWish), request[ACCOUNT], _id(request)
        shown_name = _named(wish.shown_name, "shownName")
        with _told():
            before = await self._parts.people.change(
                me.permissions, user_id, wish.name, shown_name, wish.role
            )
        if wish.role != before.role:
            self._parts.hub.sign_out(user_id)
        log.info("people.changed", by=me.id, user=user_id, role=wish.role, before=before.role)
        return _done()

    async def disable(self, request: web.Request) -> web.Response:
        """POST /api/people/{id}/disable"""
        me, user_id = request[ACCOUNT], _id(request)
        with _told():
            await self._parts.people.disable(me.permissions, user_id)
        self._parts.hub.sign_out(user_id)
        log.info("people.disabled", by=me.id, user=user_id)
        return _done()

    async def enable(self, request: web.Request) -> web.Response:
        """POST /api/people/{id}/enable"""
        me, user_id = request[ACCOUNT], _id(request)
        with _told():
            await self._parts.people.enable(me.permissions, user_id)
        log.info("people.enabled", by=me.id, user=user_id)
        return _done()

    async def link(self, request: web.Request) -> web.Response:
        """POST /api/people/{id}/link: a new one-time sign-in link."""
        me = request[ACCOUNT]
        with _told():
            account = await self._parts.people.managed(me.permissions, _id(request))
        return await self._link_for(me, account)

    async def remove_second_factor(self, request: web.Request) -> web.Response:
        """POST /api/people/{id}/second-factor/remove"""
        me, user_id = request[ACCOUNT], _id(request)
        with _told():
            await self._parts.people.remove_second_factor(me.permissions, user_id)
        log.info("second_factor.removed", by=me.id, user=user_id)
        return _done()

    async def roles(self, request: web.Request) -> web.Response:
        """GET /api/roles"""
        me = request[ACCOUNT]
        roles = await self._parts.people.roles()
        return answer(
            Roles(
                roles=tuple(role_row(one, me.permissions) for one in roles),
                permissions=_names(frozenset(Permission)),
                held=_names(me.permissions),
            )
        )

    async def make_role(self, request: web.Request) -> web.Response:
        """POST /api/roles"""
        wish, me = await read_json(request, RoleWish), request[ACCOUNT]
        name, allowed = _named(wish.name, "name"), _wished(wish)
        with _told():
            role = await self._parts.people.make_role(me.permissions, name, allowed)
        log.info("roles.made", by=me.id, role=role.id, permissions=_names(allowed))
        return _done()

    async def change_role(self, request: web.Request) -> web.Response:
        """POST /api/roles/{id}"""
        wish, me, role_id = await read_json(request, RoleWish), request[ACCOUNT], _id(request)
        name, allowed = _named(wish.name, "name"), _wished(wish)
        with _told():
            losers = await self._parts.people.change_role(me.permissions, role_id, name, allowed)
        for user_id in losers:
            self._parts.hub.sign_out(user_id)
        log.info("roles.changed", by=me.id, role=role_id, permissions=_names(allowed))
        return _done()

    async def delete_role(self, request: web.Request) -> web.Response:
        """POST /api/roles/{id}/delete"""
        me, role_id = request[ACCOUNT], _id(request)
        with _told():
            await self._parts.people.delete_role(me.permissions, role_id)
        log.info("roles.deleted", by=me.id, role=role_id)
        return _done()

    async def _link_for(self, me: Account, account: Account) -> web.Response:
        parts = self._parts
        origin = parts.config.public_url
        ends = parts.clock.now_ms() + limits.SIGN_IN_LINK_S * 1000
        link = await links.sign_in_link(parts.accounts, parts.clock, origin, account)
        log.info("people.link_made", by=me.id, user=account.id)
        return answer(SignInLink(link=link, expires_at=ends))


def role_row(role: StaffRole, held: Permissions) -> RoleRow:
    """A role as somebody with the permissions `held` sees it."""
    return RoleRow(
        id=role.id,
        name=role.name,
        permissions=_names(role.permissions),
        people=role.people,
        built_in=role.is_built_in,
        mine=may_manage(held, role.permissions),
    )


def _person_row(person: Person, held: Permissions) -> PersonRow:
    account = person.account
    return PersonRow(
        id=account.id,
        name=account.name,
        shown_name=account.shown_name,
        role=account.role,
        signed_in_at=person.signed_in_at,
        second_factor=account.second_factor,
        disabled=person.disabled,
        mine=may_manage(held, account.permissions),
    )


def _names(permissions: Permissions) -> tuple[str, ...]:
    """Their names, in the order in which they are declared."""
    return tuple(one.value for one in Permission if one in permissions)


def _id(request: web.Request) -> str:
    return request.match_info["id"]


def _done() -> web.Response:
    return web.Response(status=204)


def _named(text: str, field: str) -> str:
    """A name fit to be shown. Raises `Refusal`."""
    name = tidy(text, limits.NAME_CHARS)
    if not name:
        raise Refusal(ErrorCode.BAD_INPUT, field=field)
    return name


def _wished(wish: RoleWish) -> Permissions:
    try:
        return permissions_of(wish.permissions)
    except ValueError:
        raise Refusal(ErrorCode.BAD_INPUT, field="permissions") from None


@contextmanager
def _told() -> Iterator[None]:
    """What the store refuses, as callers hear it."""
    try:
        yield
    except Unknown:
        raise Refusal(ErrorCode.NOT_FOUND) from None
    except NotYours:
        raise Refusal(ErrorCode.FORBIDDEN, detail="not_yours") from None
    except NameTaken:
        raise Refusal(ErrorCode.NAME_TAKEN, field="name") from None
    except LastAdministrator:
        raise Refusal(ErrorCode.NOT_NOW, detail="last_administrator") from None
    except RoleInUse:
        raise Refusal(ErrorCode.NOT_NOW, detail="role_in_use") from None
