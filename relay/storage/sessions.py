"""Sessions and the people in them: rows to values and back, no decisions."""

from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol.codec import decode_stored_fact, encode
from protocol.facts import (
    AnyFact,
    Participant,
    SessionAccepted,
    SessionOpened,
    SessionQueued,
    topic_of,
)
from protocol.machines import SessionState
from protocol.snapshot import Snapshot, apply
from relay.domain import files
from relay.domain.session import Session
from relay.domain.waiting import key_of
from relay.storage.database import Database
from relay.storage.facts import FactRow
from relay.storage.queues import queue_columns
from relay.storage.schema import fact, moved_token, participant, session, survey_answer


class OpenedSession(NamedTuple):
    session: str
    participant: str


class Member(NamedTuple):
    """Who a resume token belongs to."""

    session: str
    participant: str


class Opening(NamedTuple):
    """A session to be made. `token_hash` None: the customer comes with a join code later.

    `portal` and `issue` are ids or empty; `key` is the session key that was used, if one was.
    """

    session: str
    token_hash: str | None
    portal: str = ""
    issue: str = ""
    key: str = ""


class Admission(NamedTuple):
    """Somebody who is new in the session; `user_id` None for a pretended representative."""

    participant: Participant
    user_id: str | None


class Move(NamedTuple):
    """The customer goes on through another door, with another token."""

    participant: Participant
    token_hash: str


class Change(NamedTuple):
    """What a fact changes beside itself; `becomes` is None where the state stays `expected`."""

    expected: SessionState
    becomes: SessionState | None = None
    admission: Admission | None = None
    move: Move | None = None
    queued: SessionQueued | None = None


def row_of(number: int, told: AnyFact, sender: str = "", client_id: str = "") -> FactRow:
    """A fact of session `number` as a row; a request without a client id cannot be repeated."""
    return FactRow(
        number,
        topic_of(told).value,
        told.seq,
        sender if client_id else None,
        client_id or None,
        encode(told).decode(),
    )


class SessionStore:
    """All methods raise `StorageUnavailable`. Facts that change no row but their own are stored
    through `FactWriter`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, opening: Opening, opened: SessionOpened) -> Session:
        """Store a new session with its customer."""
        snapshot = apply(Snapshot(session=opening.session), opened)

        async def work(connection: AsyncConnection) -> int:
            inserted = await connection.execute(
                sa.insert(session)
                .values(
                    id=opening.session,
                    state=snapshot.state.value,
                    opened_at=opened.at,
                    portal_id=opening.portal or None,
                    issue_id=opening.issue or None,
                    used_key=opening.key or None,
                    trial=opened.trial,
                    **queue_columns(key_of(opened.queue)),
                )
                .returning(session.c.number)
            )
            number = int(inserted.scalar_one())
            await _insert_participant(
                connection, opening.session, opened.participant, token_hash=opening.token_hash
            )
            await connection.execute(sa.insert(fact).values(row_of(number, opened)._asdict()))
            return number

        number = await self._database.write(work)
        return Session(
            snapshot,
            number,
            opened,
            portal=opening.portal,
            issue=opening.issue,
            key=opening.key,
        )

    async def change(self, session_id: str, row: FactRow, change: Change, now: int) -> bool:
        """Store a fact together with what it changes.

        False when somebody else moved the session first; nothing is kept then.
        """

        async def work(connection: AsyncConnection) -> bool:
            moved = await connection.execute(
                sa.update(session)
                .where(session.c.id == session_id, session.c.state == change.expected.value)
                .values(_columns(change, now))
            )
            if moved.rowcount != 1:
                return False
            if change.admission is not None:
                newcomer = change.admission
                await _insert_participant(
                    connection, session_id, newcomer.participant, user_id=newcomer.user_id
                )
            if change.move is not None:
                await _move(connection, session_id, change.move)
            await connection.execute(sa.insert(fact).values(row._asdict()))
            return True

        return await self._database.write(work)

    async def load(self, session_id: str) -> Session | None:
        """The session as its facts tell it, or None when there is none."""
        async with self._database.read() as connection:
            row = (
                await connection.execute(sa.select(session).where(session.c.id == session_id))
            ).one_or_none()
            if row is None:
                return None
            people = (
                await connection.execute(
                    sa.select(participant).where(participant.c.session_id == session_id)
                )
            ).all()
            told = (
                await connection.execute(
                    sa.select(fact.c.seq, fact.c.sender, fact.c.client_id, fact.c.body)
                    .where(fact.c.session == row.number)
                    .order_by(fact.c.topic, fact.c.seq)
                )
            ).all()
            rated = await connection.scalar(
                sa.select(survey_answer.c.session).where(survey_answer.c.session == row.number)
            )
        return _session(row, people, told, rated=rated is not None)

    async def unended(self) -> list[str]:
        """The ids of all sessions that wait or run, oldest first."""
        async with self._database.read() as connection:
            found = await connection.execute(
                sa.select(session.c.id)
                .where(session.c.state != SessionState.ENDED.value)
                .order_by(session.c.opened_at)
            )
            return list(found.scalars())

    async def moved(self, token_hash: str) -> bool:
        """Whether this was a browser's token whose session went on in the program."""
        wanted = sa.select(moved_token.c.session_id).where(moved_token.c.token_hash == token_hash)
        async with self._database.read() as connection:
            return await connection.scalar(wanted) is not None

    async def by_token(self, token_hash: str) -> Member | None:
        """Whose resume token this is."""
        async with self._database.read() as connection:
            row = (
                await connection.execute(
                    sa.select(participant.c.session_id, participant.c.id).where(
                        participant.c.token_hash == token_hash
                    )
                )
            ).one_or_none()
        return None if row is None else Member(row.session_id, row.id)

    async def save_seen(self, seen: dict[str, int]) -> None:
        """Remember the highest fact each participant has seen."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(
                sa.update(participant)
                .where(participant.c.id == sa.bindparam("one"))
                .values(seen=sa.bindparam("seq")),
                [{"one": one, "seq": seq} for one, seq in seen.items()],
            )

        await self._database.write(work)


def _columns(change: Change, now: int) -> dict[str, object]:
    """What a change writes into the session's row."""
    values: dict[str, object] = {"state": (change.becomes or change.expected).value}
    if change.becomes is SessionState.ENDED:
        values["ended_at"] = now
    if change.admission is not None and change.admission.user_id is not None:
        values["user_id"] = change.admission.user_id
    if change.queued is not None:
        values |= queue_columns(key_of(change.queued.queue))
    return values


