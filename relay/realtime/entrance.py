"""The ways into sessions, as the HTTP side asks for them: open, move, knock, try, rate, send."""

import secrets
from dataclasses import replace
from typing import NamedTuple

from protocol import catalogue
from protocol.acts import CustomerMove, NoticeTell
from protocol.facts import Participant, SessionOpened
from protocol.machines import SessionState
from protocol.queues import GENERAL
from protocol.roles import Door, Role
from relay.domain import preparing
from relay.domain.content import Content, Survey, in_language
from relay.domain.notices import active
from relay.domain.surveys import is_asked
from relay.domain.waiting import QueueKey
from relay.realtime.carrier import ITSELF, RELAY, Sender
from relay.realtime.entry import Entry
from relay.realtime.machinery import Machinery
from relay.realtime.room import Room
from relay.realtime.surroundings import Surroundings
from relay.storage.sessions import Member, OpenedSession, Opening

KNOCK_MS = 15_000
"""How long somebody who asked to be let in again is shown as waiting for it."""


class Rating(NamedTuple):
    """The session whose survey may be answered, by its number; nothing of a trial is kept."""

    session: str
    number: int
    survey: Survey
    trial: bool


class Entrance:
    """All methods raise `StorageUnavailable`."""

    def __init__(self, around: Surroundings, machinery: Machinery) -> None:
        self._around = around
        self._machinery = machinery
        self._site = machinery.site

    async def open(self, entry: Entry, drafts: Content | None = None) -> OpenedSession:
        """A new session with its customer; `drafts` are a trial's own content."""
        content = drafts or self._site.content
        customer = Participant(
            id=secrets.token_hex(8),
            role=Role.CUSTOMER,
            name=entry.name,
            door=entry.door,
            system=entry.system,
        )
        language = catalogue.choose([entry.language])
        opened = SessionOpened(
            seq=1,
            at=self._around.clock.now_ms(),
            participant=customer,
            queue=await self._site.queue(entry.queue) or GENERAL,
            language=language,
            issue=self._site.issue_name(entry.issue, language),
            words=entry.words,
            preparing=bool(preparing.plan(content.settings, entry.door, can_record=False)),
            trial=entry.trial,
        )
        opening = Opening(
            secrets.token_hex(16), entry.token_hash, entry.portal, entry.issue, entry.key
        )
        session = await self._machinery.store.open(opening, opened)
        room = Room(session, content=drafts)
        self._machinery.rooms.add(room)
        self._machinery.await_customer(room)
        self._machinery.desk.refresh()
        self._around.metrics.facts.labels(topic="session").inc()
        return OpenedSession(room.id, customer.id)

    async def start_trial(
        self, drafts: Content, language: str, token_hash: str, name: str
    ) -> OpenedSession:
        """A marked test session of an administrator through `drafts`, in the web chat."""
        entry = Entry(
            queue=QueueKey(),
            door=Door.CHAT,
            language=language,
            token_hash=token_hash,
            name=name,
            trial=True,
        )
        return await self.open(entry, drafts)

    async def make_code(self, session: str) -> tuple[str, int]:
        """A join code (12 characters) for a session, and when it ends (ms)."""
        return await self._machinery.codes.make(session, self._around.clock.now_ms())

    async def move(self, session: str, system: str, token_hash: str) -> Participant | None:
        """Let the program take a session over; None when it has ended."""
        async with self._machinery.rooms.held(session) as room:
            if room is None or room.session.state is SessionState.ENDED:
                return None
            now = room.session.customer
            there = Participant(
                id=now.id, role=now.role, name=now.name, door=Door.CLIENT, system=system
            )
            act = CustomerMove(participant=there)
            sender = Sender(RELAY, token_hash=token_hash)
            if not await self._machinery.carrier.carry_out(room, act, sender):
                return None
            room.knocks_until = 0
            self._machinery.await_customer(room)
            return there

    async def moved(self, token_hash: str) -> bool:
        """Whether this was a browser's token whose session went on in the program."""
        return await self._machinery.store.moved(token_hash)

    async def knock(self, session: str) -> None:
        """Somebody with a used join code asks to be let in again."""
        async with self._machinery.rooms.held(session) as room:
            if room is not None and room.session.state is not SessionState.ENDED:
                room.knocks_until = self._around.clock.now_ms() + KNOCK_MS
                self._machinery.desk.refresh()

    async def portal_of(self, session: str) -> str:
        """The id of the portal a session came from; empty: the main one."""
        async with self._machinery.rooms.held(session) as room:
            if room is None:
                return ""
            self._machinery.forget_if_idle(room)
            return room.session.portal

    async def has_program(self, session: str) -> bool:
        """Whether its customer may go on in the program."""
        async with self._machinery.rooms.held(session) as room:
            if room is None:
                return False
            self._machinery.forget_if_idle(room)
            return self._site.has_program(room)

    async def name_of(self, session: str) -> str:
        """What the customer of a session calls the organisation."""
        async with self._machinery.rooms.held(session) as room:
            if room is None:
                return ""
            self._machinery.forget_if_idle(room)
            return self._site.name_for(room)

    async def rating(self, member: Member) -> Rating | None:
        """The session of a customer who may answer the survey now; None: nobody asks."""
        async with self._machinery.rooms.held(member.session) as room:
            if room is None:
                return None
            session, survey = room.session, self._site.content_for(room).survey
            self._machinery.forget_if_idle(room)
            asked = session.state is SessionState.ENDED and is_asked(session)
            if not asked:
                return None
            return Rating(room.id, session.number, survey, session.opened.trial)

    async def rated(self, session: str) -> None:
        """The survey of a session was answered: it is not offered again."""
        async with self._machinery.rooms.held(session) as room:
            if room is not None:
                room.session = replace(room.session, rated=True)
                self._machinery.forget_if_idle(room)

    async def send_notice(self, notice_id: str, *, waiting: bool, running: bool) -> int:
        """Show a notice to everybody who waits, or is in a session; how many were told."""
        notice = self._site.content.notices.get(notice_id)
        if notice is None or not active(notice, self._around.clock.now_ms()):
            return 0
        states = {SessionState.WAITING} if waiting else set()
        states |= {SessionState.ACTIVE} if running else set()
        told = 0
        for room in list(self._machinery.rooms.table.values()):
            async with self._machinery.rooms.held(room.id) as held:
                if held is None or held.session.state not in states or held.session.opened.trial:
                    continue
                if any(one.notice == notice_id for one in held.session.snapshot.notices):
                    continue
                text = in_language(notice.texts, held.session.opened.language)
                act = NoticeTell(notice=notice_id, text=text)
                told += await self._machinery.carrier.carry_out(held, act, ITSELF)
        return told
