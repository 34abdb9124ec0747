"""Files as the relay decides about them: what fits, what becomes of it, who is what. Pure.

Who may do what when stands in the table TRANSFER of `protocol.file_machine`; what the organisation
allows in its `FileRules`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from msgspec.structs import replace

from protocol import limits
from protocol.acts import FileFail, FileStore
from protocol.base import Request
from protocol.errors import ErrorCode
from protocol.facts import AnyFact, Participant
from protocol.file_facts import (
    FileAccepted,
    FileAsked,
    FileFact,
    FileOffered,
    FileOver,
    FileStored,
    FileTaken,
)
from protocol.file_machine import FILE_REQUESTS, TransferState, step_file
from protocol.file_requests import (
    FileAccept,
    FileAsk,
    FileCancel,
    FileDecline,
    FileOffer,
    FileTake,
)
from protocol.file_snapshot import Transfer, transfer_of
from protocol.files import SAID, FileEnd, FileRules, Side
from protocol.roles import Role
from protocol.snapshot import Snapshot

Act = FileStore | FileFail
Known = dict[str, Transfer]
"""Every transfer a session had, by its id, as it last stood; one that is taken stays STORED."""

Maker = Callable[[Any, Snapshot, Participant, int], FileFact]
"""(request, session as it is, sender, now in ms) -> fact."""

_OPEN_ENDED = re.compile(r"[. ]+\Z")


def refusal(
    snapshot: Snapshot, known: Known, request: Request, sender: Participant, rules: FileRules
) -> ErrorCode | None:
    """Why `request`, one of REQUESTS, is not carried out now; None: it is."""
    transfer_id = id_in(request)
    present = transfer_of(snapshot.files, transfer_id)
    if present is None and transfer_id in known:
        return ErrorCode.NOT_NOW  # it is over; an id is never used again
    side = _side_at_first(request) if present is None else side_of(snapshot, present, sender)
    state = TransferState.NONE if present is None else present.state
    if side is None or step_file(state, type(request), side) is None:
        return ErrorCode.NOT_NOW
    match request:
        case FileAsk():
            return _too_many(snapshot, known, rules) or _wrong_way(rules, Role.CUSTOMER)
        case FileOffer():
            crowded = None if present else _too_many(snapshot, known, rules)
            return _wrong_way(rules, sender.role) or _unfit(request, rules) or crowded
        case FileCancel() | FileFail() if request.why not in SAID[side]:
            return ErrorCode.NOT_NOW
        case FileTake() if present is None or request.sha256 != present.sha256:
            return ErrorCode.CONFLICT
        case _:
            return None


def side_of(snapshot: Snapshot, transfer: Transfer, somebody: Participant) -> Side | None:
    """What `somebody` is to a transfer; None: nothing.

    What the customer sends is for every representative in the session, but only who asked for a
    file takes the question back.
    """
    if somebody.role is Role.RELAY:
        return Side.RELAY
    customer = snapshot.participants[0].id
    if transfer.state is TransferState.ASKED:
        receives = somebody.id == transfer.asked
        return Side.SENDER if somebody.id == customer else Side.RECEIVER if receives else None
    if somebody.id == transfer.by:
        return Side.SENDER
    to_customer = transfer.by != customer
    return Side.RECEIVER if (somebody.id == customer) is to_customer else None


def id_in(request: Request) -> str:
    """The transfer that `request`, one of REQUESTS, speaks of."""
    return str(request.id if isinstance(request, FileAsk) else getattr(request, "transfer", ""))


def noted(known: Known, snapshot: Snapshot, fact: AnyFact) -> None:
    """Write down in `known` what `fact`, which `snapshot` holds already, tells of a transfer."""
    if not isinstance(fact, FileFact):
        return
    transfer = transfer_of(snapshot.files, fact.id)
    if transfer is not None:
        known[fact.id] = transfer
    elif isinstance(fact, FileOver) and fact.id in known:
        known[fact.id] = replace(known[fact.id], state=TransferState.OVER)


def kept(snapshot: Snapshot, known: Known) -> Known:
    """The transfers whose bytes the relay has or awaits: what is being sent, and until the
    session's end what arrived, which may be fetched once more."""
    stored = {name: one for name, one in known.items() if one.state is TransferState.STORED}
    sending = {one.id: one for one in snapshot.files if one.state is TransferState.SENDING}
    return stored | sending


