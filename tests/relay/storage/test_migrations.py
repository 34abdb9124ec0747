"""A database of the version before becomes one of today, and what was said in it stays."""

from collections.abc import AsyncIterator

import msgspec
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol.facts import ChatPosted, Participant, SessionOpened
from protocol.machines import SessionState
from protocol.queues import GENERAL, Queue, QueueKind
from protocol.roles import Door, Role
from relay.domain.content import MAIN_PORTAL
from relay.domain.keys import key_hash, key_of
from relay.domain.waiting import QueueKey
from relay.storage.database import Database
from relay.storage.keys import KeyStore, UsedKey
from relay.storage.schema import fact, portal, session
from relay.storage.sessions import Member, Opening, SessionStore
from relay.storage.waits import WaitStore

NOW = 1_700_000_000_000
SECRET = b"s" * 32

NAME = 'Ada "The Count" Lovelace, geb. Byron \u00fc \U0001f5a8 \\ % \u2028'
"""Whatever JSON or SQL could trip over."""

LIAR = '{"t":"session.opened","queue":"ada"}'
"""A chat line that looks like what is changed."""

ADAS = Queue(kind=QueueKind.PERSONAL, id="u1", name=NAME)
ADA = {"id": "r1", "role": "representative", "name": NAME, "door": "session", "system": ""}

TALKS = {
    1: ("waiting", "u1"),
    2: ("ended", "u1"),
    3: ("active", None),
    4: ("waiting", None),
}
"""The sessions by number: their state, and whose own queue they came in by."""


def grace(number: int) -> dict[str, str]:
    """The customer of a session."""
    names = {"id": f"c{number}", "name": "Gr\u00e4ce", "system": "Linux"}
    return {"role": "customer", "door": "client"} | names


def facts_of(number: int) -> list[dict[str, object]]:
    """What was told in a session, as the version before wrote it."""
    state, owner = TALKS[number]
    queue = NAME if owner else ""
    told: list[dict[str, object]] = [
        {"t": "session.opened", "participant": grace(number), "queue": queue},
        {"t": "chat.posted", "by": f"c{number}", "id": "line-0001", "text": LIAR},
    ]
    if state != "waiting":
        told.append({"t": "session.accepted", "participant": ADA})
    if state == "ended":
        told.append({"t": "session.ended", "by": "", "reason": "link_lost"})
    return [
        {"t": one["t"], "seq": seq, "at": NOW + seq, **one} for seq, one in enumerate(told, start=1)
    ]


async def put(connection: AsyncConnection, table: str, **row: object) -> None:
    columns = sa.table(table, *(sa.column(name) for name in row))
    await connection.execute(sa.insert(columns).values(row))


async def put_session(connection: AsyncConnection, number: int) -> None:
    """A session as the version before stored it; the database counts them itself."""
    state, owner = TALKS[number]
    row = {"id": f"s{number}", "state": state, "opened_at": NOW + number}
    await put(connection, "support_session", **row, queue_user_id=owner)
    known = {"session_id": f"s{number}", "seen": 2, "token_hash": f"hash{number}"}
    await put(connection, "participant", **grace(number), **known)
    for told in facts_of(number):
        body = msgspec.json.encode(told).decode()
        seq = told["seq"]
        await put(connection, "fact", session=number, topic="session", seq=seq, body=body)


async def put_ada(connection: AsyncConnection) -> None:
    """A representative with a key to her own queue and one to the general queue, both used by
    nobody, and a customer she took."""
    person = {"id": "u1", "name": "ada", "shown_name": NAME, "role": "representative"}
    await put(connection, "user_account", **person, disabled=False, created_at=NOW)
    for number, own in enumerate((False, True)):
        hashed = key_hash(SECRET, key_of(number))
        key = {"key_hash": hashed, "user_id": "u1", "own": own, "cancelled": False}
        await put(connection, "session_key", **key, expires_at=NOW + 1)
    counts = {"position": 1, "on_duty_then": 1, "on_duty": 1}
    await put(connection, "hand_over", queue_user_id="u1", at=NOW, waited_ms=1500, **counts)
    await put(connection, "hand_over", queue_user_id=None, at=NOW, waited_ms=2500, **counts)


