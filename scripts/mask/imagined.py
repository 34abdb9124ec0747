"""An imagined X server without a compositor: windows, their pixels, and what it tells about them.

Programs paint late or never; windows are moved with their pixels, stale ones included; copying is
reported for everything that was to be seen, even where other windows lie on the new place, as the
X server does it. Every pixel tells the window that painted it; 0 is the wallpaper.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from client.capture.mask import Pixel, rectangles
from client.platform.desktop import Moment, Window
from client.session.geometry import Rect

SCREEN = Rect(0, 0, 160, 100)
PROGRAMS = 6
WALLPAPER = 0

Pixels = NDArray[np.int32]


@dataclass
class Server:
    """`windows` are the topmost first; those that are not `mapped` keep their place. The `title` of
    a window is its colour, which no other window ever has, also not one under the same number."""

    chance: random.Random

    def __post_init__(self) -> None:
        self.windows: list[Window] = []
        self.mapped: set[int] = set()
        self.pixels: Pixels = np.zeros((SCREEN.height, SCREEN.width), np.int32)
        self.opened: list[Window] = []
        self.numbers: dict[int, str] = {}
        self._account: list[Moment] = []
        self._painted: list[Rect] = []
        self._listed: tuple[Window, ...] = ()
        self._known: set[str] = set()
        self._actions = (
            *(self._raise, self._lower, self._toggle, self._resize, self._close),
            *(self._reopen, self._menu, self._flash, self.paint, self.paint, self._paint_part),
        )
        for _ in range(self.chance.randint(1, 9)):
            self._open()
        for window in [*self.windows]:
            self.paint(window)

    def moments(self) -> tuple[Moment, ...]:
        """What happened since the last call. Of a window that came and went meanwhile nobody knows
        whose it was: it could not be asked any longer."""
        self._close_moment()
        self._known |= {one.title for one in self.windows}
        told = tuple(self._as_known(moment) for moment in self._account)
        self._account = []
        return told

    def _as_known(self, moment: Moment) -> Moment:
        windows = (
            one if one.title in self._known else replace(one, pid=0, program="", owner=0)
            for one in moment.windows
        )
        return replace(moment, windows=tuple(windows))

    def step(self) -> None:
        """Something happens."""
        chance = self.chance
        if not self.windows or chance.random() < 0.1:
            self._open()
            return
        window = chance.choice(self.windows)
        self._move(window) if chance.random() < 0.2 else chance.choice(self._actions)(window)

    def on_screen(self) -> tuple[Window, ...]:
        """The windows that are to be seen, the topmost first."""
        return tuple(one for one in self.windows if one.id in self.mapped)

    def tops(self) -> NDArray[np.int32]:
        """The number of the topmost window of each pixel; 0: none."""
        found = np.zeros((SCREEN.height, SCREEN.width), np.int32)
        for window in reversed(self.on_screen()):
            _cut(found, window.rect)[...] = window.id
        return found

    def paint(self, window: Window) -> None:
        """A program paints all of its window that is to be seen."""
        self._fill(self.tops() == window.id, window)

    def paint_everything(self) -> None:
        """Every program gets to what it has not painted."""
        for window in self.on_screen():
            self.paint(window)

    def _fill(self, where: NDArray[np.bool_], window: Window) -> None:
        self.pixels[where] = int(window.title)
        self._painted.extend(rectangles(where))

    def _paint_part(self, window: Window) -> None:
        part = np.zeros_like(self.pixels, np.bool_)
        _cut(part, self._place(window.rect.width, window.rect.height))[...] = True
        self._fill(part & (self.tops() == window.id), window)

    def _place(self, width: int = 0, height: int = 0) -> Rect:
        chance = self.chance
        width, height = width or chance.randint(1, 130), height or chance.randint(1, 90)
        x, y = chance.randint(-40, SCREEN.width), chance.randint(-40, SCREEN.height)
        return Rect(x, y, width, height)

    def _open(self) -> None:
        """A new window, some under a number that was another program's before, which has ended."""
        chance, there = self.chance, {one.id for one in self.windows}
        free = [one for one in self.numbers if one not in there]
        number = chance.choice(free) if free and chance.random() < 0.5 else len(self.numbers) + 1
        before = self.numbers.get(number)
        programs = [str(one) for one in range(1, PROGRAMS + 1) if str(one) != before]
        program = chance.choice(programs)
        self._add(number, program, int(program) if before is None else PROGRAMS + len(self.opened))

    def _flash(self, _window: Window) -> None:
        """A window that is gone again as soon as it has painted."""
        self._open()
        newest = self.windows[0]
        self.paint(newest)
        self._close(newest)

    def _menu(self, window: Window) -> None:
        if window.id in self.mapped and not window.passing:
            self._add(len(self.numbers) + 1, window.program, window.pid, owner=window.id)

    def _add(self, number: int, program: str, pid: int, owner: int = 0) -> None:
        self.numbers[number] = program
        colour = str(len(self.opened) + 1)
        rect, passing = self._place(), bool(owner)
        window = Window(number, pid, program, "", colour, rect, owner, passing=passing)
        self.opened.append(window)
        self._change([window, *self.windows], {*self.mapped, number})

    def _close(self, window: Window) -> None:
        left = [one for one in self.windows if one is not window]
        self._change(left, self.mapped - {window.id})

    def _reopen(self, window: Window) -> None:
        self._toggle(window)
        self._toggle(window)

    def _toggle(self, window: Window) -> None:
        self._change([*self.windows], self.mapped ^ {window.id})

    def _raise(self, window: Window) -> None:
        self._change([window, *(one for one in self.windows if one is not window)], self.mapped)

    def _lower(self, window: Window) -> None:
        self._change([*(one for one in self.windows if one is not window), window], self.mapped)

    def _resize(self, window: Window) -> None:
        rect = self._place()
        self._put(window, Rect(window.rect.x, window.rect.y, rect.width, rect.height))

    def _move(self, window: Window) -> None:
        """The server copies what was to be seen of it to where it is to be seen now."""
        old, tops, pixels = window.rect, self.tops(), self.pixels.copy()
        far = self.chance.random() < 0.3
        place = self._place() if far else old.moved(*self.chance.choices(range(-9, 10), k=2))
        self._put(window, Rect(place.x, place.y, old.width, old.height))
        dx, dy = place.x - old.x, place.y - old.y
        if window.id not in self.mapped or (dx, dy) == (0, 0):
            return
        copied = _shifted(tops == window.id, dx, dy)
        here = copied & (self.tops() == window.id)
        self.pixels[here] = _shifted(pixels, dx, dy)[here]
        self._painted.extend(rectangles(copied))

    def _put(self, window: Window, rect: Rect) -> None:
        moved = replace(window, rect=rect)
        windows = [moved if one is window else one for one in self.windows]
        self._change(windows, self.mapped)

    def _change(self, windows: list[Window], mapped: set[int]) -> None:
        self._close_moment()
        self.windows, self.mapped = windows, set(mapped)
        root = self.tops() == 0  # the server itself paints the wallpaper, at once
        self.pixels[root] = WALLPAPER
        self._listed = self.on_screen()

    def _close_moment(self) -> None:
        self._account.append(Moment(self._listed, tuple(self._painted), SCREEN))
        self._painted = []


def histories(count: int, seed: int = 0) -> Iterator[random.Random]:
    """A source of chance for each of `count` layouts, the same in each run."""
    for number in range(count):
        yield random.Random(f"{seed}-{number}")  # noqa: S311 - nothing to be kept secret


def _cut(array: NDArray[Pixel], rect: Rect) -> NDArray[Pixel]:
    inside = rect.within(SCREEN)
    return array[inside.y : inside.y + inside.height, inside.x : inside.x + inside.width]


def _shifted(array: NDArray[Pixel], dx: int, dy: int) -> NDArray[Pixel]:
    """The same a little further on, with zeros where nothing comes from."""
    moved = np.zeros_like(array)
    height, width = array.shape
    if abs(dx) < width and abs(dy) < height:
        source = array[max(0, -dy) : height - max(0, dy), max(0, -dx) : width - max(0, dx)]
        top, left = max(0, dy), max(0, dx)
        moved[top : top + source.shape[0], left : left + source.shape[1]] = source
    return moved
