"""Who may call a route, and from where. Every route names both; what is not declared is refused."""

from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import NamedTuple

import structlog
from aiohttp import web

from protocol.errors import ErrorCode
from relay.domain.permissions import Access, Need, Permission, allows
from relay.http.answers import Refusal
from relay.http.pages import see_other
from relay.http.problems import is_page
from relay.http.who import ACCOUNT, Who
from relay.storage.accounts import AccountStore

log = structlog.get_logger("http")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Admission(Enum):
    """Where a request must come from, checked before anything else."""

    ANYWHERE = auto()
    """A GET, which changes nothing."""

    PAGE = auto()
    """A post of one of our own pages: exactly our Origin."""

    NATIVE = auto()
    """A post of the native client: no Origin and no cookie, so never a browser's doing."""

    EITHER = auto()
    """As PAGE or as NATIVE: exactly our Origin, or neither Origin nor cookie."""

    SET_UP = auto()
    """Only until there is an administrator; afterwards as if the route did not exist."""


class Route(NamedTuple):
    """`need` is what the caller must be allowed; the handler finds the account under `ACCOUNT`
    when that is more than `Access.ANYBODY`."""

    method: str
    path: str
    admission: Admission
    need: Need
    handler: Handler


class Gatekeeper:
    """Carries out admissions for pages of one `origin`."""

    def __init__(self, origin: str, accounts: AccountStore, who: Who) -> None:
        self._origin = origin
        self._accounts = accounts
        self._who = who
        self._set_up = False

    def guarded(self, route: Route) -> Handler:
        """The handler behind its admission and its need.

        Raises `ValueError` for a post from anywhere, and for a route without a declared need.
        """
        if route.method != "GET" and route.admission is Admission.ANYWHERE:
            raise ValueError(f"{route.method} {route.path} has no admission")
        if not isinstance(route.need, (Access, Permission)):
            raise ValueError(f"{route.method} {route.path} declares no permission")

        async def handle(request: web.Request) -> web.StreamResponse:
            await self._check_admission(request, route.admission)
            if route.need is not Access.ANYBODY:
                account = await self._who.account(request)
                if account is None and route.method == "GET" and is_page(route.path):
                    return see_other("/login")
                if account is None:
                    raise Refusal(ErrorCode.SIGNED_OUT)
                if not allows(route.need, account.permissions):
                    log.info("permission.refused", user=account.id, route=route.path)
                    raise Refusal(ErrorCode.FORBIDDEN)
                request[ACCOUNT] = account
            return await route.handler(request)

        return handle

    async def _check_admission(self, request: web.Request, admission: Admission) -> None:
        match admission:
            case Admission.ANYWHERE:
                return
            case Admission.PAGE:
                self._check_origin(request)
            case Admission.NATIVE:
                if not _is_native(request):
                    raise Refusal(ErrorCode.FORBIDDEN)
            case Admission.EITHER:
                if not _is_native(request):
                    self._check_origin(request)
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


def _is_native(request: web.Request) -> bool:
    return not request.headers.keys() & {"Origin", "Cookie"}
