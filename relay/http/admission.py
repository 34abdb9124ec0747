"""Who may call a route. Every route names its admission; a post that does not is not registered."""

from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import NamedTuple

import structlog
from aiohttp import web

from protocol.errors import ErrorCode
from relay.http.answers import Refusal
from relay.storage.accounts import AccountStore

log = structlog.get_logger("http")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Admission(Enum):
    """What is checked before a handler is called."""

    ANYBODY = auto()
    """Nothing: a GET that shows what anybody may see, or looks at the cookie itself."""

    PAGE = auto()
    """A post of one of our own pages: exactly our Origin."""

    NATIVE = auto()
    """A post of the native client: no Origin and no cookie, so never a browser's doing."""

    SET_UP = auto()
    """Only until there is an administrator; afterwards as if the route did not exist."""


class Route(NamedTuple):
    method: str
    path: str
    admission: Admission
    handler: Handler


class Gatekeeper:
    """Carries out admissions for pages of one `origin`."""

    def __init__(self, origin: str, accounts: AccountStore) -> None:
        self._origin = origin
        self._accounts = accounts
        self._set_up = False

    def guarded(self, route: Route) -> Handler:
        """The handler behind its admission. Raises `ValueError` for a post by anybody."""
        if route.method != "GET" and route.admission is Admission.ANYBODY:
            raise ValueError(f"{route.method} {route.path} has no admission")

        async def handle(request: web.Request) -> web.StreamResponse:
            await self._check(request, route.admission)
            return await route.handler(request)

        return handle

    async def _check(self, request: web.Request, admission: Admission) -> None:
        match admission:
            case Admission.ANYBODY:
                return
            case Admission.PAGE:
                self._check_origin(request)
            case Admission.NATIVE:
                if "Origin" in request.headers or "Cookie" in request.headers:
                    raise Refusal(ErrorCode.FORBIDDEN)
            case Admission.SET_UP:
                await self._check_not_set_up()
                if request.method == "POST":
                    self._check_origin(request)

    def _check_origin(self, request: web.Request) -> None:
        origins = request.headers.getall("Origin", [])
        if origins != [self._origin]:
            log.warning("origin.refused", origin=",".join(origins), public_url=self._origin)
            raise Refusal(ErrorCode.FORBIDDEN, detail="public_url")

    async def _check_not_set_up(self) -> None:
        if not self._set_up:
            self._set_up = await self._accounts.has_administrator()
        if self._set_up:
            raise Refusal(ErrorCode.NOT_FOUND)
