"""Session keys on both kinds of database."""

import asyncio

import pytest
import sqlalchemy as sa

from protocol import keys as shapes
from protocol.errors import ErrorCode
from protocol.queues import QueueKind
from relay.domain.accounts import Account, UserRole
from relay.domain.content import Team
from relay.domain.keys import REMEMBERED_S
from relay.domain.waiting import QueueKey
from relay.storage.accounts import AccountStore
from relay.storage.database import Database
from relay.storage.keys import KeyStore, UsedKey
from relay.storage.schema import session_key, team, user
from relay.storage.teams import TeamStore

NOW = 1_700_000_000_000
SECRET = b"s" * 32


@pytest.fixture
async def ada(database: Database) -> Account:
    return await AccountStore(database).create("ada", "Ada", UserRole.REPRESENTATIVE, None, NOW)


@pytest.fixture
def keys(database: Database) -> KeyStore:
    return KeyStore(database, SECRET)


async def test_of_many_uses_exactly_one_wins(keys: KeyStore, ada: Account) -> None:
    own = QueueKey(QueueKind.PERSONAL, ada.id)
    key, _ = await keys.make(ada.id, own, NOW)
    outcomes = await asyncio.gather(*(keys.use(key, NOW + n) for n in range(50)))
    won = [one for one in outcomes if isinstance(one, UsedKey)]
    assert [one.queue for one in won] == [own]
    assert outcomes.count(ErrorCode.KEY_USED) == 49


@pytest.mark.parametrize("kind", QueueKind)
async def test_a_key_leads_to_its_queue_and_a_look_does_not_use_it(
    keys: KeyStore, ada: Account, database: Database, kind: QueueKind
) -> None:
    await TeamStore(database).add_team(Team("billing", "Billing"))
    ids = {QueueKind.GENERAL: "", QueueKind.TEAM: "billing", QueueKind.PERSONAL: ada.id}
    queue = QueueKey(kind, ids[kind])
    key, ends = await keys.make(ada.id, queue, NOW)
    for _ in range(3):
        assert await keys.peek(key, NOW) == queue
    assert await keys.use(key, NOW) == UsedKey(queue, NOW)
    assert await keys.peek(key, NOW) is ErrorCode.KEY_USED
    assert await keys.peek(key, ends) is ErrorCode.KEY_USED


async def test_a_look_says_what_a_use_would_say(keys: KeyStore, ada: Account) -> None:
    expired, ends = await keys.make(ada.id, QueueKey(), NOW)
    cancelled, _ = await keys.make(ada.id, QueueKey(), ends)
    await keys.cancel(ada.id, cancelled)
    for key in (expired, cancelled, "00000000"):
        assert await keys.peek(key, ends) is await keys.use(key, ends)
    assert await keys.peek("00000000", ends) is ErrorCode.UNKNOWN_KEY
    assert await keys.peek(cancelled, ends) is ErrorCode.KEY_EXPIRED


async def test_a_key_ends(keys: KeyStore, ada: Account) -> None:
    key, ends = await keys.make(ada.id, QueueKey(), NOW)
    assert shapes.is_right(key)
    assert await keys.use(key, ends) is ErrorCode.KEY_EXPIRED
    assert isinstance(await keys.use(key, ends - 1), UsedKey)


async def test_only_its_maker_cancels_a_key(keys: KeyStore, ada: Account) -> None:
    key, _ = await keys.make(ada.id, QueueKey(), NOW)
    await keys.cancel("somebody else", key)
    await keys.cancel(ada.id, key)
    assert await keys.use(key, NOW) is ErrorCode.KEY_EXPIRED
    other, _ = await keys.make(ada.id, QueueKey(), NOW)
    await keys.cancel("somebody else", other)
    assert isinstance(await keys.use(other, NOW), UsedKey)


async def test_a_use_can_be_undone_once(keys: KeyStore, ada: Account) -> None:
    key, _ = await keys.make(ada.id, QueueKey(), NOW)
    first = await keys.use(key, NOW)
    assert isinstance(first, UsedKey)
    await keys.give_back(key, first)
    assert isinstance(await keys.use(key, NOW + 1), UsedKey)
    await keys.give_back(key, first)
    assert await keys.use(key, NOW + 2) is ErrorCode.KEY_USED


async def test_another_secret_knows_no_key(
    keys: KeyStore, ada: Account, database: Database
) -> None:
    key, _ = await keys.make(ada.id, QueueKey(), NOW)
    assert await KeyStore(database, b"t" * 32).use(key, NOW) is ErrorCode.UNKNOWN_KEY


async def test_a_disabled_users_keys_lead_nowhere(
    keys: KeyStore, ada: Account, database: Database
) -> None:
    key, _ = await keys.make(ada.id, QueueKey(), NOW)
    disable = sa.update(user).values(disabled=True)
    await database.write(lambda connection: connection.execute(disable))
    assert await keys.peek(key, NOW) is ErrorCode.KEY_EXPIRED
    assert await keys.use(key, NOW) is ErrorCode.KEY_EXPIRED


async def test_old_keys_are_forgotten(keys: KeyStore, ada: Account, database: Database) -> None:
    key, ends = await keys.make(ada.id, QueueKey(), NOW)
    await keys.make(ada.id, QueueKey(), ends + REMEMBERED_S * 1000)
    assert await keys.use(key, ends) is ErrorCode.KEY_EXPIRED
    await keys.make(ada.id, QueueKey(), ends + REMEMBERED_S * 1000 + 1)
    assert await keys.use(key, ends) is ErrorCode.UNKNOWN_KEY
    async with database.read() as connection:
        left = await connection.execute(sa.select(sa.func.count()).select_from(session_key))
        assert left.scalar_one() == 2


async def test_a_look_leaves_the_key_unused(
    keys: KeyStore, ada: Account, database: Database
) -> None:
    row = {"id": "t1", "name": "Printers", "least_busy": False}
    await database.write(lambda connection: connection.execute(sa.insert(team).values(row)))
    queue = QueueKey(QueueKind.TEAM, "t1")
    key, ends = await keys.make(ada.id, queue, NOW)
    assert await keys.peek(key, NOW) == queue
    assert await keys.peek(key, ends) is ErrorCode.KEY_EXPIRED
    assert isinstance(await keys.use(key, NOW), UsedKey)
    assert await keys.peek(key, NOW) is ErrorCode.KEY_USED
    assert await keys.peek("00000000", NOW) is ErrorCode.UNKNOWN_KEY
