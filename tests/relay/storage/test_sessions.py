"""Sessions on both kinds of database: what is stored is what is read, and one change wins."""

import asyncio
from dataclasses import replace

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol.acts import CustomerMove, NoticeTell, SessionClose, SessionQueue, StepAsk
from protocol.facts import EndReason, Participant, SessionOpened, SessionQueued
from protocol.machines import SessionState
from protocol.queues import GENERAL, Queue, QueueCause, QueueKind
from protocol.requests import ChatPost, NotePost, SessionAccept, StepAnswer
from protocol.roles import Door, Role
from protocol.steps import Step
from relay.domain.content import MAIN_PORTAL, Issue, Team
from relay.domain.session import (
    Session,
    SessionAct,
    SessionRequest,
    Store,
    admitted,
    after,
    decide,
)
from relay.storage.database import Database
from relay.storage.schema import fact, participant, session, survey, survey_answer
from relay.storage.sessions import (
    Admission,
    Change,
    Member,
    Move,
    OpenedSession,
    Opening,
    SessionStore,
    row_of,
)
from relay.storage.teams import TeamStore
from tests.relay.storage.site_rows import NOW, person

GRACE = Participant(id="c1", role=Role.CUSTOMER, name="Grace", door=Door.CHAT, system="Linux")
ADA = Participant(id="r1", role=Role.REPRESENTATIVE, name="Ada", door=Door.SESSION)
RELAY = Participant(id="", role=Role.RELAY, name="", door=Door.SESSION)
BILLING = Queue(kind=QueueKind.TEAM, id="billing", name="Billing")
ID = "5e55104e" * 4
TAKE = SessionAccept(id="take-0001", session=ID)
OPENING = Opening(ID, "hash-of-chat", portal=MAIN_PORTAL, issue="printer", key="1234-5671")


def opened(queue: Queue = GENERAL, **fields: object) -> SessionOpened:
    return SessionOpened(seq=1, at=NOW, participant=GRACE, queue=queue, **fields)  # type: ignore[arg-type]


@pytest.fixture
async def ada(database: Database) -> str:
    """The id of a representative; there are a team and an issue, too."""
    await TeamStore(database).add_team(Team("billing", "Billing"))
    await TeamStore(database).add_issue(Issue("printer", {"en": "Printer"}, "billing"))
    return await person(database, "ada")


class Desk:
    """Carries requests out against the database, as the relay does."""

    def __init__(self, database: Database) -> None:
        self.store = SessionStore(database)

    async def carry_out(
        self,
        at: Session,
        request: SessionRequest | SessionAct,
        sender: Participant = RELAY,
        user_id: str | None = None,
        token_hash: str = "",
    ) -> Session:
        """The session after each fact was stored with what it changes."""
        for one in decide(at, request, sender, NOW + 5):
            if not isinstance(one, Store):
                continue
            change = Change(at.state, one.becomes)
            if isinstance(request, SessionAccept):
                change = change._replace(admission=Admission(sender, user_id))
                at = admitted(at, user_id or "", sender)
            if isinstance(request, CustomerMove):
                change = change._replace(move=Move(request.participant, token_hash))
            if isinstance(one.fact, SessionQueued):
                change = change._replace(queued=one.fact)
            row = row_of(at.number, one.fact, one.sender, one.client_id)
            assert await self.store.change(ID, row, change, NOW + 5)
            at = after(at, one)
        return at


@pytest.fixture
def desk(database: Database, ada: str) -> Desk:
    return Desk(database)


async def row(database: Database) -> sa.Row[tuple[object, ...]]:
    async with database.read() as connection:
        return (await connection.execute(sa.select(session).where(session.c.id == ID))).one()


@pytest.mark.parametrize("kind", QueueKind)
async def test_what_was_opened_is_read_again(desk: Desk, ada: str, kind: QueueKind) -> None:
    ids = {QueueKind.GENERAL: "", QueueKind.TEAM: "billing", QueueKind.PERSONAL: ada}
    queue = Queue(kind=kind, id=ids[kind], name=kind.title())
    fact = opened(queue, language="de", issue="Drucker", words="Papierstau", trial=True)
    made = await desk.store.open(OPENING, fact)
    assert made.opened == fact
    assert (made.portal, made.issue, made.key) == (MAIN_PORTAL, "printer", "1234-5671")
    assert await desk.store.load(ID) == made