async def _move(connection: AsyncConnection, session_id: str, move: Move) -> None:
    """Give the customer's place to another door; the old token may only be told so."""
    mine = participant.c.id == move.participant.id
    old = await connection.scalar(sa.select(participant.c.token_hash).where(mine))
    if old is not None:
        await connection.execute(
            sa.insert(moved_token).values(token_hash=old, session_id=session_id)
        )
    await connection.execute(
        sa.update(participant)
        .where(mine)
        .values(
            token_hash=move.token_hash,
            door=move.participant.door.value,
            system=move.participant.system,
        )
    )


def _session(row: Any, people: Any, told: Any, *, rated: bool) -> Session:
    """A session from its rows; `told` holds its facts, each topic in its order."""
    facts = [decode_stored_fact(one.body.encode()) for one in told]
    snapshot = Snapshot(session=row.id)
    known: files.Known = {}
    for one in facts:
        snapshot = apply(snapshot, one)
        files.noted(known, snapshot, one)
    opened = next(one for one in facts if isinstance(one, SessionOpened))
    queued = [one for one in facts if isinstance(one, SessionQueued)]
    return Session(
        snapshot,
        row.number,
        opened,
        queued[-1] if queued else None,
        portal=row.portal_id or "",
        issue=row.issue_id or "",
        key=row.used_key or "",
        users={one.user_id: one.id for one in people if one.user_id},
        done={(one.sender, one.client_id): one.seq for one in told if one.client_id},
        seen={one.id: one.seen for one in people if one.seen},
        transfers=known,
        rated=rated,
        accepted_at=max((one.at for one in facts if isinstance(one, SessionAccepted)), default=0),
    )


async def _insert_participant(
    connection: AsyncConnection,
    session_id: str,
    person: Participant,
    *,
    token_hash: str | None = None,
    user_id: str | None = None,
) -> None:
    await connection.execute(
        sa.insert(participant).values(
            id=person.id,
            session_id=session_id,
            user_id=user_id,
            role=person.role.value,
            door=person.door.value,
            name=person.name,
            system=person.system,
            token_hash=token_hash,
            seen=0,
        )
    )
