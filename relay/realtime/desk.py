"""What representatives see before a session: the queue, their keys, and each other.

Everything here is a picture of other state, so it is told whole (`desk.state`) and a newer one
replaces an older one. Changes of one moment are told once.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import segno

from protocol.errors import ErrorCode
from protocol.machines import SessionState
from protocol.queues import QueueKind
from protocol.requests import DeskIdle, KeyCancel, KeyMake, PresenceSet
from protocol.roles import Presence
from protocol.signals import (
    Ack,
    Colleague,
    DeskState,
    DeskWelcome,
    KeyMade,
    OpenKey,
    Refused,
)
from protocol.working_requests import SessionJoin
from relay.domain.waiting import QueueKey
from relay.realtime.desk_view import Looker
from relay.realtime.peer import Peer
from relay.realtime.queues import Queues
from relay.realtime.room import Room
from relay.realtime.site import Site
from relay.realtime.staff import Helper, Staff
from relay.realtime.surroundings import Surroundings

REST = 9
"""How many times longer than telling everybody took, the desk rests before the next time."""


@dataclass(eq=False, slots=True)
class _Representative:
    """Somebody with at least one desk open. `wish` is what they say about being available; of
    their `peers`, nobody touches those that are `idle`."""

    name: str
    wish: Presence
    peers: set[Peer] = field(default_factory=set)
    idle: set[Peer] = field(default_factory=set)

    @property
    def is_idle(self) -> bool:
        """Whether they are away only because nobody touches any of their desks."""
        return self.wish is not Presence.AWAY and bool(self.peers) and self.peers <= self.idle

    @property
    def presence(self) -> Presence:
        return Presence.AWAY if self.is_idle else self.wish

    @property
    def may_join(self) -> bool:
        """Whether they may join sessions uninvited."""
        return all(peer.may(SessionJoin) for peer in self.peers)


class Desk:
    """The open desks of this node. `rooms` is the hub's own table, read here."""

    def __init__(
        self, around: Surroundings, rooms: Mapping[str, Room], queues: Queues, site: Site
    ) -> None:
        self._around = around
        self._rooms = rooms
        self._queues = queues
        self._site = site
        self._since = around.clock.now_ms()
        self._left: dict[str, int] = {}
        self._people: dict[str, _Representative] = {}
        self._keys: dict[str, dict[str, OpenKey]] = {}
        self._wishes: dict[str, Presence] = {}
        self._idle: set[str] = set()
        self._refresh: asyncio.Handle | None = None
        self._rest_until = 0.0

    def join(self, peer: Peer) -> None:
        """A desk was opened."""
        user_id = peer.user_id or ""
        wish = self._wishes.get(user_id, Presence.AVAILABLE)
        person = self._people.setdefault(user_id, _Representative(peer.user_name, wish))
        # A page that comes back by itself makes nobody available: it says who touches it.
        if person.is_idle or user_id in self._idle:
            person.idle.add(peer)
            self._idle.discard(user_id)
        person.peers.add(peer)
        permissions = tuple(sorted(peer.permissions))
        peer.tell(DeskWelcome(user=user_id, name=peer.user_name, permissions=permissions))
        self.refresh()

    def leave(self, peer: Peer) -> None:
        """A desk was closed; with the last one its representative is off duty.

        What they said about being available holds when they are back, be it after a reload.
        """
        person = self._people.get(peer.user_id or "")
        if person is None:
            return
        user_id, was, idle = peer.user_id or "", person.presence, person.is_idle
        person.peers.discard(peer)
        person.idle.discard(peer)
        if person.peers:
            self._changed(user_id, was)
            return
        del self._people[user_id]
        if idle:
            self._idle.add(user_id)
        if was is not Presence.AWAY:
            self._left[user_id] = self._around.clock.now_ms()
        self.refresh()

    def available(self) -> list[str]:
        """Shown names of the representatives who are available, sorted."""
        return sorted(
            person.name for person in self._people.values() if person.presence is Presence.AVAILABLE
        )

    def somebody(self, user_id: str) -> Helper | None:
        """Somebody whose desk is open."""
        person = self._people.get(user_id)
        if person is None:
            return None
        peer = next(iter(person.peers))
        return Helper(user_id, person.name, peer.sign_in, peer.photo)

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
            last=self._left,
            since=self._since,
        )

    def key_used(self, key: str) -> None:
        """A key led somebody in; its maker need not see it any longer."""
        for keys in self._keys.values():
            if keys.pop(key, None) is not None:
                self.refresh()

    async def handle(
        self, peer: Peer, request: PresenceSet | DeskIdle | KeyMake | KeyCancel
    ) -> None:
        """Carry out one request. Raises `StorageUnavailable`."""
        match request:
            case PresenceSet():
                self._set_presence(peer.user_id or "", request.presence)
            case DeskIdle():
                self._set_idle(peer, request.on)
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
        wish = request.queue
        own = wish.kind is QueueKind.PERSONAL
        queue = await self._site.queue(QueueKey(wish.kind, user_id if own else wish.id))
        if queue is None or (own and wish.id not in ("", user_id)):
            peer.tell(Refused(id=request.id, code=ErrorCode.NOT_FOUND))
            return
        key, expires_at = await self._around.keys.make(user_id, QueueKey(queue.kind, queue.id), now)
        link = f"{self._around.origin()}/join/{key}"
        matrix = segno.make(link, error="m", micro=False).matrix
        self._keys.setdefault(user_id, {})[key] = OpenKey(
            key=key, queue=queue, expires_at=expires_at
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
            loop = asyncio.get_running_loop()
            rest = self._rest_until - loop.time()
            later = loop.call_later(rest, self._tell_all) if rest > 0 else None
            self._refresh = later or loop.call_soon(self._tell_all)

    def _tell_all(self) -> None:
        """However much happens, no more than a share of the time goes into telling it."""
        self._refresh = None
        loop = asyncio.get_running_loop()
        begun = loop.time()
        self._tell()
        self._rest_until = loop.time() + (loop.time() - begun) * REST

    def _set_presence(self, user_id: str, presence: Presence) -> None:
        person = self._people[user_id]
        was = person.presence
        person.wish = self._wishes[user_id] = presence
        self._changed(user_id, was)

    def _set_idle(self, peer: Peer, on: bool) -> None:
        user_id = peer.user_id or ""
        person = self._people[user_id]
        was = person.presence
        (person.idle.add if on else person.idle.discard)(peer)
        self._changed(user_id, was)

    def _changed(self, user_id: str, was: Presence) -> None:
        """Somebody's presence may be another one; of who went off duty it is known when."""
        if self._people[user_id].presence is Presence.AWAY and was is not Presence.AWAY:
            self._left[user_id] = self._around.clock.now_ms()
        self.refresh()

    def _tell(self) -> None:
        self._count()
        staff = self.staff()
        self._queues.tell(self._queues.waiting(), staff)
        now = self._around.clock.now_ms()
        looker = Looker(self._rooms.values(), self._site.content, staff, now, self._site.name_for)
        colleagues = tuple(
            Colleague(user=user_id, name=person.name, presence=person.presence)
            for user_id, person in sorted(self._people.items(), key=lambda one: one[1].name)
        )
        for user_id, person in self._people.items():
            state = DeskState(
                now=now,
                presence=person.presence,
                queue=looker.queue(user_id),
                sessions=looker.sessions(user_id),
                colleagues=colleagues,
                keys=self._open_keys(user_id),
                teams=looker.teams(user_id),
                notices=looker.notices,
                running=looker.running(user_id) if person.may_join else (),
                idle=person.is_idle,
            )
            for peer in person.peers:
                peer.tell(state, "desk.state")

    def _count(self) -> None:
        states = [room.session.state for room in self._rooms.values()]
        for state in (SessionState.PREPARING, SessionState.WAITING, SessionState.ACTIVE):
            self._around.metrics.sessions.labels(state=state.value).set(states.count(state))

    def _open_keys(self, user_id: str) -> tuple[OpenKey, ...]:
        now = self._around.clock.now_ms()
        keys = {
            key: one for key, one in self._keys.get(user_id, {}).items() if one.expires_at > now
        }
        self._keys[user_id] = keys
        return tuple(keys.values())
