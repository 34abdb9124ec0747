"""Carries out what `relay.domain.session` decides: store, move on, tell, in this order."""

from dataclasses import dataclass
from typing import Protocol

import structlog

from protocol.errors import ErrorCode
from protocol.facts import (
    AnyFact,
    ChatPosted,
    CustomerMoved,
    NotePosted,
    Participant,
    SessionQueued,
    Topic,
    topic_of,
)
from protocol.machines import SessionState
from protocol.requests import InvitationAccept, SessionAccept
from protocol.roles import Door, Role
from protocol.signals import Ack, Refused, Signal
from protocol.working_requests import SessionJoin
from relay.domain import session as rules
from relay.domain.channel import Drop
from relay.domain.given import Given
from relay.domain.session import (
    NOTHING,
    Answer,
    Effect,
    Note,
    Pass,
    Session,
    SessionAct,
    SessionRequest,
    Store,
    Tell,
)
from relay.realtime.peer import Peer
from relay.realtime.room import Room
from relay.realtime.surroundings import Surroundings
from relay.storage.database import StorageUnavailable
from relay.storage.facts import FactWriter
from relay.storage.sessions import Admission, Change, Move, SessionStore, row_of

log = structlog.get_logger("carrier")

RELAY = Participant(id="", role=Role.RELAY, name="", door=Door.SESSION)
_LINES = (ChatPosted, NotePosted)
MOST_ACTS = 50
"""After so many own acts in a row something is wrong, and the relay waits for the next look."""


class Watching(Protocol):
    """Who is told what happens in rooms; every method is called under the room's lock."""

    def next_act(self, room: Room) -> SessionAct | None:
        """What the relay does by itself now."""

    def happened(self, room: Room, was: SessionState) -> None:
        """More than a line was committed in a session whose state was `was`."""

    def farewell(self, room: Room) -> Signal | None:
        """What the customer of an ended session still hears."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks: the `peer` that hears the answer, if there is one, the participant, and the user
    behind it. `token_hash` is the new one of a customer who moves."""

    participant: Participant
    peer: Peer | None = None
    user_id: str | None = None
    token_hash: str = ""


ITSELF = Sender(RELAY)


