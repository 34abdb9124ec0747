"""Remote input on the channel: one batch of events for each animation frame of the viewer.

Keys are named by their place on the keyboard (`KeyboardEvent.code` of the W3C UI Events
specification), so that a shortcut is the same on every layout; what such a key cannot say, `Typed`
says as text.
"""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from protocol import limits
from protocol.errors import CloseCode, RemoteProtocolError
from protocol.screen import Coordinate

WHEEL_NOTCH = 120
"""A wheel's notch in the units of `Wheel`."""

Notches = Annotated[int, Meta(ge=-50 * WHEEL_NOTCH, le=50 * WHEEL_NOTCH)]
KeyCode = Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z0-9]{0,23}\Z")]


class Button(StrEnum):
    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"
    BACK = "back"
    FORWARD = "forward"


class Special(StrEnum):
    """Keys and chords that a browser cannot pass on, or that no program may press."""

    CTRL_ALT_DEL = "ctrl_alt_del"
    ALT_TAB = "alt_tab"
    ALT_F4 = "alt_f4"
    META = "meta"
    PRINT_SCREEN = "print_screen"


class InputEvent(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="t",
    rename="camel",
    forbid_unknown_fields=True,
):
    """Base of all input events."""


class Move(InputEvent, frozen=True, tag="move"):
    """The pointer is at this place of the picture."""

    x: Coordinate
    y: Coordinate


class Press(InputEvent, frozen=True, tag="press"):
    """A mouse button goes down at a place."""

    button: Button
    x: Coordinate
    y: Coordinate


class Release(InputEvent, frozen=True, tag="release"):
    """A mouse button goes up at a place."""

    button: Button
    x: Coordinate
    y: Coordinate


class Wheel(InputEvent, frozen=True, tag="wheel"):
    """The wheel turns at a place: right and down are positive; `WHEEL_NOTCH` is one notch."""

    dx: Notches
    dy: Notches
    x: Coordinate
    y: Coordinate


class KeyDown(InputEvent, frozen=True, tag="key.down"):
    code: KeyCode


class KeyUp(InputEvent, frozen=True, tag="key.up"):
    code: KeyCode


class Typed(InputEvent, frozen=True, tag="typed"):
    """Text that no key of the customer's keyboard need have: composed, dead keys, emoji."""

    text: Annotated[str, Meta(min_length=1, max_length=limits.INPUT_TEXT_CHARS)]


class SpecialKey(InputEvent, frozen=True, tag="special"):
    special: Special


class ReleaseAll(InputEvent, frozen=True, tag="release.all"):
    """Everything that is pressed goes up: the viewer lost the focus."""


AnyInput = Move | Press | Release | Wheel | KeyDown | KeyUp | Typed | SpecialKey | ReleaseAll


class InputBatch(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Events in their order; `frame` is the `seq` of the frame that they were made on."""

    frame: Annotated[int, Meta(ge=0, le=2**32 - 1)]
    events: Annotated[tuple[AnyInput, ...], Meta(min_length=1, max_length=limits.INPUT_EVENTS)]


_ENCODER = msgspec.json.Encoder()
_BATCHES = msgspec.json.Decoder(InputBatch)


def encode_batch(batch: InputBatch) -> bytes:
    """The payload of an INPUT message."""
    return _ENCODER.encode(batch)


def decode_batch(payload: bytes) -> InputBatch:
    """What INPUT carries. Raises `RemoteProtocolError`."""
    if len(payload) > limits.CHANNEL_PAYLOAD_BYTES:
        raise RemoteProtocolError(CloseCode.TOO_BIG, "input batch too long")
    try:
        return _BATCHES.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RemoteProtocolError(CloseCode.MALFORMED, str(error)) from None
