"""The queues of this node: tells waiting customers their place and wait, and learns from it."""

from collections.abc import Mapping
from typing import NamedTuple

from protocol.codec import encode
from protocol.machines import SessionState
from protocol.signals import HoldMessage, QueuePlace
from relay.clock import Clock
from relay.domain import filling
from relay.domain.estimate import HandOver, History, Pace, Range, pace
from relay.domain.macros import filled
from relay.domain.texts import TextName
from relay.domain.waiting import QueueKey, Waiting, key_of, positions, takers
from relay.realtime.room import Room
from relay.realtime.site import Site
from relay.realtime.staff import Staff
from relay.storage.waits import Wait, WaitStore


class Queued(NamedTuple):
    """How a wait began: `at` (ms since 1970), the place, who was on duty, and what was told."""

    at: int
    queue: QueueKey
    position: int
    on_duty: int
    told: Range | None


class Place(NamedTuple):
    """Where somebody stands now; `wait` is None while nobody can know."""

    position: int
    free: int
    wait: Range | None


class Queues:
    """`rooms` is the hub's own table, read here. Histories live in memory; `store` keeps them."""

    def __init__(
        self, clock: Clock, rooms: Mapping[str, Room], store: WaitStore, site: Site
    ) -> None:
        self._clock = clock
        self._rooms = rooms
        self._store = store
        self._site = site
        self._histories: dict[QueueKey, History] = {}
        self._queued: dict[str, Queued] = {}
        self._places: dict[str, Place] = {}

    async def load(self) -> None:
        """Read what earlier waits were like. Raises `StorageUnavailable`."""
        self._histories = await self._store.histories(self._clock.now_ms())

    def waiting(self) -> list[Waiting]:
        """Everybody who really waits now, in no order."""
        return [
            Waiting(room.id, room.session.opened_at, key_of(room.session.snapshot.queue))
            for room in self._rooms.values()
            if room.session.state is SessionState.WAITING and not room.session.opened.trial
        ]

    def tell(self, waiting: list[Waiting], staff: Staff) -> None:
        """Tell every waiting customer how things stand, if that is news to them."""
        now = self._clock.now_ms()
        teams = self._site.content.teams
        queues = {one.session: one.queue for one in waiting}
        counts = {
            queue: (
                pace(self._histories.get(queue, History()), now),
                len(takers(queue, staff.on_duty, teams)),
                len(takers(queue, staff.available, teams)),
            )
            for queue in set(queues.values())
        }
        encoded: dict[tuple[Place, str], bytes] = {}
        self._places = {}
        for session, position in positions(waiting).items():
            queue = queues[session]
            known, on_duty, free = counts[queue]
            place = Place(position, free, _range(known, position, on_duty))
            self._places[session] = place
            started = Queued(now, queue, position, on_duty, place.wait)
            if self._queued.setdefault(session, started).queue != queue:
                self._queued[session] = started
            self.tell_place(self._rooms[session], place, encoded)

    def tell_place(self, room: Room, place: Place, encoded: dict[tuple[Place, str], bytes]) -> None:
        """Tell one customer their place; `encoded` holds what was encoded for others."""
        customer = room.peers.get(room.session.customer.id)
        if customer is None:
            return
        greeting = ""
        if self._site.content_for(room).settings.greeting:
            greeting = self._filled(room, TextName.GREETING, place)
        message = encoded.get((place, greeting))
        if message is None:
            message = encoded[place, greeting] = encode(_signal(place, greeting))
        if message != room.told:
            room.told = message
            customer.tell_encoded(message, "queue.place")

    def hold(self, room: Room, place: Place | None = None) -> None:
        """Tell a waiting customer that they are not forgotten."""
        at = place or self._places.get(room.id)
        customer = room.peers.get(room.session.customer.id)
        if at is not None and customer is not None:
            text = self._filled(room, TextName.HOLD, at)
            customer.tell(HoldMessage(text=text), "hold.message")

    def _filled(self, room: Room, name: TextName, place: Place) -> str:
        text = self._site.content_for(room).words(name, room.session.opened.language)
        lasting = filling.lasting(room.session, self._site.name_for(room))
        here = filling.waiting(place.position, place.wait, self._site.texts_for(room))
        return filled(text, lasting | here)

    def left(self, room: Room, staff: Staff) -> Wait | None:
        """The room waits no more. The wait to remember, when a representative ended it."""
        queued = self._queued.pop(room.id, None)
        if queued is None or room.session.state is not SessionState.ACTIVE:
            return None
        now = self._clock.now_ms()
        done = HandOver(
            at=now,
            waited_s=(now - queued.at) / 1000,
            position=queued.position,
            on_duty_then=queued.on_duty,
            on_duty=len(takers(queued.queue, staff.on_duty, self._site.content.teams)),
        )
        self._histories[queued.queue] = self._histories.get(queued.queue, History()).after(done)
        return Wait(queued.queue, done, queued.told)

    async def remember(self, wait: Wait) -> None:
        """Keep a wait beyond this process. Raises `StorageUnavailable`."""
        await self._store.add(wait)


def _range(known: Pace | None, position: int, on_duty: int) -> Range | None:
    return None if known is None else known.at(position, on_duty)


def _signal(place: Place, greeting: str) -> QueuePlace:
    return QueuePlace(
        position=place.position,
        on_duty=place.free,
        least_s=place.wait.least if place.wait else None,
        most_s=place.wait.most if place.wait else None,
        greeting=greeting,
    )
