"""Parts of the view that need no server: events applied to the tree, names, icons, lockers."""

from pathlib import Path

import numpy as np
import pytest

from client.platform.desktop import Window
from client.platform.linux.x11 import icons, locked, programs
from client.platform.linux.x11.events import (
    Adopted,
    Created,
    Gone,
    Moved,
    Shifted,
    Shown,
    Turned,
    WindowEvent,
)
from client.platform.linux.x11.facts import Facts
from client.platform.linux.x11.identity import Identity, readable, text
from client.platform.linux.x11.monitors import scale_of
from client.platform.linux.x11.pointer import straight
from client.platform.linux.x11.stage import Stage
from client.platform.linux.x11.tree import Tree
from client.session.geometry import Rect

ROOT, BITS = 0x20, 0x1FFFFF
ONE, TWO, THREE = 0x400001, 0x400002, 0x600001
PLACE = Rect(0, 0, 10, 10)


def tree(*events: WindowEvent) -> Tree:
    made = Tree(ROOT, BITS, Rect(0, 0, 100, 100))
    for event in events:
        made.apply(event)
    return made


def opened(*windows: int) -> list[WindowEvent]:
    return [
        event
        for window in windows
        for event in (Created(ROOT, window, PLACE), Shown(window, on=True))
    ]


def order(made: Tree) -> list[int]:
    return [one.top.id for one in made.standing()]


def test_a_new_window_is_on_top_once_it_is_shown() -> None:
    made = tree(*opened(ONE), Created(ROOT, TWO, PLACE))
    assert order(made) == [ONE]
    assert made.apply(Shown(TWO, on=True))
    assert order(made) == [TWO, ONE]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Moved(ONE, THREE, PLACE), [ONE, THREE, TWO]),
        (Moved(ONE, TWO, PLACE), [THREE, ONE, TWO]),
        (Moved(THREE, 0, PLACE), [TWO, ONE, THREE]),
        (Turned(ONE, top=True), [ONE, THREE, TWO]),
        (Turned(THREE, top=False), [TWO, ONE, THREE]),
        (Gone(TWO), [THREE, ONE]),
        (Shown(TWO, on=False), [THREE, ONE]),
        (Adopted(TWO, THREE), [THREE, ONE]),
    ],
)
def test_an_event_changes_the_order(event: WindowEvent, expected: list[int]) -> None:
    made = tree(*opened(ONE, TWO, THREE))
    assert made.apply(event)
    assert order(made) == expected
    assert not made.lost


def test_an_event_that_changes_nothing_makes_no_new_moment() -> None:
    made = tree(*opened(ONE, TWO))
    assert not made.apply(Moved(TWO, ONE, PLACE))
    assert not made.apply(Shown(ONE, on=True))
    assert not made.apply(Created(ONE, THREE, PLACE))


def test_places_follow_the_window_and_its_parent() -> None:
    made = tree(*opened(ONE))
    made.apply(Moved(ONE, 0, Rect(5, 6, 7, 8)))
    made.apply(Shifted(ONE, 1, 2))
    assert made.standing()[0].rect == Rect(1, 2, 7, 8)
    assert made.apply(Moved(ROOT, 0, Rect(0, 0, 50, 60)))
    assert made.screen == Rect(0, 0, 50, 60)


def test_windows_of_the_server_itself_are_not_among_the_others() -> None:
    assert order(tree(*opened(0x3F, ONE))) == [ONE]


@pytest.mark.parametrize("event", [Shown(TWO, on=True), Moved(ONE, TWO, PLACE), Adopted(TWO, ROOT)])
def test_a_window_nobody_knew_of_means_that_something_was_missed(event: WindowEvent) -> None:
    made = tree(*opened(ONE))
    made.apply(event)
    assert made.lost


def test_another_window_under_the_same_number_is_another_window() -> None:
    stage = Stage(own_pid=1)
    made = tree(*opened(ONE))
    (before,) = made.standing()
    stage.learn(before.top, facts(7, "paint"))
    assert stage.windows(made.standing())[0].program == "paint"
    for event in (Gone(ONE), *opened(ONE)):
        made.apply(event)
    assert stage.windows(made.standing())[0].program == ""
    assert stage.unknown(made.standing()) == [made.tops[ONE]]
    assert stage.windows((before,))[0].program == "paint", "what was, was"


def test_a_shape_of_another_time_shows_nothing() -> None:
    stage = Stage(own_pid=1)
    made = tree(*opened(ONE))
    (old,) = made.standing()
    shape = (Rect(1, 1, 2, 2),)
    stage.learn(made.tops[ONE], facts(7, "paint", shape=shape))
    made.reshaped(ONE)
    (new,) = made.standing()
    assert stage.windows((new,))[0].shape == ()
    stage.learn(made.tops[ONE], facts(7, "paint"))
    assert [stage.windows((one,))[0].shape for one in (old, new)] == [shape, None]


