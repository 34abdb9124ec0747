"""What there is to see on a Windows desktop.

Run under Wine, never on Windows.
"""

from ctypes import byref, sizeof

from client.platform.desktop import CursorPlace, CursorShape, Moment, Monitor, Window
from client.platform.windows import monitors, obstacles, pictures, windows_list
from client.platform.windows.api import call, see_pixels
from client.platform.windows.structures import CursorInfo
from client.session.geometry import Rect
from protocol.screen import Obstacle

_SHOWING = 1
_IN_PICTURES, _NOT_IN_PICTURES = 0x00, 0x11
"""WDA_NONE, WDA_EXCLUDEFROMCAPTURE."""


class WindowsView:
    """A `DesktopView` for the thread that makes it.

    The client's own windows are kept out of pictures by Windows, too, while one is open: beside
    being painted over, not instead, since Windows promises no safety by that, and older ones do
    not know it.
    """

    def __init__(self) -> None:
        see_pixels()
        self._cursor = 0
        self._shape: CursorShape | None = None
        self._kept_out: set[int] = set()

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors, the main one first."""
        return monitors.monitors()

    def windows(self) -> tuple[Window, ...]:
        """The windows on the screen now, the topmost first."""
        found = windows_list.shown()
        self._keep_out({one.id for one in found if one.own})
        return found

    def moments(self) -> tuple[Moment, ...]:
        """The one of now: Windows tells neither what is painted nor what was in between. What it
        shows is put together by its compositor."""
        screen = monitors.whole_desktop()
        return (Moment(self.windows(), None, screen, composited=True),)

    def others(self) -> tuple[Window, ...]:
        """Programs' windows that are not on the screen."""
        return windows_list.hidden()

    def icon(self, window: int) -> CursorShape | None:
        """A window's icon."""
        return pictures.read(pictures.icon_of(window))

    def damage(self) -> tuple[Rect, ...] | None:
        """Windows does not tell."""
        return None

    def stirring(self) -> int | None:
        """Nobody tells."""
        return None

    def stirred(self) -> bool:
        """Nobody tells."""
        return False

    def cursor(self) -> CursorPlace | None:
        """Where the pointer is; None while another desktop is on the screen."""
        info = CursorInfo(size=sizeof(CursorInfo))
        if not call("GetCursorInfo", byref(info)):
            return None
        showing = info.flags == _SHOWING
        if showing and info.cursor != self._cursor:
            self._cursor = info.cursor or 0
            self._shape = pictures.read(self._cursor)
        serial = self._shape.serial if self._shape is not None else 0
        return CursorPlace(info.place.x, info.place.y, showing, serial)

    def cursor_shape(self) -> CursorShape | None:
        """How the pointer looked when `cursor` was called last."""
        return self._shape

    def obstacle(self) -> Obstacle | None:
        """A locked screen, a question of Windows itself, or a protected window."""
        return obstacles.away() or obstacles.protected(windows_list.shown())

    def control_obstacle(self) -> Obstacle | None:
        """A locked screen, or a window in front that belongs to the administrator."""
        return obstacles.away() or obstacles.in_front()

    def close(self) -> None:
        """The own windows may be in pictures again."""
        for window in self._kept_out:
            call("SetWindowDisplayAffinity", window, _IN_PICTURES)
        self._kept_out.clear()

    def _keep_out(self, own: set[int]) -> None:
        for window in own - self._kept_out:
            call("SetWindowDisplayAffinity", window, _NOT_IN_PICTURES)
        self._kept_out |= own
