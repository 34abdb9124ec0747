"""What the client wants of a system's desktop to show it and to act on it.

Coordinates are physical pixels of the whole desktop, the same for windows, pointer and pictures.
Objects belong to the thread that opened them; each has a `close` that may be called once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from client.platform.base import Unavailable
from client.session.geometry import Rect
from client.session.permit import WindowKey
from protocol.inputs import Button, Special
from protocol.screen import InputRefusal, Obstacle


@dataclass(frozen=True, slots=True)
class Monitor:
    """`id` counts from 1 in the system's order; `scale` in percent."""

    id: int
    name: str
    rect: Rect
    scale: int = 100


@dataclass(frozen=True, slots=True)
class Window:
    """A window on the screen, `rect` with its frame. `program` identifies the application it
    belongs to, `name` is that application's name for people. `owner` is the window that a menu, a
    tooltip or a dialog belongs to (0: none). `own` marks the client's own windows. `passing`
    marks one without a frame of its own (menus, tooltips). `desktop` is the wallpaper or a dock.

    `shape` is the part of `rect` that the window takes up (None: all of it), `solid` the part
    through which nothing else can be seen (None: all of the shape); both in desktop pixels.
    `beneath` are the windows above it that let the mouse through, in `Injector.window_at` only.
    """

    id: int
    pid: int
    program: str
    name: str
    title: str
    rect: Rect
    owner: int = 0
    own: bool = False
    passing: bool = False
    desktop: bool = False
    shape: tuple[Rect, ...] | None = None
    solid: tuple[Rect, ...] | None = None
    beneath: tuple[int, ...] = ()

    @property
    def key(self) -> WindowKey:
        """What it is chosen by, and no other window."""
        return WindowKey(self.id, self.pid, self.program)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was on the screen from one change of the windows until the next.

    `windows` are the topmost first. `painted` are the places that were painted while they stood
    so, as often as they were painted; None: the system cannot tell. `screen` is the whole desktop.
    `composited`: a compositor keeps the windows' pictures apart and shows them when it likes.
    `broken`: what was between the moment before and this one is not known.
    """

    windows: tuple[Window, ...]
    painted: tuple[Rect, ...] | None
    screen: Rect
    composited: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class CursorShape:
    """`rgba` holds height x width x 4 bytes, not premultiplied."""

    serial: int
    width: int
    height: int
    hot_x: int
    hot_y: int
    rgba: bytes


@dataclass(frozen=True, slots=True)
class CursorPlace:
    """Where the pointer's hot spot is; `serial` names its shape (0: none is known)."""

    x: int
    y: int
    visible: bool
    serial: int


class DesktopView(Protocol):
    """What there is to see, beside the pixels themselves. Used in the capture thread, and
    another one in the window's thread for the picker."""

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors; at least one."""

    def windows(self) -> tuple[Window, ...]:
        """The windows that are on the screen now, the topmost first."""

    def moments(self) -> tuple[Moment, ...]:
        """Everything that was on the screen since the last call, in order; the first goes on from
        the last one of the call before, the last one is now. At least one."""

    def others(self) -> tuple[Window, ...]:
        """Those that are not on the screen: minimised, or on another workspace."""

    def icon(self, window: int) -> CursorShape | None:
        """A window's icon, if it has one (hot spot and serial mean nothing)."""

    def damage(self) -> tuple[Rect, ...] | None:
        """What was painted since the last call; None: the system cannot tell."""

    def stirring(self) -> int | None:
        """A descriptor that can be read as soon as something was painted or moved; None: nobody
        tells, and one has to look again and again."""

    def stirred(self) -> bool:
        """Whether something was told since the last `moments` that was read meanwhile."""

    def cursor(self) -> CursorPlace | None:
        """The pointer; None: the system cannot tell."""

    def cursor_shape(self) -> CursorShape | None:
        """How the pointer looks now."""

    def obstacle(self) -> Obstacle | None:
        """What is in the way of seeing now."""

    def control_obstacle(self) -> Obstacle | None:
        """What is in the way of input now."""

    def close(self) -> None: ...


class Injector(Protocol):
    """Acts as if by hand. Every method raises `InjectionFailed` when the system refuses."""

    def move(self, x: int, y: int) -> None: ...

    def button(self, button: Button, *, down: bool) -> None: ...

    def wheel(self, dx: int, dy: int) -> None:
        """In units of `protocol.inputs.WHEEL_NOTCH`; right and down are positive."""

    def key(self, code: str, *, down: bool) -> None:
        """A key by its place (`KeyboardEvent.code`)."""

    def text(self, character: str) -> None:
        """One character, whatever the keyboard's layout. Raises `KeyPending` when nothing was
        pressed yet because programs have to learn of a key first; to be called again then."""

    def special(self, special: Special) -> None: ...

    def window_at(self, x: int, y: int) -> Window | None:
        """The window that a click there would go to now. A press or a turn of the wheel right
        after that fails where another one has come, if the system can promise so much."""

    def focused(self) -> Window | None:
        """The window that would get a key now. A key right after that fails where another one
        has the focus, if the system can promise so much."""

    def close(self) -> None:
        """Puts back whatever was changed for injecting (spare keys)."""


class InjectionFailed(Exception):
    """The system did not take an event; `why` is told to the representative."""

    def __init__(self, why: InputRefusal) -> None:
        super().__init__(why)
        self.why = why


class KeyPending(Exception):
    """A key for a character was made; it may be pressed in `wait_s` seconds, not before."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


class CustomerWatch(Protocol):
    """Listens for the customer's own hand on the mouse and for the global END key, in a thread
    of its own; the callbacks run there. `has_end_key` is False where another program has that key.
    """

    @property
    def has_end_key(self) -> bool: ...

    def close(self) -> None: ...


class Desktop(Protocol):
    """Opens what a share needs, when it needs it."""

    def view(self) -> DesktopView | Unavailable: ...

    def injector(self) -> Injector | Unavailable: ...

    def watch(
        self, own_hand: Callable[[], None], end_key: Callable[[], None]
    ) -> CustomerWatch | Unavailable: ...


class NoDesktop:
    """A system on which nothing can be shared yet; `why` is for the log."""

    def __init__(self, why: str) -> None:
        self._unavailable = Unavailable(why)

    def view(self) -> DesktopView | Unavailable:
        return self._unavailable

    def injector(self) -> Injector | Unavailable:
        return self._unavailable

    def watch(
        self,
        own_hand: Callable[[], None],  # noqa: ARG002 - nothing is listened to
        end_key: Callable[[], None],  # noqa: ARG002
    ) -> CustomerWatch | Unavailable:
        return self._unavailable
