"""Open transfers as the session's facts tell them: a part of the snapshot, and its law."""

from typing import assert_never

import msgspec
from msgspec.structs import replace

from protocol.file_facts import (
    FileAccepted,
    FileAsked,
    FileFact,
    FileOffered,
    FileOver,
    FileStored,
    FileTaken,
)
from protocol.file_machine import TransferState


class Transfer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A transfer that is not over. `asked` is who asked for it, `by` who sends it (empty: the
    customer has not answered yet); `sha256` is known once it is stored."""

    id: str
    state: TransferState
    at: int
    by: str = ""
    asked: str = ""
    reason: str = ""
    name: str = ""
    size: int = 0
    sha256: str = ""


Transfers = tuple[Transfer, ...]


def transferred(files: Transfers, fact: FileFact) -> Transfers:
    """The open transfers after `fact`, oldest first."""
    match fact:
        case FileAsked():
            asked = Transfer(
                id=fact.id,
                state=TransferState.ASKED,
                at=fact.at,
                asked=fact.by,
                reason=fact.reason,
            )
            return (*files, asked)
        case FileOffered():
            return _offered(files, fact)
        case FileAccepted():
            return _with(files, fact.id, state=TransferState.SENDING)
        case FileStored():
            return _with(files, fact.id, state=TransferState.STORED, sha256=fact.sha256)
        case FileTaken() | FileOver():
            return tuple(one for one in files if one.id != fact.id)
    assert_never(fact)


def transfer_of(files: Transfers, transfer: str) -> Transfer | None:
    """The open transfer with that id."""
    return next((one for one in files if one.id == transfer), None)


def without_person(files: Transfers, participant: str) -> Transfers:
    """The open transfers when somebody is gone who asked for some, or sends some; what the relay
    has already stays."""
    return tuple(
        one
        for one in files
        if one.state is TransferState.STORED or participant not in (one.by, one.asked)
    )


def stored(files: Transfers) -> Transfers:
    """Those that wait to be fetched."""
    return tuple(one for one in files if one.state is TransferState.STORED)


def _offered(files: Transfers, fact: FileOffered) -> Transfers:
    asked = transfer_of(files, fact.id)
    if asked is None:
        offered = Transfer(
            id=fact.id,
            state=TransferState.OFFERED,
            at=fact.at,
            by=fact.by,
            name=fact.name,
            size=fact.size,
        )
        return (*files, offered)
    answered = {"by": fact.by, "name": fact.name, "size": fact.size}
    return _with(files, fact.id, state=TransferState.SENDING, **answered)


def _with(files: Transfers, transfer: str, **changes: object) -> Transfers:
    return tuple(replace(one, **changes) if one.id == transfer else one for one in files)
