"""What stands in the way on a computer, looked at on a real X server."""

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest
from Xlib.display import Display

from client.lookout import Lookout, Machine
from client.platform.base import Unavailable
from client.platform.checkup import Checkup, Probe
from client.platform.linux.checkup import LinuxCheckup
from client.session.check_state import Found
from client.session.effects import LookAround
from client.session.geometry import Rect
from protocol.working import Hurdle
from scripts.display import virtual_display
from tests.client.platform.programs import PATIENCE_S, listener, wait_for_file

PLACE = Rect(120, 140, 420, 260)
BLACK, LIGHT = 0x000000, 0x3A6EA5
PICTURE = LookAround(1, picture=True, asked=False)
NO_PICTURE = LookAround(1, picture=False, asked=False)
MACHINE = Machine("Debian 12", "1.0", "de-DE", "https://relay.example:8443")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A desktop with a window manager and nothing on it."""
    with virtual_display(1280, 800) as name:
        yield name


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def look(display: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Found]]:
    """Looks around on that desktop, in the thread of its own."""
    monkeypatch.setenv("DISPLAY", display)
    lookouts = []

    def looked(order: LookAround = PICTURE, checkup: Checkup | None = None) -> Found:
        told: SimpleQueue[tuple[int, Found, str]] = SimpleQueue()

        def tell(number: int, found: Found) -> None:
            told.put((number, found, threading.current_thread().name))

        lookout = Lookout(checkup or LinuxCheckup({"DISPLAY": display}), MACHINE, tell)
        lookouts.append(lookout)
        lookout.look(order)
        number, found, thread = told.get(timeout=PATIENCE_S)
        assert number == order.number
        assert thread == "lookout"
        return found

    yield looked
    for lookout in lookouts:
        lookout.stop()
        assert lookout.join(PATIENCE_S)


def paint(name: str, colour: int) -> None:
    """Gives the desktop this colour."""
    display = Display(name)
    root = display.screen().root
    root.change_attributes(background_pixel=colour)
    root.clear_area(0, 0, 0, 0)
    display.sync()
    display.close()


def test_a_black_screen_is_black(display: str, look: Callable[..., Found]) -> None:
    paint(display, BLACK)
    found = look()
    assert Hurdle.BLACK in found.problems
    assert found.pictured


def test_a_wallpaper_alone_is_one(display: str, look: Callable[..., Found]) -> None:
    paint(display, LIGHT)
    found = look()
    assert found.problems == {Hurdle.WALLPAPER}
    assert found.monitors == ("1280x800",)
    assert (found.system, found.version, found.language) == ("Debian 12", "1.0", "de-DE")


@pytest.mark.parametrize("colour", [BLACK, LIGHT])
def test_with_a_window_there_is_nothing_in_the_way(
    display: str, look: Callable[..., Found], colour: int
) -> None:
    paint(display, colour)
    with listener(display, PLACE):
        assert look().problems == frozenset()


def test_without_a_picture_nobody_calls_it_black(display: str, look: Callable[..., Found]) -> None:
    paint(display, BLACK)
    found = look(NO_PICTURE)
    assert (found.problems, found.pictured) == (frozenset({Hurdle.WALLPAPER}), False)


def test_the_own_window_does_not_count(display: str, look: Callable[..., Found]) -> None:
    """The window of this very process is light, and a black screen around it stays black."""
    paint(display, BLACK)
    own = Display(display)
    screen = own.screen()
    window = screen.root.create_window(
        200, 200, 300, 200, 0, screen.root_depth, background_pixel=LIGHT, override_redirect=True
    )
    window.map()
    own.sync()
    try:
        assert Hurdle.BLACK in look().problems
    finally:
        own.close()


def test_nothing_is_pictured_that_could_make_the_system_say_something(
    display: str, look: Callable[..., Found]
) -> None:
    paint(display, BLACK)

    class Office(LinuxCheckup):
        def open(self) -> Probe | Unavailable:
            probe = super().open()
            assert not isinstance(probe, Unavailable)
            probe.silent = False
            return probe

    office = Office({"DISPLAY": display})
    assert not look(checkup=office).pictured
    asked = look(LookAround(1, picture=True, asked=True), office)
    assert asked.pictured
    assert Hurdle.BLACK in asked.problems


def test_without_a_desktop_nothing_can_be_seen(look: Callable[..., Found]) -> None:
    assert look(checkup=LinuxCheckup({})).problems == {Hurdle.BLACK}


def test_wayland_is_told_and_not_pictured(look: Callable[..., Found]) -> None:
    around = {"WAYLAND_DISPLAY": "wayland-0", "XDG_SESSION_TYPE": "wayland"}
    found = look(checkup=LinuxCheckup(around))
    assert (found.problems, found.pictured) == (frozenset({Hurdle.WAYLAND}), False)


@pytest.mark.parametrize(
    ("name", "value", "goes_by_one"),
    [
        ("https_proxy", "http://proxy.example:3128", True),
        ("http_proxy", "http://proxy.example:3128", False),
        ("no_proxy", "relay.example", False),
    ],
)
def test_a_proxy_on_the_way_is_told(
    look: Callable[..., Found],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: str,
    goes_by_one: bool,
) -> None:
    if name == "no_proxy":
        monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv(name, value)
    assert (Hurdle.PROXY in look(NO_PICTURE).problems) is goes_by_one


def test_a_place_in_the_settings_is_opened_by_the_desktops_own_program(tmp_path: Path) -> None:
    program = tmp_path / "gnome-control-center"
    program.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/opened"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    gnome = LinuxCheckup({"PATH": path, "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"})
    assert [one for one in Hurdle if gnome.leads(one)] == [Hurdle.CLOCK]
    gnome.show(Hurdle.CLOCK)
    assert wait_for_file(tmp_path / "opened", "datetime\n") == "datetime\n"
    gnome.show(Hurdle.BLACK)  # has no place


def test_without_such_a_program_there_is_no_place(tmp_path: Path) -> None:
    for around in (
        {"PATH": str(tmp_path), "XDG_CURRENT_DESKTOP": "GNOME"},
        {"PATH": os.environ["PATH"], "XDG_CURRENT_DESKTOP": "openbox"},
        {"PATH": os.environ["PATH"]},
    ):
        checkup = LinuxCheckup(around)
        assert not any(checkup.leads(one) for one in Hurdle)
        checkup.show(Hurdle.CLOCK)
