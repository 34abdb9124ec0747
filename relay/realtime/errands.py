"""Who may move the bytes of which file, and what everybody hears of it; used by both directions."""

from collections.abc import Mapping
from typing import NamedTuple

from protocol.errors import ErrorCode
from protocol.facts import Participant
from protocol.file_machine import TransferState
from protocol.file_snapshot import Transfer
from protocol.files import FileEnd, Side
from protocol.signals import FileProgress
from relay.clock import Clock
from relay.domain.files import side_of
from relay.domain.permissions import FILE_NEEDS, Permissions
from relay.realtime.carrier import Carrier
from relay.realtime.depot import Depot, Upload
from relay.realtime.room import Room

PROGRESS_S = 0.25
"""Progress is told no more often than that; it may be dropped."""


class FileRefused(Exception):
    """Nothing was changed. `detail` is a number or a word for programs, never a sentence."""

    def __init__(self, code: ErrorCode, detail: str = "", field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.field = field


class Errand(NamedTuple):
    """Who asks about which transfer; `permissions` None: a customer, who has no role."""

    session: str
    transfer: str
    somebody: Participant
    permissions: Permissions | None = None


class Errands:
    """`rooms` is the hub's own table."""

    def __init__(
        self, clock: Clock, rooms: Mapping[str, Room], carrier: Carrier, depot: Depot
    ) -> None:
        self._clock = clock
        self._rooms = rooms
        self._carrier = carrier
        self._depot = depot

    def sent(self, errand: Errand) -> tuple[Room, Upload]:
        """What its sender may go on with. Raises `FileRefused`."""
        room, transfer = self._transfer(errand, Side.SENDER)
        upload = self._depot.held(room.id, transfer.id)
        if upload is None:
            raise over(room, transfer.id)
        return room, upload

    def stored(self, errand: Errand) -> tuple[Room, Transfer, Upload]:
        """What its receiver may fetch. Raises `FileRefused`."""
        room, transfer = self._transfer(errand, Side.RECEIVER)
        upload = self._depot.held(room.id, transfer.id)
        if upload is None or transfer.state is not TransferState.STORED:
            raise over(room, transfer.id)
        return room, transfer, upload

    async def fail(self, room: Room, transfer: str, why: FileEnd) -> None:
        """The transfer cannot go on: it ends now."""
        self._depot.fail(room.id, transfer, why)
        async with room.lock:
            await self._carrier.go_on(room)

    def progress(
        self, room: Room, upload: Upload, transfer: str, done: int, *, fetched: bool = False
    ) -> None:
        """Tell everybody how far it is."""
        now = self._clock.monotonic()
        if done < upload.size and now - upload.told_at < PROGRESS_S:
            return
        upload.told_at = now
        room.pass_on(FileProgress(id=transfer, done=done, fetched=fetched), f"file:{transfer}")

    def _transfer(self, errand: Errand, side: Side) -> tuple[Room, Transfer]:
        """Raises `FileRefused` for whoever is not in the session or not on that side, and for what
        never was."""
        room = self._rooms.get(errand.session)
        if room is None or not room.session.is_in(errand.somebody.id):
            raise FileRefused(ErrorCode.UNKNOWN_SESSION)
        transfer = room.session.transfers.get(errand.transfer)
        if transfer is None:
            raise FileRefused(ErrorCode.NOT_FOUND)
        held = errand.permissions
        allowed = held is None or FILE_NEEDS[side] <= held
        if not allowed or side_of(room.session.snapshot, transfer, errand.somebody) is not side:
            raise FileRefused(ErrorCode.FORBIDDEN)
        return room, transfer


def over(room: Room, transfer: str) -> FileRefused:
    """For what is not going on: not yet, or no longer."""
    return FileRefused(ErrorCode.NOT_NOW, detail=room.session.transfers[transfer].state)
