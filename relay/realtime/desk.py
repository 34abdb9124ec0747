"""What representatives see before a session: the queue, their keys, and each other.

Everything here is a picture of other state, so it is told whole (`desk.state`) and a newer one
replaces an older one. Changes of one moment are told once.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import segno

from protocol.machines import SessionState
from protocol.requests import KeyCancel, KeyMake, PresenceSet
from protocol.roles import Presence
from protocol.signals import (
    Ack,
    Colleague,
    DeskState,
    DeskWelcome,
    KeyMade,
    OpenKey,
    OpenSession,
    QueueEntry,
)
from relay.domain.waiting import in_order
from relay.realtime.peer import Peer
from relay.realtime.queues import Queues, Staff
from relay.realtime.room import Room
from relay.realtime.surroundings import Surroundings


@dataclass(eq=False, slots=True)
class _Representative:
    """Somebody with at least one desk open; `keys` are the own ones nobody has used yet."""

    name: str
    presence: Presence
    peers: set[Peer] = field(default_factory=set)


class Desk:
    """The open desks of this node. `rooms` is the hub's own table, read here."""

    def __init__(self, around: Surroundings, rooms: Mapping[str, Room], queues: Queues) -> None:
        self._around = around
        self._rooms = rooms
        self._queues = queues
        self._people: dict[str, _Representative] = {}
        self._keys: dict[str, dict[str, OpenKey]] = {}
        self._wishes: dict[str, Presence] = {}
        self._refresh: asyncio.Handle | None = None

    def join(self, peer: Peer) -> None:
        """A desk was opened."""
        user_id = peer.user_id or ""
        wish = self._wishes.get(user_id, Presence.AVAILABLE)
        person = self._people.setdefault(user_id, _Representative(peer.user_name, wish))
        person.peers.add(peer)
        peer.tell(DeskWelcome(user=user_id, name=peer.user_name))
        self.refresh()

    def leave(self, peer: Peer) -> None:
        """A desk was closed; with the last one its representative is off duty.

        What they said about being available holds when they are back, be it after a reload.
        """
        person = self._people.get(peer.user_id or "")
        if person is None:
            return
        person.peers.discard(peer)
        if not person.peers:
            del self._people[peer.user_id or ""]
        self.refresh()

    def available(self) -> list[str]:
        """Shown names of the representatives who are available, sorted."""
        return sorted(
            person.name for person in self._people.values() if person.presence is Presence.AVAILABLE
        )

    def staff(self) -> Staff:
        """Who is here; busy people will take customers again, those who are away will not."""
        present = {user_id: person.presence for user_id, person in self._people.items()}
        return Staff(
            available=frozenset(
                user_id for user_id, one in present.items() if one is Presence.AVAILABLE
            ),
            on_duty=frozenset(
                user_id for user_id, one in present.items() if one is not Presence.AWAY
            ),
        )

    def key_used(self, key: str) -> None:
        """A key led somebody in; its maker need not see it any longer."""
        for keys in self._keys.values():
            if keys.pop(key, None) is not None:
                self.refresh()

    async def handle(self, peer: Peer, request: PresenceSet | KeyMake | KeyCancel) -> None:
        """Carry out one request. Raises `StorageUnavailable`."""
        match request:
            case PresenceSet():
                user_id = peer.user_id or ""
                self._people[user_id].presence = self._wishes[user_id] = request.presence
                self.refresh()
            case KeyMake():
                await self._make_key(peer, request)
            case KeyCancel():
                await self._around.keys.cancel(peer.user_id or "", request.key)
                self._keys.get(peer.user_id or "", {}).pop(request.key, None)
                peer.tell(Ack(id=request.id))
                self.refresh()

    async def _make_key(self, peer: Peer, request: KeyMake) -> None:
        user_id = peer.user_id or ""
        now = self._around.clock.now_ms()
        key, expires_at = await self._around.keys.make(user_id, request.own, now)
        link = f"{self._around.origin()}/join/{key}"
        matrix = segno.make(link, error="m", micro=False).matrix
        self._keys.setdefault(user_id, {})[key] = OpenKey(
            key=key, own=request.own, expires_at=expires_at
        )
        peer.tell(
            KeyMade(
                id=request.id,
                key=key,
                link=link,
                qr=tuple("".join(str(int(dot)) for dot in row) for row in matrix),
                expires_at=expires_at,
            )
        )
        self.refresh()

    def refresh(self) -> None:
        """Tell every desk and every waiting customer how things stand, once for this moment."""
        if self._refresh is None:
            self._refresh = asyncio.get_running_loop().call_soon(self._tell_all)

    def _tell_all(self) -> None:
        self._refresh = None
        self._count()
        waiting = self._queues.waiting()
        self._queues.tell(waiting, self.staff())
        colleagues = tuple(
            Colleague(user=user_id, name=person.name, presence=person.presence)
            for user_id, person in sorted(self._people.items(), key=lambda one: one[1].name)
        )
        queue = [(one, self._entry(self._rooms[one.session])) for one in in_order(waiting)]
        running = self._running()
        for user_id, person in self._people.items():
            state = DeskState(
                now=self._around.clock.now_ms(),
                presence=person.presence,
                queue=tuple(entry for one, entry in queue if one.own_of in (None, user_id)),
                sessions=tuple(running.get(user_id, ())),
                colleagues=colleagues,
                keys=self._open_keys(user_id),
            )
            for peer in person.peers:
                peer.tell(state, "desk.state")

    def _count(self) -> None:
        states = [room.session.state for room in self._rooms.values()]
        for state in (SessionState.WAITING, SessionState.ACTIVE):
            self._around.metrics.sessions.labels(state=state.value).set(states.count(state))

    def _entry(self, room: Room) -> QueueEntry:
        customer = room.session.customer
        return QueueEntry(
            session=room.id,
            customer=customer.name,
            system=customer.system,
            door=customer.door,
            since=room.session.opened_at,
            own=room.session.queue_user_id is not None,
            present=room.customer_present,
        )

    def _running(self) -> dict[str, list[OpenSession]]:
        running: dict[str, list[OpenSession]] = {}
        for room in self._rooms.values():
            if room.session.state is SessionState.ACTIVE:
                entry = OpenSession(
                    session=room.id,
                    customer=room.session.customer.name,
                    since=room.session.opened_at,
                )
                for user_id in room.session.users:
                    running.setdefault(user_id, []).append(entry)
        return running

    def _open_keys(self, user_id: str) -> tuple[OpenKey, ...]:
        now = self._around.clock.now_ms()
        keys = {
            key: one for key, one in self._keys.get(user_id, {}).items() if one.expires_at > now
        }
        self._keys[user_id] = keys
        return tuple(keys.values())
