"""The queues of this node: tells waiting customers their place and wait, and learns from it."""

from collections.abc import Mapping
from typing import NamedTuple

from protocol.machines import SessionState
from protocol.signals import QueuePlace
from relay.clock import Clock
from relay.domain.estimate import HandOver, History, Pace, Range, pace
from relay.domain.waiting import Waiting, positions
from relay.realtime.room import Room
from relay.storage.waits import Wait, WaitStore


class Staff(NamedTuple):
    """The users whose desks are open: those free for the next customer, and those who will be."""

    available: frozenset[str]
    on_duty: frozenset[str]


class Queued(NamedTuple):
    """How a wait began: `at` (ms since 1970), the place, who was on duty, and what was told."""

    at: int
    position: int
    on_duty: int
    told: Range | None


class Queues:
    """`rooms` is the hub's own table, read here. Histories live in memory; `store` keeps them."""

    def __init__(self, clock: Clock, rooms: Mapping[str, Room], store: WaitStore) -> None:
        self._clock = clock
        self._rooms = rooms
        self._store = store
        self._histories: dict[str | None, History] = {}
        self._queued: dict[str, Queued] = {}

    async def load(self) -> None:
        """Read what earlier waits were like. Raises `StorageUnavailable`."""
        self._histories = await self._store.histories(self._clock.now_ms())

    def waiting(self) -> list[Waiting]:
        """Everybody who waits now, in no order."""
        return [
            Waiting(room.id, room.session.opened_at, room.session.queue_user_id)
            for room in self._rooms.values()
            if room.session.state is SessionState.WAITING
        ]

    def tell(self, waiting: list[Waiting], staff: Staff) -> None:
        """Tell every waiting customer how things stand."""
        now = self._clock.now_ms()
        paces = {
            queue: pace(self._histories.get(queue, History()), now)
            for queue in {one.own_of for one in waiting}
        }
        queues = {one.session: one.own_of for one in waiting}
        for session, position in positions(waiting).items():
            queue = queues[session]
            on_duty = _takers(queue, staff.on_duty)
            told = _range(paces[queue], position, on_duty)
            self._queued.setdefault(session, Queued(now, position, on_duty, told))
            room = self._rooms[session]
            customer = room.peers.get(room.session.customer.id)
            if customer is not None:
                free = _takers(queue, staff.available)
                customer.tell(_place(position, free, told), "queue.place")

    def left(self, room: Room, staff: Staff) -> Wait | None:
        """The room waits no more. The wait to remember, when a representative ended it."""
        queued = self._queued.pop(room.id, None)
        if queued is None or room.session.state is not SessionState.ACTIVE:
            return None
        now = self._clock.now_ms()
        queue = room.session.queue_user_id
        done = HandOver(
            at=now,
            waited_s=(now - queued.at) / 1000,
            position=queued.position,
            on_duty_then=queued.on_duty,
            on_duty=_takers(queue, staff.on_duty),
        )
        self._histories[queue] = self._histories.get(queue, History()).after(done)
        return Wait(queue, done, queued.told)

    async def remember(self, wait: Wait) -> None:
        """Keep a wait beyond this process. Raises `StorageUnavailable`."""
        await self._store.add(wait)


def _takers(queue: str | None, users: frozenset[str]) -> int:
    """How many of `users` take from a queue: its owner, or everybody from the general one."""
    return len(users) if queue is None else int(queue in users)


def _range(known: Pace | None, position: int, on_duty: int) -> Range | None:
    return None if known is None else known.at(position, on_duty)


def _place(position: int, available: int, told: Range | None) -> QueuePlace:
    return QueuePlace(
        position=position,
        on_duty=available,
        least_s=told.least if told else None,
        most_s=told.most if told else None,
    )
