"""Carries out what people ask for in and around sessions, with what their requests refer to.

Looks up queues, notices and invitations by the ids that a request names, then leaves the rest to
the rules (`relay.domain.session`) and the `Carrier`.
"""

import secrets

import structlog

from protocol.acts import ShareDrop
from protocol.errors import ErrorCode
from protocol.facts import Participant
from protocol.file_requests import FileAsk, FileOffer
from protocol.machines import SessionState, step
from protocol.queues import Queue, QueueKind, QueueWish
from protocol.requests import (
    ClientOffer,
    CodeMake,
    InvitationAccept,
    InvitationMake,
    LetIn,
    NoticeMine,
    NoticeSend,
    SessionAccept,
    SessionTransfer,
)
from protocol.roles import Door, Role
from protocol.share_machine import GrantState
from protocol.share_requests import GrantAsk, GrantReturn
from protocol.share_snapshot import grant_state
from protocol.sharing import Grant, ShareCause
from protocol.signals import Ack, CodeMade, Refused
from protocol.working_requests import SessionJoin
from relay.clock import Clock
from relay.domain import minding
from relay.domain.content import file_rules, in_language
from relay.domain.given import Given
from relay.domain.notices import active
from relay.domain.permissions import GRANT_NEEDS
from relay.domain.session import NOTHING, SessionRequest
from relay.domain.sharing import is_idle
from relay.domain.texts import TextName
from relay.domain.waiting import QueueKey, key_of, may_take
from relay.realtime.carrier import ITSELF, Carrier, Sender
from relay.realtime.peer import Peer
from relay.realtime.room import Room
from relay.realtime.rooms import Rooms
from relay.realtime.site import Site
from relay.realtime.staff import Helper
from relay.storage.join_codes import JoinCodeStore
from relay.storage.notices import NoticeStore

log = structlog.get_logger("clerk")


class Unclear(Exception):
    """A request refers to something that is not there, or not for who asks."""

    def __init__(self, code: ErrorCode) -> None:
        super().__init__(code)
        self.code = code


