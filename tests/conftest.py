"""What all tests share: real databases, and silence as a test result."""

import asyncio
import json
import os
import secrets
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import aiohttp
import msgspec
import pytest
import sqlalchemy as sa
import structlog
from aiohttp import web_app
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.app import Relay, Tuning, running
from relay.clock import SystemClock
from relay.config import RelayConfig
from relay.domain.accounts import UserRole
from relay.domain.content import SiteSettings
from relay.domain.texts import TextName
from relay.storage.content import SETTINGS
from relay.storage.database import Database
from relay.storage.schema import notice, setting, team, team_member, text_version
from scripts.display import environment_on, virtual_display
from tests.peers import PASSWORD, Customer, Representative, Socket, Visitor, calling
from tests.postgres import Server, running_server

settings.register_profile("timeless", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("timeless")
"""Hypothesis without a clock: how fast an example runs is no statement about it."""


def pytest_configure(config: pytest.Config) -> None:
    """One of several processes that test at the same time shows its windows on its own screen."""
    if hasattr(config, "workerinput"):
        stack = ExitStack()
        display = stack.enter_context(virtual_display())
        os.environ.update(environment_on(display))
        os.environ.pop("WAYLAND_DISPLAY", None)
        config.add_cleanup(stack.close)


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A test ends the threads it started. The pool of an event loop ends with the loop, which may
    be there for several tests."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    for thread in _new_threads(before):
        thread.join(max(0, deadline - time.monotonic()))
    left = [thread.name for thread in _new_threads(before)]
    assert not left, f"threads left behind: {left}"


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    new = set(threading.enumerate()) - before
    return [one for one in new if not one.daemon and not one.name.startswith("asyncio_")]


@pytest.fixture(autouse=True)
def forgotten_relays() -> Iterator[None]:
    """aiohttp remembers the handlers of every application for good, and with them a whole relay:
    3 MB, which do not matter to a process with one of them."""
    yield
    web_app._cached_build_middleware.cache_clear()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server of our own on a free port."""
    with running_server(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, empty database of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'relay.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database of each kind in turn, with its tables."""
    opened = await Database.open(database_url)
    try:
        await opened.migrate()
        yield opened
    finally:
        await opened.close()


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless `expect_log` names its event."""
    marker = request.node.get_closest_marker("expect_log")
    expected = set(marker.args) if marker else set()
    with structlog.testing.capture_logs() as lines:
        yield
    loud = [one for one in lines if one["log_level"] not in ("debug", "info")]
    assert [one for one in loud if one["event"] not in expected] == []


class Ahead(SystemClock):
    """The machine's clock, which a test can put ahead instead of waiting."""

    def __init__(self) -> None:
        self.ahead_s = 0.0

    def now_ms(self) -> int:
        return super().now_ms() + round(self.ahead_s * 1000)

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead_s


@dataclass(frozen=True)
class World:
    """A running relay and the people around it."""

    relay: Relay
    stack: AsyncExitStack
    clock: Ahead

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.ahead_s += seconds

    async def configure(self, **switches: object) -> None:
        """Set switches of the site (fields of `SiteSettings`); the others are as delivered."""
        await store_settings(self.relay.database, SiteSettings(**switches))  # type: ignore[arg-type]
        await self.relay.hub.content_changed()

    async def word(self, name: TextName, text: str, language: str = "en") -> None:
        """Give the site a text of its own."""
        row = {"name": name.value, "language": language, "text": text, "at": 0}
        await insert(self.relay.database, text_version, row)
        await self.relay.hub.content_changed()

    async def team(self, name: str, *members: str, least_busy: bool = False) -> str:
        """A team of the people with these sign-in names; its id."""
        team_id = secrets.token_hex(8)
        row = {"id": team_id, "name": name, "least_busy": least_busy}
        await insert(self.relay.database, team, row)
        for member in members:
            account = await self.relay.parts.accounts.by_name(member)
            assert account is not None
            user_id = account[0].id
            row = {"team_id": team_id, "user_id": user_id}
            await insert(self.relay.database, team_member, row)
        await self.relay.hub.content_changed()
        return team_id

    async def notice(self, text: str, **fields: object) -> str:
        """A notice that is active from now on, unless `fields` say otherwise; its id."""
        notice_id = secrets.token_hex(8)
        row: dict[str, object] = {
            "id": notice_id,
            "name": "A notice",
            "texts": json.dumps({"en": text}),
            "automatic": True,
            "starts_at": self.clock.now_ms() - 1000,
            **dict.fromkeys(("portals", "issues", "systems", "words"), "[]"),
        }
        await insert(self.relay.database, notice, row | fields)
        await self.relay.hub.content_changed()
        return notice_id

    @property
    def origin(self) -> str:
        return self.relay.origin

    async def customer(self) -> Customer:
        """Somebody with the native client."""
        return Customer(await self._http(), self.origin)

    async def visitor(self) -> Visitor:
        """A customer with a browser."""
        return Visitor(await self._http(), self.origin)

    async def representative(self, name: str) -> Representative:
        """Somebody with an account and signed in."""
        parts = self.relay.parts
        await parts.accounts.create(
            name,
            name.title(),
            UserRole.REPRESENTATIVE,
            await parts.passwords.hash(PASSWORD),
            parts.clock.now_ms(),
        )
        person = Representative(await self._http(), self.origin)
        await person.sign_in(name)
        return person

    async def talk(self) -> "Talk":
        """A session that was accepted; everybody is connected."""
        ada = await self.representative(f"ada{time.monotonic_ns()}")
        desk = await ada.desk()
        customer = await self.customer()
        joined = await customer.join((await ada.make_key(desk)).key)
        customer_socket, _ = await customer.connect()
        await ada.accept(desk, joined.session)
        ada_socket, _ = await ada.session(joined.session)
        return Talk(joined.session, ada, desk, ada_socket, customer, customer_socket)

    async def _http(self) -> aiohttp.ClientSession:
        authority = self.relay.config.data_folder / "development-ca.pem"
        return await self.stack.enter_async_context(calling(self.origin, authority))


async def insert(database: Database, table: sa.Table, row: Mapping[str, object]) -> None:
    """One row, as an administrator's page would leave it."""

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(sa.insert(table).values(row))

    await database.write(work)


async def store_settings(database: Database, settings: SiteSettings) -> None:
    """The site's switches, as their page stores them."""
    value = msgspec.json.encode({"version": 1, "settings": settings}).decode()

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(sa.delete(setting).where(setting.c.name == SETTINGS))
        await connection.execute(sa.insert(setting).values(name=SETTINGS, value=value))

    await database.write(work)


class Talk(NamedTuple):
    """An accepted session: `desk`, `theirs` (the representative's) and `mine` (the customer's)."""

    session: str
    representative: Representative
    desk: Socket
    theirs: Socket
    customer: Customer
    mine: Socket


CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Passwords in tests need not withstand anybody."""


@pytest.fixture
def relay_config(tmp_path: Path) -> RelayConfig:
    """A relay of its own on a free port, with development certificates and SQLite."""
    return RelayConfig(port=0, data=str(tmp_path / "relay"), development_certificates=True)


@pytest.fixture
def tuning() -> Tuning:
    return Tuning(hasher=CHEAP, tick_s=0.05)


@pytest.fixture
async def world(relay_config: RelayConfig, tuning: Tuning) -> AsyncIterator[World]:
    """The real relay over TLS in this process."""
    async with world_of(relay_config, tuning) as running_world:
        yield running_world


@asynccontextmanager
async def world_of(relay_config: RelayConfig, tuning: Tuning) -> AsyncIterator[World]:
    """The real relay over TLS in this process; leaves no task behind."""
    before = asyncio.all_tasks()
    clock = Ahead()
    async with (
        running(relay_config, clock, tuning) as relay,
        AsyncExitStack() as stack,
    ):
        yield World(relay, stack, clock)
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    if left:
        await asyncio.wait(left, timeout=5)
    assert [task for task in left if not task.done()] == []
