"""What there is to see on an X11 desktop."""

import os

from Xlib.display import Display

from client.platform.base import Unavailable
from client.platform.desktop import (
    CursorPlace,
    CursorShape,
    Moment,
    Monitor,
    Window,
)
from client.platform.linux import wayland
from client.platform.linux.x11 import icons, locked, monitors
from client.platform.linux.x11.identity import Identity, numbers, value
from client.platform.linux.x11.pointer import Pointer
from client.platform.linux.x11.watching import Watching
from client.platform.linux.x11.wire import lost_connection, opened, reply
from client.session.geometry import NOWHERE, Rect
from protocol.screen import Obstacle


class X11View:
    """A `DesktopView` with a connection of its own, for one thread. Windows that go while they are
    asked about are no error; every method raises `ConnectionError` when the server is gone."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._root = display.screen().root.id
        self._own_pid = os.getpid()
        self._watching = Watching(display, self._own_pid)
        self._asking = self._watching.asking
        self._pointer = Pointer(display)

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors, the primary one first."""
        return monitors.monitors(self._display, self._asking)

    def windows(self) -> tuple[Window, ...]:
        """The windows on the screen now, the topmost first."""
        return self._watching.windows()

    def moments(self) -> tuple[Moment, ...]:
        """Everything that was on the screen since the last call."""
        return self._watching.moments()

    def damage(self) -> tuple[Rect, ...] | None:
        """What was painted since the last call."""
        return self._watching.painted()

    def stirring(self) -> int | None:
        """The connection, where the server reports paintings."""
        return self._display.fileno() if self._watching.tells else None

    def stirred(self) -> bool:
        """Whether something happened since `moments` that other questions have met."""
        return self._watching.stirred()

    def others(self) -> tuple[Window, ...]:
        """Programs' windows that the window manager knows and that are not on the screen. Their
        place is where they would be."""
        there = {one.id for one in self._watching.windows()}
        listed = numbers(value(reply(self._asking.property(self._root, "_NET_CLIENT_LIST"))))
        missing = [one for one in listed if one not in there]
        places = {one: self._asking.geometry(one) for one in missing}
        told = self._watching.facts.identities(missing)
        sizes = {one: reply(place) for one, place in places.items()}
        return tuple(
            self._hidden(told[one], Rect(0, 0, size.width, size.height))
            for one, size in sizes.items()
            if size is not None
        )

    def icon(self, window: int) -> CursorShape | None:
        """The icon that fits a list best."""
        asked = self._asking.property(window, "_NET_WM_ICON", icons.WORDS)
        return icons.icon(value(reply(asked)))

    def cursor(self) -> CursorPlace | None:
        """Where the pointer is."""
        self._watching.follow()
        return self._pointer.place(self._watching.cursor_serial)

    def cursor_shape(self) -> CursorShape | None:
        """How the pointer looks now."""
        self._watching.follow()
        return self._pointer.shape(self._watching.cursor_serial)

    def obstacle(self) -> Obstacle | None:
        """A locked screen; X11 shows everything else."""
        places = (one.rect for one in self.monitors())
        hidden = (
            locked.saver_is_on(self._display)
            or locked.covered(self._watching.windows(), places)
            or locked.session_says_so()
        )
        return Obstacle.LOCKED if hidden else None

    def control_obstacle(self) -> Obstacle | None:
        """A locked screen takes only its owner's keys."""
        return self.obstacle()

    def close(self) -> None:
        """End the connection."""
        try:
            with lost_connection():
                self._display.close()
        except ConnectionError:
            pass  # it has ended already

    def _hidden(self, one: Identity, rect: Rect) -> Window:
        return Window(
            one.window,
            one.pid,
            one.program,
            one.name,
            one.title,
            rect or NOWHERE,
            owner=one.owner,
            own=one.pid == self._own_pid,
            desktop=one.desktop,
        )


def open_view(display: str | None = None) -> X11View | Unavailable:
    """A view of the X server `display`, by default the one of this program."""
    found = opened(display)
    if isinstance(found, Unavailable):
        return found
    if wayland.is_behind(found):
        found.close()
        return Unavailable(wayland.WHY)
    try:
        return X11View(found)
    except ConnectionError as why:
        return Unavailable(f"the X server went away: {why}")
