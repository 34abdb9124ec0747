"""The whole URL table, and the application made of it."""

from collections.abc import Iterable

from aiohttp import web

from relay.domain.permissions import Access, Permission, check_declared
from relay.http import problems
from relay.http.administration import Administration
from relay.http.admission import Admission, Gatekeeper, Route
from relay.http.answers import BODY_BYTES
from relay.http.chat_page import ChatPage
from relay.http.console import Console
from relay.http.files import FileBytes
from relay.http.headers import on_prepare
from relay.http.health import Health
from relay.http.joining import Joining
from relay.http.logins import Logins
from relay.http.native import Native
from relay.http.own_account import OwnAccount
from relay.http.parts import Parts
from relay.http.photos import Photos
from relay.http.portal import Portals
from relay.http.programs import Programs
from relay.http.second_factors import SecondFactors
from relay.http.second_step import SecondStep
from relay.http.setup import SettingUp
from relay.http.site_routes import site_routes
from relay.http.staff import Staff
from relay.http.survey_post import SurveyPost
from relay.http.surveys import Surveys
from relay.http.texts import CustomerTexts
from relay.http.trials import Trials
from relay.http.who import Who
from relay.realtime.socket import Doors

ANYWHERE, PAGE = Admission.ANYWHERE, Admission.PAGE
NATIVE, EITHER, SET_UP = Admission.NATIVE, Admission.EITHER, Admission.SET_UP
ANYBODY, SIGNED_IN = Access.ANYBODY, Access.SIGNED_IN
PEOPLE, ROLES = Permission.PEOPLE_MANAGE, Permission.ROLES_MANAGE
TEXTS, SURVEY = Permission.TEXTS_MANAGE, Permission.SURVEY_MANAGE

_ADDERS = {
    "GET": web.UrlDispatcher.add_get,
    "POST": web.UrlDispatcher.add_post,
    "PUT": web.UrlDispatcher.add_put,
}

SOCKETS = frozenset({"/ws/customer", "/ws/chat", "/ws/console"})
"""The doors of `relay.realtime.socket`: tickets and `permission_for` say who may what there."""


def table(parts: Parts) -> list[Route]:
    """Every route but those of the sockets, which have their own admission."""
    who = Who(parts.accounts, parts.clock)
    second_factors = SecondFactors(parts)
    logins = Logins(parts, who)
    return [
        *_public(parts),
        *_files(FileBytes(parts, who)),
        *_signing_in(parts, logins, SecondStep(parts, logins, second_factors)),
        *_console(Console(parts, who)),
        *_account(Administration(parts), OwnAccount(parts, second_factors)),
        *_photos(Photos(parts)),
        *_administration(Administration(parts), Staff(parts)),
        *_customer_settings(Administration(parts), parts),
        *site_routes(parts),
    ]


def _public(parts: Parts) -> list[Route]:
    joining = Joining(parts)
    portals, survey = Portals(parts, joining), SurveyPost(parts)
    health, native, programs = Health(parts), Native(parts, joining), Programs(parts, joining)
    return [
        Route("GET", "/", ANYWHERE, ANYBODY, portals.page),
        Route("GET", "/p/{slug}", ANYWHERE, ANYBODY, portals.page),
        *(route for base in ("", "/p/{slug}") for route in _ways_in(base, portals, programs)),
        Route("GET", "/download/{code}/{name}", ANYWHERE, ANYBODY, programs.fetch),
        Route("GET", "/api/program/{code}", ANYWHERE, ANYBODY, programs.state),
        Route("GET", "/chat", ANYWHERE, ANYBODY, ChatPage(parts).page),
        Route("GET", "/api/portal", ANYWHERE, ANYBODY, portals.state),
        Route("GET", "/api/identity", NATIVE, ANYBODY, native.identity),
        Route("POST", "/api/join", NATIVE, ANYBODY, native.join),
        Route("POST", "/api/survey", PAGE, ANYBODY, survey.from_page),
        Route("POST", "/api/survey/native", NATIVE, ANYBODY, survey.from_client),
        Route("GET", "/static/{name:.+}", ANYWHERE, ANYBODY, parts.static.get),
        Route("GET", "/healthz", ANYWHERE, ANYBODY, health.alive),
        Route("GET", "/readyz", ANYWHERE, ANYBODY, health.ready),
    ]


