"""Real windows that change while the screen is grabbed: does anything get through?

Two programs are shared and two are not; each has windows in colours of its own, so that a pixel
tells whose it is. The real view, grabber and cover take pictures as fast as they can meanwhile.
"""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from client.capture.cover import FLAT, Cover
from client.capture.grabber import Grabber
from client.capture.mask import CORNER
from client.platform.linux.x11.view import X11View, open_view
from client.session.geometry import Rect
from client.session.permit import Permit
from scripts.display import environment_on, virtual_display
from scripts.processes import started

PAINTER = Path(__file__).with_name("painter.py")
SHARED, SECRET = 0x10E010, 0xE01010
"""The first colours; the windows of a program have the numbers after it, 16 to a program."""

COLOURS = 32
LATE_MS = 150
SIZE = (1280, 800)
PATIENCE_S = 30.0
BATCH = 5


class Setting(NamedTuple):
    """With or without a compositor; programs that paint at once or late."""

    composited: bool
    late: bool

    @property
    def name(self) -> str:
        """For the log."""
        return f"{'picom' if self.composited else 'plain'}, {'late' if self.late else 'prompt'}"


class Races(NamedTuple):
    """`changes` of windows in `frames` pictures, and pixels of windows that are not shared; `seen`
    is how many of these there were before they were painted over where, by the list of windows
    after the grab, only shared ones are. `still_share` is how much of the shared windows was to be
    seen when all was still, and `paint_ms` how long the cover took for each picture."""

    changes: int = 0
    frames: int = 0
    leaked: int = 0
    by_list: int = 0
    still_share: float = 1.0
    paint_ms: tuple[float, ...] = ()


class _Program:
    """A painter as a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], commands: IO[bytes]) -> None:
        self._process = process
        self._commands = commands

    def tell(self, line: str) -> None:
        self._commands.write(f"{line}\n".encode())
        self._commands.flush()

    def wait(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it was started with a pipe
        if self._process.stdout.readline() != b"done\n":
            raise RuntimeError("a painter has ended")


def _wait_for_all(programs: list[_Program]) -> None:
    for program in programs:
        program.wait()


@contextlib.contextmanager
def _program(display: str, name: str, colour: int, late: bool, seed: int) -> Iterator[_Program]:
    step = seed % 7 * 30
    places = [f"{100 + step + at * 160},{90 + step + at * 110},420,300" for at in range(3)]
    words = [name, f"{colour:x}", str(LATE_MS if late else 0), f"{name}-{seed}", *places]
    process = subprocess.Popen(
        [sys.executable, str(PAINTER), *words],
        env=environment_on(display),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        assert process.stdin is not None  # noqa: S101 - it was started with a pipe
        program = _Program(process, process.stdin)
        try:
            program.tell("still")
            program.wait()
            yield program
        finally:
            process.kill()


@contextlib.contextmanager
def _desktop(setting: Setting) -> Iterator[str]:
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(virtual_display(*SIZE))
        if setting.composited:
            picom = ["picom", "--config", os.devnull, "--backend", "xrender", "--fading"]
            stack.enter_context(started(picom, env=environment_on(display)))
        yield display


@contextlib.contextmanager
def _seeing(display: str) -> Iterator[tuple[X11View, Grabber]]:
    """The real view and grabber of `display`, which are for this program's one otherwise."""
    before = os.environ.get("DISPLAY")
    os.environ["DISPLAY"] = display
    try:
        view, grabber = open_view(display), Grabber()
    finally:
        os.environ.pop("DISPLAY")
        if before is not None:
            os.environ["DISPLAY"] = before
    if not isinstance(view, X11View):
        raise RuntimeError(view.why)
    try:
        yield view, grabber
    finally:
        grabber.close()
        view.close()


def run(setting: Setting, changes: int, seed: int = 0) -> Races:
    """At least `changes` changes of windows, a quarter by each program."""
    names = ("shared-a", "shared-b", "secret-a", "secret-b")
    colours = (SHARED, SHARED + 16, SECRET, SECRET + 16)
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(_desktop(setting))
        view, grabber = stack.enter_context(_seeing(display))
        programs = [
            stack.enter_context(_program(display, name, colour, setting.late, seed + at))
            for at, (name, colour) in enumerate(zip(names, colours, strict=True))
        ]
        wait_for(lambda: any(one.composited is setting.composited for one in view.moments()))
        apps = frozenset(
            one.program for one in view.windows() if one.program.partition(":")[2] in names[:2]
        )
        camera = _Camera(view, grabber, apps, composited=setting.composited)
        return camera.race(programs, changes)


