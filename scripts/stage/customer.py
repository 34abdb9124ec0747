"""The customer's real window: started, looked at, and typed into with real key events."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mss import MSS
from mss.tools import to_png
from Xlib.display import Display

from scripts.display import environment_on
from scripts.processes import started
from scripts.stage.part import NAME
from scripts.stage.relay import Relay

KEY_PAUSE_MS = 12
WINDOW_S = 20
PICTURE_S = 1

AS_IT_IS: Mapping[str, str] = {}
DARK: Mapping[str, str] = {"QT_QPA_PLATFORMTHEME": "gtk3", "GTK_THEME": "Adwaita:dark"}
"""A desktop that asks its programs to be dark."""

FROM_SOURCE = (sys.executable, "-m", "client")


class Customer:
    """A customer's client on a display, known by its process."""

    def __init__(self, process: subprocess.Popen[bytes], display: str) -> None:
        self.process = process
        self._display = display

    def has_left(self) -> bool:
        """Whether the client has been closed."""
        return self.process.poll() is not None

    def wait_for_window(self) -> None:
        """Returns when the window is on the screen. Raises `RuntimeError` when it never comes."""
        self.window()

    def type_line(self, text: str) -> None:
        """Types `text` (ASCII) where the window has its focus, and Enter."""
        window = self.window()
        self._xdotool("windowactivate", "--sync", window)
        self._xdotool("type", "--delay", str(KEY_PAUSE_MS), "--", text)
        self._xdotool("key", "Return")

    def press(self, keys: str) -> None:
        """Presses one combination of keys, such as `ctrl+Return`."""
        self._xdotool("windowactivate", "--sync", self.window())
        self._xdotool("key", keys)

    def put_away(self, window: str) -> None:
        """Minimises `window`, which was got from `window()` before there were others."""
        self._xdotool("windowminimize", "--sync", window)

    def picture(self, path: Path) -> None:
        """Writes a PNG of the window; whoever opens `path` never meets half a picture."""
        window = int(self.window())
        with MSS(display=self._display) as screen:
            shot = screen.grab(_area(self._display, window))
        unfinished = path.with_suffix(".part")
        to_png(shot.rgb, shot.size, level=9, output=str(unfinished))
        unfinished.replace(path)

    def window(self) -> str:
        """The X server's number of the window; the newest where there are several."""
        search = [
            "search",
            "--all",
            "--sync",
            "--onlyvisible",
            "--pid",
            str(self.process.pid),
            "--name",
            ".",
        ]
        found = self._xdotool(*search).split()
        if not found:
            raise RuntimeError("the customer's window is not on the screen")
        return found[-1]

    def _xdotool(self, *words: str) -> str:
        ran = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self._display},
            capture_output=True,
            text=True,
            timeout=WINDOW_S,
        )
        if ran.returncode:
            raise RuntimeError(f"xdotool {words[0]}: {ran.stderr.strip()}")
        return ran.stdout


def _area(name: str, number: int) -> dict[str, int]:
    """Where a window's inside is on the screen, as mss wants it told."""
    with contextlib.closing(Display(name)) as display:
        window = display.create_resource_object("window", number)
        size = window.get_geometry()
        place = display.screen().root.translate_coords(window, 0, 0)
        return {"left": place.x, "top": place.y, "width": size.width, "height": size.height}


@contextlib.contextmanager
def running_customer(
    relay: Relay,
    key: str,
    display: str | None,
    *,
    program: Sequence[str] = FROM_SOURCE,
    desktop: Mapping[str, str] = AS_IT_IS,
) -> Iterator[Customer]:
    """A client that joins with `key`, on `display` or where this program's windows go."""
    options = ["--relay", relay.origin, "--ca", str(relay.authority)]
    who = ["--identity", relay.identity(), "--key", key, "--name", NAME]
    env = {**(environment_on(display) if display else os.environ), **desktop}
    log = relay.data / "client.log"
    with started([*program, *options, *who], env=env, log=log) as process:
        yield Customer(process, display or os.environ.get("DISPLAY", ""))


@contextlib.contextmanager
def refreshed_picture(customer: Customer, path: Path) -> Iterator[None]:
    """Within the block `path` holds a picture of the window, taken anew every second."""
    over = threading.Event()

    def refresh() -> None:
        while not (over.wait(PICTURE_S) or customer.has_left()):
            with contextlib.suppress(RuntimeError, subprocess.TimeoutExpired):
                customer.picture(path)

    thread = threading.Thread(target=refresh, name="picture")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