def _files(files: FileBytes) -> list[Route]:
    """For whoever is in the session: the handlers look at token and cookies."""
    transfer = "{session:[0-9a-f]{32}}/{transfer:[0-9A-Za-z_-]{8,40}}"
    return [
        Route("GET", f"/api/files/{transfer}", ANYWHERE, ANYBODY, files.standing),
        Route("PUT", f"/api/files/{transfer}/{{piece:[0-9]{{1,9}}}}", EITHER, ANYBODY, files.put),
        Route("POST", f"/api/files/{transfer}", EITHER, ANYBODY, files.finish),
        Route("GET", f"/files/{transfer}", ANYWHERE, ANYBODY, files.fetch),
    ]


def _ways_in(base: str, portals: Portals, programs: Programs) -> list[Route]:
    """What every portal has below its own address."""
    return [
        Route("GET", f"{base}/join", ANYWHERE, ANYBODY, portals.back),
        Route("POST", f"{base}/join", PAGE, ANYBODY, portals.join),
        Route("GET", f"{base}/join/{{key}}", ANYWHERE, ANYBODY, portals.page_with_key),
        Route("GET", f"{base}/start", ANYWHERE, ANYBODY, portals.back),
        Route("POST", f"{base}/start", PAGE, ANYBODY, portals.start),
        Route("GET", f"{base}/program", ANYWHERE, ANYBODY, programs.back),
        Route("POST", f"{base}/program", PAGE, ANYBODY, programs.begin),
        Route("GET", f"{base}/program/{{code}}", ANYWHERE, ANYBODY, programs.page),
    ]


def _signing_in(parts: Parts, logins: Logins, second_step: SecondStep) -> list[Route]:
    setting_up = SettingUp(parts, logins)
    return [
        Route("GET", "/login", ANYWHERE, ANYBODY, logins.page),
        Route("GET", "/login/code", ANYWHERE, ANYBODY, second_step.page),
        Route("GET", "/sign-in", ANYWHERE, ANYBODY, logins.link_page),
        Route("POST", "/api/login", PAGE, ANYBODY, logins.sign_in),
        Route("POST", "/api/login/link", PAGE, ANYBODY, logins.sign_in_by_link),
        Route("POST", "/api/login/code", PAGE, ANYBODY, second_step.sign_in),
        Route("POST", "/api/logout", PAGE, SIGNED_IN, logins.sign_out),
        Route("GET", "/setup", SET_UP, ANYBODY, setting_up.page),
        Route("POST", "/api/setup", SET_UP, ANYBODY, setting_up.set_up),
    ]


def _console(console: Console) -> list[Route]:
    return [
        Route("GET", "/console", ANYWHERE, SIGNED_IN, console.page),
        # Customers ask for theirs by another cookie: the handler looks at who asks for what.
        Route("POST", "/api/ticket", PAGE, ANYBODY, console.ticket),
    ]


def _photos(photos: Photos) -> list[Route]:
    return [
        Route("GET", "/photos/{sha256}", ANYWHERE, ANYBODY, photos.show),
        Route("POST", "/api/account/photo", PAGE, SIGNED_IN, photos.put),
        Route("POST", "/api/account/photo/delete", PAGE, SIGNED_IN, photos.remove),
    ]


def _account(frame: Administration, own: OwnAccount) -> list[Route]:
    second = "/api/account/second-factor"
    return [
        Route("GET", "/account", ANYWHERE, SIGNED_IN, frame.account),
        Route("GET", "/api/account", ANYWHERE, SIGNED_IN, own.state),
        Route("POST", "/api/account/password", PAGE, SIGNED_IN, own.change_password),
        Route("POST", second, PAGE, SIGNED_IN, own.offer_second_factor),
        Route("POST", f"{second}/confirm", PAGE, SIGNED_IN, own.confirm_second_factor),
        Route("POST", f"{second}/off", PAGE, SIGNED_IN, own.turn_off_second_factor),
        Route("POST", "/api/account/sign-out-everywhere", PAGE, SIGNED_IN, own.sign_out_everywhere),
    ]