def next_act(snapshot: Snapshot, failing: Mapping[str, FileEnd]) -> FileFail | None:
    """What the relay does by itself about files; None: nothing, for now.

    `failing` are transfers that cannot go on, and why; see `relay.realtime.depot`.
    """
    for one in snapshot.files:
        why = failing.get(one.id)
        if why is not None and step_file(one.state, FileFail, Side.RELAY) is not None:
            return FileFail(transfer=one.id, why=why)
    return None


def pieces_of(size: int) -> int:
    """How many pieces a file of `size` bytes has."""
    return -(-size // limits.FILE_PIECE_BYTES)


def piece_bytes(size: int, piece: int) -> int:
    """The length of piece number `piece` (from 0) of a file of `size` bytes."""
    return min(limits.FILE_PIECE_BYTES, size - piece * limits.FILE_PIECE_BYTES)


def is_blocked(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a file of that name fits one of the patterns, however its letters are written.

    Windows overlooks dots and blanks at the end, and takes what follows a colon for a part of the
    file: `setup.exe. `, `setup.exe:x` and `setup.exe` are the same program.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    names = {_OPEN_ENDED.sub("", one) for one in (plain, plain.partition(":")[0])}
    folded = [unicodedata.normalize("NFKC", one).casefold() for one in patterns]
    return any(fnmatchcase(one, pattern) for one in names for pattern in folded)


def _side_at_first(request: Request) -> Side | None:
    return Side.SENDER if isinstance(request, FileOffer) else Side.RECEIVER


def _too_many(snapshot: Snapshot, known: Known, rules: FileRules) -> ErrorCode | None:
    """Neither more at a time than a snapshot should carry, nor more than are allowed."""
    there = {one.id for one in snapshot.files} | kept(snapshot, known).keys()
    crowded = len(snapshot.files) >= limits.FILES or len(there) >= rules.most_files
    return ErrorCode.TOO_MANY_FILES if crowded else None


def _wrong_way(rules: FileRules, sender: Role) -> ErrorCode | None:
    allowed = rules.from_customer if sender is Role.CUSTOMER else rules.to_customer
    return None if allowed else ErrorCode.FILES_OFF


def _unfit(request: FileOffer, rules: FileRules) -> ErrorCode | None:
    if request.size > rules.most_bytes:
        return ErrorCode.TOO_LARGE
    return ErrorCode.FILE_TYPE if is_blocked(request.name, rules.blocked) else None


def _asked(request: FileAsk, at: Snapshot, sender: Participant, now: int) -> FileFact:
    return FileAsked(seq=at.seq + 1, at=now, by=sender.id, id=request.id, reason=request.reason)


def _offered(request: FileOffer, at: Snapshot, sender: Participant, now: int) -> FileFact:
    name, size, transfer = request.name, request.size, request.transfer
    return FileOffered(seq=at.seq + 1, at=now, by=sender.id, id=transfer, name=name, size=size)


def _accepted(request: FileAccept, at: Snapshot, sender: Participant, now: int) -> FileFact:
    return FileAccepted(seq=at.seq + 1, at=now, by=sender.id, id=request.transfer)


def _declined(request: FileDecline, at: Snapshot, sender: Participant, now: int) -> FileFact:
    why = FileEnd.DECLINED
    return FileOver(seq=at.seq + 1, at=now, by=sender.id, id=request.transfer, why=why)


def _over(request: FileCancel | FileFail, at: Snapshot, sender: Participant, now: int) -> FileFact:
    return FileOver(seq=at.seq + 1, at=now, by=sender.id, id=request.transfer, why=request.why)


def _stored(request: FileStore, at: Snapshot, _: Participant, now: int) -> FileFact:
    return FileStored(seq=at.seq + 1, at=now, id=request.transfer, sha256=request.sha256)


def _taken(request: FileTake, at: Snapshot, sender: Participant, now: int) -> FileFact:
    return FileTaken(seq=at.seq + 1, at=now, by=sender.id, id=request.transfer)


MAKERS: dict[type[Request], Maker] = {
    FileAsk: _asked,
    FileOffer: _offered,
    FileAccept: _accepted,
    FileDecline: _declined,
    FileCancel: _over,
    FileFail: _over,
    FileStore: _stored,
    FileTake: _taken,
}

REQUESTS: frozenset[type[Request]] = frozenset(FILE_REQUESTS)
"""Everything that is decided here."""
