"""WebSocket frames (RFC 6455) made beforehand and read with next to no work. Pure.

The load of the benchmark shares two cores with what it measures, so pictures are masked once, and
of what arrives only the heads are read.
"""

import random
import struct
from enum import IntEnum

from protocol.channel import HEADER, Flag, Header, Kind, parts

MASK = bytes.fromhex("a7c35e19")
"""Any key but zero, which some servers do not unmask."""

_SHORT, _LONG, _LONGER = 125, 126, 127
_FINAL, _MASKED = 0x80, 0x80


class Op(IntEnum):
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


def masked(op: Op, payload: bytes) -> bytes:
    """A frame as a client sends it."""
    size = len(payload)
    if size <= _SHORT:
        head = struct.pack(">BB", _FINAL | op, _MASKED | size)
    elif size < 1 << 16:
        head = struct.pack(">BBH", _FINAL | op, _MASKED | _LONG, size)
    else:
        head = struct.pack(">BBQ", _FINAL | op, _MASKED | _LONGER, size)
    return head + MASK + _masked(payload)


def _masked(payload: bytes) -> bytes:
    """Masked when it was not, and the other way round."""
    size = len(payload)
    key = (MASK * (size // len(MASK) + 1))[:size]
    return (int.from_bytes(payload) ^ int.from_bytes(key)).to_bytes(size)


def picture(seq: int, size: int) -> list[bytes]:
    """The frames of picture `seq` with `size` bytes of payload that nothing can compress."""
    noise = random.Random(seq).randbytes(size)  # noqa: S311 (no secret)
    header = Header(Kind.FRAME, Flag.KEY if seq == 1 else Flag(0), 0, 1, 1, seq, seq)
    return [masked(Op.BINARY, part) for part in parts(header, noise)]


def acknowledgement(seq: int) -> bytes:
    """The frame by which a viewer says that picture `seq` is drawn."""
    whole = Flag.FIRST | Flag.LAST
    return masked(Op.BINARY, Header(Kind.ACKNOWLEDGEMENT, whole, 0, 1, 1, seq, seq).pack())


class Incoming:
    """What arrives on one socket, in pieces of any size, masked or not.

    `received` counts the payload of binary frames (bytes), headers of the channel included.
    """

    def __init__(self) -> None:
        self.received = 0
        self._held = b""
        self._rest = 0

    def feed(self, data: bytes) -> tuple[list[int], list[tuple[Op, bytes]]]:
        """The numbers of the pictures whose last part has begun to arrive, and the frames that
        are not binary. Raises `ValueError` for a frame in pieces, which nobody here sends."""
        drawn: list[int] = []
        others: list[tuple[Op, bytes]] = []
        at = min(self._rest, len(data))
        self._rest -= at
        self.received += at
        if self._held:
            data, self._held = self._held + data, b""
        while (found := _head(data, at)) is not None:
            op, begin, size, key = found
            here = len(data) - begin
            if here < (min(size, HEADER.size) if op is Op.BINARY else size):
                break
            taken = min(size, here)
            if op is Op.BINARY:
                self.received += taken
                self._rest = size - taken
                drawn += _drawn(data, begin, min(size, HEADER.size), key)
            else:
                others.append((op, data[begin : begin + size]))
            at = begin + taken
        self._held = data[at:]
        return drawn, others


def _drawn(data: bytes, begin: int, size: int, key: bytes) -> list[int]:
    """The number of the picture whose last part begins there, if it does."""
    if size < HEADER.size:
        return []
    head = data[begin : begin + size]
    _, kind, flags, _, _, _, seq, _ = HEADER.unpack(_masked(head) if key else head)
    return [seq] if kind == Kind.FRAME and flags & Flag.LAST else []


def _head(data: bytes, at: int) -> tuple[Op, int, int, bytes] | None:
    """Kind, place of the payload, its size and its mask (none: empty) of the frame at `at`; None
    while its head is not whole."""
    if len(data) - at < 2:
        return None
    op, second = Op(data[at] & 0x0F), data[at + 1]
    size, begin = second & 0x7F, at + 2
    if size == _LONG:
        begin += 2
        size = int.from_bytes(data[at + 2 : begin])
    elif size == _LONGER:
        begin += 8
        size = int.from_bytes(data[at + 2 : begin])
    key = b""
    if second & _MASKED:
        key = data[begin : begin + len(MASK)]
        begin += len(MASK)
    return None if begin > len(data) else (op, begin, size, key)
