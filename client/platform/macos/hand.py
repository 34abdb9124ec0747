"""What a hand's doings are as events of macOS. Pure.

Numbers are those of CGEventTypes.h. macOS wants to be told with each event which button drags,
how many clicks it makes, and which modifier keys are down; it concludes none of it.
"""

from typing import NamedTuple

from protocol.inputs import WHEEL_NOTCH, Button, Special

DOUBLE_CLICK_POINTS = 4

MOVED, SCROLLED = 5, 22
_DOWN, _UP, _DRAGGED = 0, 1, 2
_KINDS = {
    Button.LEFT: (1, 2, 6),
    Button.RIGHT: (3, 4, 7),
    Button.MIDDLE: (25, 26, 27),
    Button.BACK: (25, 26, 27),
    Button.FORWARD: (25, 26, 27),
}
_NUMBERS = {
    Button.LEFT: 0,
    Button.RIGHT: 1,
    Button.MIDDLE: 2,
    Button.BACK: 3,
    Button.FORWARD: 4,
}

MOUSE_EVENTS = (1, 2, 3, 4, MOVED, 6, 7, SCROLLED, 25, 26, 27)

_MODIFIERS = {
    "ShiftLeft": 1 << 17,
    "ShiftRight": 1 << 17,
    "ControlLeft": 1 << 18,
    "ControlRight": 1 << 18,
    "AltLeft": 1 << 19,
    "AltRight": 1 << 19,
    "MetaLeft": 1 << 20,
    "MetaRight": 1 << 20,
    "OSLeft": 1 << 20,
    "OSRight": 1 << 20,
}
MODIFIER_BITS = (1 << 17) | (1 << 18) | (1 << 19) | (1 << 20)

SPECIALS: dict[Special, tuple[str, ...]] = {
    Special.ALT_TAB: ("MetaLeft", "Tab"),
    Special.ALT_F4: ("MetaLeft", "KeyQ"),
    Special.META: ("MetaLeft",),
    Special.PRINT_SCREEN: ("MetaLeft", "ShiftLeft", "Digit3"),
}
"""What a Mac has instead: switch programs, quit, a picture of the screen. It has nothing like
Control+Alt+Delete."""

KEYS_OF_TEXT = {"\n": "Enter", "\r": "Enter", "\t": "Tab", "\b": "Backspace", "\x1b": "Escape"}
"""Programs wait for these keys, not for the characters."""

_POINTS_A_NOTCH = 40


class MouseEvent(NamedTuple):
    """`kind` and `number` (the button) as in CGEventCreateMouseEvent; `clicks` is 2 for the
    second click of a double click."""

    kind: int
    number: int
    x: int
    y: int
    clicks: int


class Mouse:
    """Remembers what is needed to say what the next event is."""

    def __init__(self, double_click_s: float) -> None:
        self._double_click_s = double_click_s
        self._place = (0, 0)
        self._held: list[Button] = []
        self._clicks = 0
        self._clicked: tuple[Button, int, int, float] | None = None

    def move(self, x: int, y: int) -> MouseEvent:
        """With a button down it drags."""
        self._place = (x, y)
        if not self._held:
            return MouseEvent(MOVED, 0, x, y, 0)
        button = self._held[0]
        return MouseEvent(_KINDS[button][_DRAGGED], _NUMBERS[button], x, y, self._clicks)

    def press(self, button: Button, now: float) -> MouseEvent:
        """A button goes down where the pointer is."""
        x, y = self._place
        again = self._clicked is not None and self._is_near(self._clicked, button, now)
        self._clicks = self._clicks + 1 if again else 1
        self._clicked = (button, x, y, now)
        self._held.append(button)
        return MouseEvent(_KINDS[button][_DOWN], _NUMBERS[button], x, y, self._clicks)

    def release(self, button: Button) -> MouseEvent:
        """A button goes up where the pointer is."""
        if button in self._held:
            self._held.remove(button)
        return MouseEvent(_KINDS[button][_UP], _NUMBERS[button], *self._place, self._clicks)

    def _is_near(self, last: tuple[Button, int, int, float], button: Button, now: float) -> bool:
        x, y = self._place
        far = max(abs(x - last[1]), abs(y - last[2])) > DOUBLE_CLICK_POINTS
        return last[0] is button and not far and now - last[3] <= self._double_click_s


def modifiers(held: "set[str] | frozenset[str]") -> int:
    """The flags of the modifier keys among those held."""
    flags = 0
    for code in held:
        flags |= _MODIFIERS.get(code, 0)
    return flags


def scrolled(dx: int, dy: int) -> tuple[int, int]:
    """Points along the screen and across, as macOS counts them: up and left are positive."""
    return round(-dy * _POINTS_A_NOTCH / WHEEL_NOTCH), round(-dx * _POINTS_A_NOTCH / WHEEL_NOTCH)
