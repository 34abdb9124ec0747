"""A screen of our own: Xvfb with a window manager, ended with everything that belongs to it."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator

from Xlib.display import Display

from scripts.processes import started

READY_S = 20
TRY_S = 0.5


@contextlib.contextmanager
def virtual_display(width: int = 1920, height: int = 1200) -> Iterator[str]:
    """A free display (`:N`) with openbox on it. Raises `RuntimeError` when it does not come up."""
    reading, writing = os.pipe()
    size = f"{width}x{height}x24"
    server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    with started(server, pass_fds=[writing]) as process:
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb ended with code {process.wait()}")
        name = f":{number}"
        with started(["openbox"], env={**os.environ, "DISPLAY": name}):
            _wait_for_window_manager(name)
            yield name


def environment_on(display: str) -> dict[str, str]:
    """The environment of a program that is to show itself on `display` and nowhere else."""
    kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    return {**kept, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}


def _wait_for_window_manager(name: str) -> None:
    """Until it takes windows in. While it starts it says already that it is there, and never shows
    a window that is opened then."""
    display = Display(name)
    deadline = time.monotonic() + READY_S
    try:
        while not _takes_in(display):
            if time.monotonic() > deadline:
                raise RuntimeError("the window manager did not start")
    finally:
        display.close()


def _takes_in(display: Display) -> bool:
    """Whether it shows a window that is opened for a moment, and lets go of it again."""
    root = display.screen().root
    clients = display.intern_atom("_NET_CLIENT_LIST")

    def listed() -> bool:
        told = root.get_full_property(clients, 0)
        return told is not None and window.id in told.value

    window = root.create_window(0, 0, 10, 10, 0, display.screen().root_depth)
    window.map()
    shown = _happens(listed)
    window.destroy()
    return shown and _happens(lambda: not listed())


def _happens(what: Callable[[], bool]) -> bool:
    until = time.monotonic() + TRY_S
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True
