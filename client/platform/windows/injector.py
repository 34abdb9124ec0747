"""Mouse, keys and text by SendInput.

pynput would add nothing here: it calls the same function, but leaves no mark on its events, and a
key's place has to be given as a scan code anyway.

Run under Wine, never on Windows.
"""

from ctypes import sizeof
from dataclasses import replace
from typing import NoReturn

from client.platform.desktop import InjectionFailed, Window
from client.platform.windows import events, obstacles, windows_list
from client.platform.windows.api import call, see_pixels
from client.platform.windows.monitors import whole_desktop
from client.platform.windows.structures import Input, Point
from protocol.inputs import Button, Special
from protocol.screen import InputRefusal

_BUTTONS_SWAPPED = 23


class WindowsInjector:
    """See `client.platform.desktop.Injector`. The window that `window_at` or `focused` has found
    is looked for again right before the next press: Windows cannot be held still between.
    """

    def __init__(self) -> None:
        see_pixels()
        self._place: tuple[int, int] | None = None
        self._expected_top: int | None = None
        self._expected_focus: int | None = None

    def move(self, x: int, y: int) -> None:
        self._place = (x, y)
        _send([events.moved(x, y, whole_desktop())])

    def button(self, button: Button, *, down: bool) -> None:
        if down:
            self._aim()
        swapped = bool(call("GetSystemMetrics", _BUTTONS_SWAPPED))
        _send([events.pressed(button, down=down, swapped=swapped)])

    def wheel(self, dx: int, dy: int) -> None:
        self._aim()
        _send(events.turned(dx, dy))

    def key(self, code: str, *, down: bool) -> None:
        try:
            event = events.key(code, down=down)
        except KeyError:
            _impossible()
        if down:
            self._address()
        _send([event])

    def text(self, character: str) -> None:
        self._address()
        _send(events.typed(character))

    def special(self, special: Special) -> None:
        codes = events.SPECIALS.get(special)
        if codes is None:
            _impossible()
        self._address()
        _send(events.chord(codes))

    def window_at(self, x: int, y: int) -> Window | None:
        """The window that would get a click there; the desktop itself is a window, too."""
        self._expected_top = top = _top_at(x, y)
        above: list[int] = []
        for window in windows_list.shown():
            if window.id == top:
                return replace(window, beneath=tuple(above))
            if window.rect.holds(x, y):
                above.append(window.id)
        return windows_list.described(top) if top else None

    def focused(self) -> Window | None:
        self._expected_focus = call("GetForegroundWindow")
        return windows_list.described(self._expected_focus) if self._expected_focus else None

    def close(self) -> None:
        """Nothing was changed that would have to be put back."""

    def _aim(self) -> None:
        """Before a button or the wheel: is the window there the expected one?"""
        expected, self._expected_top = self._expected_top, None
        if self._place is not None:
            _check(_top_at(*self._place), expected)

    def _address(self) -> None:
        """Before a key: has the expected window the focus?"""
        expected, self._expected_focus = self._expected_focus, None
        _check(call("GetForegroundWindow"), expected)


def _check(window: int, expected: int | None) -> None:
    """Windows does not say so when it keeps events from a window of the administrator's, so that
    is looked for."""
    if expected is not None and window != expected:
        raise InjectionFailed(InputRefusal.MOVED)
    if obstacles.is_above(window):
        raise InjectionFailed(InputRefusal.FAILED)


def _top_at(x: int, y: int) -> int:
    window = call("WindowFromPoint", Point(x, y))
    return windows_list.root_of(window) if window else 0


def _send(inputs: list[Input]) -> None:
    """All of them at once, so that nothing of another's comes between."""
    array = (Input * len(inputs))(*inputs)
    if inputs and call("SendInput", len(inputs), array, sizeof(Input)) != len(inputs):
        raise InjectionFailed(InputRefusal.FAILED)


def _impossible() -> NoReturn:
    raise InjectionFailed(InputRefusal.IMPOSSIBLE)
