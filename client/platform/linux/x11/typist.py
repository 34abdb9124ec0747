"""Types characters: by the key that has them, or by a spare key that is given the character."""

import time
from collections.abc import Collection

from Xlib import X
from Xlib.display import Display

from client.platform.desktop import InjectionFailed, KeyPending
from client.platform.linux.x11.fake import GROUP_SHIFT, Fake, server_answers
from client.platform.linux.x11.keyboard import Layout, Pool, Stroke, layout_of, spare_codes
from client.platform.linux.x11.keysyms import (
    CAPS_LOCK,
    HELD_MODIFIERS,
    LEVEL_3,
    SHIFT,
    keysym_of,
)
from protocol.screen import InputRefusal

LEARN_S = 0.010
"""How long programs get to learn of a changed key; with 5 ms there were wrong characters."""

FORGET_S = 1.0
"""How long they get to look a key up that they were sent, before it means something else."""


class Typist:
    """Follows the keyboard's map over `display`, and puts it back on `close`."""

    def __init__(self, display: Display, fake: Fake) -> None:
        self._display = display
        self._fake = fake
        self._ready_at: dict[int, float] = {}
        self._used_at: dict[int, float] = {}
        self._layout = self._read()
        self._pool = Pool(spare_codes(self._layout))

    def is_key(self, keycode: int) -> bool:
        """Whether the keyboard has this key, for more than characters that were lent to it."""
        self._follow_changes()
        return any(self._layout.codes.get(keycode, ())) and keycode not in self._pool.mapped

    def is_modifier(self, keycode: int) -> bool:
        """Whether it is a modifier that is in force while it is held."""
        row = self._layout.codes.get(keycode, (0,))
        return keycode in self._layout.modifiers and row[0] in HELD_MODIFIERS

    def type(self, character: str, held: Collection[int]) -> None:
        """Type it while the keys `held` are down by remote input; they are again afterwards.

        Raises `KeyPending`, and `InjectionFailed` for what is no character.
        """
        keysym = keysym_of(character)
        if keysym is None:
            raise InjectionFailed(InputRefusal.IMPOSSIBLE)
        self._follow_changes()
        mask = self._fake.state().mask
        stroke = self._layout.stroke(character, mask >> GROUP_SHIFT & 3)
        if stroke is None and not character.isprintable():
            key = self._layout.key_of(keysym)
            stroke = None if key is None else Stroke(key)
        if stroke is None:
            stroke = Stroke(self._lent(keysym))
        caps = bool(mask & X.LockMask) and character.lower() != character.upper()
        self._strike(stroke, held, caps=caps)

    def close(self) -> None:
        """Take the characters back from the keys that they were lent to."""
        with server_answers():
            for keycode in self._pool.mapped:
                self._display.change_keyboard_mapping(keycode, [(0,)])
            self._display.sync()

    def _strike(self, stroke: Stroke, held: Collection[int], *, caps: bool) -> None:
        up, down = self._modifiers(stroke, held)
        locks = self._layout.holding({CAPS_LOCK})[:1] if caps else []
        for keycode in locks:
            self._fake.tap(keycode)
        for keycode in up:
            self._fake.key(keycode, down=False)
        for keycode in down:
            self._fake.key(keycode, down=True)
        self._fake.tap(stroke.keycode)
        for keycode in reversed(down):
            self._fake.key(keycode, down=False)
        for keycode in reversed(up):
            self._fake.key(keycode, down=True)
        for keycode in locks:
            self._fake.tap(keycode)
        self._fake.send()

    def _modifiers(self, stroke: Stroke, held: Collection[int]) -> tuple[list[int], list[int]]:
        """Which modifier keys have to go up for `stroke`, and which down."""
        kept: set[int] = set()
        down: list[int] = []
        for keysyms, needed in ((SHIFT, stroke.shift), ({LEVEL_3}, stroke.level_3)):
            keys = self._layout.holding(keysyms) if needed else []
            ready = {key for key in keys if key in held}
            kept |= ready
            if not ready:
                down += keys[:1]
        return [key for key in held if self.is_modifier(key) and key not in kept], down

    def _lent(self, keysym: int) -> int:
        """A spare key that carries `keysym`. Raises `KeyPending` as long as it is too new."""
        keycode = self._pool.find(keysym)
        if keycode is None:
            keycode = self._pool.next()
            if keycode is None:
                raise InjectionFailed(InputRefusal.IMPOSSIBLE)
            _wait_until(self._used_at.get(keycode, 0.0) + FORGET_S)
            with server_answers():  # the same on both levels: Shift makes no difference
                self._display.change_keyboard_mapping(keycode, [(keysym, keysym)])
                self._display.sync()
            self._pool.give(keysym)
            self._ready_at[keycode] = time.monotonic() + LEARN_S
        _wait_until(self._ready_at[keycode])
        self._used_at[keycode] = time.monotonic()
        return keycode

    def _follow_changes(self) -> None:
        """Read the map again when it is another one (not when only a spare key was changed)."""
        changed = False
        with server_answers():
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.MappingNotify and event.request != X.MappingPointer:
                    changed = changed or not self._is_ours(event)
        if changed:
            self._layout = self._read()
            self._pool = Pool(spare_codes(self._layout))
            self._ready_at.clear()

    def _is_ours(self, event: object) -> bool:
        first, count = getattr(event, "first_keycode", 0), getattr(event, "count", 0)
        return count == 1 and first in self._ready_at

    def _read(self) -> Layout:
        """The map that programs use."""
        info = self._display.display.info
        first, last = info.min_keycode, info.max_keycode
        with server_answers():
            rows = self._display.get_keyboard_mapping(first, last - first + 1)
            return layout_of(first, rows, self._display.get_modifier_mapping())


def _wait_until(moment: float) -> None:
    """Raises `KeyPending` when that is not yet."""
    wait_s = moment - time.monotonic()
    if wait_s > 0:
        raise KeyPending(wait_s)
