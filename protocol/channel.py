"""The clear 24-byte header before every opaque payload of the channel plane.

The relay reads the header and never the payload. Layout, big-endian: version u8, kind u8,
flags u8, sender u8, epoch u32, share u32, seq u32, time_us u64. A message longer than
`limits.CHANNEL_PAYLOAD_BYTES` travels in parts: FIRST on the first, LAST on the last.
"""

import struct
from enum import IntEnum, IntFlag
from typing import NamedTuple

from protocol import limits
from protocol.errors import CloseCode, RemoteProtocolError
from protocol.roles import Role

HEADER = struct.Struct(">BBBBIIIQ")
HEADER_VERSION = 1


class Kind(IntEnum):
    """FRAME, CURSOR, SCREEN and BEAT show; ACKNOWLEDGEMENT and WISH are a viewer's; their
    payloads stand in `protocol.screen`, that of INPUT in `protocol.inputs`, that of CLIPBOARD,
    which goes both ways, in `protocol.clipboard`. An acknowledgement carries in `seq` the frame
    that is drawn, a beat the newest frame that was sent; neither has a payload.
    """

    FRAME = 1
    CURSOR = 2
    ACKNOWLEDGEMENT = 3
    INPUT = 4
    SCREEN = 6
    WISH = 7
    BEAT = 8
    CLIPBOARD = 9


class Flag(IntFlag):
    KEY = 1
    DROPPABLE = 2
    FIRST = 4
    LAST = 8


_ALL_FLAGS = 0b1111
_KINDS = frozenset(int(kind) for kind in Kind)

MAY_SEND: dict[Role, frozenset[Kind]] = {
    Role.CUSTOMER: frozenset({Kind.FRAME, Kind.CURSOR, Kind.SCREEN, Kind.BEAT, Kind.CLIPBOARD}),
    Role.REPRESENTATIVE: frozenset({Kind.ACKNOWLEDGEMENT, Kind.INPUT, Kind.WISH, Kind.CLIPBOARD}),
    Role.RELAY: frozenset(),
}


class Header(NamedTuple):
    """The fields as read or to be written; `time_us` is the sender's own clock."""

    kind: Kind
    flags: Flag
    sender: int
    epoch: int
    share: int
    seq: int
    time_us: int

    def pack(self) -> bytes:
        """The header as 24 bytes."""
        return HEADER.pack(HEADER_VERSION, *self)


def peek(message: bytes) -> Header:
    """The header of a channel message.

    Raises `RemoteProtocolError` when the message is shorter than a header, longer than a part
    may be, of another version, or of a kind or with flags that do not exist.
    """
    if len(message) < HEADER.size:
        raise RemoteProtocolError(CloseCode.MALFORMED, "channel message shorter than its header")
    if len(message) > HEADER.size + limits.CHANNEL_PAYLOAD_BYTES:
        raise RemoteProtocolError(CloseCode.TOO_BIG, "channel payload over its limit")
    version, kind, flags, *rest = HEADER.unpack_from(message)
    if version != HEADER_VERSION:
        raise RemoteProtocolError(CloseCode.MALFORMED, f"channel header version {version}")
    if kind not in _KINDS or flags & ~_ALL_FLAGS:
        raise RemoteProtocolError(CloseCode.MALFORMED, f"channel kind {kind}, flags {flags}")
    return Header(Kind(kind), Flag(flags), *rest)


def parts(header: Header, payload: bytes) -> list[bytes]:
    """The channel messages that carry `payload`, in order; FIRST and LAST are set here."""
    most = limits.CHANNEL_PAYLOAD_BYTES
    pieces = [payload[at : at + most] for at in range(0, len(payload), most)] or [b""]
    last = len(pieces) - 1
    flags = header.flags & ~(Flag.FIRST | Flag.LAST)
    return [
        header._replace(
            flags=flags | (Flag.FIRST if at == 0 else 0) | (Flag.LAST if at == last else 0)
        ).pack()
        + piece
        for at, piece in enumerate(pieces)
    ]


class Joiner:
    """Puts the parts of messages together again, for each sender and kind of its own.

    A part that does not follow the one before it is dropped together with what it belongs to.
    """

    def __init__(self, most: int = limits.CHANNEL_JOINED_BYTES) -> None:
        self._most = most
        self._open: dict[tuple[int, Kind], tuple[Header, list[bytes], int]] = {}

    def add(self, message: bytes) -> tuple[Header, bytes] | None:
        """The header (of the first part) and payload of a message that is now whole.

        Raises `RemoteProtocolError` as `peek` does.
        """
        header = peek(message)
        piece = message[HEADER.size :]
        key = (header.sender, header.kind)
        held = self._open.pop(key, None)
        if header.flags & Flag.FIRST:
            held = (header, [], 0)
        if held is None or not _follows(held[0], header):
            return None
        first, pieces, size = held
        pieces.append(piece)
        size += len(piece)
        if size > self._most:
            return None
        if header.flags & Flag.LAST:
            return first, b"".join(pieces)
        self._open[key] = (first, pieces, size)
        return None


def _follows(first: Header, header: Header) -> bool:
    return (first.epoch, first.share, first.seq) == (header.epoch, header.share, header.seq)
