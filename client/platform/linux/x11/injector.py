"""Mouse, keys and text on X11, all by XTEST.

pynput would add nothing here: its pointer is XTEST on a connection of its own, so that clicks and
keys would have no order, and its text goes by XSendEvent, which terminals do not take.
"""

import contextlib
from collections.abc import Iterator
from typing import NoReturn

from Xlib.display import Display

from client.platform.base import Unavailable
from client.platform.desktop import DesktopView, InjectionFailed, Window
from client.platform.linux.x11.fake import Fake, server_answers
from client.platform.linux.x11.key_codes import X_KEYS
from client.platform.linux.x11.pointing import Pointing
from client.platform.linux.x11.typist import Typist
from client.platform.linux.x11.wheel import Wheel
from client.platform.linux.x11.wire import opened
from protocol.inputs import Button, Special
from protocol.screen import InputRefusal

BUTTONS = {Button.LEFT: 1, Button.MIDDLE: 2, Button.RIGHT: 3, Button.BACK: 8, Button.FORWARD: 9}
SPECIALS: dict[Special, tuple[str, ...]] = {
    Special.ALT_TAB: ("AltLeft", "Tab"),
    Special.ALT_F4: ("AltLeft", "F4"),
    Special.META: ("MetaLeft",),
    Special.PRINT_SCREEN: ("PrintScreen",),
}
"""Control+Alt+Delete is a matter of the desktop here, and no program's."""

_CONTROLS = {X_KEYS["ControlLeft"], X_KEYS["ControlRight"]}
_ALTS = {X_KEYS["AltLeft"], X_KEYS["AltRight"]}
_CONSOLES = {X_KEYS[f"F{number}"] for number in range(1, 13)}
_LEAVING = _CONSOLES | {X_KEYS["Backspace"]}
"""With Control and Alt they leave the desktop for a text console, or end it."""


def open_injector(
    view: DesktopView, display_name: str | None = None
) -> "X11Injector | Unavailable":
    """An injector for the thread that calls; `view` is closed with it, or when there is none."""
    display = opened(display_name)
    if isinstance(display, Unavailable):
        view.close()
        return display
    if not display.has_extension("XTEST"):
        display.close()
        view.close()
        return Unavailable("the X server has no XTEST")
    return X11Injector(display, view)


class X11Injector:
    """See `client.platform.desktop.Injector`. What was found by `window_at` and `focused` holds
    for the next press: it is checked again right before.
    """

    def __init__(self, display: Display, view: DesktopView) -> None:
        self._display = display
        self._view = view
        self._fake = Fake(display)
        self._pointing = Pointing(display, view, self._fake)
        self._typist = Typist(display, self._fake)
        self._wheel = Wheel()
        self._down: list[int] = []
        self._expected_top: int | None = None
        self._expected_focus: int | None = None

    def move(self, x: int, y: int) -> None:
        self._fake.pointer(x, y)
        self._fake.send()

    def button(self, button: Button, *, down: bool) -> None:
        if not down:
            self._fake.button(BUTTONS[button], down=False)
            self._fake.send()
            return
        with self._same_window():
            self._fake.button(BUTTONS[button], down=True)

    def wheel(self, dx: int, dy: int) -> None:
        numbers = self._wheel.turn(dx, dy)
        if not numbers:
            return
        with self._same_window():
            for number in numbers:
                self._fake.button(number, down=True)
                self._fake.button(number, down=False)

    def key(self, code: str, *, down: bool) -> None:
        keycode = self._keycode(code)
        if not down:
            self._up(keycode)
            return
        chord = not (_ALTS.isdisjoint(self._down) or _CONTROLS.isdisjoint(self._down))
        if chord and keycode in _LEAVING:
            _impossible()
        with self._same_focus():
            self._fake.repeat(keycode, on=False)
            self._fake.key(keycode, down=True)
        self._down.append(keycode)

    def text(self, character: str) -> None:
        with self._same_focus():
            self._typist.type(character, self._down)

    def special(self, special: Special) -> None:
        keycodes = [self._keycode(code) for code in SPECIALS.get(special, ())]
        if not keycodes:
            _impossible()
        with self._same_focus():
            for keycode in keycodes:
                self._fake.key(keycode, down=True)
            for keycode in reversed(keycodes):
                self._fake.key(keycode, down=False)

    def window_at(self, x: int, y: int) -> Window | None:
        with server_answers():
            self._expected_top, window = self._pointing.window_at(x, y)
        return window

    def focused(self) -> Window | None:
        with server_answers():
            self._expected_focus, window = self._pointing.focused()
        return window

    def close(self) -> None:
        with contextlib.suppress(InjectionFailed):  # the server is gone, and all this with it
            for keycode in reversed(self._down):
                self._fake.key(keycode, down=False)
                self._fake.repeat(keycode, on=True)
            self._typist.close()
        with contextlib.suppress(InjectionFailed), server_answers():
            self._display.close()
        self._view.close()

    def _up(self, keycode: int) -> None:
        self._fake.key(keycode, down=False)
        self._fake.repeat(keycode, on=True)
        self._fake.send()
        if keycode in self._down:
            self._down.remove(keycode)

    def _keycode(self, code: str) -> int:
        keycode = X_KEYS.get(code)
        if keycode is None or not self._typist.is_key(keycode):
            _impossible()
        return keycode

    @contextlib.contextmanager
    def _same_window(self) -> Iterator[None]:
        expected, self._expected_top = self._expected_top, None
        with self._fake.at_once():
            if expected is not None and self._fake.top_under_pointer() != expected:
                raise InjectionFailed(InputRefusal.MOVED)
            yield

    @contextlib.contextmanager
    def _same_focus(self) -> Iterator[None]:
        expected, self._expected_focus = self._expected_focus, None
        with self._fake.at_once():
            if expected is not None and self._fake.focus() != expected:
                raise InjectionFailed(InputRefusal.MOVED)
            yield


def _impossible() -> NoReturn:
    raise InjectionFailed(InputRefusal.IMPOSSIBLE)