class Clerk:
    """Every method raises `StorageUnavailable` where it must read or write beside a session."""

    def __init__(
        self,
        clock: Clock,
        rooms: Rooms,
        site: Site,
        carrier: Carrier,
        codes: JoinCodeStore,
        notices: NoticeStore,
    ) -> None:
        self._clock = clock
        self._rooms = rooms
        self._site = site
        self._carrier = carrier
        self._codes = codes
        self._notices = notices

    async def handle(self, room: Room, peer: Peer, request: SessionRequest | CodeMake) -> None:
        """Carry out what a peer in a session asks; called under the room's lock."""
        if isinstance(request, CodeMake):
            await self._make_code(room, peer, request)
            return
        try:
            given = await self._given(room, peer, request)
        except Unclear as unclear:
            peer.tell(Refused(id=getattr(request, "id", ""), code=unclear.code))
            return
        sender = Sender(peer.me, peer, peer.user_id)
        await self._carrier.carry_out(room, request, sender, given)
        if isinstance(request, NoticeMine) and room.session.state is SessionState.ENDED:
            await self._save(room, request)

    async def returns(self, room: Room, peer: Peer) -> None:
        """Put right what a peer that is about to be admitted left behind; call under the lock.

        A customer who is back shares nothing any longer, even if nobody noticed that the link was
        gone. A representative whose role has lost a permission returns what needs it.
        """
        if peer.me.role is Role.CUSTOMER:
            if not is_idle(room.session.snapshot.sharing):
                await self._carrier.carry_out(room, ShareDrop(why=ShareCause.LINK_LOST), ITSELF)
            return
        for grant in reversed(Grant):
            state = grant_state(room.session.snapshot.sharing, peer.me.id, grant)
            if state is not GrantState.FREE and not GRANT_NEEDS[grant] <= peer.permissions:
                request = GrantReturn(id=secrets.token_hex(8), grant=grant)
                await self._carrier.carry_out(room, request, Sender(peer.me))

    async def take(
        self, peer: Peer, request: SessionAccept | InvitationAccept | SessionJoin
    ) -> None:
        """Take a waiting customer, follow an invitation, or join uninvited."""
        user_id = peer.user_id or ""
        async with self._rooms.held(request.session) as room:
            if room is None or room.session.opened.trial:
                peer.tell(Refused(id=request.id, code=ErrorCode.UNKNOWN_SESSION))
                return
            if isinstance(request, SessionJoin) and user_id in room.session.helpers:
                peer.tell(Refused(id=request.id, code=ErrorCode.NOT_NOW))
                return
            queue = _queue_of(room, request)
            if queue is not None and not may_take(key_of(queue), user_id, self._site.content.teams):
                peer.tell(Refused(id=request.id, code=ErrorCode.FORBIDDEN))
                return
            helper = Helper(user_id, peer.user_name, peer.sign_in, peer.photo)
            sender = Sender(_participant(room, helper, queue), peer, user_id)
            await self._carrier.carry_out(room, request, sender)

    async def hand_over(self, session_id: str, helper: Helper) -> None:
        """Give a waiting customer to the least busy member of the team."""
        async with self._rooms.held(session_id) as room:
            if room is None or room.session.state is not SessionState.WAITING:
                return
            request = SessionAccept(id=secrets.token_hex(8), session=session_id)
            queue = room.session.snapshot.queue
            sender = Sender(_participant(room, helper, queue), None, helper.user_id)
            await self._carrier.carry_out(room, request, sender)

    async def let_in(self, peer: Peer, request: LetIn) -> None:
        """Let the program of a customer in once more."""
        async with self._rooms.held(request.session) as room:
            code = self._why_not(room, peer.user_id or "")
            now = self._clock.now_ms()
            if code is None and not await self._codes.let_in(request.session, now):
                code = ErrorCode.NOT_NOW
            if code is not None or room is None:
                peer.tell(Refused(id=request.id, code=code or ErrorCode.UNKNOWN_SESSION))
                return
            room.knocks_until = 0
        peer.tell(Ack(id=request.id))

    def _why_not(self, room: Room | None, user_id: str) -> ErrorCode | None:
        """Why this user cannot let somebody into that room."""
        if room is None or room.session.state is SessionState.ENDED:
            return ErrorCode.UNKNOWN_SESSION
        queue = key_of(room.session.snapshot.queue)
        helps = user_id in room.session.helpers
        waits = room.session.state is not SessionState.ACTIVE
        if helps or (waits and may_take(queue, user_id, self._site.content.teams)):
            return None
        return ErrorCode.FORBIDDEN

    async def _given(self, room: Room, peer: Peer, request: SessionRequest) -> Given:
        """What a request refers to. Raises `Unclear`."""
        match request:
            case SessionTransfer() | InvitationMake():
                queue = await self._queue(request.queue)
                if queue.kind is QueueKind.PERSONAL and queue.id in room.session.helpers:
                    raise Unclear(ErrorCode.NOT_NOW)
                return Given(queue=queue, fresh_id=secrets.token_hex(8))
            case FileAsk() | FileOffer():
                return Given(files=file_rules(self._site.content_for(room).settings))
            case GrantAsk():
                self._check(room, peer, request)
                return NOTHING
            case ClientOffer() if not self._site.has_program(room):
                raise Unclear(ErrorCode.FORBIDDEN)
            case NoticeSend():
                return Given(text=self._notice(room, request.notice))
            case NoticeMine():
                content, site = self._site.content_for(room), self._site.name_for(room)
                name = TextName.NOTICE_LEFT
                return Given(farewell=minding.words_of(room.session, content, site, name))
            case _:
                return NOTHING

    def _check(self, room: Room, peer: Peer, request: GrantAsk) -> None:
        """Raises `Unclear` when this role may not ask for that, or nobody is there to answer."""
        if not GRANT_NEEDS[request.grant] <= peer.permissions:
            raise Unclear(ErrorCode.FORBIDDEN)
        if not room.customer_present:
            raise Unclear(ErrorCode.NOT_NOW)

    async def _queue(self, wish: QueueWish) -> Queue:
        queue = await self._site.queue(QueueKey(wish.kind, wish.id))
        if queue is None:
            raise Unclear(ErrorCode.NOT_FOUND)
        return queue

    def _notice(self, room: Room, notice_id: str) -> str:
        notice = self._site.content.notices.get(notice_id)
        if notice is None or not active(notice, self._clock.now_ms()):
            raise Unclear(ErrorCode.NOT_FOUND)
        return in_language(notice.texts, room.session.opened.language)

    async def _make_code(self, room: Room, peer: Peer, request: CodeMake) -> None:
        if step(room.session.state, CodeMake, peer.me.role) is None:
            peer.tell(Refused(id=request.id, code=ErrorCode.NOT_NOW))
            return
        if not self._site.has_program(room):
            peer.tell(Refused(id=request.id, code=ErrorCode.FORBIDDEN))
            return
        code, expires_at = await self._codes.make(room.id, self._clock.now_ms())
        peer.tell(CodeMade(id=request.id, code=code, expires_at=expires_at))

    async def _save(self, room: Room, request: NoticeMine) -> None:
        """Remember whom a notice helped, and where to tell them that it is solved."""
        if room.session.opened.trial:
            return
        email = request.email if self._site.content.mail else ""
        await self._notices.saved(
            room.session.number,
            request.notice,
            email,
            room.session.opened.language,
            self._clock.now_ms(),
        )


def _queue_of(room: Room, request: SessionAccept | InvitationAccept | SessionJoin) -> Queue | None:
    """The queue from which a request takes; None when it takes from none, or the rules will
    refuse it anyway."""
    if isinstance(request, SessionJoin):
        return None
    if isinstance(request, SessionAccept):
        return room.session.snapshot.queue
    invitations = room.session.snapshot.invitations
    return next((one.queue for one in invitations if one.id == request.invitation), None)


def _participant(room: Room, helper: Helper, queue: Queue | None) -> Participant:
    """Who a user is in a session; the same as before, when they were in it already. They stand
    for the team in whose queue the customer was."""
    known = room.session.participant(room.session.users.get(helper.user_id, ""))
    return known or Participant(
        id=secrets.token_hex(8),
        role=Role.REPRESENTATIVE,
        name=helper.name,
        door=Door.SESSION,
        team=queue.name if queue and queue.kind is QueueKind.TEAM else "",
        photo=helper.photo,
        sign_in=helper.sign_in,
    )
