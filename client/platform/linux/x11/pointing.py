"""Which window a click or a key would reach now, asked on the injector's own connection."""

from dataclasses import replace
from typing import Any

from Xlib import X
from Xlib.display import Display

from client.platform.desktop import DesktopView, Window
from client.platform.linux.x11.fake import Fake
from client.platform.linux.x11.identity import numbers, value
from client.platform.linux.x11.wire import Asking, reply
from client.session.geometry import NOWHERE

DEPTH = 16
"""More windows inside each other than programs make."""

_NO_WINDOW = (X.NONE, X.PointerRoot)
_MENUS = tuple(
    f"_NET_WM_WINDOW_TYPE_{kind}" for kind in ("MENU", "DROPDOWN_MENU", "POPUP_MENU", "COMBO")
)


class Pointing:
    """`view` knows the windows; the server says which of them is meant.

    Methods raise `Xlib.error` errors and `OSError` when the server does not answer.
    """

    def __init__(self, display: Display, view: DesktopView, fake: Fake) -> None:
        self._root = display.screen().root
        self._view = view
        self._fake = fake
        self._asking = Asking(display)
        self._menus = {self._asking.atom(name) for name in _MENUS}

    def window_at(self, x: int, y: int) -> tuple[int, Window | None]:
        """The top-level window (0: none) whose shape takes a click there, and what is known."""
        top = self._top_at(x, y)
        above: list[int] = []
        for window in self._view.windows():
            if not window.rect.holds(x, y):
                continue
            if top and self._top_of(window.id) == top:
                return top, _beneath(window, above)
            above.append(window.id)
        return top, _unlisted(top) if top and above else None

    def focused(self) -> tuple[int, Window | None]:
        """The window with the focus (0 or 1: none), and what is known of it or of a menu of the
        client's own, which gets the keys without the focus."""
        windows = self._view.windows()
        focus = self._fake.focus()
        menu = next((one for one in windows if one.own and self._is_menu(one)), None)
        if menu is not None or focus in _NO_WINDOW:
            return focus, menu
        line = self._line(focus)
        known = next((one for one in windows if one.id in line), None)
        if known is None:
            top = line[-1]
            known = next((one for one in windows if self._top_of(one.id) == top), None)
        return focus, known

    def _top_at(self, x: int, y: int) -> int:
        child = self._root.translate_coords(self._root, x, y).child
        return child if isinstance(child, int) else int(child.id)

    def _top_of(self, window: int) -> int:
        return self._line(window)[-1]

    def _line(self, window: int) -> list[int]:
        """The window and those around it, but not the root; it alone when it is gone."""
        line = [window]
        for _ in range(DEPTH):
            tree = reply(self._asking.tree(line[-1]))
            parent = _id(tree.parent) if tree is not None else 0
            if parent in (0, self._root.id):
                break
            line.append(parent)
        return line

    def _is_menu(self, window: Window) -> bool:
        if not window.passing:
            return False
        answer = reply(self._asking.property(window.id, "_NET_WM_WINDOW_TYPE"))
        return not self._menus.isdisjoint(numbers(value(answer)))


def _beneath(window: Window, above: list[int]) -> Window:
    return replace(window, beneath=tuple(above)) if above else window


def _unlisted(top: int) -> Window:
    """A window without pixels takes the clicks: it is another one than what is to be seen."""
    return Window(top, 0, "", "", "", NOWHERE, passing=True)


def _id(window: Any) -> int:
    return window if isinstance(window, int) else int(window.id)
