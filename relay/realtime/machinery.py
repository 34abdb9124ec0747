"""The parts that look after the sessions of this node, put together, and their clockwork."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from protocol import catalogue, limits
from protocol.acts import SessionClose
from protocol.errors import CloseCode
from protocol.facts import EndReason
from protocol.machines import SessionState
from relay.realtime.carrier import ITSELF, Carrier
from relay.realtime.clerk import Clerk
from relay.realtime.depot import Depot
from relay.realtime.desk import Desk
from relay.realtime.downloads import Downloads
from relay.realtime.errands import Errands
from relay.realtime.peer import Peer
from relay.realtime.queues import Queues
from relay.realtime.room import Room
from relay.realtime.rooms import Rooms
from relay.realtime.site import Site
from relay.realtime.steward import Steward
from relay.realtime.surroundings import Surroundings
from relay.realtime.trial import Trials
from relay.realtime.uploads import Uploads
from relay.storage.accounts import AccountStore
from relay.storage.content import ContentStore
from relay.storage.database import StorageUnavailable
from relay.storage.facts import FactWriter, open_writer
from relay.storage.join_codes import JoinCodeStore
from relay.storage.notices import NoticeStore
from relay.storage.sessions import SessionStore
from relay.storage.waits import Wait, WaitStore

FIRST_GRACES = limits.JOIN_CODE_S / limits.RECONNECT_GRACE_S
"""Who has not come yet is awaited as long as the join code in the download's name is good."""

SAVE_SEEN_S = 2.0
WATCH_S = 5.0
STOP_S = 5.0


class Machinery:
    """Made on the running loop, then `start`ed, in the end `stop`ped."""

    def __init__(self, around: Surroundings) -> None:
        database, clock = around.database, around.clock
        self._around = around
        self.store = SessionStore(database)
        self.accounts = AccountStore(database)
        self.codes = JoinCodeStore(database)
        self.notices = NoticeStore(database)
        texts = {one: catalogue.load(one) for one in catalogue.LANGUAGES}
        content = ContentStore(database, texts, mail=around.mail)
        self.site = Site(content, self.accounts, around.organisation)
        self.rooms = Rooms(self.store)
        table = self.rooms.table
        self.queues = Queues(clock, table, WaitStore(database), self.site)
        self.desk = Desk(around, table, self.queues, self.site)
        pace = around.trial_pace
        self.trials = Trials(clock, self.site, self.queues, lambda: self.carrier, pace)
        self.depot = Depot(around.blobs, around.quota)
        minded = (self.site, self.desk, self.queues, self.trials, self.depot)
        self.steward = Steward(clock, table, *minded, self._keep, self.rest)
        self._writer: FactWriter = open_writer(database, self._observe, around.batch)
        self.carrier = Carrier(around, self.store, self._writer, self.steward)
        errands = Errands(clock, table, self.carrier, self.depot)
        self.uploads = Uploads(errands, self.carrier, self.depot, around.scanner)
        self.downloads = Downloads(errands, self.depot)
        self.clerk = Clerk(clock, self.rooms, self.site, self.carrier, self.codes, self.notices)
        self.peers: set[Peer] = set()
        self._empty = asyncio.Event()
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Read what there is and begin. Raises `StorageUnavailable`."""
        await self.site.load()
        await self.queues.load()
        for session_id in await self.store.unended():
            room = await self.rooms.load(session_id)
            if room is not None:
                await self._take_up(room)
        self.depot.spawn(self.depot.sweep())
        self.spawn(self._every(self._around.tick_s, self._tick))
        self.spawn(self._every(WATCH_S, self._watch))
        self.spawn(self._every(SAVE_SEEN_S, self._save_seen))

    async def _take_up(self, room: Room) -> None:
        """Go on with a session of before; a trial's drafts are gone, so it ends."""
        if room.session.opened.trial:
            async with room.lock:
                await self.carrier.carry_out(room, SessionClose(reason=EndReason.CLOSED), ITSELF)
                self.forget_if_idle(room)
        else:
            self.depot.settle(room)
            self.await_customer(room)

    async def stop(self) -> None:
        """Ask every peer to come back later, let what waits be written, and stop."""
        for room in self.rooms.table.values():
            self.rest(room)
        if self.peers:
            await self._send_away()
        # Awaited, not cancelled: a statement cut short would leave its connection locked.
        self._stopping.set()
        await self.depot.stop()
        await asyncio.gather(*self._tasks)
        await self._save_seen()
        await self._writer.close()

    async def _send_away(self) -> None:
        self._empty.clear()
        for peer in self.peers:
            peer.close(CloseCode.RESTART)
        try:
            async with asyncio.timeout(STOP_S):
                await self._empty.wait()
        except TimeoutError:
            for peer in list(self.peers):
                peer.cut(CloseCode.RESTART)

    def gone(self, peer: Peer) -> None:
        """A socket is closed."""
        self.peers.discard(peer)
        if not self.peers:
            self._empty.set()

    def forget_if_idle(self, room: Room) -> None:
        """Let go of a room that nothing needs; call under its lock."""
        if self.rooms.forget_if_idle(room):
            self.trials.forget(room)

    def await_customer(self, room: Room) -> None:
        """End the session unless its customer is back within the grace."""
        self.rest(room)
        if room.session.state is not SessionState.ENDED and not room.customer_present:
            grace_s = self._around.grace_s * (1 if room.came else FIRST_GRACES)
            room.grace = asyncio.get_running_loop().call_later(
                grace_s, lambda: self.spawn(self._give_up(room))
            )

    def rest(self, room: Room) -> None:
        """Nobody is awaited in a room any longer."""
        if room.grace is not None:
            room.grace.cancel()
            room.grace = None

    async def _give_up(self, room: Room) -> None:
        async with room.lock:
            if room.customer_present or room.session.state is SessionState.ENDED:
                return
            await self.carrier.carry_out(room, SessionClose(reason=EndReason.LINK_LOST), ITSELF)
            self.await_customer(room)  # only if the database refused: try a grace later
            self.forget_if_idle(room)

    async def _tick(self) -> None:
        """Whatever time alone brings about."""
        try:
            for room in self.steward.due():
                async with self.rooms.held(room.id) as held:
                    if held is not None:
                        await self.carrier.go_on(held)
                        await self.trials.go_on(held)
                        self.forget_if_idle(held)
            for session_id, user_id in self.steward.assignments():
                helper = self.desk.somebody(user_id)
                if helper is not None:
                    await self.clerk.hand_over(session_id, helper)
        except StorageUnavailable:
            return  # looked at again in a moment
        self.steward.hold()

    async def _save_seen(self) -> None:
        seen = self.carrier.unsaved_seen
        if not seen:
            return
        saved = dict(seen)
        try:
            await self.store.save_seen(saved)
        except StorageUnavailable:
            return  # kept, and tried again in a moment
        for participant, seq in saved.items():
            if seen.get(participant) == seq:
                del seen[participant]

    async def _watch(self) -> None:
        for peer in list(self.peers):
            peer.cut_if_stalled()

    def _keep(self, wait: Wait) -> None:
        self.spawn(self._remember(wait))

    async def _remember(self, wait: Wait) -> None:
        # One wait less to learn from is no reason to trouble anybody.
        with contextlib.suppress(StorageUnavailable):
            await self.queues.remember(wait)

    async def _every(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._stopping.wait()
            await act()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the background; `stop` waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _observe(self, rows: int, seconds: float) -> None:
        self._around.metrics.batch.observe(rows)
        self._around.metrics.commit_seconds.observe(seconds)
