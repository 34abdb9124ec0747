"""Sessions and the people in them: rows to values and back, no decisions."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from protocol.codec import decode_stored_fact, encode
from protocol.facts import (
    AnyFact,
    Participant,
    SessionOpened,
    topic_of,
)
from protocol.machines import SessionState
from protocol.snapshot import Snapshot, apply
from relay.domain.session import Session
from relay.storage.database import Database
from relay.storage.facts import FactRow
from relay.storage.schema import fact, participant, session, user


class OpenedSession(NamedTuple):
    session: str
    participant: str


class Member(NamedTuple):
    """Who a resume token belongs to."""

    session: str
    participant: str


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
    """Reads and writes whole sessions; single chat lines go through `FactWriter`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(
        self,
        session_id: str,
        customer: Participant,
        token_hash: str,
        queue_user: str | None,
        now: int,
    ) -> Session:
        """Store a new waiting session with its customer. Raises `StorageUnavailable`."""

        async def work(connection: AsyncConnection) -> Session:
            name = await _shown_name(connection, queue_user)
            opened = SessionOpened(seq=1, at=now, participant=customer, queue=name)
            inserted = await connection.execute(
                sa.insert(session)
                .values(
                    id=session_id,
                    state=SessionState.WAITING.value,
                    queue_user_id=queue_user,
                    opened_at=now,
                )
                .returning(session.c.number)
            )
            number = inserted.scalar_one()
            await _insert_participant(connection, session_id, customer, token_hash=token_hash)
            await connection.execute(sa.insert(fact).values(row_of(number, opened)._asdict()))
            return Session(apply(Snapshot(session=session_id), opened), number, now, queue_user)

        return await self._database.write(work)

    async def change(
        self,
        session_id: str,
        row: FactRow,
        expected: SessionState,
        becomes: SessionState,
        now: int,
        admit: tuple[str, Participant] | None = None,
    ) -> bool:
        """Store a fact that moves the session from `expected` to `becomes`.

        `admit` is a user and the participant it becomes. False when somebody else moved the
        session first; nothing is kept then. Raises `StorageUnavailable`.
        """

        async def work(connection: AsyncConnection) -> bool:
            values: dict[str, object] = {"state": becomes.value}
            if becomes is SessionState.ENDED:
                values["ended_at"] = now
            if admit is not None:
                values["user_id"] = admit[0]
            moved = await connection.execute(
                sa.update(session)
                .where(session.c.id == session_id, session.c.state == expected.value)
                .values(**values)
            )
            if moved.rowcount != 1:
                return False
            if admit is not None:
                await _insert_participant(connection, session_id, admit[1], user_id=admit[0])
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
        snapshot = Snapshot(session=session_id)
        for one in told:
            snapshot = apply(snapshot, decode_stored_fact(one.body.encode()))
        return Session(
            snapshot,
            row.number,
            row.opened_at,
            row.queue_user_id,
            users={one.user_id: one.id for one in people if one.user_id},
            done={(one.sender, one.client_id): one.seq for one in told if one.client_id},
            seen={one.id: one.seen for one in people if one.seen},
        )

    async def unended(self) -> list[str]:
        """The ids of all sessions that wait or run, oldest first."""
        async with self._database.read() as connection:
            found = await connection.execute(
                sa.select(session.c.id)
                .where(session.c.state != SessionState.ENDED.value)
                .order_by(session.c.opened_at)
            )
            return list(found.scalars())

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


async def _shown_name(connection: AsyncConnection, user_id: str | None) -> str:
    if user_id is None:
        return ""
    return str(
        (
            await connection.execute(sa.select(user.c.shown_name).where(user.c.id == user_id))
        ).scalar_one()
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
