"""A screen of our own: Xvfb with a window manager, ended with everything that belongs to it."""

import contextlib
import os
import time
from collections.abc import Iterator

from Xlib.display import Display

from scripts.processes import started

READY_S = 20


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
    display = Display(name)
    try:
        check = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
        deadline = time.monotonic() + READY_S
        while display.screen().root.get_full_property(check, 0) is None:
            if time.monotonic() > deadline:
                raise RuntimeError("the window manager did not start")
            time.sleep(0.02)
    finally:
        display.close()
