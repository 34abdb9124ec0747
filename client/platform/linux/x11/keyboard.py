"""Which keys give a character on the present keyboard, and spare keys for what none gives. Pure.

The map is that of the core protocol: `keysyms_per_keycode` columns for each key, of which the first
two are the levels without and with Shift of the first group, the next two those of the second,
and, when there is one group only, the next two those with AltGr (X Keyboard Extension, section
12, on how XKB shows itself to older programs).
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from client.platform.linux.x11.keysyms import LEVEL_3, character_of


class Stroke(NamedTuple):
    """A key and what has to be held with it."""

    keycode: int
    shift: bool = False
    level_3: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """`strokes` of characters, for each group; `modifiers` are all keys that are one."""

    strokes: tuple[dict[str, Stroke], ...]
    codes: dict[int, tuple[int, ...]]
    modifiers: frozenset[int]

    def stroke(self, character: str, group: int) -> Stroke | None:
        """The key that gives `character` while `group` (from 0) is in force."""
        return self.strokes[group].get(character) if group < len(self.strokes) else None

    def holding(self, keysyms: Iterable[int]) -> list[int]:
        """The modifier keys that carry one of `keysyms` on their first level."""
        wanted = set(keysyms)
        return [code for code in sorted(self.modifiers) if self.codes.get(code, (0,))[0] in wanted]

    def key_of(self, keysym: int) -> int | None:
        """The first key that carries `keysym` on its first level."""
        return next((code for code, row in self.codes.items() if row and row[0] == keysym), None)


def layout_of(
    first: int, rows: Sequence[Sequence[int]], modifiers: Iterable[Sequence[int]]
) -> Layout:
    """`rows` are the keysyms of the key codes from `first` on; `modifiers` the key codes of each
    of the eight."""
    codes = {first + at: tuple(row) for at, row in enumerate(rows)}
    one_group = all(row[:2] == row[2:4] for row in codes.values() if any(row[2:4]))
    level_3 = any(LEVEL_3 in row for row in codes.values())
    groups = [_strokes(codes, 0, altgr=4 if one_group and level_3 else None)]
    if not one_group:
        groups.append(_strokes(codes, 2, altgr=None))
    return Layout(
        tuple(groups * (4 if one_group else 1)),
        codes,
        frozenset(code for row in modifiers for code in row if code),
    )


def spare_codes(layout: Layout) -> list[int]:
    """Key codes that carry nothing."""
    return [
        code for code, row in layout.codes.items() if not any(row) and code not in layout.modifiers
    ]


def _strokes(codes: dict[int, tuple[int, ...]], base: int, altgr: int | None) -> dict[str, Stroke]:
    """The simplest way to each character, of keys that are no keypad's."""
    found: dict[str, Stroke] = {}
    columns = [(base, False, False), (base + 1, True, False)]
    if altgr is not None:
        columns += [(altgr, False, True), (altgr + 1, True, True)]
    for column, shift, level_3 in columns:
        for code, row in codes.items():
            keysym = row[column] if column < len(row) else 0
            character = character_of(keysym) if keysym else None
            if character is not None:
                found.setdefault(character, Stroke(code, shift, level_3))
    return found


class Pool:
    """Spare keys, used in turn, so that what one means changes as seldom as can be."""

    def __init__(self, codes: Iterable[int]) -> None:
        self._free = list(codes)
        self._mapped: OrderedDict[int, int] = OrderedDict()

    def __len__(self) -> int:
        return len(self._free) + len(self._mapped)

    @property
    def mapped(self) -> tuple[int, ...]:
        """The key codes that were given a keysym."""
        return tuple(self._mapped.values())

    def find(self, keysym: int) -> int | None:
        """The key code that carries `keysym` already; it counts as used."""
        if keysym in self._mapped:
            self._mapped.move_to_end(keysym)
        return self._mapped.get(keysym)

    def next(self) -> int | None:
        """The key code that `give` would take: a free one, or the one not used for longest."""
        return next(iter((*self._free[:1], *self._mapped.values())), None)

    def give(self, keysym: int) -> None:
        """Let the `next` key code carry `keysym`."""
        code = self._free.pop(0) if self._free else self._mapped.popitem(last=False)[1]
        self._mapped[keysym] = code
