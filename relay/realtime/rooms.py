"""The rooms of this node: loaded when somebody comes, forgotten when nothing needs them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from relay.realtime.room import Room
from relay.storage.sessions import SessionStore


class Rooms:
    """`table` maps sessions to their rooms; others read it, only this changes it."""

    def __init__(self, store: SessionStore) -> None:
        self._store = store
        self._loading = asyncio.Lock()
        self.table: dict[str, Room] = {}

    def add(self, room: Room) -> None:
        """A room of a session that has just been opened."""
        self.table.setdefault(room.id, room)

    @contextlib.asynccontextmanager
    async def held(self, session_id: str | None) -> AsyncIterator[Room | None]:
        """The room of a session with its lock held; None when there is no such session.

        Raises `StorageUnavailable`.
        """
        while True:
            room = await self.load(session_id or "")
            if room is None:
                yield None
                return
            async with room.lock:
                if self.table.get(room.id) is room:  # not forgotten while we waited
                    yield room
                    return

    async def load(self, session_id: str) -> Room | None:
        """The room of a session, read from the database if need be.

        Raises `StorageUnavailable`.
        """
        if session_id not in self.table:
            async with self._loading:
                if session_id not in self.table:
                    session = await self._store.load(session_id)
                    if session is None:
                        return None
                    self.table[session_id] = Room(session)
        return self.table[session_id]

    def forget_if_idle(self, room: Room) -> bool:
        """Let go of a room that nothing needs; call under its lock."""
        if room.is_idle:
            self.table.pop(room.id, None)
        return room.is_idle
