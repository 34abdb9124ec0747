"""A relay of the test's own, and visitors to it over real TLS."""

import json
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
from argon2 import PasswordHasher
from yarl import URL

from relay.app import Relay, Tuning, running
from relay.authority import CA_FILE
from relay.config import RelayConfig
from relay.domain.accounts import Account, UserRole

PASSWORD = "a quiet harbour at night"
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class ManualClock:
    """Moves only when told; starts now, so that certificates made under it are good."""

    def __init__(self) -> None:
        self._now_s = time.time()

    def now_ms(self) -> int:
        return int(self._now_s * 1000)

    def monotonic(self) -> float:
        return self._now_s

    def advance(self, seconds: float) -> None:
        self._now_s += seconds


def config_for(data: Path, changes: Mapping[str, Any]) -> RelayConfig:
    """A relay on any free port, with development certificates and its files in `data`."""
    base = RelayConfig(port=0, data=str(data), development_certificates=True)
    return msgspec.structs.replace(base, **changes)


@asynccontextmanager
async def relay_at(
    data: Path, clock: ManualClock | None = None, changes: Mapping[str, Any] | None = None
) -> AsyncIterator[Relay]:
    """A relay that runs in this process."""
    tuning = Tuning(hasher=QUICK_HASHER)
    async with running(config_for(data, changes or {}), clock, tuning) as relay:
        yield relay


class Visitor:
    """Somebody with a browser of their own: cookies are kept, posts carry our Origin."""

    def __init__(self, relay: Relay, session: aiohttp.ClientSession) -> None:
        self.relay = relay
        self.session = session

    async def get(self, path: str, **options: Any) -> "Answer":
        return await self.ask("GET", path, **options)

    async def post(self, path: str, body: object, **options: Any) -> "Answer":
        headers = {"Origin": self.relay.origin} | options.pop("headers", {})
        return await self.ask("POST", path, json=body, headers=headers, **options)

    async def ask(self, method: str, path: str, **options: Any) -> "Answer":
        url = URL(self.relay.origin + path, encoded=True)  # as it stands, dots and all
        async with self.session.request(method, url, allow_redirects=False, **options) as response:
            return Answer(response, await response.read())


class Answer:
    """An answer read to its end."""

    def __init__(self, response: aiohttp.ClientResponse, body: bytes) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = body

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a `Problem`."""
        return str(self.json()["code"])

    def set_cookies(self) -> list[str]:
        return self.headers.getall("Set-Cookie", [])


@asynccontextmanager
async def visiting(relay: Relay) -> AsyncIterator[Visitor]:
    """A visitor who trusts the relay's development authority and nothing else."""
    context = ssl.create_default_context(cafile=relay.config.data_folder / CA_FILE)
    connector = aiohttp.TCPConnector(ssl=context)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield Visitor(relay, session)


async def representative(
    relay: Relay, name: str = "ada", role: UserRole = UserRole.REPRESENTATIVE
) -> Account:
    """An account with the password `PASSWORD`."""
    return await relay.parts.accounts.create(
        name,
        name.title(),
        role,
        await relay.parts.passwords.hash(PASSWORD),
        relay.parts.clock.now_ms(),
    )


async def close_code(socket: aiohttp.ClientWebSocketResponse) -> int:
    """The code in the close frame with which the relay ends `socket`.

    Not `socket.close_code`: aiohttp forgets the frame's code when its answer to it fails.
    """
    while True:
        message = await socket.receive()
        if message.type is aiohttp.WSMsgType.CLOSE:
            return int(message.data)
        assert message.type is aiohttp.WSMsgType.TEXT, message
