"""The whole URL table, and the application made of it."""

from aiohttp import web

from relay.http import problems
from relay.http.admission import Admission, Gatekeeper, Route
from relay.http.answers import BODY_BYTES
from relay.http.console import Console
from relay.http.headers import on_prepare
from relay.http.health import Health
from relay.http.joining import Joining
from relay.http.logins import Logins
from relay.http.parts import Parts
from relay.http.portal import PublicPages
from relay.http.setup import SettingUp
from relay.realtime.socket import Doors

ANYBODY, PAGE = Admission.ANYBODY, Admission.PAGE
NATIVE, SET_UP = Admission.NATIVE, Admission.SET_UP


def table(parts: Parts) -> list[Route]:
    """Every route but those of the sockets, which have their own admission."""
    logins = Logins(parts)
    public = PublicPages(parts, Joining(parts))
    console = Console(parts, logins)
    setting_up = SettingUp(parts, logins)
    health = Health(parts)
    return [
        Route("GET", "/", ANYBODY, public.portal),
        Route("GET", "/join/{key}", ANYBODY, public.portal_with_key),
        Route("POST", "/join", PAGE, public.join),
        Route("GET", "/chat", ANYBODY, public.chat),
        Route("GET", "/api/portal", ANYBODY, public.api_portal),
        Route("POST", "/api/join", NATIVE, public.api_join),
        Route("GET", "/login", ANYBODY, logins.page),
        Route("GET", "/sign-in", ANYBODY, logins.link_page),
        Route("POST", "/api/login", PAGE, logins.sign_in),
        Route("POST", "/api/login/link", PAGE, logins.sign_in_by_link),
        Route("POST", "/api/logout", PAGE, logins.sign_out),
        Route("GET", "/setup", SET_UP, setting_up.page),
        Route("POST", "/api/setup", SET_UP, setting_up.set_up),
        Route("GET", "/console", ANYBODY, console.page),
        Route("POST", "/api/ticket", PAGE, console.ticket),
        Route("GET", "/static/{name:.+}", ANYBODY, parts.static.get),
        Route("GET", "/healthz", ANYBODY, health.alive),
        Route("GET", "/readyz", ANYBODY, health.ready),
    ]


def application(parts: Parts) -> web.Application:
    """The relay's application: routes behind their admissions, headers, errors in one shape."""
    made = web.Application(
        middlewares=[problems.middleware(parts.pages)], client_max_size=BODY_BYTES
    )
    origin = parts.config.public_url
    gatekeeper = Gatekeeper(origin, parts.accounts)
    for route in table(parts):
        add = made.router.add_get if route.method == "GET" else made.router.add_post
        add(route.path, gatekeeper.guarded(route))
    doors = Doors(parts.hub, parts.tickets, parts.clock, parts.metrics, lambda: origin)
    made.router.add_routes(doors.routes())

    async def count(_request: web.Request, response: web.StreamResponse) -> None:
        parts.metrics.answers.labels(status=str(response.status)).inc()

    made.on_response_prepare.append(on_prepare(not parts.config.development_certificates))
    made.on_response_prepare.append(count)
    return made
