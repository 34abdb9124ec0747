"""X events about windows and paintings, read quickly: there may be thousands of them a second.

Layouts: X11 protocol, appendix B; Damage protocol 6; Shape protocol 2; XFixes protocol 8.
"""

import struct
from typing import Any, NamedTuple

from client.session.geometry import Rect

CREATE, DESTROY, UNMAP, MAP, REPARENT, CONFIGURE, GRAVITY, CIRCULATE, PROPERTY = (
    16, 17, 18, 19, 21, 22, 24, 26, 28,
)  # fmt: skip
CORE = (CREATE, DESTROY, UNMAP, MAP, REPARENT, CONFIGURE, GRAVITY, CIRCULATE, PROPERTY)

_SENT = 0x80
_WORDS = struct.Struct("=4xII")
_CREATE = struct.Struct("=4xIIhhHHH")
_REPARENT = struct.Struct("=4xIII")
_CONFIGURE = struct.Struct("=4xIIIhhHHH")
_GRAVITY = struct.Struct("=4xIIhh")
_CIRCULATE = struct.Struct("=4xII4xB")
_DAMAGE = struct.Struct("=4xIIIhhHH")


class Raw:
    """An event as it came."""

    __slots__ = ("data",)

    def __init__(self, display: Any = None, binarydata: Any = b"") -> None:  # noqa: ARG002
        self.data = bytes(binarydata)

    @property
    def code(self) -> int:
        """Its number, without the mark of an event that another program sent."""
        return self.data[0] & ~_SENT

    @property
    def sent(self) -> bool:
        """Another program made it up (SendEvent): it says nothing about the screen."""
        return bool(self.data[0] & _SENT)


class Created(NamedTuple):
    """A new window, on top of the others below `parent`; not on the screen yet."""

    parent: int
    window: int
    rect: Rect


class Gone(NamedTuple):
    """A window that does not exist any longer."""

    window: int


class Shown(NamedTuple):
    """A window that is on the screen from now on (`on`), or is not any longer."""

    window: int
    on: bool


class Moved(NamedTuple):
    """A window's place with its border, right above the window `above` (0: lowest of all)."""

    window: int
    above: int
    rect: Rect


class Shifted(NamedTuple):
    """The upper left corner of a window that its parent has moved."""

    window: int
    x: int
    y: int


class Turned(NamedTuple):
    """A window that is now above (`top`) or below all others."""

    window: int
    top: bool


class Adopted(NamedTuple):
    """A window that has another parent now."""

    window: int
    parent: int


class Altered(NamedTuple):
    """A property of a window has another value."""

    window: int
    atom: int


WindowEvent = Created | Gone | Shown | Moved | Shifted | Turned | Adopted | Altered


def window_event(raw: Raw) -> WindowEvent | None:
    """What a core event says; None: it is of another kind."""
    data = raw.data
    match raw.code:
        case 16:
            parent, window, x, y, width, height, border = _CREATE.unpack_from(data)
            return Created(parent, window, _outer(x, y, width, height, border))
        case 17:
            return Gone(_WORDS.unpack_from(data)[1])
        case 18 | 19:
            return Shown(_WORDS.unpack_from(data)[1], raw.code == MAP)
        case 21:
            _, window, parent = _REPARENT.unpack_from(data)
            return Adopted(window, parent)
        case 22:
            _, window, above, x, y, width, height, border = _CONFIGURE.unpack_from(data)
            return Moved(window, above, _outer(x, y, width, height, border))
        case 24:
            return Shifted(*_GRAVITY.unpack_from(data)[1:])
        case 26:
            _, window, place = _CIRCULATE.unpack_from(data)
            return Turned(window, place == 0)
        case 28:
            return Altered(*_WORDS.unpack_from(data)[:2])
    return None


def damage(raw: Raw) -> Rect:
    """The place that was painted, in pixels of the window that is watched."""
    return Rect(*_DAMAGE.unpack_from(raw.data)[3:])


def first_word(raw: Raw) -> int:
    """The window that an event was told to; of a change of property or shape, the changed one."""
    return int(_WORDS.unpack_from(raw.data)[0])


def is_bounding(raw: Raw) -> bool:
    """Whether a shape event is about the outline, and not about input or clipping."""
    return raw.data[1] == 0


def cursor_serial(raw: Raw) -> int:
    """The number of the pointer's new shape."""
    return int(_WORDS.unpack_from(raw.data)[1])


def _outer(x: int, y: int, width: int, height: int, border: int) -> Rect:
    return Rect(x, y, width + 2 * border, height + 2 * border)
