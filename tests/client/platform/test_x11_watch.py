"""The customer's own hand is told from injected events, and the END key ends."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from Xlib import X
from Xlib.display import Display

from client.platform.base import Unavailable
from client.platform.linux.desktop import LinuxDesktop
from client.platform.linux.x11.key_codes import X_KEYS
from client.platform.linux.x11.watch import X11Watch
from protocol.inputs import Button
from scripts.processes import started

PATIENCE_S = 20.0
CHORD = ("ControlLeft", "AltLeft", "ShiftLeft", "KeyE")


class Told:
    """Counts how often something was told, and lets a test wait for it."""

    def __init__(self) -> None:
        self._came = threading.Semaphore(0)
        self.times = 0

    def __call__(self) -> None:
        self.times += 1
        self._came.release()

    def wait(self) -> None:
        assert self._came.acquire(timeout=PATIENCE_S)


@contextlib.contextmanager
def watching(name: str) -> Iterator[tuple[X11Watch, Told, Told]]:
    """A watch of that display: with what it tells of the hand and of the key."""
    hand, key = Told(), Told()
    watch = LinuxDesktop({"DISPLAY": name}).watch(hand, key)
    assert isinstance(watch, X11Watch)
    try:
        yield watch, hand, key
    finally:
        watch.close()


@contextlib.contextmanager
def server(*command: str, display: str = "") -> Iterator[str]:
    """The name of an X server without a window manager."""
    reading, writing = os.pipe()
    line = [*command, "-displayfd", str(writing), "-nolisten", "tcp", "-noreset"]
    with started(line, env={**os.environ, "DISPLAY": display}, pass_fds=[writing]):
        os.close(writing)
        with os.fdopen(reading) as pipe:
            yield f":{pipe.readline().strip()}"


@pytest.fixture
def inner() -> Iterator[tuple[str, Display]]:
    """A server whose hardware is a window on another one: its name, and the other one, on which
    made-up events are the inner one's real mouse and keyboard."""
    with (
        server("Xvfb", "-screen", "0", "800x600x24") as beneath,
        server("Xephyr", "-screen", "800x600", display=beneath) as name,
    ):
        outer = Display(beneath)
        yield name, outer
        outer.close()


def real_motion_until(outer: Display, there: Callable[[], bool]) -> None:
    """Moves the hardware's pointer."""
    deadline = time.monotonic() + PATIENCE_S
    step = 0
    while not there():
        step += 1
        outer.xtest_fake_input(X.MotionNotify, x=step * 37 % 800, y=step * 53 % 600)
        outer.sync()
        time.sleep(0.01)
        assert time.monotonic() < deadline


def test_the_own_hand_is_told_and_an_injected_one_is_not(inner: tuple[str, Display]) -> None:
    name, outer = inner
    with watching(name) as (_, hand, key):
        injector = LinuxDesktop({"DISPLAY": name}).injector()
        assert not isinstance(injector, Unavailable)
        for step in range(200):
            injector.move(100 + step, 100)
        injector.button(Button.LEFT, down=True)
        injector.button(Button.LEFT, down=False)
        for code in CHORD:
            injector.key(code, down=True)
        key.wait()  # it was told of after all that went before
        assert hand.times == 0
        for code in reversed(CHORD):
            injector.key(code, down=False)
        injector.close()
        real_motion_until(outer, lambda: hand.times > 0)


def test_the_own_hand_is_told_while_another_program_has_the_pointer(
    inner: tuple[str, Display],
) -> None:
    name, outer = inner
    with watching(name) as (_, hand, _key):
        other = Display(name)
        other.screen().root.grab_pointer(
            False, 0, X.GrabModeAsync, X.GrabModeAsync, X.NONE, X.NONE, X.CurrentTime
        )
        other.sync()
        real_motion_until(outer, lambda: hand.times > 0)
        other.close()


def test_the_hand_is_told_of_again_and_again_but_not_for_every_move(
    inner: tuple[str, Display],
) -> None:
    name, outer = inner
    with watching(name) as (_, hand, _key):
        moves = 0

        def enough() -> bool:
            nonlocal moves
            moves += 1
            return hand.times >= 3

        real_motion_until(outer, enough)
        assert moves > 10


def press(display: Display, codes: tuple[str, ...]) -> None:
    for code in codes:
        display.xtest_fake_input(X.KeyPress, X_KEYS[code])
    for code in reversed(codes):
        display.xtest_fake_input(X.KeyRelease, X_KEYS[code])
    display.sync()


@pytest.fixture
def keyboard(screen_name: str) -> Iterator[Display]:
    display = Display(screen_name)
    yield display
    display.close()


ORDERS = [
    CHORD,
    ("ShiftLeft", "AltLeft", "ControlLeft", "KeyE"),
    ("AltLeft", "ShiftLeft", "ControlRight", "KeyE"),
]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_the_end_key_fires_in_whatever_order_it_is_pressed(
    screen_name: str, keyboard: Display, order: tuple[str, ...]
) -> None:
    with watching(screen_name) as (_, _hand, key):
        press(keyboard, order)
        key.wait()
        assert key.times == 1


@pytest.mark.parametrize("locks", [("CapsLock",), ("NumLock",), ("CapsLock", "NumLock")])
def test_locks_do_not_keep_the_end_key_from_firing(
    screen_name: str, keyboard: Display, locks: tuple[str, ...]
) -> None:
    with watching(screen_name) as (_, _hand, key):
        for lock in locks:
            press(keyboard, (lock,))
        press(keyboard, CHORD)
        key.wait()
        for lock in locks:
            press(keyboard, (lock,))


def test_other_keys_are_nobodys_business(screen_name: str, keyboard: Display) -> None:
    with watching(screen_name) as (_, hand, key):
        for code in ("KeyE", "KeyA", "Enter"):
            press(keyboard, (code,))
        press(keyboard, ("ControlLeft", "KeyE"))
        press(keyboard, CHORD)
        key.wait()
        assert (key.times, hand.times) == (1, 0)


def test_a_chord_that_another_program_has_taken_is_told(
    screen_name: str, keyboard: Display, caplog: pytest.LogCaptureFixture
) -> None:
    modifiers = X.ControlMask | X.Mod1Mask | X.ShiftMask
    root = keyboard.screen().root
    root.grab_key(X_KEYS["KeyE"], modifiers, False, X.GrabModeAsync, X.GrabModeAsync)
    keyboard.sync()
    with watching(screen_name) as (watch, _hand, _key):
        assert not watch.has_end_key
    assert "another program has taken Ctrl+Alt+Shift+E" in caplog.text
    root.ungrab_key(X_KEYS["KeyE"], modifiers)
    keyboard.sync()
    with watching(screen_name) as (watch, _hand, _key):
        assert watch.has_end_key


def test_the_chord_is_free_again_afterwards(screen_name: str) -> None:
    for _ in range(3):
        with watching(screen_name) as (watch, _hand, _key):
            assert watch.has_end_key


def test_a_server_that_goes_away_ends_the_watch_quietly() -> None:
    from scripts.display import virtual_display

    hand, key = Told(), Told()
    with virtual_display() as name:
        watch = LinuxDesktop({"DISPLAY": name}).watch(hand, key)
        assert isinstance(watch, X11Watch)
    watch.close()
    assert (hand.times, key.times) == (0, 0)
