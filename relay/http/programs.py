"""The way into the program: the page with its download, the bytes, and how far somebody is.

Looking at a page changes nothing. A session key becomes a join code only by the form of that page,
so that previews of links use none up; only a join code goes into the name of a file.
"""

import asyncio

import structlog
from aiohttp import web

from protocol import limits
from protocol.api import ProgramState, ProgramStep
from protocol.errors import ErrorCode
from protocol.roles import Door, Way
from relay.domain.content import Portal
from relay.domain.entrance import as_shown, is_code, path_of, ways_of_keys
from relay.domain.programs import Fetched, choice, is_handheld, saved_as
from relay.domain.request_form import name_faults
from relay.http.answers import Refusal, answer
from relay.http.form import read_form
from relay.http.headers import OWN_REFERRER
from relay.http.joining import Joining
from relay.http.pages import see_other
from relay.http.parts import Parts
from relay.http.portal_look import look_of
from relay.http.portal_view import KeyForm, PortalView
from relay.http.program_offer import offer
from relay.http.sending import send
from relay.http.visits import Visits
from relay.realtime.downloads import Download
from relay.storage.database import StorageUnavailable
from relay.storage.join_codes import CodeState
from relay.storage.programs import chunks

log = structlog.get_logger("programs")


class Programs:
    """The handlers; each page is served below every portal."""

    def __init__(self, parts: Parts, joining: Joining) -> None:
        self._parts = parts
        self._joining = joining
        self._visits = Visits(parts)
        self._view = PortalView(parts)
        self._fetched = Fetched()

    async def page(self, request: web.Request) -> web.Response:
        """GET /program/{code}: what to do with a key or a join code that is for the program.

        Nothing is looked up: whoever sees the page knows the code already. `?get={name}` begins
        the download of that file.
        """
        portal = self._visits.portal(request)
        code = as_shown(request.match_info["code"])
        if not code:
            return see_other(path_of(portal) or "/")
        is_key = not is_code(code)
        programs = await asyncio.to_thread(self._parts.programs.all)
        agent = request.headers.get("User-Agent", "")
        wished = request.query.get("get", "")
        found = choice(programs, agent, wished)
        texts = self._parts.pages.texts(request)
        look = look_of(portal, self._parts.config.organisation)
        return self._parts.pages.render(
            request,
            "program",
            headers=OWN_REFERRER,
            organisation=look.name,
            look=look,
            base=path_of(portal),
            code=code,
            is_key=is_key,
            minutes=limits.JOIN_CODE_S // 60,
            first=offer(found.first, code, texts) if found.first else None,
            spare=offer(found.spare, code, texts) if found.spare else None,
            others=[offer(one, code, texts) for one in found.others],
            begins=not is_key and wished in programs,
            handheld=is_handheld(agent),
            has_chat=is_key and ways_of_keys(self._parts.hub.content, portal).chat,
        )

    async def back(self, request: web.Request) -> web.Response:
        """GET /program: where a form was answered is no page of its own."""
        return see_other(path_of(self._visits.portal(request)) or "/")

    async def begin(self, request: web.Request) -> web.Response:
        """POST /program: use a session key, and go on with a join code and the download of `file`.

        When that fails, the portal again with the reason.
        """
        fields = await read_form(request)
        portal = self._visits.portal(request)
        key = KeyForm(fields.get("key", ""), fields.get("name", ""))
        texts = self._parts.pages.texts(request)
        errors = {one.where: texts(one.key, **one.more) for one in name_faults(key.name)}
        try:
            if errors:
                raise Refusal(ErrorCode.BAD_INPUT)
            code = await self._code(request, portal, key)
        except (Refusal, StorageUnavailable) as failure:
            status, headers, sentence = self._visits.told(request, failure)
            key = key._replace(errors=errors or {"key": sentence})
            return self._view.page(
                request, portal, key=key, linked=True, status=status, headers=headers
            )
        known = await asyncio.to_thread(self._parts.programs.get, fields.get("file", ""))
        begins = f"?get={known.name}" if known else ""
        return see_other(f"{path_of(portal)}/program/{code}{begins}")

    async def fetch(self, request: web.Request) -> web.StreamResponse:
        """GET /download/{code}/{name}: the file, saved under a name with the code."""
        code = _join_code(request)
        name = request.match_info["name"]
        opened = await asyncio.to_thread(self._parts.programs.open, name)
        if opened is None:
            raise Refusal(ErrorCode.NOT_FOUND)
        program, file = opened
        with file:
            if request.method == "GET":
                self._fetched.add(code)
                log.info("program.fetched", program=program.name, version=program.version)
            download = Download(saved_as(program.build, code), program.size, program.sha256)
            return await send(request, download, lambda span: chunks(file, *span))

    async def state(self, request: web.Request) -> web.Response:
        """GET /api/program/{code}"""
        code = _join_code(request)
        address = self._parts.callers.network(request)
        match await self._joining.look_at(code, address):
            case CodeState.USED:
                step = ProgramStep.JOINED
            case CodeState.OVER:
                step = ProgramStep.OVER
            case CodeState.GOOD:
                step = ProgramStep.FETCHED if code in self._fetched else ProgramStep.WAITING
        return answer(ProgramState(step=step))

    async def _code(self, request: web.Request, portal: Portal, key: KeyForm) -> str:
        """The join code that the key is used for; a join code is its own. Raises `Refusal`, the
        key unused, and as `Joining.code_by_key`."""
        if is_code(key.typed):
            code = as_shown(key.typed)
            if not code:
                raise Refusal(ErrorCode.CODE_MISTYPED, field="key")
            return code
        customer = self._visits.customer(request, portal, Door.CLIENT, key.name)
        if await self._joining.way_of_key(key.typed, customer.address, portal) is Way.CHAT:
            raise Refusal(ErrorCode.KEY_FOR_CHAT, field="key")
        return await self._joining.code_by_key(key.typed, customer)


def _join_code(request: web.Request) -> str:
    """The code of the address, exactly as it is shown to people. Raises `Refusal` NOT_FOUND."""
    code = request.match_info["code"]
    if not is_code(code) or as_shown(code) != code:
        raise Refusal(ErrorCode.NOT_FOUND)
    return code
