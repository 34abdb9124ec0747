"""What every system's desktop has to do, tried on the one that the tests run on.

Each check takes an opened part and, where one is needed, a window of another program that says
what it is given. `test_contract.py` runs them.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest

from client.platform.base import Unavailable
from client.platform.desktop import (
    CustomerWatch,
    Desktop,
    DesktopView,
    InjectionFailed,
    Injector,
    KeyPending,
    Window,
)
from client.session.geometry import Rect
from protocol.inputs import WHEEL_NOTCH, Button, Special
from protocol.screen import InputRefusal
from tests.client.platform.programs import PATIENCE_S, Listener

TEXT = "Grüße, 5 € \N{GREEK SMALL LETTER OMEGA} 😀"

Opened = TypeVar("Opened", DesktopView, Injector, CustomerWatch)
Found = TypeVar("Found")


def opened(found: Opened | Unavailable) -> Opened:
    """The part, which this system must have."""
    assert not isinstance(found, Unavailable), found.why
    return found


def monitors_count_from_one_and_have_a_place(view: DesktopView) -> None:
    found = view.monitors()
    assert [one.id for one in found] == list(range(1, len(found) + 1))
    assert found
    assert all(one.rect and 50 <= one.scale <= 500 for one in found)


def windows_of_other_programs_are_told(view: DesktopView, program: Listener, title: str) -> None:
    window = seen(view, program)
    assert (window.title, window.own, window.desktop) == (title, False, False)
    assert window.program
    assert window.name
    assert window.rect.within(program.rect) == program.rect  # its frame is around it


def the_last_moment_is_now(view: DesktopView, program: Listener) -> None:
    window = seen(view, program)
    moments = view.moments()
    assert moments[-1].windows == view.windows()
    assert window.rect.within(moments[-1].screen)


def nothing_is_in_the_way(view: DesktopView, injector: Injector) -> None:
    assert view.obstacle() is None
    assert view.control_obstacle() is None


def the_pointer_is_told_where_it_was_moved(view: DesktopView, injector: Injector) -> None:
    for place in ((40, 60), (401, 333)):
        injector.move(*place)
        wait_for(partial(_is_at, view, place))
    found, shape = view.cursor(), view.cursor_shape()
    assert found is not None
    if shape is not None:
        assert len(shape.rgba) == shape.width * shape.height * 4
        assert 0 <= shape.hot_x < shape.width
        assert 0 <= shape.hot_y < shape.height
        assert shape.serial == found.serial


def the_window_at_a_place_is_the_one_that_gets_the_click(
    view: DesktopView, injector: Injector, program: Listener
) -> None:
    x, y = middle(program.rect)
    there = injector.window_at(x, y)
    assert there is not None
    assert there.id == seen(view, program).id
    focused = injector.focused()
    assert focused is not None
    assert focused.id == there.id


def clicks_and_drags_arrive_at_their_place(injector: Injector, program: Listener) -> None:
    x, y = middle(program.rect)
    for button, name in ((Button.LEFT, "LeftButton"), (Button.RIGHT, "RightButton")):
        injector.move(x, y)
        injector.button(button, down=True)
        program.wait_until("press", button=name, x=x, y=y)
        injector.move(x + 30, y + 10)
        program.wait_until("move", x=x + 30, y=y + 10)
        injector.button(button, down=False)
        program.wait_until("release", button=name, x=x + 30, y=y + 10)


def the_wheel_turns_as_it_is_told(injector: Injector, program: Listener) -> None:
    """Qt, too, counts upwards as positive; only the direction is the same on all systems."""
    injector.move(*middle(program.rect))
    for dx, dy in ((0, WHEEL_NOTCH), (0, -WHEEL_NOTCH), (WHEEL_NOTCH, 0), (-WHEEL_NOTCH, 0)):
        injector.wheel(dx, dy)
        said = program.wait_until("wheel")[-1]
        assert (sign(said["dx"]), sign(said["dy"])) == (-sign(dx), -sign(dy))


def keys_go_down_and_up(injector: Injector, program: Listener) -> None:
    for code, text in (("KeyA", "a"), ("Digit5", "5"), ("Space", " ")):
        injector.key(code, down=True)
        program.wait_until("down", text=text, repeat=False)
        injector.key(code, down=False)
        program.wait_until("up", repeat=False)


def text_arrives_as_it_was_written(injector: Injector, editor: Listener) -> None:
    for character in TEXT:
        write(injector, character)
    editor.text(TEXT)


def what_no_program_may_press_is_refused(injector: Injector) -> None:
    with pytest.raises(InjectionFailed) as refused:
        injector.special(Special.CTRL_ALT_DEL)
    assert refused.value.why is InputRefusal.IMPOSSIBLE
    with pytest.raises(InjectionFailed) as refused:
        injector.key("NoSuchKey", down=True)
    assert refused.value.why is InputRefusal.IMPOSSIBLE


def a_watch_takes_no_injected_move_for_a_hand(desktop: Desktop, injector: Injector) -> None:
    """The END key comes after the move, and both through the same watch: when it is there and no
    hand was told, none will be."""
    hands: list[str] = []
    ends: list[str] = []
    watch = opened(desktop.watch(lambda: hands.append("hand"), lambda: ends.append("end")))
    try:
        injector.move(300, 300)
        injector.move(310, 305)
        chord = ("ControlLeft", "AltLeft", "ShiftLeft", "KeyE")
        for code in chord:
            injector.key(code, down=True)
        for code in reversed(chord):
            injector.key(code, down=False)
        wait_for(lambda: ends)
    finally:
        watch.close()
    assert (hands, ends) == ([], ["end"])


def _is_at(view: DesktopView, place: tuple[int, int]) -> bool:
    found = view.cursor()
    return found is not None and (found.x, found.y) == place


def seen(view: DesktopView, program: Listener) -> Window:
    """The window of a program, once it is told."""
    return wait_for(lambda: next((one for one in view.windows() if one.pid == program.pid), None))


def write(injector: Injector, character: str) -> None:
    """Types a character; a key may have to be made for it first."""
    while True:
        try:
            return injector.text(character)
        except KeyPending as pending:
            time.sleep(pending.wait_s)


def wait_for(find: Callable[[], Found | None]) -> Found:
    """What `find` gives once it is true."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := find()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)
    return found


def middle(rect: Rect) -> tuple[int, int]:
    """The pixel in its middle."""
    return rect.x + rect.width // 2, rect.y + rect.height // 2


def sign(number: int) -> int:
    """-1, 0 or 1."""
    return (number > 0) - (number < 0)
