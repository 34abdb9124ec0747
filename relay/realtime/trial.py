"""Trials: an administrator meets the site as a customer would, with a pretended queue.

A trial is a session like any other, marked as one from its first fact on: no desk shows it, it
teaches the estimate nothing, and its content may be drafts that nobody saved.
"""

import secrets
from collections.abc import Callable
from typing import NamedTuple

from protocol.facts import Participant
from protocol.machines import SessionState
from protocol.requests import ChatPost, SessionAccept
from protocol.roles import Door, Role
from protocol.signals import Present
from relay.clock import Clock
from relay.domain.estimate import Range
from relay.realtime.carrier import Carrier, Sender
from relay.realtime.queues import Place, Queues
from relay.realtime.room import Room
from relay.realtime.site import Site


class Stage(NamedTuple):
    """What is pretended from `after_ms` of waiting on; position 0: a representative comes."""

    after_ms: int
    position: int
    wait: Range | None


STAGES = (
    Stage(0, 3, None),
    Stage(6_000, 2, Range(180, 540)),
    Stage(12_000, 1, Range(0, 120)),
    Stage(18_000, 0, None),
)


class Trials:
    """`carrier` is asked for late: it is made after this."""

    def __init__(
        self, clock: Clock, site: Site, queues: Queues, carrier: Callable[[], Carrier], pace: float
    ) -> None:
        self._clock = clock
        self._site = site
        self._queues = queues
        self._carrier = carrier
        self._pace = pace
        self._shown: dict[str, int] = {}

    def is_due(self, room: Room) -> bool:
        """Whether the next thing is to be pretended in a room."""
        return self._stage(room) > self._shown.get(room.id, -1)

    async def go_on(self, room: Room) -> None:
        """Pretend it; called under the room's lock. Raises nothing."""
        at = self._stage(room)
        if at <= self._shown.get(room.id, -1):
            return
        self._shown[room.id] = at
        stage = STAGES[at]
        if stage.position:
            place = Place(stage.position, 1, stage.wait)
            self._queues.tell_place(room, place, {})
            if at:
                self._queues.hold(room, place)
        else:
            await self._accept(room)

    def forget(self, room: Room) -> None:
        """The room is gone."""
        self._shown.pop(room.id, None)

    def _stage(self, room: Room) -> int:
        """The index of the stage a waiting trial has come to; -1 for anything else."""
        session = room.session
        waits = session.opened.trial and session.state is SessionState.WAITING
        if not waits or not room.customer_present:
            return -1
        waited = (self._clock.now_ms() - session.queued_at) * self._pace
        return max(at for at, stage in enumerate(STAGES) if waited >= stage.after_ms)

    async def _accept(self, room: Room) -> None:
        texts = self._site.texts_for(room)
        helper = Participant(
            id=secrets.token_hex(8),
            role=Role.REPRESENTATIVE,
            name=texts("trial.representative"),
            door=Door.SESSION,
        )
        room.pretended.add(helper.id)
        carrier, sender = self._carrier(), Sender(helper)
        accept = SessionAccept(id=secrets.token_hex(8), session=room.id)
        if await carrier.carry_out(room, accept, sender):
            room.pass_on(Present(by=helper.id, on=True), f"present:{helper.id}")
            line = ChatPost(id=secrets.token_hex(8), text=texts("trial.hello"))
            await carrier.carry_out(room, line, sender)
