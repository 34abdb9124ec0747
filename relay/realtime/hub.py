"""All sessions of this node: admits sockets, orders what happens in each session, keeps time.

A request of a session holds its room's lock until its fact is committed, so a session's facts
are numbered without holes, while different sessions share commits.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

from protocol.errors import CloseCode, ErrorCode
from protocol.facts import Participant
from protocol.machines import SessionState
from protocol.requests import Hello, KeyCancel, KeyMake, PresenceSet, SessionAccept, SessionEnd
from protocol.roles import Door, Role
from protocol.signals import Refused
from relay.domain.permissions import Permissions
from relay.domain.session import SessionRequest
from relay.realtime.carrier import Carrier
from relay.realtime.desk import Desk
from relay.realtime.peer import Peer
from relay.realtime.queues import Queues
from relay.realtime.room import Room
from relay.realtime.surroundings import Surroundings
from relay.storage.accounts import AccountStore
from relay.storage.database import StorageUnavailable
from relay.storage.facts import FactWriter, open_writer
from relay.storage.sessions import Member, OpenedSession, SessionStore
from relay.storage.waits import Wait, WaitStore

SAVE_SEEN_S = 2.0
WATCH_S = 5.0
STOP_S = 5.0
_RELAY = Participant(id="", role=Role.RELAY, name="", door=Door.SESSION)

DeskRequest = SessionAccept | PresenceSet | KeyMake | KeyCancel


class Hub:
    """Made on the running loop, then `start`ed, in the end `stop`ped."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._store = SessionStore(around.database)
        self._accounts = AccountStore(around.database)
        self._rooms: dict[str, Room] = {}
        self._loading = asyncio.Lock()
        self._peers: set[Peer] = set()
        self._empty = asyncio.Event()
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._writer: FactWriter = open_writer(around.database, self._observe, around.batch)
        self._carrier = Carrier(around, self._store, self._writer, self._moved)
        self._queues = Queues(around.clock, self._rooms, WaitStore(around.database))
        self.desk = Desk(around, self._rooms, self._queues)

    async def start(self) -> None:
        """Read the unended sessions and begin. Raises `StorageUnavailable`."""
        await self._queues.load()
        for session_id in await self._store.unended():
            room = await self._room(session_id)
            if room is not None:
                self._await_customer(room)
        self._spawn(self._every(WATCH_S, self._watch))
        self._spawn(self._every(SAVE_SEEN_S, self._save_seen))

    async def stop(self) -> None:
        """Ask every peer to come back later, let what waits be written, and stop."""
        for room in self._rooms.values():
            _cancel_grace(room)
        if self._peers:
            await self._send_away()
        # Awaited, not cancelled: a statement cut short would leave its connection locked.
        self._stopping.set()
        await asyncio.gather(*self._tasks)
        await self._save_seen()
        await self._writer.close()

    async def _send_away(self) -> None:
        self._empty.clear()
        for peer in self._peers:
            peer.close(CloseCode.RESTART)
        try:
            async with asyncio.timeout(STOP_S):
                await self._empty.wait()
        except TimeoutError:
            for peer in list(self._peers):
                peer.cut(CloseCode.RESTART)

    async def open_session(
        self, *, queue_user_id: str | None, name: str, system: str, door: Door, token_hash: str
    ) -> OpenedSession:
        """A new waiting session with its customer. Raises `StorageUnavailable`."""
        customer = Participant(
            id=secrets.token_hex(8), role=Role.CUSTOMER, name=name, door=door, system=system
        )
        session = await self._store.open(
            secrets.token_hex(16), customer, token_hash, queue_user_id, self._around.clock.now_ms()
        )
        room = self._rooms.setdefault(session.snapshot.session, Room(session))
        self._await_customer(room)
        self.desk.refresh()
        self._around.metrics.facts.labels(topic="session").inc()
        return OpenedSession(room.id, customer.id)

    async def member(self, token_hash: str) -> Member | None:
        """Whose resume token this is. Raises `StorageUnavailable`."""
        return await self._store.by_token(token_hash)

    def available(self) -> list[str]:
        """Shown names of the representatives who are available."""
        return self.desk.available()

    def sign_out(self, user_id: str) -> None:
        """Close every socket of a user whose login has ended."""
        for peer in self._peers:
            if peer.user_id == user_id:
                peer.close(CloseCode.UNAUTHENTICATED)

    async def permissions(self, user_id: str) -> Permissions | None:
        """What somebody may do now; None when they are disabled. Raises `StorageUnavailable`."""
        return await self._accounts.permissions(user_id)

    def connected(self, peer: Peer) -> None:
        """A socket that has said hello; `disconnected` follows whatever happens."""
        self._peers.add(peer)
        self._around.metrics.sockets.labels(door=peer.door.value).inc()

    async def disconnected(self, peer: Peer) -> None:
        """The socket is gone."""
        self._peers.discard(peer)
        if not self._peers:
            self._empty.set()
        self._around.metrics.sockets.labels(door=peer.door.value).dec()
        if peer.door is Door.DESK:
            self.desk.leave(peer)
            return
        async with self._held(peer.session) as room:
            if room is None or peer.participant is None:
                return
            if room.leave(peer) and peer.participant.role is Role.CUSTOMER:
                self._await_customer(room)
                self.desk.refresh()
            self._forget_if_idle(room)

    async def admit(self, peer: Peer, hello: Hello) -> bool:
        """Let a peer into its session; False when there is no such session for it.

        A customer's peer comes with its `participant`, a representative's gets it here.
        Raises `StorageUnavailable`.
        """
        identity = self._around.identity
        async with self._held(peer.session) as room:
            if room is None:
                return False
            await self._carrier.make_certain(room)
            if peer.user_id is not None:
                participant_id = room.session.users.get(peer.user_id, "")
                peer.participant = room.session.participant(participant_id)
            if peer.participant is None:
                self._forget_if_idle(room)
                return False
            signature = identity.sign(self._around.origin(), hello.nonce) if hello.nonce else ""
            room.admit(peer, hello, identity.public_text, signature)
            if room.session.state is SessionState.ENDED:
                room.ended()
            elif peer.participant.role is Role.CUSTOMER:
                _cancel_grace(room)
                self.desk.refresh()
        return True

    async def participant(self, member: Member) -> Participant | None:
        """The customer behind a resume token. Raises `StorageUnavailable`."""
        async with self._held(member.session) as room:
            return None if room is None else room.session.participant(member.participant)

    async def handle(self, peer: Peer, request: SessionRequest) -> None:
        """Carry out what a peer in a session asks."""
        room = self._rooms.get(peer.session or "")  # stays while the peer is in it
        if room is not None:
            async with room.lock:
                await self._carrier.carry_out(room, peer, request, peer.me)

    async def handle_desk(self, peer: Peer, request: DeskRequest) -> None:
        """Carry out what a representative asks at the desk."""
        if isinstance(request, SessionAccept):
            await self._accept(peer, request)
            return
        try:
            await self.desk.handle(peer, request)
        except StorageUnavailable:
            self._carrier.refuse_for_storage(peer, request)

    async def _accept(self, peer: Peer, request: SessionAccept) -> None:
        user_id = peer.user_id or ""
        async with self._held(request.session) as room:
            if room is None:
                peer.tell(Refused(id=request.id, code=ErrorCode.UNKNOWN_SESSION))
                return
            if room.session.queue_user_id not in (None, user_id):
                peer.tell(Refused(id=request.id, code=ErrorCode.FORBIDDEN))
                return
            known = room.session.participant(room.session.users.get(user_id, ""))
            sender = known or Participant(
                id=secrets.token_hex(8),
                role=Role.REPRESENTATIVE,
                name=peer.user_name,
                door=Door.SESSION,
            )
            await self._carrier.carry_out(room, peer, request, sender)

    def _moved(self, room: Room) -> None:
        if room.session.state is SessionState.ENDED:
            _cancel_grace(room)
        wait = self._queues.left(room, self.desk.staff())
        if wait is not None:
            self._spawn(self._remember(wait))
        self.desk.refresh()

    async def _remember(self, wait: Wait) -> None:
        # One wait less to learn from is no reason to trouble anybody.
        with contextlib.suppress(StorageUnavailable):
            await self._queues.remember(wait)

    @contextlib.asynccontextmanager
    async def _held(self, session_id: str | None) -> AsyncIterator[Room | None]:
        """The room of a session with its lock held; None when there is no such session."""
        while True:
            room = await self._room(session_id or "")
            if room is None:
                yield None
                return
            async with room.lock:
                if self._rooms.get(room.id) is room:  # not forgotten while we waited
                    yield room
                    return

    async def _room(self, session_id: str) -> Room | None:
        if session_id not in self._rooms:
            async with self._loading:
                if session_id not in self._rooms:
                    session = await self._store.load(session_id)
                    if session is None:
                        return None
                    self._rooms[session_id] = Room(session)
        return self._rooms[session_id]

    def _forget_if_idle(self, room: Room) -> None:
        if room.is_idle:
            self._rooms.pop(room.id, None)

    def _await_customer(self, room: Room) -> None:
        """End the session unless its customer is back within the grace."""
        _cancel_grace(room)
        if room.session.state is not SessionState.ENDED and not room.customer_present:
            room.grace = asyncio.get_running_loop().call_later(
                self._around.grace_s, lambda: self._spawn(self._give_up(room))
            )

    async def _give_up(self, room: Room) -> None:
        async with room.lock:
            if room.customer_present or room.session.state is SessionState.ENDED:
                return
            request = SessionEnd(id=secrets.token_hex(8))
            await self._carrier.carry_out(room, None, request, _RELAY)
            self._await_customer(room)  # only if the database refused: try a grace later
            self._forget_if_idle(room)

    async def _save_seen(self) -> None:
        seen = self._carrier.unsaved_seen
        if not seen:
            return
        saved = dict(seen)
        try:
            await self._store.save_seen(saved)
        except StorageUnavailable:
            return  # kept, and tried again in a moment
        for participant, seq in saved.items():
            if seen.get(participant) == seq:
                del seen[participant]

    async def _watch(self) -> None:
        for peer in list(self._peers):
            peer.cut_if_stalled()

    async def _every(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._stopping.wait()
            await act()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _observe(self, rows: int, seconds: float) -> None:
        self._around.metrics.batch.observe(rows)
        self._around.metrics.commit_seconds.observe(seconds)


def _cancel_grace(room: Room) -> None:
    if room.grace is not None:
        room.grace.cancel()
        room.grace = None
