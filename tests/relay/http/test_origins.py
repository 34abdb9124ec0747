"""Posts are admitted from exactly our own pages, and from no other place."""

from pathlib import Path

import pytest

from relay.app import Relay
from relay.http.admission import Admission, Gatekeeper, Route
from relay.http.routes import table
from relay.realtime.socket import Doors
from tests.relay.site import Visitor, relay_at, visiting

pytestmark = pytest.mark.expect_log("origin.refused")

POSTS = ["/join", "/api/login", "/api/login/link", "/api/logout", "/api/setup", "/api/ticket"]
SOCKETS = ["/ws/chat", "/ws/console"]
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


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
    for route in table(relay.parts):
        assert route.method == "GET" or route.admission is not Admission.ANYBODY, route.path
    posts = {one.path for one in table(relay.parts) if one.admission is Admission.PAGE}
    assert posts | {"/api/setup"} == set(POSTS)


async def test_a_post_for_anybody_cannot_be_registered(relay: Relay) -> None:
    handler = table(relay.parts)[0].handler
    route = Route("POST", "/x", Admission.ANYBODY, handler)
    with pytest.raises(ValueError, match="no admission"):
        Gatekeeper(relay.origin, relay.parts.accounts).guarded(route)


async def test_the_reviewed_list_of_routes_is_complete(relay: Relay) -> None:
    parts = relay.parts
    sockets = Doors(parts.hub, parts.tickets, parts.clock, parts.metrics, lambda: relay.origin)
    paths = {(one.method, one.path) for one in table(parts)}
    paths |= {(one.method, one.path) for one in sockets.routes()}
    assert paths == {
        ("GET", "/"), ("GET", "/join/{key}"), ("POST", "/join"), ("GET", "/chat"),
        ("GET", "/login"), ("GET", "/sign-in"), ("GET", "/setup"), ("GET", "/console"),
        ("GET", "/api/portal"), ("POST", "/api/join"), ("POST", "/api/login"),
        ("POST", "/api/login/link"), ("POST", "/api/logout"), ("POST", "/api/setup"),
        ("POST", "/api/ticket"), ("GET", "/static/{name:.+}"), ("GET", "/healthz"),
        ("GET", "/readyz"), ("GET", "/ws/customer"), ("GET", "/ws/chat"), ("GET", "/ws/console"),
    }  # fmt: skip
