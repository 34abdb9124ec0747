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
    FRAME = 1
    CURSOR = 2
    ACKNOWLEDGEMENT = 3
    INPUT = 4
    CLIPBOARD = 5


class Flag(IntFlag):
    KEY = 1
    DROPPABLE = 2
    FIRST = 4
    LAST = 8


_ALL_FLAGS = 0b1111
_KINDS = frozenset(int(kind) for kind in Kind)

MAY_SEND: dict[Role, frozenset[Kind]] = {
    Role.CUSTOMER: frozenset({Kind.FRAME, Kind.CURSOR, Kind.CLIPBOARD}),
    Role.REPRESENTATIVE: frozenset({Kind.ACKNOWLEDGEMENT, Kind.INPUT, Kind.CLIPBOARD}),
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
