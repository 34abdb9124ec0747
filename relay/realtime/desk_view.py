"""What one representative sees of the queues, made of the rooms of one moment."""

from collections.abc import Callable, Iterable

from protocol.facts import InvitationMade
from protocol.machines import SessionState
from protocol.queues import QueueCause
from protocol.roles import Door
from protocol.signals import (
    NoticeChoice,
    OpenSession,
    QueueEntry,
    RunningSession,
    TeamChoice,
)
from protocol.snapshot import representatives
from relay.domain.content import Content
from relay.domain.notices import active
from relay.domain.waiting import QueueKey, key_of, may_take
from relay.realtime.room import Room
from relay.realtime.staff import Staff

_QUEUED = frozenset({SessionState.PREPARING, SessionState.WAITING})


class Looker:
    """Trials are nobody's business but their administrator's: they are not seen here.

    `name_for` says what the customer of a session calls the organisation.
    """

    def __init__(
        self,
        rooms: Iterable[Room],
        content: Content,
        staff: Staff,
        now: int,
        name_for: Callable[[Room], str],
    ) -> None:
        self._rooms = sorted(
            (room for room in rooms if not room.session.opened.trial),
            key=lambda one: (one.session.opened_at, one.id),
        )
        self._content = content
        self._staff = staff
        self._now = now
        self._name_for = name_for
        self._entries = [one for room in self._rooms for one in self._entries_of(room)]
        self._running: dict[str, list[OpenSession]] = {}
        for room in self._rooms:
            if room.session.state is SessionState.ACTIVE:
                self._run(room)
        self.notices = tuple(
            NoticeChoice(id=one.id, name=one.name, texts=dict(one.texts))
            for one in content.notices.values()
            if active(one, now)
        )

    def queue(self, user_id: str) -> tuple[QueueEntry, ...]:
        """What `user_id` may take, who came first before who came later."""
        return tuple(
            entry
            for queue, helpers, entry in self._entries
            if user_id not in helpers and may_take(queue, user_id, self._content.teams)
        )

    def sessions(self, user_id: str) -> tuple[OpenSession, ...]:
        """The sessions `user_id` is in."""
        return tuple(self._running.get(user_id, ()))

    def running(self, user_id: str) -> tuple[RunningSession, ...]:
        """The sessions that `user_id` is not in, for those who may join them."""
        return tuple(
            RunningSession(
                session=room.id,
                customer=room.session.customer.name,
                since=room.session.opened_at,
                names=tuple(one.name for one in representatives(room.session.snapshot)),
            )
            for room in self._rooms
            if room.session.state is SessionState.ACTIVE and user_id not in room.session.helpers
        )

    def teams(self, user_id: str) -> tuple[TeamChoice, ...]:
        """All teams, with how `user_id` stands to them."""
        return tuple(
            TeamChoice(
                id=team.id,
                name=team.name,
                mine=user_id in team.members,
                on_duty=len(team.members & self._staff.on_duty),
            )
            for team in self._content.teams.values()
        )

    def _run(self, room: Room) -> None:
        one = OpenSession(
            session=room.id,
            customer=room.session.customer.name,
            since=room.session.opened_at,
            knocks=self._knocks(room),
            helpers=tuple(room.session.helpers),
            site=self._name_for(room),
            issue=room.session.opened.issue,
            language=room.session.opened.language,
            accepted=room.session.accepted_at,
        )
        for user_id in room.session.helpers:
            self._running.setdefault(user_id, []).append(one)

    def _entries_of(self, room: Room) -> list[tuple[QueueKey, list[str], QueueEntry]]:
        """The entries of a session, each with its queue and those who need not see it."""
        session = room.session
        if session.state in _QUEUED:
            queued = session.queued
            cause = queued.cause if queued else QueueCause.ENTRY
            by = session.participant(queued.by) if queued else None
            entry = self._entry(room, cause, by.name if by else "")
            return [(key_of(session.snapshot.queue), [], entry)]
        if session.state is SessionState.ACTIVE:
            return [
                (key_of(one.queue), session.helpers, self._invitation(room, one))
                for one in session.snapshot.invitations
            ]
        return []

    def _invitation(self, room: Room, made: InvitationMade) -> QueueEntry:
        by = room.session.participant(made.by)
        return self._entry(room, QueueCause.ENTRY, by.name if by else "", made)

    def _entry(
        self, room: Room, cause: QueueCause, by: str, made: InvitationMade | None = None
    ) -> QueueEntry:
        session, customer = room.session, room.session.customer
        return QueueEntry(
            session=room.id,
            customer=customer.name,
            system=customer.system,
            door=customer.door,
            since=made.at if made else session.opened_at,
            queue=made.queue if made else session.snapshot.queue,
            present=room.customer_present,
            cause=cause,
            by=by,
            invitation=made.id if made else "",
            issue=session.opened.issue,
            words=session.opened.words,
            language=session.opened.language,
            preparing=session.state is SessionState.PREPARING,
            knocks=self._knocks(room),
            # The program's findings mean nothing for somebody who went on in the browser.
            checks=session.snapshot.checks if customer.door is Door.CLIENT else None,
        )

    def _knocks(self, room: Room) -> bool:
        return room.knocks_until > self._now