def _administration(frame: Administration, staff: Staff) -> list[Route]:
    person, role = "/api/people/{id}", "/api/roles/{id}"
    return [
        Route("GET", "/admin", ANYWHERE, SIGNED_IN, frame.first),
        Route("GET", "/admin/people", ANYWHERE, PEOPLE, frame.people),
        Route("GET", "/api/people", ANYWHERE, PEOPLE, staff.people),
        Route("POST", "/api/people", PAGE, PEOPLE, staff.add),
        Route("POST", person, PAGE, PEOPLE, staff.change),
        Route("POST", f"{person}/disable", PAGE, PEOPLE, staff.disable),
        Route("POST", f"{person}/enable", PAGE, PEOPLE, staff.enable),
        Route("POST", f"{person}/link", PAGE, PEOPLE, staff.link),
        Route("POST", f"{person}/second-factor/remove", PAGE, PEOPLE, staff.remove_second_factor),
        Route("GET", "/admin/roles", ANYWHERE, ROLES, frame.roles),
        Route("GET", "/api/roles", ANYWHERE, ROLES, staff.roles),
        Route("POST", "/api/roles", PAGE, ROLES, staff.make_role),
        Route("POST", role, PAGE, ROLES, staff.change_role),
        Route("POST", f"{role}/delete", PAGE, ROLES, staff.delete_role),
    ]


def _customer_settings(frame: Administration, parts: Parts) -> list[Route]:
    texts, surveys, trials = CustomerTexts(parts), Surveys(parts), Trials(parts)
    return [
        Route("GET", "/admin/customer", ANYWHERE, TEXTS, frame.customer),
        Route("GET", "/api/texts", ANYWHERE, TEXTS, texts.state),
        Route("POST", "/api/texts", PAGE, TEXTS, texts.save),
        Route("GET", "/api/texts/{text}", ANYWHERE, TEXTS, texts.versions),
        Route("POST", "/api/trial", PAGE, TEXTS, trials.start),
        Route("GET", "/admin/survey", ANYWHERE, SURVEY, frame.survey),
        Route("GET", "/api/survey/questions", ANYWHERE, SURVEY, surveys.state),
        Route("POST", "/api/survey/questions", PAGE, SURVEY, surveys.save),
        Route("POST", "/api/survey/trial", PAGE, SURVEY, trials.start),
        Route("GET", "/api/survey/results", ANYWHERE, SURVEY, surveys.results),
        Route("GET", "/api/survey/results.csv", ANYWHERE, SURVEY, surveys.export),
    ]


def application(parts: Parts) -> web.Application:
    """The relay's application: routes behind their admissions, headers, errors in one shape."""
    made = web.Application(
        middlewares=[problems.middleware(parts.pages)], client_max_size=BODY_BYTES
    )
    origin = parts.config.public_url
    gatekeeper = Gatekeeper(origin, parts.accounts, Who(parts.accounts, parts.clock))
    declared = table(parts)
    for route in declared:
        add = _ADDERS[route.method]
        add(made.router, route.path, gatekeeper.guarded(route))
    check_declared()
    doors = Doors(parts.hub, parts.tickets, parts.clock, parts.metrics, lambda: origin)
    made.router.add_routes(doors.routes())
    refuse_undeclared(made, declared)

    async def count(_request: web.Request, response: web.StreamResponse) -> None:
        parts.metrics.answers.labels(status=str(response.status)).inc()

    made.on_response_prepare.append(on_prepare(not parts.config.development_certificates))
    made.on_response_prepare.append(count)
    return made


def refuse_undeclared(made: web.Application, declared: Iterable[Route]) -> None:
    """Raises `ValueError` for a route that stands neither in the table nor among `SOCKETS`: it
    would be open to everybody."""
    known = {(route.method, _canonical(route.path)) for route in declared}
    known |= {("GET", path) for path in SOCKETS}
    for route in made.router.routes():
        method = "GET" if route.method == "HEAD" else route.method
        path = "" if route.resource is None else route.resource.canonical
        if (method, path) not in known:
            raise ValueError(f"{route.method} {path} declares no permission")


def _canonical(path: str) -> str:
    """`path` as the router names it: without the patterns of its fields."""
    return web.DynamicResource(path).canonical if "{" in path else path
