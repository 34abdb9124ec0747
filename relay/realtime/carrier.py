"""Carries out what `relay.domain.session` decides: store, move on, tell, in this order."""

from collections.abc import Callable

import structlog

from protocol.errors import ErrorCode
from protocol.facts import Participant, Topic, topic_of
from protocol.machines import SessionState
from protocol.signals import Ack, Refused
from relay.domain import session as rules
from relay.domain.session import Answer, Effect, Note, Pass, SessionRequest, Store, Tell
from relay.realtime.peer import Peer
from relay.realtime.room import Room
from relay.realtime.surroundings import Surroundings
from relay.storage.database import StorageUnavailable
from relay.storage.facts import FactWriter
from relay.storage.sessions import SessionStore, row_of

log = structlog.get_logger("carrier")


class Carrier:
    """Every method is called under the room's lock. `moved` is called when a state changes."""

    def __init__(
        self,
        around: Surroundings,
        store: SessionStore,
        writer: FactWriter,
        moved: Callable[[Room], None],
    ) -> None:
        self._around = around
        self._store = store
        self._writer = writer
        self._moved = moved
        self._counted = {topic: around.metrics.facts.labels(topic=topic) for topic in Topic}
        self.unsaved_seen: dict[str, int] = {}

    async def carry_out(
        self, room: Room, peer: Peer | None, request: SessionRequest, sender: Participant
    ) -> None:
        """Decide `request` and do what follows; `peer` hears the answer.

        When the database refuses, nothing has changed and nobody hears of it but who asked.
        """
        try:
            await self.make_certain(room)
            now = self._around.clock.now_ms()
            for effect in rules.decide(room.session, request, sender, now):
                await self._do(room, peer, effect, sender, now)
        except StorageUnavailable as error:
            room.uncertain = True
            log.warning("storage.unavailable", session=room.id, why=str(error))
            if peer is not None:
                self.refuse_for_storage(peer, request)

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
        held, room.session, room.uncertain = room.session.snapshot, fresh, False
        for fact in fresh.snapshot.log:
            if fact.seq > held.seq:
                room.tell(fact)
        for note in fresh.snapshot.notes:
            if note.seq > held.desk_seq:
                room.tell(note)
        if fresh.state is not held.state:
            self._moved(room)

    async def _do(
        self, room: Room, peer: Peer | None, effect: Effect, sender: Participant, now: int
    ) -> None:
        match effect:
            case Store():
                await self._commit(room, peer, effect, sender, now)
            case Tell(fact):
                room.tell(fact)
                if room.session.state is SessionState.ENDED:
                    room.ended()
            case Answer(signal):
                if peer is not None:
                    self._answer(peer, signal)
            case Pass(signal):
                room.pass_on(signal, f"{type(signal).__name__}:{sender.id}", but=sender.id)
            case Note(participant, seq):
                room.session.seen[participant] = seq
                self.unsaved_seen[participant] = seq

    async def _commit(
        self, room: Room, peer: Peer | None, store: Store, sender: Participant, now: int
    ) -> None:
        row = row_of(room.session.number, store.fact, store.sender, store.client_id)
        session = room.session
        if store.becomes is None:
            try:
                await self._writer.append(row)
            except ValueError as error:  # the number is taken: our picture is out of date
                raise StorageUnavailable(str(error)) from error
        else:
            admit = None
            if store.becomes is SessionState.ACTIVE and peer is not None and peer.user_id:
                admit = (peer.user_id, sender)
            if not await self._store.change(room.id, row, session.state, store.becomes, now, admit):
                raise StorageUnavailable("the session was moved elsewhere")
            if admit is not None:
                session = rules.admitted(session, *admit)
        room.session = rules.after(session, store)
        self._counted[topic_of(store.fact)].inc()
        if store.becomes is not None:
            self._moved(room)

    def _answer(self, peer: Peer, signal: Ack | Refused) -> None:
        if isinstance(signal, Refused):
            self._around.metrics.refused.labels(code=signal.code.value).inc()
        peer.tell(signal)