@pytest.mark.parametrize("preparing", [True, False])
async def test_a_session_begins_with_its_questions_or_in_its_queue(
    desk: Desk, database: Database, preparing: bool
) -> None:
    made = await desk.store.open(Opening(ID, None), opened(BILLING, preparing=preparing))
    state = SessionState.PREPARING if preparing else SessionState.WAITING
    assert made.state is state
    stored = await row(database)
    assert stored.state == state.value
    assert (stored.queue_team_id, stored.queue_user_id) == ("billing", None)
    assert (stored.portal_id, stored.issue_id, stored.used_key) == (None, None, None)


async def test_a_session_that_nobody_has_opened_is_not_found(desk: Desk) -> None:
    assert await desk.store.load(ID) is None
    assert await desk.store.by_token("hash") is None
    assert not await desk.store.moved("hash")
    assert await desk.store.unended() == []


async def test_a_whole_session_is_read_as_it_was_held(
    desk: Desk, database: Database, ada: str
) -> None:
    at = await desk.store.open(OPENING, opened(preparing=True))
    ask = StepAsk(step=Step.AGREEMENT, title="T", text="?", limit_s=60)
    at = await desk.carry_out(at, ask)
    answer = StepAnswer(id="answer-0001", step=Step.AGREEMENT, yes=True)
    at = await desk.carry_out(at, answer, GRACE)
    at = await desk.carry_out(at, SessionQueue(queue=BILLING, cause=QueueCause.ENTRY))
    at = await desk.carry_out(at, NoticeTell(notice="n1", text="Printing fails."))
    at = await desk.carry_out(at, TAKE, ADA, ada)
    at = await desk.carry_out(at, ChatPost(id="line-0001", text="Hello"), ADA)
    at = await desk.carry_out(at, NotePost(id="note-0001", text="kind"), ADA)
    read = await desk.store.load(ID)
    assert read == at
    assert read.state is SessionState.ACTIVE
    assert read.helpers == [ada]
    assert read.done.keys() == {
        ("c1", "answer-0001"), ("r1", "take-0001"), ("r1", "line-0001"), ("r1", "note-0001")
    }  # fmt: skip
    assert (await row(database)).user_id == ada
    end = SessionClose(reason=EndReason.LINK_LOST)
    at = await desk.carry_out(at, end)
    assert await desk.store.load(ID) == at
    assert ((await row(database)).state, (await row(database)).ended_at) == ("ended", NOW + 5)


async def test_of_two_who_take_a_customer_one_comes_too_late(
    desk: Desk, database: Database
) -> None:
    at = await desk.store.open(OPENING, opened())
    people = {name: await person(database, name) for name in ("grete", "linus", "mary")}
    changes = []
    for name, user_id in people.items():
        who = Participant(id=f"r-{name}", role=Role.REPRESENTATIVE, name=name, door=Door.SESSION)
        (store, *_) = decide(at, TAKE, who, NOW)
        assert isinstance(store, Store)
        change = Change(at.state, store.becomes, Admission(who, user_id))
        changes.append(desk.store.change(ID, row_of(at.number, store.fact), change, NOW))
    assert sorted(await asyncio.gather(*changes)) == [False, False, True]
    read = await desk.store.load(ID)
    assert read is not None
    assert len(read.users) == 1
    async with database.read() as connection:
        known = await connection.scalar(sa.select(sa.func.count()).select_from(participant))
        facts = await connection.scalar(sa.select(sa.func.count()).select_from(fact))
    assert (known, facts) == (2, 2), "of the others nothing is kept"


