"""Which part of the desktop is shown, and where a pixel of a picture lies on it."""

from client.capture.layouts import ALL, Layouts
from client.platform.desktop import Monitor
from client.session.geometry import NOWHERE, Rect
from protocol.screen import MonitorView

LEFT = Monitor(1, "Left", Rect(-1280, 0, 1280, 1024))
RIGHT = Monitor(2, "Right", Rect(0, -200, 1920, 1080), scale=150)


def test_without_monitors_nothing_is_shown() -> None:
    assert Layouts().area == NOWHERE


def test_all_monitors_are_shown_first_and_every_change_has_a_number() -> None:
    layouts = Layouts()
    assert layouts.found((LEFT,))
    assert (layouts.number, layouts.area) == (1, LEFT.rect)
    assert not layouts.found([LEFT])
    assert layouts.found((LEFT, RIGHT))
    assert (layouts.number, layouts.area) == (2, Rect(-1280, -200, 3200, 1224))
    assert layouts.show(2)
    assert (layouts.number, layouts.area) == (3, RIGHT.rect)
    assert not layouts.show(2)
    assert layouts.show(ALL)
    assert layouts.number == 4


def test_a_monitor_that_is_not_there_cannot_be_shown() -> None:
    layouts = Layouts(shown=7)
    layouts.found((LEFT, RIGHT))
    assert layouts.shown == ALL
    assert not layouts.show(3)
    assert layouts.shown == ALL


def test_the_shown_monitor_is_kept_while_it_is_there() -> None:
    layouts = Layouts(shown=2)
    layouts.found((LEFT, RIGHT))
    assert layouts.area == RIGHT.rect
    layouts.found((RIGHT,))
    assert layouts.area == RIGHT.rect
    layouts.found((LEFT,))
    assert (layouts.shown, layouts.area) == (ALL, LEFT.rect)


def test_viewers_are_told_all_of_it() -> None:
    layouts = Layouts(shown=2)
    layouts.found((LEFT, RIGHT))
    message = layouts.message()
    assert (message.number, message.shown, message.width, message.height) == (1, 2, 1920, 1080)
    assert message.monitors[1] == MonitorView(
        id=2, name="Right", x=0, y=-200, width=1920, height=1080, scale=150
    )


def test_a_place_is_that_of_the_layout_it_was_said_for() -> None:
    layouts = Layouts()
    layouts.found((LEFT, RIGHT))
    layouts.show(2)
    assert layouts.place(1, 0, 0) == (-1280, -200)
    assert layouts.place(2, 0, 0) == (0, -200)
    assert layouts.place(2, 1919, 1079) == (1919, 879)
    assert layouts.place(2, 1920, 0) is None
    assert layouts.place(2, -1, 0) is None
    assert layouts.place(9, 0, 0) is None


def test_old_layouts_are_forgotten() -> None:
    layouts = Layouts()
    layouts.found((LEFT, RIGHT))
    for _ in range(20):
        layouts.show(1)
        layouts.show(2)
    assert layouts.place(1, 0, 0) is None
    assert layouts.place(layouts.number, 0, 0) is not None
