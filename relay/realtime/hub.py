"""All sessions of this node: admits sockets, hands requests on, keeps time.

A request of a session holds its room's lock until its fact is committed, so a session's facts
are numbered without holes, while different sessions share commits.
"""

from collections.abc import Mapping

from protocol.errors import CloseCode
from protocol.facts import Participant
from protocol.machines import SessionState
from protocol.requests import (
    CodeMake,
    DeskIdle,
    Hello,
    InvitationAccept,
    KeyCancel,
    KeyMake,
    LetIn,
    PresenceSet,
    SessionAccept,
)
from protocol.roles import Door, Role
from protocol.signals import Welcome
from protocol.working_requests import SessionJoin
from relay.domain.content import Content, file_rules
from relay.domain.permissions import Permissions
from relay.domain.session import SessionRequest
from relay.domain.two_words import drawn
from relay.realtime.downloads import Downloads
from relay.realtime.entrance import Entrance
from relay.realtime.entry import Entry
from relay.realtime.machinery import Machinery
from relay.realtime.peer import Peer
from relay.realtime.room import Room
from relay.realtime.surroundings import Surroundings
from relay.realtime.switch import Switch
from relay.realtime.uploads import Uploads
from relay.storage.database import StorageUnavailable
from relay.storage.sessions import Member, OpenedSession

DeskRequest = (
    SessionAccept
    | InvitationAccept
    | SessionJoin
    | LetIn
    | PresenceSet
    | DeskIdle
    | KeyMake
    | KeyCancel
)


