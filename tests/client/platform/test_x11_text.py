"""Text arrives in other programs as it was written, whatever their keyboard is."""

import shlex
import time
from pathlib import Path

import pytest

from client.platform.base import Unavailable
from client.platform.desktop import InjectionFailed, Injector
from client.platform.linux.desktop import LinuxDesktop
from client.session.geometry import Rect
from protocol.screen import InputRefusal
from scripts.display import environment_on
from scripts.processes import started
from tests.client.platform.programs import keyboard_layout, listener, tap, wait_for_file, write

PLACE = Rect(100, 100, 700, 300)
TEXT = "Grüße für 5 € an {Łódź}: ~é ñ @ \\ | ß œ \N{GREEK SMALL LETTER OMEGA} Привет 日本語 😀👍"


@pytest.mark.parametrize("layout", ["us", "de", "ru", "fr", "us,de"])
def test_text_arrives_in_a_line_whatever_the_layout(screen_name: str, layout: str) -> None:
    keyboard_layout(screen_name, layout)
    opened = LinuxDesktop({"DISPLAY": screen_name}).injector()
    assert not isinstance(opened, Unavailable)
    with listener(screen_name, PLACE, "--edit") as program:
        write(opened, TEXT)
        program.text(TEXT)
    opened.close()


@pytest.mark.parametrize("layout", ["us", "de"])
def test_text_arrives_in_a_terminal(screen_name: str, tmp_path: Path, layout: str) -> None:
    keyboard_layout(screen_name, layout)
    opened = LinuxDesktop({"DISPLAY": screen_name}).injector()
    assert not isinstance(opened, Unavailable)
    written, ready = tmp_path / "written", tmp_path / "ready"
    script = f"touch {shlex.quote(str(ready))}; head -n 1 > {shlex.quote(str(written))}; sleep 60"
    terminal = ["xterm", "-u8", "-geometry", "80x10+50+50", "-e", "sh", "-c", script]
    with started(terminal, env={**environment_on(screen_name), "LC_ALL": "C.UTF-8"}):
        wait_for_file(ready)
        wait_for_focus(opened)
        write(opened, TEXT + "\n")
        assert wait_for_file(written, TEXT + "\n") == TEXT + "\n"
    opened.close()


def wait_for_focus(injector: Injector) -> None:
    deadline = time.monotonic() + 20
    while (window := injector.focused()) is None or "xterm" not in window.program.lower():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_layout_that_changes_meanwhile_is_followed(screen_name: str, injector: Injector) -> None:
    with listener(screen_name, PLACE, "--edit") as program:
        write(injector, "zéy")
        program.text("zéy")
        keyboard_layout(screen_name, "de")
        write(injector, "zéyß")
        program.text("zéyzéyß")


def test_caps_lock_changes_no_text_and_stays_on(screen_name: str, injector: Injector) -> None:
    with listener(screen_name, PLACE, "--edit") as program:
        tap(injector, "CapsLock")
        write(injector, "aBéÉ1")
        tap(injector, "KeyX")
        program.text("aBéÉ1X")
        tap(injector, "CapsLock")


def test_modifiers_that_are_held_do_not_spoil_text_and_hold_on(
    screen_name: str, injector: Injector
) -> None:
    with listener(screen_name, PLACE, "--edit") as program:
        injector.key("ShiftLeft", down=True)
        injector.key("ControlLeft", down=True)
        write(injector, "aBé@")
        injector.key("ControlLeft", down=False)
        tap(injector, "KeyX")
        injector.key("ShiftLeft", down=False)
        tap(injector, "KeyX")
        program.text("aBé@Xx")


def test_a_shortcut_is_the_key_in_the_same_place(screen_name: str, injector: Injector) -> None:
    with listener(screen_name, PLACE, "--edit") as program:
        write(injector, "gone")
        injector.key("ControlLeft", down=True)
        tap(injector, "KeyA")
        injector.key("ControlLeft", down=False)
        write(injector, "ö")
        program.text("ö")


def test_nothing_is_typed_that_is_no_character(injector: Injector) -> None:
    for character in "\0\x1b\x7f\x9b":
        with pytest.raises(InjectionFailed) as caught:
            injector.text(character)
        assert caught.value.why is InputRefusal.IMPOSSIBLE