def test_menus_without_an_owner_belong_to_the_only_window_of_their_process() -> None:
    single = staged(facts(7, "menu", passing=True, window=THREE), facts(7, "paint"))
    assert (single[0].owner, single[0].program) == (ONE, "paint")
    several = staged(
        facts(7, "menu", passing=True, window=THREE),
        facts(7, "paint"),
        facts(7, "paint", window=TWO),
    )
    assert (several[0].owner, several[0].program) == (0, "paint")
    mixed = staged(
        facts(7, "menu", passing=True, window=THREE),
        facts(7, "paint"),
        facts(7, "bank", window=TWO),
    )
    assert (mixed[0].owner, mixed[0].program) == (0, "menu")


def test_windows_without_pixels_hide_nothing() -> None:
    assert staged(facts(7, "paint", drawn=False)) == ()


def test_a_frame_in_which_nobody_is_yet_belongs_to_nobody() -> None:
    (only,) = staged(facts(7, "manager", nobodys=True))
    assert (only.program, only.name) == ("", "")


def facts(pid: int, program: str, *, window: int = ONE, **more: object) -> Facts:
    return Facts(Identity(window, pid, program, program), size=PLACE[2:], **more)  # type: ignore[arg-type]


def staged(*told: Facts) -> tuple[Window, ...]:
    """Windows with these facts, the topmost first."""
    stage = Stage(own_pid=1)
    made = tree(*opened(*(one.identity.window for one in reversed(told))))
    for one in told:
        stage.learn(made.tops[one.identity.window], one)
    return stage.windows(made.standing())


def test_titles_are_one_line_and_show_nothing_that_turns_the_writing_around() -> None:
    assert readable("a\u202eb\n\tc\x00 d") == "a b c d"
    assert text("Größe".encode()) == text("Größe".encode("latin-1")) == "Größe"
    assert text(None) == text((1, 2)) == ""


@pytest.mark.parametrize(
    ("resources", "scale"),
    [("", 100), ("Xft.dpi:\t144\n", 150), ("a: 1\nXft.dpi: 192.0\n", 200), ("Xft.dpi: 0", 100)],
)
def test_the_scale_is_that_of_the_texts(resources: str, scale: int) -> None:
    assert scale_of(resources) == scale


def test_colours_are_told_apart_from_how_much_they_cover() -> None:
    words = np.array([0x80400000, 0xFF0A0B0C, 0], np.uint32)
    assert straight(words) == bytes((128, 0, 0, 128, 10, 11, 12, 255, 0, 0, 0, 0))


def test_the_icon_is_the_smallest_that_is_large_enough() -> None:
    def drawn(side: int) -> list[int]:
        return [side, side, *[0xFF000000 + side] * (side * side)]

    several = (*drawn(16), *drawn(64), *drawn(128))
    found = icons.icon(several)
    assert found is not None and (found.width, found.rgba[:4]) == (64, bytes((0, 0, 64, 255)))
    small = icons.icon((*drawn(16), *drawn(32)))
    assert small is not None and small.width == 32
    assert icons.icon((*drawn(16), 64, 64, 1)) == icons.icon(tuple(drawn(16)))
    assert icons.icon(None) is icons.icon(b"text") is icons.icon((0, 0)) is None


def test_a_program_is_named_as_in_the_menu(tmp_path: Path) -> None:
    entry = "[Desktop Entry]\nName=Text Editor\nName[de]=Texteditor\nStartupWMClass=Gedit\n"
    (tmp_path / "org.gnome.gedit.desktop").write_text(entry, "utf-8")
    (tmp_path / "hidden.desktop").write_text(f"{entry}NoDisplay=true\n", "utf-8")
    (tmp_path / "broken.desktop").write_bytes(b"\xff[")
    names = programs.entry_names([tmp_path, tmp_path / "missing"], "de")
    assert names == dict.fromkeys(("gedit", "org.gnome.gedit"), "Texteditor")
    assert programs.entry_names([tmp_path], "fr")["gedit"] == "Text Editor"


def test_a_program_that_cannot_be_told_is_no_program() -> None:
    assert programs.program(0, "") == ""
    assert programs.program(0, "Xterm") == ":Xterm"
    assert programs.executable(2**31) == ""


def test_a_locker_that_covers_a_monitor_is_noticed() -> None:
    screen = Rect(0, 0, 100, 100)
    locker = Window(1, 9, "/usr/bin/i3lock:i3lock", "", "", screen, passing=True)
    game = Window(1, 9, "/usr/bin/game:game", "", "", screen, passing=True)
    assert locked.covered([locker], [screen])
    assert not locked.covered([locker], [Rect(0, 0, 200, 100)])
    assert not locked.covered([game], [screen])


def test_the_log_in_manager_says_when_the_session_is_locked(tmp_path: Path) -> None:
    (tmp_path / "c1").write_text("STATE=active\nLOCKED_HINT=1\n", "utf-8")
    (tmp_path / "c2").write_text("STATE=active\nLOCKED_HINT=0\n", "utf-8")
    said = [
        locked.session_says_so({"XDG_SESSION_ID": one}, tmp_path)
        for one in ("c1", "c2", "c3", "../c1", "")
    ]
    assert said == [True, False, False, False, False]
    assert not locked.session_says_so({}, tmp_path)