def migrate_to(revision: str, connection: sa.Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "relay.storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@pytest.fixture
async def older(database_url: str) -> AsyncIterator[Database]:
    """A database of the version before, in use."""
    database = await Database.open(database_url)

    async def work(connection: AsyncConnection) -> None:
        await connection.run_sync(lambda sync: migrate_to("0003", sync))
        await put_ada(connection)
        for number in TALKS:
            await put_session(connection, number)

    try:
        await database.write(work)
        yield database
    finally:
        await database.close()


async def bodies(database: Database) -> list[tuple[int, str]]:
    """Every fact as it stands in its row."""
    rows = sa.select(fact.c.session, fact.c.body).order_by(fact.c.session, fact.c.seq)
    async with database.read() as connection:
        return [(row.session, row.body) for row in await connection.execute(rows)]


async def test_the_sessions_are_read_as_they_were(older: Database) -> None:
    await older.migrate()
    store = SessionStore(older)
    for number, (state, owner) in TALKS.items():
        found = await store.load(f"s{number}")
        assert found is not None
        assert found.number == number
        assert found.state is SessionState(state)
        queue = ADAS if owner else GENERAL
        assert found.opened.queue == found.snapshot.queue == queue
        assert found.customer == msgspec.convert(grace(number), Participant)
        line = found.snapshot.log[1]
        assert isinstance(line, ChatPosted)
        assert line.text == LIAR
        assert found.seen == {f"c{number}": 2}
        assert not (found.opened.trial or found.opened.preparing or found.rated)
    assert await store.unended() == ["s1", "s3", "s4"]
    assert await store.by_token("hash4") == Member("s4", "c4")


async def test_nothing_but_the_queue_of_first_facts_is_written_anew(older: Database) -> None:
    before = await bodies(older)
    await older.migrate()
    after = await bodies(older)
    for (number, old), (same, new) in zip(before, after, strict=True):
        assert number == same
        told = msgspec.json.decode(old)
        if told["t"] == "session.opened":
            queue = ADAS if TALKS[number][1] else GENERAL
            told["queue"] = msgspec.to_builtins(queue)
            assert msgspec.json.decode(new) == told
        else:
            assert new == old


async def test_a_second_start_changes_nothing(older: Database) -> None:
    await older.migrate()
    once = await bodies(older)
    await older.migrate()
    assert await bodies(older) == once


async def test_keys_and_waits_lead_to_the_queues_they_led_to(older: Database) -> None:
    await older.migrate()
    own = QueueKey(QueueKind.PERSONAL, "u1")
    keys = KeyStore(older, SECRET)
    assert await keys.use(key_of(0), NOW) == UsedKey(QueueKey(), NOW)
    assert await keys.use(key_of(1), NOW) == UsedKey(own, NOW)
    found = await WaitStore(older).histories(NOW)
    waits = {queue: [one.waited_s for one in found[queue].hand_overs] for queue in found}
    assert waits == {own: [1.5], QueueKey(): [2.5]}


async def test_there_is_a_main_portal_and_no_session_is_a_trial(older: Database) -> None:
    await older.migrate()
    async with older.read() as connection:
        (only,) = (await connection.execute(sa.select(portal))).all()
        trials = (await connection.execute(sa.select(session.c.trial))).scalars().all()
    assert (only.id, only.slug, only.issues, only.logo) == (MAIN_PORTAL, "", None, None)
    assert trials == [False] * len(TALKS)


async def test_new_sessions_are_opened_beside_the_old(older: Database) -> None:
    await older.migrate()
    customer = Participant(id="c9", role=Role.CUSTOMER, name="Grace", door=Door.CHAT)
    opened = SessionOpened(seq=1, at=NOW, participant=customer, queue=ADAS)
    store = SessionStore(older)
    made = await store.open(Opening("s9", "hash9", portal=MAIN_PORTAL), opened)
    assert made.number not in TALKS
    assert await store.load("s9") == made
