"""Programs of somebody else's on the screen, and what they say."""

import contextlib
import json
import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from client.platform.desktop import Injector, KeyPending
from client.session.geometry import Rect
from scripts.processes import started

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 20.0
ON_LINUX = platform.system() == "Linux"
"""Elsewhere there is no X11, nor what speaks it."""

Said = dict[str, Any]


class Listener:
    """A window of another process; see `tests/client/platform/listener.py`."""

    def __init__(self, process: "subprocess.Popen[bytes]", rect: Rect) -> None:
        self.pid = process.pid
        self.rect = rect
        self._said: Queue[Said] = Queue()
        self._reader = threading.Thread(target=self._read, args=(process,))
        self._reader.start()

    def wait_for(self, wanted: Callable[[Said], bool]) -> list[Said]:
        """What it said until something `wanted`, with it."""
        heard: list[Said] = []
        while True:
            try:
                heard.append(self._said.get(timeout=PATIENCE_S))
            except Empty:
                raise AssertionError(f"it said only {heard[:9]} … {heard[-9:]}") from None
            if wanted(heard[-1]):
                return heard

    def wait_until(self, kind: str, **fields: object) -> list[Said]:
        """What it said until an event of that kind with these fields."""
        wanted = {"e": kind, **fields}
        return self.wait_for(lambda said: wanted.items() <= said.items())

    def text(self, expected: str) -> None:
        """Waits until its line holds this."""
        self.wait_until("text", text=expected)

    def heard(self) -> list[Said]:
        """What it said by now and nobody has read."""
        said = []
        with contextlib.suppress(Empty):
            while True:
                said.append(self._said.get_nowait())
        return said

    def end(self) -> None:
        self._reader.join(PATIENCE_S)

    def _read(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._said.put(json.loads(line))


@contextlib.contextmanager
def listener(display: str, rect: Rect, *options: str, title: str = "Notes") -> Iterator[Listener]:
    """It has the focus when this begins."""
    words = [str(one) for one in rect]
    command = [sys.executable, "-m", "tests.client.platform.listener", *words, title]
    environment = {**_around(display), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    with started([*command, *options], env=environment, stdout=subprocess.PIPE) as process:
        made = Listener(process, rect)
        try:
            window = made.wait_until("focus")[-1]["window"]
            if display and ON_LINUX:
                _wait_for_active(display, window)
            yield made
        finally:
            process.kill()
            made.end()
            if process.stdout is not None:
                process.stdout.close()


def _around(display: str) -> Mapping[str, str]:
    """The environment of a program that shows itself on `display`."""
    if not ON_LINUX:
        return os.environ
    from scripts.display import environment_on

    return environment_on(display)


def _wait_for_active(name: str, window: int) -> None:
    """Window managers give the focus in several steps, and may take it back in between."""
    from Xlib.display import Display

    display = Display(name)
    try:
        active = display.intern_atom("_NET_ACTIVE_WINDOW")
        root = display.screen().root
        deadline = time.monotonic() + PATIENCE_S
        while True:
            told = root.get_full_property(active, 0)
            focus = display.get_input_focus().focus
            if told is not None and told.value[0] == window == getattr(focus, "id", 0):
                return
            assert time.monotonic() < deadline, (window, told and told.value, focus)
            time.sleep(0.01)
    finally:
        display.close()


def keyboard_layout(display: str, layout: str) -> None:
    """Gives the display another keyboard."""
    subprocess.run(["setxkbmap", layout], env={**os.environ, "DISPLAY": display}, check=True)


def wait_for_file(file: Path, content: str = "") -> str:
    """What is in `file`, once it is there and holds as much as `content`."""
    deadline = time.monotonic() + PATIENCE_S
    while not file.exists() or len(file.read_text("utf-8")) < len(content):
        assert time.monotonic() < deadline, file.exists() and file.read_text("utf-8")
        time.sleep(0.01)
    return file.read_text("utf-8")


def tap(injector: Injector, code: str) -> None:
    """A key goes down and up."""
    injector.key(code, down=True)
    injector.key(code, down=False)


def write(injector: Injector, text: str) -> None:
    """As the input thread does it."""
    for character in text:
        while True:
            try:
                injector.text(character)
                break
            except KeyPending as pending:
                time.sleep(pending.wait_s)
