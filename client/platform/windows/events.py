"""What is given to SendInput for each thing a hand can do. Pure.

Every event carries `MARK`, by which the watch tells it from the customer's own hand.
"""

from client.platform.windows.key_codes import EXTENDED, SCAN_CODES
from client.platform.windows.structures import EitherInput, Input, KeyInput, MouseInput
from client.session.geometry import Rect
from protocol.inputs import Button, Special

MARK = 0x5B_1D6E
"""Any number that other programs are unlikely to use."""

MOUSE, KEYBOARD = 0, 1

MOUSE_MOVE, MOUSE_ABSOLUTE, MOUSE_WHOLE_DESKTOP = 0x0001, 0x8000, 0x4000
MOUSE_WHEEL, MOUSE_SIDEWAYS = 0x0800, 0x1000
KEY_EXTENDED, KEY_UP, KEY_UNICODE, KEY_SCAN = 0x0001, 0x0002, 0x0004, 0x0008

_FULL = 65536
"""Absolute coordinates divide the desktop into so many parts each way."""

_BUTTONS = {
    Button.LEFT: (0x0002, 0x0004, 0),
    Button.RIGHT: (0x0008, 0x0010, 0),
    Button.MIDDLE: (0x0020, 0x0040, 0),
    Button.BACK: (0x0080, 0x0100, 1),
    Button.FORWARD: (0x0080, 0x0100, 2),
}
"""Flags for down and up, and which of the extra buttons it is."""

_SWAPPED = {Button.LEFT: Button.RIGHT, Button.RIGHT: Button.LEFT}

SPECIALS: dict[Special, tuple[str, ...]] = {
    Special.ALT_TAB: ("AltLeft", "Tab"),
    Special.ALT_F4: ("AltLeft", "F4"),
    Special.META: ("MetaLeft",),
    Special.PRINT_SCREEN: ("PrintScreen",),
}
"""Control+Alt+Delete is Windows' own: no program may press it (secure attention sequence)."""

KEYS_OF_TEXT = {"\n": "Enter", "\r": "Enter", "\t": "Tab", "\b": "Backspace", "\x1b": "Escape"}
"""Programs wait for these keys, not for the characters."""


def moved(x: int, y: int, desktop: Rect) -> Input:
    """The pointer at a pixel of the desktop."""
    across = part_of(x - desktop.x, desktop.width)
    down = part_of(y - desktop.y, desktop.height)
    return _mouse(MOUSE_MOVE | MOUSE_ABSOLUTE | MOUSE_WHOLE_DESKTOP, dx=across, dy=down)


def part_of(pixel: int, pixels: int) -> int:
    """A pixel's middle as a part of the whole; Windows finds the pixel by rounding down."""
    inside = min(max(pixel, 0), pixels - 1)
    return (2 * inside + 1) * _FULL // (2 * pixels)


def pressed(button: Button, *, down: bool, swapped: bool) -> Input:
    """A mouse button. `swapped`: the customer has the main button on the right, and Windows
    swaps what is injected, too."""
    flag_down, flag_up, extra = _BUTTONS[_SWAPPED.get(button, button) if swapped else button]
    return _mouse(flag_down if down else flag_up, data=extra)


def turned(dx: int, dy: int) -> list[Input]:
    """The wheel; Windows counts upwards as positive."""
    parts = ((MOUSE_WHEEL, -dy), (MOUSE_SIDEWAYS, dx))
    return [_mouse(flag, data=turn & 0xFFFF_FFFF) for flag, turn in parts if turn]


def key(code: str, *, down: bool) -> Input:
    """A key by its place. Raises `KeyError` for one that keyboards of PCs do not have."""
    scan = SCAN_CODES[code]
    flags = KEY_SCAN | (KEY_EXTENDED if scan & EXTENDED else 0) | (0 if down else KEY_UP)
    return _key(scan & 0xFF, flags)


def chord(codes: tuple[str, ...]) -> list[Input]:
    """Keys pressed one after the other, and let go the other way round."""
    up = [key(code, down=False) for code in reversed(codes)]
    return [*(key(code, down=True) for code in codes), *up]


def typed(character: str) -> list[Input]:
    """A character, whatever the keyboard's layout: each half of a pair of surrogates is a stroke
    (KEYBDINPUT, KEYEVENTF_UNICODE)."""
    if character in KEYS_OF_TEXT:
        return chord((KEYS_OF_TEXT[character],))
    raw = character.encode("utf-16-le", "surrogatepass")
    units = [int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2)]
    return [_key(unit, KEY_UNICODE | up) for unit in units for up in (0, KEY_UP)]


def _mouse(flags: int, *, dx: int = 0, dy: int = 0, data: int = 0) -> Input:
    return Input(MOUSE, EitherInput(mouse=MouseInput(dx, dy, data, flags, 0, MARK)))


def _key(scan: int, flags: int) -> Input:
    return Input(KEYBOARD, EitherInput(key=KeyInput(0, scan, flags, 0, MARK)))
