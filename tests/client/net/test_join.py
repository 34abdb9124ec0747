"""A key is shown only to the relay that the program was made for."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from client.net.join import use_key
from client.net.target import Target
from client.net.trust import tls_context
from client.session.inputs import Admitted, JoinFailed, JoinRefused
from client.session.state import Trouble
from protocol import joincodes
from protocol.api import Join
from protocol.identity import to_text
from protocol.queues import QueueKind
from protocol.version import VERSION, is_older
from relay.app import Relay
from relay.domain.waiting import QueueKey
from tests.relay.site import relay_at, representative

ANOTHER = to_text(bytes(32))


@asynccontextmanager
async def target(relay: Relay, identity: str) -> AsyncIterator[Target]:
    ca = relay.config.data_folder / "development-ca.pem"
    async with aiohttp.ClientSession() as http:
        yield Target(http, relay.origin, identity, tls_context(ca))


async def new_key(relay: Relay) -> str:
    account = await representative(relay)
    queue = QueueKey(QueueKind.PERSONAL, account.id)
    key, _ = await relay.parts.keys.make(account.id, queue, relay.parts.clock.now_ms())
    return key


async def test_the_right_relay_takes_the_key(tmp_path: Path) -> None:
    async with relay_at(tmp_path) as relay:
        key = await new_key(relay)
        async with target(relay, relay.identity.public_text) as to:
            assert isinstance(await use_key(to, Join(key=key)), Admitted)
            again = await use_key(to, Join(key=key))
    assert isinstance(again, JoinRefused)


async def test_another_relay_never_sees_the_key(tmp_path: Path) -> None:
    async with relay_at(tmp_path) as relay:
        key = await new_key(relay)
        async with target(relay, ANOTHER) as to:
            assert await use_key(to, Join(key=key)) == JoinFailed(Trouble.IMPOSTOR)
        async with target(relay, relay.identity.public_text) as to:
            assert isinstance(await use_key(to, Join(key=key)), Admitted)


async def test_a_certificate_of_somebody_else_ends_it(tmp_path: Path) -> None:
    async with relay_at(tmp_path) as relay, aiohttp.ClientSession() as http:
        strangers = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        to = Target(http, relay.origin, relay.identity.public_text, strangers)
        answer = await use_key(to, Join(key="1234-5674"))
    assert answer == JoinFailed(Trouble.UNTRUSTED)


@pytest.mark.parametrize(("oldest", "joins"), [(VERSION, True), ("99.0.0", False), ("", True)])
async def test_an_older_client_is_told_and_keeps_its_key(
    tmp_path: Path, oldest: str, joins: bool
) -> None:
    async with relay_at(tmp_path, changes={"oldest_client": oldest}) as relay:
        key = await new_key(relay)
        async with target(relay, relay.identity.public_text) as to:
            answer = await use_key(to, Join(key=key))
    if joins:
        assert isinstance(answer, Admitted)
    else:
        assert answer == JoinFailed(Trouble.OUTDATED)


async def test_a_code_that_nobody_made_is_refused(tmp_path: Path) -> None:
    random = "K7PQ2M9XAB"
    async with relay_at(tmp_path) as relay, target(relay, relay.identity.public_text) as to:
        answer = await use_key(to, Join(key=random + joincodes.check(random)))
    assert isinstance(answer, JoinRefused)


def test_versions_are_compared_as_numbers() -> None:
    assert is_older("0.9.9", "0.10.0")
    assert not is_older("1.0.0", "1.0.0")
    with pytest.raises(ValueError, match="one"):
        is_older("one", "1.0.0")
