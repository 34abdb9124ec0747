"""Hand-overs: how long customers waited, kept to tell the next ones and to judge what was told."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.domain.estimate import REMEMBERED_S, HandOver, History, Range
from relay.domain.estimate_record import Outcome
from relay.domain.waiting import QueueKey
from relay.storage.database import Database
from relay.storage.queues import key_of_columns, queue_columns
from relay.storage.schema import hand_over


class Wait(NamedTuple):
    """A hand-over of a queue, and what was told on coming."""

    queue: QueueKey
    hand_over: HandOver
    told: Range | None


class WaitStore:
    """All methods raise `StorageUnavailable`. Times are milliseconds since 1970."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, wait: Wait) -> None:
        """Remember one hand-over."""
        one = wait.hand_over
        values = {
            **queue_columns(wait.queue),
            "at": one.at,
            "waited_ms": round(one.waited_s * 1000),
            "position": one.position,
            "on_duty_then": one.on_duty_then,
            "on_duty": one.on_duty,
            "least_s": wait.told.least if wait.told else None,
            "most_s": wait.told.most if wait.told else None,
        }

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(sa.insert(hand_over).values(values))

        await self._database.write(work)

    async def histories(self, now: int) -> dict[QueueKey, History]:
        """The recent hand-overs of each queue."""
        recent = sa.select(hand_over).where(hand_over.c.at >= now - REMEMBERED_S * 1000)
        found: dict[QueueKey, list[HandOver]] = {}
        async with self._database.read() as connection:
            for row in await connection.execute(recent):
                one = HandOver(
                    row.at, row.waited_ms / 1000, row.position, row.on_duty_then, row.on_duty
                )
                found.setdefault(key_of_columns(row), []).append(one)
        return {queue: History.of(hand_overs) for queue, hand_overs in found.items()}

    async def outcomes(self, since: int) -> list[Outcome]:
        """What was told and what happened, of all hand-overs after `since`."""
        wanted = sa.select(hand_over.c.waited_ms, hand_over.c.least_s, hand_over.c.most_s)
        async with self._database.read() as connection:
            rows = (await connection.execute(wanted.where(hand_over.c.at > since))).all()
        return [
            Outcome(
                None if row.least_s is None else Range(row.least_s, row.most_s),
                row.waited_ms / 1000,
            )
            for row in rows
        ]
