"""What all tests share: real databases, and silence as a test result."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import aiohttp
import pytest
import structlog
from argon2 import PasswordHasher

from relay.app import Relay, Tuning, running
from relay.config import RelayConfig
from relay.domain.accounts import UserRole
from relay.storage.database import Database
from tests.peers import PASSWORD, Customer, Representative, Socket, calling
from tests.postgres import Server, running_server


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A test ends the threads it started."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(max(0, deadline - time.monotonic()))
    left = [one.name for one in set(threading.enumerate()) - before if not one.daemon]
    assert not left, f"threads left behind: {left}"


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


@dataclass(frozen=True)
class World:
    """A running relay and the people around it."""

    relay: Relay
    stack: AsyncExitStack

    @property
    def origin(self) -> str:
        return self.relay.origin

    async def customer(self) -> Customer:
        """Somebody with the native client."""
        return Customer(await self._http(), self.origin)

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
    return Tuning(hasher=CHEAP)


@pytest.fixture
async def world(relay_config: RelayConfig, tuning: Tuning) -> AsyncIterator[World]:
    """The real relay over TLS in this process; leaves no task behind."""
    before = asyncio.all_tasks()
    async with running(relay_config, tuning=tuning) as relay, AsyncExitStack() as stack:
        yield World(relay, stack)
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    if left:
        await asyncio.wait(left, timeout=5)
    assert [task for task in left if not task.done()] == []