class Hub:
    """Made on the running loop, then `start`ed, in the end `stop`ped."""

    can_record = False
    """No recorder is built in yet, so nobody is asked about recording."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._words = around.identity.secret("two words")
        self._machinery = Machinery(around)
        self._rooms = self._machinery.rooms
        self._entrance = Entrance(around, self._machinery)
        self.desk = self._machinery.desk
        self.entrance = self._entrance
        self.uploads: Uploads = self._machinery.uploads
        self.downloads: Downloads = self._machinery.downloads

    @property
    def content(self) -> Content:
        """What administrators decided about the site, as it stands now."""
        return self._machinery.site.content

    @property
    def rooms(self) -> Mapping[str, Room]:
        """The sessions in memory, by their ids; only to look at."""
        return self._rooms.table

    async def start(self) -> None:
        """Read the site and the unended sessions, and begin. Raises `StorageUnavailable`."""
        await self._machinery.start()

    async def stop(self) -> None:
        """Ask every peer to come back later, let what waits be written, and stop."""
        await self._machinery.stop()

    async def content_changed(self) -> None:
        """Read the site's content again and act on it. Raises `StorageUnavailable`."""
        await self._machinery.site.load()
        self.desk.refresh()

    async def open_session(self, entry: Entry) -> OpenedSession:
        """A new session with its customer. Raises `StorageUnavailable`."""
        return await self._entrance.open(entry)

    async def member(self, token_hash: str) -> Member | None:
        """Whose resume token this is. Raises `StorageUnavailable`."""
        return await self._machinery.store.by_token(token_hash)

    def available(self) -> list[str]:
        """Shown names of the representatives who are available."""
        return self.desk.available()

    def sign_out(self, user_id: str) -> None:
        """Close every socket of a user whose login has ended."""
        for peer in self._machinery.peers:
            if peer.user_id == user_id:
                peer.close(CloseCode.UNAUTHENTICATED)

    async def permissions(self, user_id: str) -> Permissions | None:
        """What somebody may do now; None when they are disabled. Raises `StorageUnavailable`."""
        return await self._machinery.accounts.permissions(user_id)

    def connected(self, peer: Peer) -> None:
        """A socket that has said hello; `disconnected` follows whatever happens."""
        self._machinery.peers.add(peer)
        self._around.metrics.sockets.labels(door=peer.door.value).inc()

    async def disconnected(self, peer: Peer) -> None:
        """The socket is gone."""
        self._machinery.gone(peer)
        self._around.metrics.sockets.labels(door=peer.door.value).dec()
        if peer.door is Door.DESK:
            self.desk.leave(peer)
            return
        async with self._rooms.held(peer.session) as room:
            if room is None or peer.participant is None:
                return
            if room.leave(peer) and peer.participant.role is Role.CUSTOMER:
                self._machinery.await_customer(room)
                await self._machinery.carrier.go_on(room)  # nothing is shared any longer
            self._machinery.steward.note_absent(room)
            self.desk.refresh()
            self._machinery.forget_if_idle(room)

    async def admit(self, peer: Peer, hello: Hello) -> bool:
        """Let a peer into its session; False when there is no such session for it.

        A customer's peer comes with its `participant`, a representative's gets it here.
        Raises `StorageUnavailable`.
        """
        async with self._rooms.held(peer.session) as room:
            if room is None:
                return False
            await self._machinery.carrier.make_certain(room)
            if peer.user_id is not None:
                peer.participant = _helper(room, peer.user_id)
            if peer.participant is None:
                self._machinery.forget_if_idle(room)
                return False
            await self._machinery.clerk.returns(room, peer)
            self._welcome(room, peer, hello)
            self._machinery.steward.note_absent(room)
            if room.session.state is SessionState.ENDED:
                room.ended(self._machinery.steward.farewell(room))
            elif peer.participant.role is Role.CUSTOMER:
                self._machinery.rest(room)
                await self._machinery.carrier.go_on(room)
            self.desk.refresh()
        return True

    def _welcome(self, room: Room, peer: Peer, hello: Hello) -> None:
        identity = self._around.identity
        signature = identity.sign(self._around.origin(), hello.nonce) if hello.nonce else ""
        greeting = Welcome(
            participant=peer.me.id,
            snapshot=None,
            seq=0,
            identity=identity.public_text,
            signature=signature,
            now=self._around.clock.now_ms(),
            words=drawn(self._words, room.id, room.session.opened.language),
            files=file_rules(self._machinery.site.content_for(room).settings),
        )
        room.admit(peer, hello, greeting)

    async def participant(self, member: Member) -> Participant | None:
        """The customer behind a resume token. Raises `StorageUnavailable`."""
        async with self._rooms.held(member.session) as room:
            return None if room is None else room.session.participant(member.participant)

    def here(self, member: Member) -> Participant | None:
        """The participant of a session that is in memory, as every one is that has not ended."""
        room = self._rooms.table.get(member.session)
        return None if room is None else room.session.participant(member.participant)

    def helper(self, session: str, user_id: str) -> Participant | None:
        """Who a user is in a session now; None when they are not in it."""
        room = self._rooms.table.get(session)
        return None if room is None else _helper(room, user_id)

    def switch(self, peer: Peer) -> Switch:
        """The way of an admitted peer's messages on the channel."""
        around = self._around
        return Switch(self._rooms.table, around.clock, around.metrics, peer)

    async def handle(self, peer: Peer, request: SessionRequest | CodeMake) -> None:
        """Carry out what a peer in a session asks."""
        room = self._rooms.table.get(peer.session or "")  # stays while the peer is in it
        if room is None:
            return
        async with room.lock:
            if not room.session.is_in(peer.me.id):
                return  # asked just before it left
            try:
                await self._machinery.clerk.handle(room, peer, request)
            except StorageUnavailable:
                self._machinery.carrier.refuse_for_storage(peer, request)

    async def handle_desk(self, peer: Peer, request: DeskRequest) -> None:
        """Carry out what a representative asks at the desk."""
        try:
            match request:
                case SessionAccept() | InvitationAccept() | SessionJoin():
                    await self._machinery.clerk.take(peer, request)
                case LetIn():
                    await self._machinery.clerk.let_in(peer, request)
                    self.desk.refresh()
                case _:
                    await self.desk.handle(peer, request)
        except StorageUnavailable:
            self._machinery.carrier.refuse_for_storage(peer, request)


def _helper(room: Room, user_id: str) -> Participant | None:
    """Who a user is in a session, unless they have left it."""
    known = room.session.participant(room.session.users.get(user_id, ""))
    return known if known and room.session.is_in(known.id) else None
