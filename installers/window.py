"""Windows of a program that is more than one process, and keys pressed in them."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from mss import MSS
from mss.tools import to_png
from Xlib.display import Display
from Xlib.error import XError

TRY_S = 0.02
KEY_PAUSE_MS = 12
FOCUS_S = 10


class Windows:
    """Of programs on one display."""

    def __init__(self, display: str) -> None:
        self._display = display

    def of(self, process: int, patience_s: float) -> int:
        """The oldest window of `process` or its children: the others are strips and sheets. Raises
        `TimeoutError`."""
        found: list[int] = []

        def there() -> bool:
            found[:] = self._shown(set(family(process)))
            return bool(found)

        self.until(there, patience_s, "the window never came")
        return found[0]

    def type_into(self, window: int, text: str) -> None:
        """`text` (ASCII), and Enter."""
        self._activate(window)
        self._xdotool("type", "--delay", str(KEY_PAUSE_MS), "--", text)
        self._xdotool("key", "Return")

    def press(self, window: int, keys: Sequence[str]) -> None:
        """Combinations of keys, one after the other."""
        self._activate(window)
        for one in keys:
            self._xdotool("key", one)

    def picture(self, path: Path) -> None:
        """A PNG of the whole screen."""
        with MSS(display=self._display) as screen:
            shot = screen.grab(screen.monitors[0])
        to_png(shot.rgb, shot.size, output=str(path))

    def until(self, what: Callable[[], bool], patience_s: float, else_: str = "no answer") -> None:
        """Waits. Raises `TimeoutError` with `else_`."""
        deadline = time.monotonic() + patience_s
        while not what():
            if time.monotonic() > deadline:
                raise TimeoutError(else_)
            time.sleep(TRY_S)

    def _activate(self, window: int) -> None:
        self._xdotool("windowactivate", str(window))
        self.until(lambda: self._active() == window, FOCUS_S, "the window has no focus")

    def _active(self) -> int:
        with closing(Display(self._display)) as display:
            told = display.screen().root.get_full_property(
                display.intern_atom("_NET_ACTIVE_WINDOW"), 0
            )
            return int(told.value[0]) if told is not None and len(told.value) else 0

    def _shown(self, processes: set[int]) -> list[int]:
        with closing(Display(self._display)) as display:
            clients = display.screen().root.get_full_property(
                display.intern_atom("_NET_CLIENT_LIST"), 0
            )
            pid = display.intern_atom("_NET_WM_PID")
            found = []
            for number in clients.value if clients is not None else ():
                with suppress(XError):
                    window = display.create_resource_object("window", number)
                    owner = window.get_full_property(pid, 0)
                    if owner is not None and owner.value[0] in processes:
                        found.append(int(number))
            return found

    def _xdotool(self, *words: str) -> None:
        ran = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self._display},
            capture_output=True,
            text=True,
        )
        if ran.returncode:
            raise RuntimeError(f"xdotool {words[0]}: {ran.stderr.strip()}")


def family(process: int) -> list[int]:
    """`process` and all that it has started, directly or not, oldest first; those that live."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if fields[0] != "Z":
                    parents[int(entry.name)] = int(fields[1])
    found = [process] if process in parents else []
    found += [one for one in sorted(parents) if _descends(one, process, parents)]
    return found


def _descends(one: int, process: int, parents: dict[int, int]) -> bool:
    while one in parents:
        one = parents[one]
        if one == process:
            return True
    return False
