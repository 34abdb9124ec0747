"""Posts are admitted from exactly our own pages, and from no other place."""

import re
from pathlib import Path

import pytest
from aiohttp import web

from relay.app import Relay
from relay.domain.permissions import Access, Permission
from relay.http import routes
from relay.http.admission import Admission, Gatekeeper, Route
from relay.http.routes import refuse_undeclared, table
from relay.http.who import Who
from relay.realtime.socket import Doors
from tests.relay.site import Visitor, relay_at, visiting

pytestmark = pytest.mark.expect_log("origin.refused")

POSTS = [
    *("/join", "/start", "/p/x/join", "/p/x/start", "/api/survey"),
    *("/program", "/p/x/program"),
    *("/api/login", "/api/login/link", "/api/login/code", "/api/logout", "/api/setup"),
    *("/api/ticket", "/api/people", "/api/people/x", "/api/people/x/disable"),
    *("/api/people/x/enable", "/api/people/x/link", "/api/people/x/second-factor/remove"),
    *("/api/roles", "/api/roles/x", "/api/roles/x/delete", "/api/account/password"),
    *("/api/account/second-factor", "/api/account/second-factor/confirm"),
    *("/api/account/second-factor/off", "/api/account/sign-out-everywhere"),
    *("/api/account/photo", "/api/account/photo/delete"),
    *("/api/teams", "/api/teams/x", "/api/teams/x/delete"),
    *("/api/issues", "/api/issues/x", "/api/issues/x/delete", "/api/issue-order"),
    *("/api/portals", "/api/portals/x", "/api/portals/x/delete"),
    *("/api/portals/x/logo", "/api/portals/x/logo/delete"),
    *("/api/texts", "/api/trial", "/api/survey/questions", "/api/survey/trial"),
    *("/api/notices", "/api/notices/x", "/api/notices/x/send", "/api/notices/x/close"),
    *("/api/canned", "/api/canned/x", "/api/canned/x/delete"),
    *("/api/shared-canned", "/api/shared-canned/x", "/api/shared-canned/x/delete"),
]
FILE = "{session:[0-9a-f]{32}}/{transfer:[0-9A-Za-z_-]{8,40}}"
FILES = [
    ("POST", f"/api/files/{'0' * 32}/transfer-1"),
    ("PUT", f"/api/files/{'0' * 32}/transfer-1/0"),
]
SOCKETS = ["/ws/chat", "/ws/console"]
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def declared(relay: Relay) -> list[Route]:
    """Every route but those of the sockets."""
    return table(relay.parts)


def gatekeeper(relay: Relay) -> Gatekeeper:
    accounts = relay.parts.accounts
    return Gatekeeper(relay.origin, accounts, Who(accounts, relay.parts.clock))


def foreign(origin: str) -> list[str]:
    """Look-alikes of `origin` (https://localhost:<port>)."""
    port = origin.rpartition(":")[2]
    return [
        "",
        "null",
        "https://localhost",
        f"http://localhost:{port}",
        f"https://localhost:{int(port) - 1}",
        f"https://localhost:{port}0",
        f"https://LOCALHOST:{port}",
        f"https://localhost.:{port}",
        f"https://localhost:{port}/",
        f"https://localhost:{port}/x",
        f"https://localhost:{port}.example.org",
        f"https://evil.localhost:{port}",
        f"https://localhost.evil.example:{port}",
        f"https://evil-localhost:{port}",
        f"https://localhost@evil.example:{port}",
        f"https://evil.example/?https://localhost:{port}",
        f"https://127.0.0.1:{port}",
        f"https://[::1]:{port}",
        f"wss://localhost:{port}",
        f"https://xn--localhost-x:{port}",
        f"https://localhost:{port}, https://localhost:{port}",
        f"https://localhost:{port} https://evil.example",
        f"localhost:{port}",
        "*",
        "file://",
        "chrome-extension://abcdefgh",
    ]


@pytest.mark.parametrize("path", POSTS)
async def test_a_post_from_elsewhere_is_refused(visitor: Visitor, path: str) -> None:
    for origin in foreign(visitor.relay.origin):
        answer = await visitor.ask("POST", path, json={}, headers={"Origin": origin})
        assert answer.status == 403, origin
    assert (await visitor.ask("POST", path, json={})).status == 403


@pytest.mark.parametrize("path", POSTS)
async def test_a_post_from_our_page_is_looked_at(visitor: Visitor, path: str) -> None:
    answer = await visitor.post(path, {})
    assert answer.status in {400, 401}


@pytest.mark.parametrize(("method", "path"), FILES)
async def test_files_come_from_our_page_or_from_the_program(
    visitor: Visitor, method: str, path: str
) -> None:
    """A browser always names its origin when it sends something; the program has no cookies."""
    for origin in foreign(visitor.relay.origin):
        answer = await visitor.ask(method, path, json={}, headers={"Origin": origin})
        assert answer.status == 403, origin
    answer = await visitor.ask(method, path, json={}, headers={"Cookie": "a=b"})
    assert answer.status == 403
    for headers in ({"Origin": visitor.relay.origin}, {}):
        sum_ = {"sha256": "0" * 64}
        answer = await visitor.ask(method, path, json=sum_, headers=headers)
        assert answer.status == 401


@pytest.mark.parametrize("path", SOCKETS)
async def test_a_socket_from_elsewhere_is_refused(visitor: Visitor, path: str) -> None:
    for origin in foreign(visitor.relay.origin):
        answer = await visitor.get(path, headers=UPGRADE | {"Origin": origin})
        assert answer.status == 403, origin
    assert (await visitor.get(path, headers=UPGRADE)).status == 403