class Carrier:
    """Every method is called under the room's lock."""

    def __init__(
        self, around: Surroundings, store: SessionStore, writer: FactWriter, watching: Watching
    ) -> None:
        self._around = around
        self._store = store
        self._writer = writer
        self._watching = watching
        self._counted = {topic: around.metrics.facts.labels(topic=topic) for topic in Topic}
        self.unsaved_seen: dict[str, int] = {}

    async def carry_out(
        self,
        room: Room,
        request: SessionRequest | SessionAct,
        sender: Sender,
        given: Given = NOTHING,
    ) -> bool:
        """Decide `request` and do what follows; then whatever the relay does by itself.

        When the database refuses, nothing has changed and nobody hears of it but who asked:
        False.
        """
        try:
            await self.make_certain(room)
            await self._decide(room, request, sender, given)
            await self._go_on(room)
        except StorageUnavailable as error:
            room.uncertain = True
            log.warning("storage.unavailable", session=room.id, why=str(error))
            if sender.peer is not None:
                self.refuse_for_storage(sender.peer, request)
            return False
        return True

    async def go_on(self, room: Room) -> None:
        """Do what the relay does by itself in this room now, if anything."""
        try:
            await self.make_certain(room)
            await self._go_on(room)
        except StorageUnavailable as error:
            room.uncertain = True
            log.warning("storage.unavailable", session=room.id, why=str(error))

    async def _go_on(self, room: Room) -> None:
        for _ in range(MOST_ACTS):
            act = self._watching.next_act(room)
            if act is None:
                return
            await self._decide(room, act, ITSELF, NOTHING)
        log.warning("acts.endless", session=room.id)

    async def _decide(
        self, room: Room, request: SessionRequest | SessionAct, sender: Sender, given: Given
    ) -> None:
        now = self._around.clock.now_ms()
        for effect in rules.decide(room.session, request, sender.participant, now, given):
            await self._do(room, request, effect, sender, now)

    def refuse_for_storage(self, peer: Peer, request: object) -> None:
        """Tell that `request` could not be stored; signals are simply dropped."""
        request_id = getattr(request, "id", "")
        if request_id:
            self._answer(peer, Refused(id=request_id, code=ErrorCode.STORAGE))

    async def make_certain(self, room: Room) -> None:
        """Read the session again when its last commit may or may not have been kept.

        Raises `StorageUnavailable`.
        """
        if not room.uncertain:
            return
        fresh = await self._store.load(room.id)
        if fresh is None:
            raise StorageUnavailable("the session is gone")
        held, room.uncertain = room.session.snapshot, False
        self._move_on(room, fresh)
        news: list[AnyFact] = [one for one in fresh.snapshot.log if one.seq > held.seq]
        news += [one for one in fresh.snapshot.notes if one.seq > held.desk_seq]
        for fact in news:
            room.tell(fact)
        if not all(isinstance(fact, _LINES) for fact in news):
            self._watching.happened(room, held.state)

    async def _do(
        self,
        room: Room,
        request: SessionRequest | SessionAct,
        effect: Effect,
        sender: Sender,
        now: int,
    ) -> None:
        me = sender.participant.id
        match effect:
            case Store():
                await self._commit(room, request, effect, sender, now)
            case Tell(fact):
                room.tell(fact)
                room.dismiss()
                if isinstance(fact, CustomerMoved):
                    room.moved()
                if room.session.state is SessionState.ENDED:
                    room.ended(self._watching.farewell(room))
            case Answer(signal):
                if sender.peer is not None:
                    self._answer(sender.peer, signal)
            case Pass(signal):
                room.pass_on(signal, f"{type(signal).__name__}:{me}", but=me)
            case Note(participant, seq):
                room.session.seen[participant] = seq
                self.unsaved_seen[participant] = seq

    async def _commit(
        self,
        room: Room,
        request: SessionRequest | SessionAct,
        store: Store,
        sender: Sender,
        now: int,
    ) -> None:
        row = row_of(room.session.number, store.fact, store.sender, store.client_id)
        session, was = room.session, room.session.state
        change = _change(room, request, store, sender)
        if change is None:
            try:
                await self._writer.append(row)
            except ValueError as error:  # the number is taken: our picture is out of date
                raise StorageUnavailable(str(error)) from error
        else:
            if not await self._store.change(room.id, row, change, now):
                raise StorageUnavailable("the session was moved elsewhere")
            if change.admission is not None and change.admission.user_id is not None:
                session = rules.admitted(session, change.admission.user_id, sender.participant)
        self._move_on(room, rules.after(session, store))
        self._counted[topic_of(store.fact)].inc()
        if not isinstance(store.fact, _LINES):
            self._watching.happened(room, was)

    def _move_on(self, room: Room, session: Session) -> None:
        purged = room.becomes(session)
        if purged:
            self._around.metrics.channel_dropped[Drop.PURGED].inc(purged)

    def _answer(self, peer: Peer, signal: Ack | Refused) -> None:
        if isinstance(signal, Refused):
            self._around.metrics.refused.labels(code=signal.code.value).inc()
        peer.tell(signal)


def _change(
    room: Room, request: SessionRequest | SessionAct, store: Store, sender: Sender
) -> Change | None:
    """What the fact changes in other rows; None: nothing."""
    fact = store.fact
    admission = None
    # Somebody who comes back is known already.
    is_new = sender.participant.id not in {one.id for one in room.session.snapshot.participants}
    if isinstance(request, (SessionAccept, InvitationAccept, SessionJoin)) and is_new:
        admission = Admission(sender.participant, sender.user_id)
    change = Change(
        room.session.state,
        store.becomes,
        admission=admission,
        move=Move(fact.participant, sender.token_hash) if isinstance(fact, CustomerMoved) else None,
        queued=fact if isinstance(fact, SessionQueued) else None,
    )
    return None if change == Change(room.session.state) else change
