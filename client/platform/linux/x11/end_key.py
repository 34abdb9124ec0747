"""The global key that ends the screen share, Control+Alt+Shift+E, by XGrabKey.

It works for a representative who presses it from afar, too: ending is always allowed to everybody.
"""

from typing import Any

from Xlib import X, error
from Xlib.display import Display

from client.platform.linux.x11.key_codes import X_KEYS
from client.platform.linux.x11.keysyms import NUM_LOCK, SMALL_E

CHORD = X.ControlMask | X.Mod1Mask | X.ShiftMask


class EndKey:
    """Follows the key when the keyboard's layout changes. Raises `Xlib.error` errors."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._root = display.screen().root
        self._keycode = 0
        self._variants: tuple[int, ...] = ()
        self.taken = False
        """Whether another program has taken the chord, so that it ends nothing."""

    def grab(self) -> None:
        """Take the chord for this program, with and without Caps Lock and Num Lock."""
        keycode = self._display.keysym_to_keycode(SMALL_E) or X_KEYS["KeyE"]
        variants = _variants(self._num_lock())
        if (keycode, variants) == (self._keycode, self._variants):
            return
        for variant in self._variants:
            self._root.ungrab_key(self._keycode, CHORD | variant)
        self._keycode, self._variants = keycode, variants
        refused = error.CatchError(error.BadAccess)
        for variant in variants:
            self._root.grab_key(
                keycode,
                CHORD | variant,
                owner_events=False,
                pointer_mode=X.GrabModeAsync,
                keyboard_mode=X.GrabModeAsync,
                onerror=refused,
            )
        self._display.sync()
        self.taken = refused.get_error() is not None

    def hears(self, event: Any) -> bool:
        """Whether the chord was pressed."""
        return bool(event.type == X.KeyPress and event.detail == self._keycode)

    def _num_lock(self) -> int:
        """The mask of the modifier that Num Lock is."""
        keycode = self._display.keysym_to_keycode(NUM_LOCK)
        for place, keycodes in enumerate(self._display.get_modifier_mapping()):
            if keycode and keycode in keycodes:
                return 1 << place
        return 0


def _variants(num_lock: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys((0, X.LockMask, num_lock, X.LockMask | num_lock)))
