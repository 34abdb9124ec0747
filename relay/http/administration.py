"""The frame of the administration: which pages there are, and who sees which."""

from typing import NamedTuple

from aiohttp import web

from relay.domain.accounts import Account
from relay.domain.permissions import Permission, Permissions
from relay.http.pages import see_other
from relay.http.parts import Parts
from relay.http.who import ACCOUNT


class Section(NamedTuple):
    """A page of the administration. `key` names its text, `icon` its sign in the sprite; its
    route in `relay.http.routes` asks for the same `permission`."""

    path: str
    key: str
    icon: str
    permission: Permission


SECTIONS = (
    Section("/admin/people", "admin.people", "people", Permission.PEOPLE_MANAGE),
    Section("/admin/roles", "admin.roles", "lock", Permission.ROLES_MANAGE),
    Section("/admin/teams", "admin.teams", "team", Permission.TEAMS_MANAGE),
    Section("/admin/customer", "admin.customer", "words", Permission.TEXTS_MANAGE),
    Section("/admin/survey", "admin.survey", "star", Permission.SURVEY_MANAGE),
    Section("/admin/portals", "admin.portals", "globe", Permission.PORTALS_MANAGE),
    Section("/admin/notices", "admin.notices", "notice", Permission.NOTICES_MANAGE),
    Section("/admin/canned", "admin.canned", "canned", Permission.TEXTS_MANAGE),
    Section("/admin/waiting", "admin.waiting", "pending", Permission.WAITS_VIEW),
)


def sections_for(permissions: Permissions) -> list[Section]:
    """The pages somebody may open."""
    return [section for section in SECTIONS if section.permission in permissions]


def home(account: Account) -> str:
    """Where somebody begins after signing in."""
    if Permission.SESSION_ACCEPT in account.permissions:
        return "/console"
    return "/admin" if sections_for(account.permissions) else "/account"


class Administration:
    """The handlers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def first(self, request: web.Request) -> web.Response:
        """GET /admin: the first page that this person may open."""
        sections = sections_for(request[ACCOUNT].permissions)
        return see_other(sections[0].path if sections else home(request[ACCOUNT]))

    async def people(self, request: web.Request) -> web.Response:
        """GET /admin/people"""
        return self.page(request, "admin_people")

    async def roles(self, request: web.Request) -> web.Response:
        """GET /admin/roles"""
        return self.page(request, "admin_roles")

    async def customer(self, request: web.Request) -> web.Response:
        """GET /admin/customer"""
        return self.page(request, "admin_customer")

    async def survey(self, request: web.Request) -> web.Response:
        """GET /admin/survey"""
        return self.page(request, "admin_survey")

    async def teams(self, request: web.Request) -> web.Response:
        """GET /admin/teams"""
        return self.page(request, "admin_teams")

    async def portals(self, request: web.Request) -> web.Response:
        """GET /admin/portals"""
        return self.page(request, "admin_portals")

    async def notices(self, request: web.Request) -> web.Response:
        """GET /admin/notices"""
        return self.page(request, "admin_notices")

    async def waiting(self, request: web.Request) -> web.Response:
        """GET /admin/waiting"""
        return self.page(request, "admin_waiting")

    async def shared_canned(self, request: web.Request) -> web.Response:
        """GET /admin/canned"""
        return self.page(request, "admin_canned")

    async def canned(self, request: web.Request) -> web.Response:
        """GET /canned"""
        return self.page(request, "canned")

    async def account(self, request: web.Request) -> web.Response:
        """GET /account"""
        return self.page(request, "account")

    def page(self, request: web.Request, template: str) -> web.Response:
        """The page of `template`, which extends `admin.html`, in its frame."""
        account = request[ACCOUNT]
        return self._parts.pages.render(
            request,
            template,
            path=request.path,
            user_name=account.shown_name,
            sections=sections_for(account.permissions),
            has_console=Permission.SESSION_ACCEPT in account.permissions,
        )
