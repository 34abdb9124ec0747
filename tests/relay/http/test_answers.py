"""What every answer carries, and how errors look to programs and to people."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from protocol import catalogue
from protocol.errors import ErrorCode
from relay.app import Relay
from relay.http.answers import STATUS
from relay.http.headers import CONTENT_SECURITY_POLICY
from relay.http.routes import table
from relay.storage.schema import staff_role, user
from tests.relay.site import PASSWORD, ManualClock, Visitor, relay_at, representative, visiting

EXPECTED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "Support Bridge",
}


@pytest.mark.expect_log("origin.refused")
async def test_every_route_carries_the_headers(visitor: Visitor) -> None:
    paths = {(one.method, one.path) for one in table(visitor.relay.parts)}
    paths |= {("GET", "/ws/chat"), ("GET", "/nothing"), ("GET", "/api/nothing"), ("DELETE", "/")}
    for method, path in paths:
        real = path.replace("{key}", "12345678").replace("{name:.+}", "css/base.css")
        real = real.replace("{id}", "x")
        answer = await visitor.ask(method, real, json={} if method == "POST" else None)
        found = {name: answer.headers.get(name) for name in EXPECTED}
        assert found == EXPECTED, path
        kept = "no-cache" if path.startswith("/static/") else "no-store"
        assert answer.headers["Cache-Control"] == kept, path
        assert "Permissions-Policy" in answer.headers
        form = path in {"/", "/join/{key}"} and method == "GET"
        assert answer.headers["Referrer-Policy"] == ("same-origin" if form else "no-referrer"), path
        assert "Strict-Transport-Security" not in answer.headers  # a development certificate


async def test_a_real_certificate_is_remembered(certified: Visitor) -> None:
    answer = await certified.get("/healthz")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.fixture
async def certified(tmp_path: Path) -> AsyncIterator[Visitor]:
    """A visitor to a relay whose certificate came from PEM files."""
    async with relay_at(tmp_path / "data"):
        pass
    files = {
        "certificate": str(tmp_path / "data" / "development.pem"),
        "certificate_key": str(tmp_path / "data" / "development.key"),
        "development_certificates": False,
    }
    async with relay_at(tmp_path / "data", changes=files) as relay, visiting(relay) as visitor:
        yield visitor


def test_every_code_has_a_status_and_a_sentence() -> None:
    assert set(STATUS) == set(ErrorCode)
    for language in catalogue.LANGUAGES:
        assert {f"error.{code}" for code in ErrorCode} <= catalogue.load(language).keys()


@pytest.mark.parametrize(
    ("body", "content_type", "status", "field"),
    [
        (b"", "application/json", 400, ""),
        (b"{", "application/json", 400, ""),
        (b"\xff\xfe", "application/json", 400, ""),
        (b"[" * 50_000, "application/json", 400, ""),
        (b"{}", "application/json", 400, "name"),
        (b'{"name":"ada","password":1}', "application/json", 400, "password"),
        (b'{"name":"Ada!","password":"x"}', "application/json", 400, "name"),
        (b'{"name":"ada","password":"x","extra":1}', "application/json", 400, "extra"),
        (b'{"name":"ada","password":"x"}', "text/plain", 400, "Content-Type"),
        (b'{"name":"ada","password":"' + b"x" * 70_000, "application/json", 413, ""),
    ],
)
async def test_a_body_that_does_not_fit_is_refused(
    visitor: Visitor, body: bytes, content_type: str, status: int, field: str
) -> None:
    headers = {"Origin": visitor.relay.origin, "Content-Type": content_type}
    answer = await visitor.ask("POST", "/api/login", data=body, headers=headers)
    assert answer.status == status
    assert answer.code == ("too_large" if status == 413 else "bad_input")
    assert answer.json()["field"] == field


async def test_a_packed_body_is_no_way_around_the_limit(visitor: Visitor) -> None:
    headers = {
        "Origin": visitor.relay.origin,
        "Content-Type": "application/json",
        "Content-Encoding": "gzip",
    }
    body = gzip.compress(b" " * 10_000_000)
    answer = await visitor.ask("POST", "/api/login", data=body, headers=headers)
    assert (answer.status, answer.code) == (413, "too_large")


@pytest.mark.parametrize(("wished", "language"), [("de-AT,en;q=0.5", "de"), ("fr", "en")])
async def test_an_error_page_speaks_the_readers_language(
    visitor: Visitor, wished: str, language: str
) -> None:
    page = await visitor.get("/nothing", headers={"Accept-Language": wished})
    assert page.status == 404
    assert page.headers["Content-Language"] == language
    assert page.headers["Vary"] == "Accept-Language"
    assert catalogue.load(language)("error.not_found") in page.text


@pytest.mark.expect_log("http.unexpected")
async def test_the_unexpected_is_told_by_number_only(relay: Relay, visitor: Visitor) -> None:
    await representative(relay)
    role = {"id": "broken", "name": "Broken", "permissions": "nonsense"}
    for damage in (sa.insert(staff_role).values(role), sa.update(user).values(role="broken")):
        await relay.database.write(lambda connection, damage=damage: connection.execute(damage))  # type: ignore[misc]
    wish = {"name": "ada", "password": PASSWORD}
    answer = await visitor.post("/api/login", wish)
    assert (answer.status, answer.code) == (500, "internal")
    assert len(answer.json()["detail"]) == 8
    assert "Traceback" not in answer.text
    assert "nonsense" not in answer.text


async def test_ready_means_that_the_database_can_be_written(
    visitor: Visitor, clock: ManualClock
) -> None:
    async def rename(before: str, after: str) -> None:
        statement = f"ALTER TABLE {before} RENAME TO {after}"
        await visitor.relay.database.write(lambda connection: connection.exec_driver_sql(statement))

    assert (await visitor.get("/readyz")).status == 204
    await rename("setting", "gone")
    clock.advance(1)
    assert (await visitor.get("/readyz")).status == 503
    assert (await visitor.get("/healthz")).status == 204
    await rename("gone", "setting")
    clock.advance(1)
    assert (await visitor.get("/readyz")).status == 204
