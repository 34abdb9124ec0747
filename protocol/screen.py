"""What the channel carries about the customer's screen, beside input. The relay reads none of it.

A frame's payload is in `protocol.picture`. A cursor's payload is a `CursorHead` and, for a shape,
RGBA pixels (not premultiplied). SCREEN and WISH carry JSON.

Coordinates on the wire are pixels of the picture; (0, 0) is its upper left corner.
"""

import struct
from enum import StrEnum
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from protocol import limits
from protocol.errors import CloseCode, RemoteProtocolError
from protocol.picture import Codec

Coordinate = Annotated[int, Meta(ge=-(2**15), le=2**15 - 1)]


_CURSOR = struct.Struct(">BhhHHHHI")


class CursorHead(NamedTuple):
    """Where the pointer is and how it looks: `serial` names the shape, and the pixels follow when
    `width` is not 0. `visible` is 0 where the pointer is hidden or outside what is shown."""

    visible: int
    x: int
    y: int
    width: int
    height: int
    hot_x: int
    hot_y: int
    serial: int

    def pack(self) -> bytes:
        return _CURSOR.pack(*self)


CURSOR_HEAD_BYTES = _CURSOR.size


def cursor_head(payload: bytes) -> CursorHead:
    """The head of a cursor's payload. Raises `struct.error`."""
    return CursorHead(*_CURSOR.unpack_from(payload))


class ScreenMessage(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", rename="camel"):
    """Base of what SCREEN carries, from the customer's program to the viewers."""


class MonitorView(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A monitor: its place and size in pixels of the whole desktop, `scale` in percent."""

    id: int
    name: str
    x: int
    y: int
    width: int
    height: int
    scale: int = 100


class Layout(ScreenMessage, frozen=True, tag="layout"):
    """What the picture shows from `number` on: one monitor (`shown`, its id) or all (0)."""

    number: int
    monitors: tuple[MonitorView, ...]
    shown: int
    width: int
    height: int


class Obstacle(StrEnum):
    """Why the picture or the input does not work as it should.

    LOCKED: the screen is locked. PROTECTED: a window does not let itself be shown. PERMISSION:
    the system has not allowed it. ELEVATED: the window in front belongs to the administrator.
    SYSTEM: this system cannot do it.
    """

    LOCKED = "locked"
    PROTECTED = "protected"
    PERMISSION = "permission"
    ELEVATED = "elevated"
    SYSTEM = "system"


class Obstacles(ScreenMessage, frozen=True, tag="obstacles"):
    """What is in the way now, of seeing and of input; empty when nothing is."""

    view: Obstacle | None = None
    control: Obstacle | None = None


class InputResting(ScreenMessage, frozen=True, tag="input.resting"):
    """The customer moves the own mouse: input is dropped for `rest_ms` more (0: over)."""

    rest_ms: int


class InputRefusal(StrEnum):
    """Why a piece of input was dropped.

    MOVED: another window is there now than in the picture. BEHIND: the picture is too old.
    OUTSIDE: not on the picture. UNSHARED: the window is not shared. OWN: it belongs to Support
    Bridge. RESTING: the customer's own hand is on the mouse. TOO_MANY: more than the limit.
    IMPOSSIBLE: this system has no such key. FAILED: the system did not take it.
    """

    MOVED = "moved"
    BEHIND = "behind"
    OUTSIDE = "outside"
    UNSHARED = "unshared"
    OWN = "own"
    RESTING = "resting"
    TOO_MANY = "too_many"
    IMPOSSIBLE = "impossible"
    FAILED = "failed"


class InputRefused(ScreenMessage, frozen=True, tag="input.refused"):
    """A click or key of the batch `seq` by participant number `to` was dropped."""

    to: int
    seq: int
    why: InputRefusal


ScreenNews = Layout | Obstacles | InputResting | InputRefused


class WishMessage(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="t",
    rename="camel",
    forbid_unknown_fields=True,
):
    """Base of what WISH carries, from a viewer to the customer's program."""


class Watch(WishMessage, frozen=True, tag="watch"):
    """The viewer is ready and can decode streams of these; a key frame follows. Nothing is sent
    before the first viewer is ready. Said again when the viewer lost its place."""

    codecs: Annotated[tuple[Codec, ...], Meta(max_length=8)]


class Unwatch(WishMessage, frozen=True, tag="unwatch"):
    """The viewer is not shown any longer (its tab is in the background)."""


class ShowMonitor(WishMessage, frozen=True, tag="monitor"):
    """Show one monitor (its id) or all (0)."""

    id: Annotated[int, Meta(ge=0, le=1000)]


class PointAt(WishMessage, frozen=True, tag="point"):
    """Show the customer a mark with a number at a place of the picture of `layout`."""

    layout: Annotated[int, Meta(ge=0, le=2**32 - 1)]
    number: Annotated[int, Meta(ge=1, le=99)]
    x: Coordinate
    y: Coordinate


Wish = Watch | Unwatch | ShowMonitor | PointAt

_ENCODER = msgspec.json.Encoder()
_NEWS: msgspec.json.Decoder[ScreenNews] = msgspec.json.Decoder(ScreenNews)
_WISHES: msgspec.json.Decoder[Wish] = msgspec.json.Decoder(Wish)


def encode(message: ScreenMessage | WishMessage) -> bytes:
    """The payload of a SCREEN or WISH message."""
    return _ENCODER.encode(message)


def decode_news(payload: bytes) -> ScreenNews:
    """What SCREEN carries. Raises `RemoteProtocolError`."""
    try:
        return _NEWS.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RemoteProtocolError(CloseCode.MALFORMED, str(error)) from None


def decode_wish(payload: bytes) -> Wish:
    """What WISH carries. Raises `RemoteProtocolError`."""
    if len(payload) > limits.CHANNEL_PAYLOAD_BYTES:
        raise RemoteProtocolError(CloseCode.TOO_BIG, "wish too long")
    try:
        return _WISHES.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RemoteProtocolError(CloseCode.MALFORMED, str(error)) from None