class _Camera:
    """Takes pictures, and counts what is on them."""

    def __init__(
        self, view: X11View, grabber: Grabber, apps: frozenset[str], *, composited: bool
    ) -> None:
        self._composited = composited
        self._view = view
        self._grabber = grabber
        self._area = Rect(0, 0, *SIZE)
        self._cover = Cover(self._area)
        self._permit = Permit(1, 1, frozenset({1}), apps=apps)
        self._frames = self._leaked = self._by_list = 0
        self._took: list[float] = []

    def race(self, programs: list[_Program], changes: int) -> Races:
        """Pictures while the programs are busy, and then one when all is still."""
        rounds = -(-changes // (BATCH * len(programs)))
        while not _shared(self._picture()[1]).any():
            pass  # blank until the windows are known for long enough
        for _ in range(rounds):
            self._while_busy(programs, f"go {BATCH}")
        self._while_busy(programs, "still")
        return Races(
            rounds * BATCH * len(programs),
            self._frames,
            self._leaked,
            self._by_list,
            self._still_share(),
            tuple(self._took),
        )

    def _while_busy(self, programs: list[_Program], line: str) -> None:
        for program in programs:
            program.tell(line)
        waiting = threading.Thread(target=_wait_for_all, args=(programs,))
        waiting.start()
        while waiting.is_alive():
            self._picture()
        waiting.join()

    def _picture(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The picture as it was on the screen, and as it leaves the cover."""
        now = time.monotonic()
        self._cover.look(self._permit, self._view.moments(), now)
        picture = self._grabber.grab(self._area)
        moments = self._view.moments()
        raw = picture.copy()
        began = time.perf_counter()
        self._cover.paint_over(picture, self._permit, moments, now)
        self._took.append((time.perf_counter() - began) * 1000)
        before, after = _words(raw), _words(picture)
        self._frames += 1
        self._leaked += int(_secret(after).sum())
        self._by_list += int((_secret(before) & self._top_is_shared(moments[-1].windows)).sum())
        return before, after

    def _top_is_shared(self, windows: Any) -> NDArray[np.bool_]:
        shared = np.zeros((SIZE[1], SIZE[0]), np.bool_)
        for window in reversed(windows):
            inside = window.rect.within(self._area)
            place = (slice(inside.y, inside.bottom), slice(inside.x, inside.right))
            shared[place] = window.program in (self._permit.apps or ())
        return shared

    def _corners(self) -> NDArray[np.bool_]:
        """The corners of windows, which a compositor may round."""
        found = np.zeros((SIZE[1], SIZE[0]), np.bool_)
        for window in self._view.windows() if self._composited else ():
            x, y, right, bottom = (
                window.rect.x,
                window.rect.y,
                window.rect.right,
                window.rect.bottom,
            )
            for left in (x, right - CORNER):
                for top in (y, bottom - CORNER):
                    rect = Rect(left, top, CORNER, CORNER).within(self._area)
                    found[rect.y : rect.bottom, rect.x : rect.right] = True
        return found

    def _still_share(self) -> float:
        """How much of the shared colours is left of them; it waits until that is no longer more."""
        deadline = time.monotonic() + PATIENCE_S
        best = 0.0
        while best < 1 and time.monotonic() < deadline:
            before, after = self._picture()
            shared = _shared(before) & ~self._corners()
            best = max(best, float((after[shared] != FLAT).mean()) if shared.any() else 1.0)
        return best


def _words(picture: NDArray[np.uint8]) -> NDArray[np.uint32]:
    return picture.view(np.uint32)[..., 0] & np.uint32(0xFFFFFF)


def _secret(words: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return (words >= SECRET) & (words < SECRET + COLOURS)


def _shared(words: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return (words >= SHARED) & (words < SHARED + COLOURS)


def wait_for(happened: Any) -> None:
    """Raises `TimeoutError` when that takes too long."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.01)
