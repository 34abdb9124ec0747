"""A program with windows in one colour each, which moves, raises, opens and closes them.

python painter.py CLASS COLOUR LATE_MS SEED LEFT,TOP,WIDTH,HEIGHT…

A window has no background: the server leaves there what was there before, until the program paints,
`LATE_MS` after it was told to. Each line `go N` on the standard input has N things happen, answered
by `done`; `still` is answered when everything is painted. The end of the input ends the program.
"""

import random
import selectors
import sys
import time
from typing import Any

from Xlib import X
from Xlib.display import Display

STEP_S = 0.004
"""Between two steps of a window that is dragged."""

EVENTS = X.ExposureMask | X.StructureNotifyMask


class Program:
    """`colour` is that of the first window; the others' are the numbers after it."""

    def __init__(self, name: str, colour: int, late_s: float, seed: str, places: list[str]) -> None:
        self.display = Display()
        self.display.set_error_handler(lambda *_: None)
        self.chance = random.Random(seed)  # noqa: S311 - nothing to be kept secret
        self.name, self.late_s = name, late_s
        self.colours: dict[int, int] = {}
        self.due: list[tuple[float, Any, tuple[int, int, int, int]]] = []
        rects = [tuple(int(one) for one in place.split(",")) for place in places]
        self.windows = [self._open(rect, colour + at) for at, rect in enumerate(rects)]
        self.menu: Any = None
        self.menu_colour = colour + len(rects)

    def _open(self, rect: tuple[int, ...], colour: int, *, menu: bool = False) -> Any:
        screen = self.display.screen()
        window = screen.root.create_window(
            *rect, 0, screen.root_depth, override_redirect=menu, event_mask=EVENTS
        )
        window.set_wm_class(self.name, self.name)
        window.set_wm_name(f"{self.name} {colour:x}")
        window.set_wm_normal_hints(flags=1 | 2, min_width=1, min_height=1)  # its own place and size
        if menu:
            window.set_wm_transient_for(self.windows[0])
        self.colours[window.id] = colour
        window.map()
        self.display.flush()
        return window

    def something(self) -> None:
        """One thing happens to one window."""
        window = self.chance.choice(self.windows)
        self.chance.choice(
            (self._drag, self._drag, self._raise, self._toggle, self._size, self._pop)
        )(window)
        self.display.flush()
        self.take(self.chance.choice((0.0, 0.01, 0.03, 0.06)))

    def _drag(self, window: Any) -> None:
        x, y = self.chance.randint(-60, 900), self.chance.randint(-40, 500)
        dx, dy = self.chance.randint(-40, 40), self.chance.randint(-30, 30)
        for step in range(self.chance.randint(1, 8)):
            window.configure(x=x + step * dx, y=y + step * dy)
            self.take(STEP_S)

    def _raise(self, window: Any) -> None:
        window.configure(stack_mode=self.chance.choice((X.Above, X.Below)))

    def _toggle(self, window: Any) -> None:
        window.unmap()
        self.take(self.chance.choice((0.0, 0.01, 0.05)))
        window.map()

    def _size(self, window: Any) -> None:
        window.configure(width=self.chance.randint(60, 500), height=self.chance.randint(60, 400))

    def _pop(self, _window: Any) -> None:
        if self.menu is not None:
            self.menu.destroy()
        rect = (self.chance.randint(0, 900), self.chance.randint(0, 600), 160, 120)
        self.menu = self._open(rect, self.menu_colour, menu=True)
        self.take(self.chance.choice((0.0, 0.01, 0.04)))
        if self.chance.random() < 0.7:
            self.menu.destroy()
            self.menu = None

    def take(self, seconds: float) -> None:
        """Take in events, and paint what is due, for so long."""
        self.display.flush()
        until = time.monotonic() + seconds
        while True:
            self._paint_due()
            self._take_events()
            now = time.monotonic()
            if now >= until:
                return
            time.sleep(min(until - now, 0.001))

    def next_due(self) -> float | None:
        """Seconds until something is to be painted."""
        self._take_events()
        self._paint_due()
        return max(0.0, self.due[0][0] - time.monotonic()) if self.due else None

    def _take_events(self) -> None:
        for _ in range(self.display.pending_events()):
            event = self.display.next_event()
            if event.type == X.Expose:
                place = (event.x, event.y, event.width, event.height)
                self.due.append((time.monotonic() + self.late_s, event.window, place))

    def _paint_due(self) -> None:
        now = time.monotonic()
        while self.due and self.due[0][0] <= now:
            _, window, place = self.due.pop(0)
            gc = window.create_gc(foreground=self.colours.get(window.id, 0))
            window.fill_rectangle(gc, *place)
            gc.free()
        self.display.flush()


def main() -> None:
    """Obey until the input ends."""
    name, colour, late, seed, *places = sys.argv[1:]
    program = Program(name, int(colour, 16), int(late) / 1000, seed, places)
    ready = selectors.DefaultSelector()
    ready.register(sys.stdin, selectors.EVENT_READ)
    ready.register(program.display.fileno(), selectors.EVENT_READ)
    while True:
        wait = program.next_due()
        if not any(key.fileobj is sys.stdin for key, _ in ready.select(wait)):
            continue
        words = sys.stdin.readline().split()
        if not words:
            return
        for _ in range(int(words[1]) if words[0] == "go" else 0):
            program.something()
        if words[0] == "still":
            program.display.sync()
            while program.next_due() is not None:
                program.take(0.005)
            program.display.sync()
        print("done", flush=True)


if __name__ == "__main__":
    main()
