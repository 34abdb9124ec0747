"""Input events by the XTEST extension, on a connection of our own.

The X server takes them in the order of the requests, as if from a keyboard and a mouse that are
called "Virtual core XTEST".
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from Xlib import X, error
from Xlib.display import Display

from client.platform.desktop import InjectionFailed
from protocol.screen import InputRefusal

GROUP_SHIFT = 13
"""The keyboard's group stands in these two bits of the state (XKB, section 2.2.2)."""


@contextlib.contextmanager
def server_answers() -> Iterator[None]:
    """Raises `InjectionFailed` for whatever the X server says, or when it is gone."""
    try:
        yield
    except (error.XError, error.ConnectionClosedError, OSError) as why:
        raise InjectionFailed(InputRefusal.FAILED) from why


class Fake:
    """Every method raises `InjectionFailed` when the server is gone."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._root = display.screen().root
        self._repeating: list[int] = list(display.get_keyboard_control().auto_repeats)

    def send(self) -> None:
        """Have what was asked for done, and not merely be on its way: who shuts the gate after
        that shuts it after the event."""
        with server_answers():
            self._display.sync()

    def pointer(self, x: int, y: int) -> None:
        with server_answers():
            self._display.xtest_fake_input(X.MotionNotify, x=x, y=y)

    def button(self, number: int, *, down: bool) -> None:
        """`number` as programs will see it, wherever the customer's settings put that button."""
        with server_answers():
            places = list(self._display.get_pointer_mapping())
            place = places.index(number) + 1 if number in places else number
            self._display.xtest_fake_input(X.ButtonPress if down else X.ButtonRelease, place)

    def key(self, keycode: int, *, down: bool) -> None:
        with server_answers():
            self._display.xtest_fake_input(X.KeyPress if down else X.KeyRelease, keycode)

    def tap(self, keycode: int) -> None:
        self.key(keycode, down=True)
        self.key(keycode, down=False)

    def repeat(self, keycode: int, *, on: bool) -> None:
        """Whether the server repeats a key that is held, unless the customer has it never do so.

        A key that the representative holds must not go on by itself, past the gate, when the
        link stalls or another window gets the focus.
        """
        if self._repeating[keycode // 8] & 1 << keycode % 8:
            mode = X.AutoRepeatModeOn if on else X.AutoRepeatModeOff
            with server_answers():
                self._display.change_keyboard_control(key=keycode, auto_repeat_mode=mode)

    def state(self) -> Any:
        """`child`: the top-level window under the pointer, `mask`: modifiers and group."""
        with server_answers():
            return self._root.query_pointer()

    def top_under_pointer(self) -> int:
        """The top-level window that a press of a button goes to, or 0."""
        child = self.state().child
        return child if isinstance(child, int) else int(child.id)

    def focus(self) -> int:
        """The window that has the focus, or 0 or 1 when none has."""
        with server_answers():
            focus = self._display.get_input_focus().focus
        return focus if isinstance(focus, int) else int(focus.id)

    @contextlib.contextmanager
    def at_once(self) -> Iterator[None]:
        """What is asked for meanwhile is done without any further wait.

        The server is not grabbed for it: whoever holds a grab and waits for the interpreter's
        lock, while the window's thread keeps that and waits for the server, stops the desktop for
        good. Between the last look and the press lies one way to the server.
        """
        try:
            yield
        finally:
            self.send()
