"""The portals: what customers see first, the key field, and the form for those without a key."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import quote

import structlog
from aiohttp import web

from protocol import keys
from protocol.errors import ErrorCode
from protocol.roles import Door
from relay.domain.content import Portal
from relay.domain.entrance import (
    ShownIssue,
    as_shown,
    door_for,
    is_code,
    issues_shown,
    path_of,
    queue_of,
)
from relay.domain.macros import Macro, filled
from relay.domain.orphans import is_orphaned
from relay.domain.request_form import Fault, Filled, faults, name_faults, tidy_words
from relay.domain.texts import TextName
from relay.domain.waiting import QueueKey
from relay.http import cookies
from relay.http.answers import Refusal, answer
from relay.http.drawing import host_of
from relay.http.form import read_form
from relay.http.joining import Admitted, Customer, Joining, Problem
from relay.http.pages import see_other
from relay.http.parts import Parts
from relay.http.portal_view import KeyForm, Nobody, PortalView, RequestForm
from relay.http.visits import Visits
from relay.storage.database import StorageUnavailable

log = structlog.get_logger("http")

_DIGITS = 20
"""More of a wrong key are not worth showing again."""


class Portals:
    """The handlers; each serves the main portal and those at `/p/{slug}`."""

    def __init__(self, parts: Parts, joining: Joining) -> None:
        self._parts = parts
        self._visits = Visits(parts)
        self._joining = joining
        self._view = PortalView(parts)

    async def page(self, request: web.Request) -> web.Response:
        """GET /"""
        return self._view.page(request, self._visits.portal(request))

    async def page_with_key(self, request: web.Request) -> web.Response:
        """GET /join/{key}: looking never uses the key."""
        digits = keys.normalise(request.match_info["key"])[:_DIGITS]
        key = KeyForm(keys.shown(digits) if keys.is_complete(digits) else digits)
        return self._view.page(request, self._visits.portal(request), key=key, linked=True)

    async def back(self, request: web.Request) -> web.Response:
        """GET /join and /start: where a form was answered is no page of its own."""
        return see_other(path_of(self._visits.portal(request)) or "/")

    async def state(self, request: web.Request) -> web.Response:
        """GET /api/portal?at={slug}"""
        portal = self._visits.portal(request, request.query.get("at"))
        return answer(self._view.state(request, portal))

    async def join(self, request: web.Request) -> web.Response:
        """POST /join"""
        fields = await read_form(request)
        portal = self._visits.portal(request)
        key = KeyForm(fields.get("key", ""), fields.get("name", ""))
        errors = self._sentences(request, name_faults(key.name))
        try:
            if errors:
                raise Refusal(ErrorCode.BAD_INPUT)
            if is_code(key.typed):
                return self._to_program(portal, key.typed)
            customer = self._visits.customer(request, portal, _wished(fields), key.name)
            way = await self._joining.way_of_key(key.typed, customer.address, portal)
            if door_for(way, customer.door) is Door.CLIENT:
                return self._to_program(portal, key.typed, key.name)
            return _to_chat(await self._joining.by_key(key.typed, customer))
        except (Refusal, StorageUnavailable) as failure:
            status, headers, sentence = self._visits.told(request, failure)
            key = key._replace(errors=errors or {"key": sentence})
            return self._view.page(request, portal, key=key, status=status, headers=headers)

    async def start(self, request: web.Request) -> web.Response:
        """POST /start"""
        fields = await read_form(request)
        portal = self._visits.portal(request)
        typed = Filled(fields.get("issue", ""), fields.get("name", ""), fields.get("words", ""))
        form = RequestForm(typed)
        language = self._parts.pages.texts(request).language
        issues = issues_shown(self._parts.hub.content, portal, language)
        try:
            wrong = self._sentences(request, faults(typed, issues))
            if wrong:
                form = replace(form, errors=wrong)
                raise Refusal(ErrorCode.BAD_INPUT)
            issue = next(one for one in issues if one.id == typed.issue)
            customer = self._visits.customer(request, portal, _wished(fields), typed.name)
            return await self._ask(portal, issue, typed, customer)
        except (Refusal, StorageUnavailable) as failure:
            status, headers, sentence = self._visits.told(request, failure)
            if isinstance(failure, Refusal) and failure.code is ErrorCode.NOBODY:
                form = replace(form, nobody=self._nobody(portal, failure.detail, language))
            elif not form.errors:
                form = replace(form, error=sentence)
            return self._view.page(request, portal, form=form, status=status, headers=headers)

    async def _ask(
        self, portal: Portal, issue: ShownIssue, typed: Filled, customer: Customer
    ) -> web.Response:
        """Into the queue of the issue. Raises `Refusal` NOBODY (with the issue's name) or as
        `Joining.by_request`."""
        content = self._parts.hub.content
        queue = queue_of(content.issues[issue.id], content)
        if self._is_deserted(queue):
            raise Refusal(ErrorCode.NOBODY, detail=issue.name)
        customer = customer._replace(door=door_for(issue.way, customer.door))
        problem = Problem(queue, issue.id, tidy_words(typed.words))
        admitted = await self._joining.by_request(problem, customer)
        if customer.door is Door.CHAT:
            return _to_chat(admitted)
        code = await self._joining.code_for(admitted.opened.session)
        return self._to_program(portal, code)

    def _is_deserted(self, queue: QueueKey) -> bool:
        """Whether a session in `queue` would be given up at once."""
        hub = self._parts.hub
        now = self._parts.clock.now_ms()
        nobody_ms = hub.desk.staff().nobody_ms(queue, hub.content.teams, now)
        return is_orphaned(hub.content.settings, 0, nobody_ms)

    def _nobody(self, portal: Portal, issue: str, language: str) -> Nobody:
        content = self._parts.hub.content
        site = portal.name or self._parts.config.organisation
        values = {Macro.SITE: site, Macro.ISSUE: issue}
        url = content.settings.orphaned_url
        return Nobody(filled(content.words(TextName.ORPHANED, language), values), url, host_of(url))

    def _to_program(self, portal: Portal, typed: str, name: str = "") -> web.Response:
        """To the page about the program; `name` goes along behind the #, for the browser only.

        Raises `Refusal` KEY_MISTYPED or CODE_MISTYPED.
        """
        code = as_shown(typed)
        if not code:
            wrong = ErrorCode.CODE_MISTYPED if is_code(typed) else ErrorCode.KEY_MISTYPED
            raise Refusal(wrong, field="key")
        behind = f"#{quote(name, safe='')}" if name else ""
        return see_other(f"{path_of(portal)}/program/{code}{behind}")

    def _sentences(self, request: web.Request, found: Iterable[Fault]) -> dict[str, str]:
        """What to say at each field at fault."""
        texts = self._parts.pages.texts(request)
        return {one.where: texts(one.key, **one.more) for one in found}


def _to_chat(admitted: Admitted) -> web.Response:
    response = see_other("/chat")
    cookies.give(response, cookies.CHAT, admitted.token)
    return response


def _wished(fields: Mapping[str, str]) -> Door:
    """The button that was pressed; the first one stands for the web chat."""
    return Door.CLIENT if fields.get("way") == "client" else Door.CHAT
