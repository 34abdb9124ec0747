"""Looks after every session of this node: what the relay does by itself, and who hears of it.

What it decides stands in `relay.domain.minding` and `relay.domain.assign`; here it meets the
rooms, the clock and the desks.
"""

from collections.abc import Callable, Mapping

from protocol.machines import SessionState
from protocol.signals import Signal
from protocol.snapshot import representatives
from relay.clock import Clock
from relay.domain import minding
from relay.domain.assign import assignments
from relay.domain.minding import Moment
from relay.domain.session import SessionAct
from relay.domain.surveys import offer
from relay.domain.waiting import key_of, takers
from relay.realtime.depot import Depot
from relay.realtime.desk import Desk
from relay.realtime.queues import Queues
from relay.realtime.room import Room
from relay.realtime.site import Site
from relay.realtime.trial import Trials
from relay.storage.waits import Wait


class Steward:
    """`rooms` is the hub's own table; `remember` keeps a wait, `rest` ends a room's grace."""

    def __init__(
        self,
        clock: Clock,
        rooms: Mapping[str, Room],
        site: Site,
        desk: Desk,
        queues: Queues,
        trials: Trials,
        depot: Depot,
        remember: Callable[[Wait], None],
        rest: Callable[[Room], None],
    ) -> None:
        self._clock = clock
        self._rooms = rooms
        self._site = site
        self._desk = desk
        self._queues = queues
        self._trials = trials
        self._depot = depot
        self._remember = remember
        self._rest = rest

    def next_act(self, room: Room) -> SessionAct | None:
        """What the relay does by itself in a room now; called under its lock or to look ahead."""
        now = self._clock.now_ms()
        trial = room.session.opened.trial
        staff = self._desk.staff()
        teams = self._site.content.teams
        queue = key_of(room.session.snapshot.queue)
        moment = Moment(
            now=now,
            site=self._site.name_for(room),
            present=room.customer_present,
            nobody_ms=None if trial else staff.nobody_ms(queue, teams, now),
            served=lambda wanted: bool(takers(key_of(wanted), staff.on_duty, teams)),
            absent_ms={one: now - since for one, since in room.absent.items()},
            failing=self._depot.failing(room.id),
        )
        return minding.next_act(room.session, self._site.content_for(room), moment)

    def happened(self, room: Room, was: SessionState) -> None:
        """More than a line changed a session."""
        state = room.session.state
        self._depot.settle(room)
        if state is SessionState.ENDED:
            self._rest(room)
        if was is SessionState.WAITING and state is not was:
            wait = self._queues.left(room, self._desk.staff())
            if wait is not None:
                self._remember(wait)
        self.note_absent(room)
        self._desk.refresh()

    def farewell(self, room: Room) -> Signal | None:
        """The survey, where there is one for this session."""
        return offer(room.session, self._site.content_for(room), self._site.name_for(room))

    def due(self) -> list[Room]:
        """The rooms in which the relay has something to do by itself."""
        found = []
        for room in list(self._rooms.values()):
            self.note_absent(room)
            if self.next_act(room) is not None or self._trials.is_due(room):
                found.append(room)
        return found

    def hold(self) -> None:
        """Send the hold messages that are due."""
        now = self._clock.now_ms()
        for one in self._queues.waiting():
            room = self._rooms[one.session]
            every = self._site.content_for(room).settings.hold_every_s * 1000
            last = max(room.held_at, room.session.queued_at)
            if every and now - last >= every:
                room.held_at = now
                self._queues.hold(room)

    def assignments(self) -> list[tuple[str, str]]:
        """(session, user) for everybody of a least-busy team who can be handed over now."""
        running: dict[str, int] = {}
        for room in self._rooms.values():
            if room.session.state is SessionState.ACTIVE:
                for user in room.session.helpers:
                    running[user] = running.get(user, 0) + 1
        return assignments(
            self._queues.waiting(),
            self._site.content.teams,
            self._desk.staff().available,
            running,
        )

    def note_absent(self, room: Room) -> None:
        """Since when each representative in the session has had no connection."""
        session = room.session
        if session.state is not SessionState.ACTIVE:
            room.absent.clear()
            return
        now = self._clock.now_ms()
        here = {one.id for one in representatives(session.snapshot)}
        connected = room.peers.keys() | room.pretended
        room.absent = {one: room.absent.get(one, now) for one in here if one not in connected}
