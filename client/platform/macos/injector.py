"""Mouse, keys and text by CGEvent. Never run.

pynput would add little here: it counts no clicks across calls, so that two of them make no double
click, and drags only what it has pressed itself.
"""

import time
from typing import Any, NoReturn

import AppKit
import Quartz

from client.platform.desktop import DesktopView, InjectionFailed, Window
from client.platform.macos import applications, hand, permissions
from client.platform.macos.key_codes import MAC_KEYS
from protocol.inputs import Button, Special
from protocol.screen import InputRefusal


class MacInjector:
    """See `client.platform.desktop.Injector`; `view` is closed with it."""

    def __init__(self, view: DesktopView) -> None:
        self._view = view
        self._source = Quartz.CGEventSourceCreate(Quartz.kCGEventSourceStateHIDSystemState)
        self._mouse = hand.Mouse(float(AppKit.NSEvent.doubleClickInterval()))
        self._held: set[str] = set()

    def move(self, x: int, y: int) -> None:
        self._point(self._mouse.move(x, y))

    def button(self, button: Button, *, down: bool) -> None:
        if down:
            self._point(self._mouse.press(button, time.monotonic()))
        else:
            self._point(self._mouse.release(button))

    def wheel(self, dx: int, dy: int) -> None:
        unit = Quartz.kCGScrollEventUnitPixel
        self._post(
            Quartz.CGEventCreateScrollWheelEvent(self._source, unit, 2, *hand.scrolled(dx, dy))
        )

    def key(self, code: str, *, down: bool) -> None:
        key = MAC_KEYS.get(code)
        if key is None:
            _impossible()
        if down:
            self._held.add(code)
        else:
            self._held.discard(code)
        event = Quartz.CGEventCreateKeyboardEvent(self._source, key, down)
        self._post(self._with_modifiers(event))

    def text(self, character: str) -> None:
        if character in hand.KEYS_OF_TEXT:
            self._chord((hand.KEYS_OF_TEXT[character],))
            return
        units = len(character.encode("utf-16-le", "surrogatepass")) // 2
        for down in (True, False):
            event = Quartz.CGEventCreateKeyboardEvent(self._source, 0, down)
            Quartz.CGEventKeyboardSetUnicodeString(event, units, character)
            Quartz.CGEventSetFlags(event, 0)
            self._post(event)

    def special(self, special: Special) -> None:
        codes = hand.SPECIALS.get(special)
        if codes is None:
            _impossible()
        self._chord(codes)

    def window_at(self, x: int, y: int) -> Window | None:
        return next((one for one in self._view.windows() if one.rect.holds(x, y)), None)

    def focused(self) -> Window | None:
        """The topmost window of the application in front."""
        pid = applications.in_front()
        return next((one for one in self._view.windows() if pid and one.pid == pid), None)

    def close(self) -> None:
        for code in tuple(self._held):
            self.key(code, down=False)
        self._view.close()

    def _chord(self, codes: tuple[str, ...]) -> None:
        for code in codes:
            self.key(code, down=True)
        for code in reversed(codes):
            self.key(code, down=False)

    def _point(self, event: hand.MouseEvent) -> None:
        place = Quartz.CGPointMake(event.x, event.y)
        made = Quartz.CGEventCreateMouseEvent(self._source, event.kind, place, event.number)
        Quartz.CGEventSetIntegerValueField(made, Quartz.kCGMouseEventClickState, event.clicks)
        self._post(self._with_modifiers(made))

    def _with_modifiers(self, event: Any) -> Any:
        """Beside the flags that the event has by itself, such as those of arrow keys."""
        flags = Quartz.CGEventGetFlags(event) & ~hand.MODIFIER_BITS
        Quartz.CGEventSetFlags(event, flags | hand.modifiers(self._held))
        return event

    def _post(self, event: Any) -> None:
        """macOS drops events without a word when they are not allowed."""
        if event is None or not permissions.may_act():
            raise InjectionFailed(InputRefusal.FAILED)
        Quartz.CGEventPost(Quartz.kCGHIDEventTap, event)


def _impossible() -> NoReturn:
    raise InjectionFailed(InputRefusal.IMPOSSIBLE)
