"""Words of file transfers: which way, how one ends, what is allowed.

The bytes go over HTTPS beside the sockets, in pieces of `limits.FILE_PIECE_BYTES` that are numbered
from 0; the last one may be shorter. A piece that is stored is never sent again.

    GET  /api/files/SESSION/TRANSFER          `FileStanding`: how many pieces are stored
    PUT  /api/files/SESSION/TRANSFER/N        piece N, in order; `FileStanding`
    POST /api/files/SESSION/TRANSFER          `FileSum`: that was all; 204
    GET  /files/SESSION/TRANSFER              the whole file (Range), once it is stored

The program proves itself by `Authorization: Bearer` and its resume token, a page by its cookie.
"""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from protocol import limits

FileSize = Annotated[int, Meta(ge=0, le=limits.FILE_BYTES_MOST)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
FileName = Annotated[str, Meta(min_length=1, max_length=limits.FILE_NAME_CHARS, pattern=r"\S")]


class Side(StrEnum):
    """What somebody is to a transfer."""

    SENDER = "sender"
    RECEIVER = "receiver"
    RELAY = "relay"


class FileEnd(StrEnum):
    """Why a file did not arrive.

    DECLINED by the receiver, CANCELLED by either; STOPPED: the customer ended the screen share.
    UNREADABLE: the sender cannot read it any longer, or it changed meanwhile. NO_ROOM at the
    receiver's. FULL: no room on the relay. DAMAGED: the sum is wrong. BLOCKED by the scanner;
    UNCHECKED: the scanner could not look at it. LOST: whoever had it is gone.
    """

    DECLINED = "declined"
    CANCELLED = "cancelled"
    STOPPED = "stopped"
    UNREADABLE = "unreadable"
    NO_ROOM = "no_room"
    FULL = "full"
    DAMAGED = "damaged"
    BLOCKED = "blocked"
    UNCHECKED = "unchecked"
    LOST = "lost"


SAID: dict[Side, frozenset[FileEnd]] = {
    Side.SENDER: frozenset({FileEnd.CANCELLED, FileEnd.STOPPED, FileEnd.UNREADABLE}),
    Side.RECEIVER: frozenset({FileEnd.CANCELLED, FileEnd.NO_ROOM, FileEnd.DAMAGED}),
    Side.RELAY: frozenset(
        {FileEnd.FULL, FileEnd.DAMAGED, FileEnd.BLOCKED, FileEnd.UNCHECKED, FileEnd.LOST}
    ),
}
"""Who may give which reason for a cancellation."""


class FileRules(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the organisation allows. `blocked` are patterns of names (`*.exe`), whatever the case of
    their letters; `most_files` counts those of one session."""

    from_customer: bool = True
    to_customer: bool = True
    most_bytes: int = limits.FILE_BYTES
    most_files: int = limits.FILES
    blocked: tuple[str, ...] = ()


class FileStanding(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How much of a file the relay has: whole pieces, from the first on."""

    pieces: int
    done: int


class FileSum(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The SHA-256 of the whole file, in hexadecimal digits."""

    sha256: Sha256