async def test_the_clients_socket_is_closed_to_browsers(visitor: Visitor) -> None:
    for header in ({"Origin": visitor.relay.origin}, {"Cookie": "a=b"}):
        answer = await visitor.get("/ws/customer", headers=UPGRADE | header)
        assert answer.status == 403


async def test_the_configured_address_counts_not_the_one_called(tmp_path: Path) -> None:
    changes = {"public_url": "https://Help.Example.org:443/"}
    async with relay_at(tmp_path, changes=changes) as relay:
        assert relay.origin == "https://help.example.org"
        async with visiting(relay) as visitor:
            local = f"https://localhost:{relay.port}"
            for origin, status in ((local, 403), (relay.origin, 401)):
                visitor_at = f"{local}/api/logout"
                async with visitor.session.post(
                    visitor_at, json={}, headers={"Origin": origin}
                ) as answer:
                    assert answer.status == status


async def test_every_post_names_its_admission(relay: Relay) -> None:
    routes = declared(relay)
    for route in routes:
        assert route.method == "GET" or route.admission is not Admission.ANYWHERE, route.path
    paths = (one.path for one in routes if one.admission is Admission.PAGE)
    posts = {re.sub(r"\{\w+\}", "x", path) for path in paths}
    assert posts | {"/api/setup"} == set(POSTS)


async def test_a_post_from_anywhere_cannot_be_registered(relay: Relay) -> None:
    handler = declared(relay)[0].handler
    route = Route("POST", "/x", Admission.ANYWHERE, Access.ANYBODY, handler)
    with pytest.raises(ValueError, match="no admission"):
        gatekeeper(relay).guarded(route)


async def test_a_route_without_a_declared_permission_cannot_be_registered(relay: Relay) -> None:
    handler = declared(relay)[0].handler
    route = Route("GET", "/x", Admission.ANYWHERE, None, handler)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="declares no permission"):
        gatekeeper(relay).guarded(route)


async def test_a_route_beside_the_table_cannot_be_served(relay: Relay) -> None:
    made = web.Application()
    route = declared(relay)[0]
    made.router.add_get(route.path, route.handler)
    refuse_undeclared(made, [route])
    made.router.add_get("/join/{key}/x", route.handler)
    with pytest.raises(ValueError, match=r"/join/\{key\}/x declares no permission"):
        refuse_undeclared(made, [route])


async def test_the_reviewed_list_of_what_anybody_may_call_is_complete(relay: Relay) -> None:
    parts = relay.parts
    sockets = Doors(parts.hub, parts.tickets, parts.clock, parts.metrics, lambda: relay.origin)
    assert {one.path for one in sockets.routes()} == routes.SOCKETS
    opened = {(one.method, one.path) for one in declared(relay) if one.need is Access.ANYBODY}
    assert opened == {
        ("GET", "/"), ("GET", "/p/{slug}"), ("GET", "/chat"),
        *(
            (method, base + path)
            for base in ("", "/p/{slug}")
            for method, path in (
                ("GET", "/join"), ("POST", "/join"), ("GET", "/join/{key}"),
                ("GET", "/start"), ("POST", "/start"), ("GET", "/program/{code}"),
                ("GET", "/program"), ("POST", "/program"),
            )
        ),
        ("GET", "/download/{code}/{name}"), ("GET", "/api/program/{code}"),
        ("POST", "/api/survey"), ("POST", "/api/survey/native"),
        ("GET", "/look/{id}.css"), ("GET", "/look/{id}/logo"), ("GET", "/notice/{id}"),
        ("GET", "/photos/{sha256}"),
        ("GET", "/login"), ("GET", "/login/code"), ("GET", "/sign-in"), ("GET", "/setup"),
        ("GET", "/api/portal"), ("GET", "/api/identity"), ("POST", "/api/join"),
        ("POST", "/api/login"),
        ("POST", "/api/login/link"), ("POST", "/api/login/code"), ("POST", "/api/setup"),
        ("POST", "/api/ticket"), ("GET", "/static/{name:.+}"), ("GET", "/healthz"),
        ("GET", f"/api/files/{FILE}"), ("POST", f"/api/files/{FILE}"), ("GET", f"/files/{FILE}"),
        ("PUT", f"/api/files/{FILE}/{{piece:[0-9]{{1,9}}}}"),
        ("GET", "/readyz"),
    }  # fmt: skip


async def test_the_reviewed_needs_of_all_other_routes_are_complete(relay: Relay) -> None:
    others = {one for one in declared(relay) if one.need is not Access.ANYBODY}
    wanted = {
        Access.SIGNED_IN: r"/api/logout|/console|(/api)?/account(/.*)?|/admin",
        Permission.PEOPLE_MANAGE: r"(/admin|/api)/people(/.*)?",
        Permission.ROLES_MANAGE: r"(/admin|/api)/roles(/.*)?",
        Permission.TEAMS_MANAGE: r"/admin/teams|/api/(teams|issues)(/.*)?|/api/issue-order",
        Permission.PORTALS_MANAGE: r"(/admin|/api)/portals(/.*)?|/api/accent",
        Permission.NOTICES_MANAGE: r"(/admin|/api)/notices(/.*)?",
        Permission.TEXTS_MANAGE: r"/admin/(customer|canned)|/api/texts(/.*)?|/api/trial"
        r"|/api/shared-canned(/.*)?",
        Permission.SESSION_ACCEPT: r"(/api)?/canned(/.*)?",
        Permission.SURVEY_MANAGE: r"/admin/survey|/api/survey/.*",
        Permission.WAITS_VIEW: r"/admin/waiting|/api/waits",
    }
    odd = {
        route.path
        for route in others
        if [need for need, paths in wanted.items() if re.fullmatch(paths, route.path)]
        != [route.need]
    }
    assert odd == set()