async def test_who_is_passed_on_stands_in_the_new_queue_and_begins_with_it(
    desk: Desk, database: Database, ada: str
) -> None:
    at = await desk.carry_out(await desk.store.open(OPENING, opened()), TAKE, ADA, ada)
    for queue, columns in (
        (BILLING, (None, "billing")),
        (Queue(kind=QueueKind.PERSONAL, id=ada, name="Ada"), (ada, None)),
        (GENERAL, (None, None)),
    ):
        at = await desk.carry_out(at, SessionQueue(queue=queue, cause=QueueCause.LOST))
        stored = await row(database)
        assert (stored.state, stored.queue_user_id, stored.queue_team_id) == ("waiting", *columns)
    read = await desk.store.load(ID)
    assert read is not None
    assert read == at
    assert read.queued is not None
    assert (read.queued.queue, read.opened.queue, read.queued_at) == (GENERAL, GENERAL, NOW + 5)
    assert read.helpers == []


async def test_a_customer_who_moves_has_one_token_and_the_old_one_only_tells_so(
    desk: Desk,
) -> None:
    at = await desk.store.open(OPENING, opened())
    there = msgspec.structs.replace(GRACE, door=Door.CLIENT, system="Windows 11")
    at = await desk.carry_out(at, CustomerMove(participant=there), token_hash="hash-of-client")
    assert await desk.store.by_token("hash-of-client") == Member(ID, "c1")
    assert await desk.store.by_token("hash-of-chat") is None
    assert await desk.store.moved("hash-of-chat")
    assert not await desk.store.moved("hash-of-client")
    read = await desk.store.load(ID)
    assert read == at
    assert read.customer == there


async def test_one_who_came_with_a_code_alone_leaves_no_token_behind(
    desk: Desk, database: Database
) -> None:
    at = await desk.store.open(OPENING._replace(token_hash=None), opened())
    there = msgspec.structs.replace(GRACE, door=Door.CLIENT)
    await desk.carry_out(at, CustomerMove(participant=there), token_hash="hash-of-client")
    assert await desk.store.by_token("hash-of-client") == Member(ID, "c1")
    async with database.read() as connection:
        rows = (
            await connection.execute(sa.select(participant.c.door, participant.c.token_hash))
        ).all()
    assert rows == [("client", "hash-of-client")]


async def test_what_was_seen_is_kept_for_each(desk: Desk, ada: str) -> None:
    at = await desk.carry_out(await desk.store.open(OPENING, opened()), TAKE, ADA, ada)
    await desk.store.save_seen({"c1": 2, "r1": 1})
    assert await desk.store.load(ID) == replace(at, seen={"c1": 2, "r1": 1})


async def test_one_who_answered_the_survey_is_known_as_such(desk: Desk, database: Database) -> None:
    at = await desk.store.open(OPENING, opened())

    async def answer(connection: AsyncConnection) -> None:
        await connection.execute(
            sa.insert(survey).values(id=1, enabled=True, questions="[]", at=NOW)
        )
        values = {"session": at.number, "survey_id": 1, "at": NOW, "answers": "[]"}
        await connection.execute(sa.insert(survey_answer).values(values))

    await database.write(answer)
    assert await desk.store.load(ID) == replace(at, rated=True)


async def test_all_that_wait_or_run_are_listed_oldest_first(desk: Desk) -> None:
    for n in (3, 1, 2):
        someone = msgspec.structs.replace(GRACE, id=f"c{n}")
        fact = SessionOpened(
            seq=1, at=NOW + n, participant=someone, queue=GENERAL, preparing=n == 2
        )
        at = await desk.store.open(Opening(f"s{n}", None), fact)
        if n == 1:
            (end, *_) = decide(at, SessionClose(reason=EndReason.CLOSED), RELAY, NOW)
            assert isinstance(end, Store)
            row = row_of(at.number, end.fact)
            assert await desk.store.change("s1", row, Change(at.state, end.becomes), NOW)
    assert await desk.store.unended() == ["s2", "s3"]


async def test_a_token_belongs_to_one_participant(desk: Desk) -> None:
    at = await desk.store.open(OPENING, opened())
    member = await desk.store.by_token("hash-of-chat")
    assert member == Member(ID, "c1")
    assert OpenedSession(ID, at.customer.id) == tuple(member)
