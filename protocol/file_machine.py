"""The machine TRANSFER as a table, one for each file. It goes on within `SessionState.ACTIVE` only;
see `protocol.machines`."""

from enum import StrEnum

from protocol.acts import FileFail, FileStore
from protocol.base import Request
from protocol.file_requests import (
    FileAccept,
    FileAsk,
    FileCancel,
    FileDecline,
    FileOffer,
    FileTake,
)
from protocol.files import Side


class TransferState(StrEnum):
    """NONE: not begun. STORED: the relay has all of it, and it may be fetched."""

    NONE = "none"
    ASKED = "asked"
    OFFERED = "offered"
    SENDING = "sending"
    STORED = "stored"
    OVER = "over"


_NONE, _ASKED, _OFFERED = TransferState.NONE, TransferState.ASKED, TransferState.OFFERED
_SENDING, _STORED, _OVER = TransferState.SENDING, TransferState.STORED, TransferState.OVER

TRANSFER: dict[tuple[TransferState, type[Request], Side], TransferState] = {
    (_NONE, FileAsk, Side.RECEIVER): _ASKED,
    (_NONE, FileOffer, Side.SENDER): _OFFERED,
    (_ASKED, FileOffer, Side.SENDER): _SENDING,
    (_ASKED, FileDecline, Side.SENDER): _OVER,
    (_ASKED, FileCancel, Side.RECEIVER): _OVER,
    (_OFFERED, FileAccept, Side.RECEIVER): _SENDING,
    (_OFFERED, FileDecline, Side.RECEIVER): _OVER,
    (_OFFERED, FileCancel, Side.SENDER): _OVER,
    (_OFFERED, FileFail, Side.RELAY): _OVER,
    (_SENDING, FileStore, Side.RELAY): _STORED,
    (_SENDING, FileFail, Side.RELAY): _OVER,
    (_SENDING, FileCancel, Side.SENDER): _OVER,
    (_SENDING, FileCancel, Side.RECEIVER): _OVER,
    (_STORED, FileTake, Side.RECEIVER): _OVER,
    (_STORED, FileCancel, Side.RECEIVER): _OVER,
    (_STORED, FileFail, Side.RELAY): _OVER,
}

FILE_REQUESTS: tuple[type[Request], ...] = (
    FileAsk,
    FileOffer,
    FileAccept,
    FileDecline,
    FileCancel,
    FileTake,
    FileStore,
    FileFail,
)


def step_file(state: TransferState, request: type[Request], side: Side) -> TransferState | None:
    """The transfer after `request` by `side`, or None when the table refuses it."""
    return TRANSFER.get((state, request, side))
