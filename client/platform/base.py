"""What the client wants of a system. A system that cannot do a thing says why."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from client.platform.checkup import Checkup
    from client.platform.desktop import Desktop
    from client.platform.program import Program


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The system cannot do this; `why` is a short reason for the log."""

    why: str


class SystemInfo(Protocol):
    """What the representative may know of the machine."""

    def name(self) -> str:
        """A short name for the representative, such as `Debian 12`; at most SYSTEM_CHARS."""


class Sockets(Protocol):
    """What the kernel knows of a connection."""

    def unsent(self, wire: socket.socket) -> int | None:
        """Bytes given to a TCP socket that have not been sent yet; None: nobody can tell.

        Raises `OSError` for a socket that is closed.
        """


class Appearance(Protocol):
    """How the customer wants things to look, beyond what Qt tells."""

    def reduced_motion(self) -> bool | Unavailable:
        """Whether the customer wants no moving things on the screen."""


class Screen(Protocol):
    """Whether there is anything to show a window on; asked before Qt, which would just abort."""

    def missing(self) -> Unavailable | None:
        """Why no window can be shown; None when one can."""


class Attention(Protocol):
    """Calls a customer who looks elsewhere, beyond what Qt can."""

    def lift(self, window: int) -> None:
        """Put a window of ours (as `QWidget.winId`) above the others, without the focus."""

    def play(self, sound: Path) -> Unavailable | None:
        """Play a WAV file as loud as the system's own sounds; returns at once."""

    def close(self) -> None:
        """Play no longer."""


class NoAttention:
    """A system that plays nothing and leaves windows where they are."""

    def lift(self, window: int) -> None:
        pass

    def play(self, sound: Path) -> Unavailable:  # noqa: ARG002 - nothing is played
        return Unavailable("no way to play a sound")

    def close(self) -> None:
        pass


class WatermarkWay(Protocol):
    """How a watermark lies over the whole screen. Asked in the window's thread."""

    def wanted(self) -> bool:
        """Whether this system shows watermarks at all."""

    def translucent(self) -> bool:
        """Whether what is half transparent is; where it is not, it would be an opaque screen."""

    def prepare(self, window: int, *, seen: bool) -> None:
        """Take a window of ours (as `QWidget.winId`) for a watermark: nothing is painted over for
        its sake, and unless it is `seen`, the system keeps it out of pictures if it can."""


class NoWatermark:
    """A system that shows none."""

    def wanted(self) -> bool:
        return False

    def translucent(self) -> bool:
        return False

    def prepare(self, window: int, *, seen: bool) -> None: ...


class Clipboard(Protocol):
    """The system's clipboard, used in the window's thread."""

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever something was copied from now on; asked once Qt is there."""

    def text(self) -> str:
        """The text on it; empty where there is none."""

    def put(self, text: str) -> None:
        """Replace what is on it."""

    def close(self) -> None:
        """Listen no longer."""


class Marker(Protocol):
    """Marks what comes from elsewhere, so that the system asks before it runs it."""

    def mark(self, path: Path) -> None:
        """Mark a file that nobody has opened yet. Raises `OSError` where it keeps none."""


class NoMarker:
    """A system that knows no such mark; nothing that is saved can be run there as it is."""

    def mark(self, _path: Path) -> None: ...


class SilentSockets:
    """A system that does not tell what is unsent."""

    def unsent(self, _wire: socket.socket) -> int | None:
        return None


class AlwaysScreen:
    """A system whose programs always have a screen."""

    def missing(self) -> Unavailable | None:
        return None


@dataclass(frozen=True, slots=True)
class Platform:
    """Everything the client gets from the system. `unshareable` is the key of the text that says
    why nothing of this desktop can be shown; empty where it can."""

    system: SystemInfo
    appearance: Appearance
    screen: Screen
    desktop: "Desktop"
    sockets: Sockets
    attention: Attention
    marker: Marker
    clipboard: Clipboard
    checkup: "Checkup"
    program: "Program"
    watermark: WatermarkWay
    unshareable: str = ""
