"""What a program's own window tells: process, program, title, owner, what is opaque.

The process is the one the X server knows; what a window says of itself counts only where the
server cannot tell, and only for windows of this machine.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from client.platform.linux.x11 import programs
from client.platform.linux.x11.wire import Asking, reply
from client.session.geometry import Rect

TITLE_CHARS = 200
OPAQUE = 0xFFFFFFFF
DESKTOP_KINDS = ("_NET_WM_WINDOW_TYPE_DESKTOP", "_NET_WM_WINDOW_TYPE_DOCK")
PROPERTIES = (
    "WM_CLASS",
    "_NET_WM_PID",
    "WM_CLIENT_MACHINE",
    "_NET_WM_NAME",
    "WM_NAME",
    "WM_TRANSIENT_FOR",
    "WM_CLIENT_LEADER",
    "_NET_WM_WINDOW_TYPE",
    "_NET_WM_WINDOW_OPACITY",
    "_NET_WM_OPAQUE_REGION",
    "_GTK_FRAME_EXTENTS",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """A window that a program made; under a window manager it may be inside a frame.

    `owner` is the window it belongs to and `leader` the one that stands for its group (0: none is
    told). `opaque` are the parts that say they are (None: it does not tell), in its own pixels;
    `border` is the width of a shadow that it draws itself: left, right, top, bottom.
    """

    window: int
    pid: int = 0
    program: str = ""
    name: str = ""
    title: str = ""
    owner: int = 0
    leader: int = 0
    desktop: bool = False
    veiled: bool = False
    opaque: tuple[Rect, ...] | None = None
    border: tuple[int, int, int, int] = (0, 0, 0, 0)


class Reader:
    """Reads many windows at once: all is asked before the first answer is waited for."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._machine = programs.machine()

    def read(self, windows: Iterable[int]) -> dict[int, Identity]:
        """What they tell. A window that is gone tells nothing but its number."""
        asked = {
            window: (
                self._asking.process(window),
                {name: self._asking.property(window, name) for name in PROPERTIES},
            )
            for window in windows
        }
        return {
            window: self._identity(
                window,
                reply(process),
                {name: value(reply(one)) for name, one in properties.items()},
            )
            for window, (process, properties) in asked.items()
        }

    def _identity(self, window: int, process: Any, told: dict[str, Any]) -> Identity:
        pid = _pid_of(process) or self._claimed_pid(told)
        wm_class = text(told["WM_CLASS"]).strip("\0").rpartition("\0")[2]
        kinds = {self._asking.atom(name) for name in DESKTOP_KINDS}
        opacity = number(told["_NET_WM_WINDOW_OPACITY"], OPAQUE)
        return Identity(
            window,
            pid=pid,
            program=programs.program(pid, wm_class),
            name=programs.name(pid, wm_class),
            title=readable(text(told["_NET_WM_NAME"]) or text(told["WM_NAME"])),
            owner=number(told["WM_TRANSIENT_FOR"]),
            leader=number(told["WM_CLIENT_LEADER"]),
            desktop=not kinds.isdisjoint(numbers(told["_NET_WM_WINDOW_TYPE"])),
            veiled=opacity < OPAQUE,
            opaque=_rects(told["_NET_WM_OPAQUE_REGION"]),
            border=_four(told["_GTK_FRAME_EXTENTS"]),
        )

    def _claimed_pid(self, told: dict[str, Any]) -> int:
        here = text(told["WM_CLIENT_MACHINE"]).strip("\0") == self._machine
        return number(told["_NET_WM_PID"]) if here else 0


def value(answer: Any) -> Any:
    """A property's value: bytes, an array of numbers, or None."""
    return None if answer is None or not answer.value else answer.value[1]


def number(found: Any, otherwise: int = 0) -> int:
    """The first number of a property."""
    return numbers(found)[0] if numbers(found) else otherwise


def numbers(found: Any) -> tuple[int, ...]:
    """All numbers of a property; none where it holds text, or is not there."""
    return () if found is None or isinstance(found, bytes | bytearray) else tuple(found)


def text(found: Any) -> str:
    """A property's text, which should be UTF-8 and in old programs is Latin-1."""
    if not isinstance(found, bytes | bytearray):
        return ""
    try:
        return bytes(found).decode()
    except UnicodeDecodeError:
        return bytes(found).decode("latin-1")


def readable(title: str) -> str:
    """One line without anything that cannot be seen or turns the writing around."""
    kept = (one if unicodedata.category(one)[0] != "C" else " " for one in title)
    return " ".join("".join(kept).split())[:TITLE_CHARS]


def _pid_of(process: Any) -> int:
    ids = process.ids if process is not None else ()
    return next((one.value[0] for one in ids if one.value), 0)


def _rects(found: Any) -> tuple[Rect, ...] | None:
    words = numbers(found)
    if found is None or len(words) % 4:
        return None
    return tuple(Rect(*words[at : at + 4]) for at in range(0, len(words), 4))


def _four(found: Any) -> tuple[int, int, int, int]:
    words = numbers(found)
    return (words[0], words[1], words[2], words[3]) if len(words) == 4 else (0, 0, 0, 0)
