"""Mouse, keys and text arrive in other programs as if from the customer's own hand."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from Xlib import X
from Xlib.display import Display

from client.platform.base import Unavailable
from client.platform.desktop import InjectionFailed, Injector
from client.platform.linux.desktop import LinuxDesktop
from client.platform.linux.x11.key_codes import X_KEYS
from client.session.geometry import Rect
from protocol.inputs import Button, Special
from protocol.screen import InputRefusal
from scripts.display import virtual_display
from tests.client.platform.programs import Listener, listener, tap, write

PLACE = Rect(100, 100, 700, 300)
KEYS = {
    "KeyA": Qt.Key.Key_A,
    "Digit1": Qt.Key.Key_1,
    "Enter": Qt.Key.Key_Return,
    "NumpadEnter": Qt.Key.Key_Enter,
    "Escape": Qt.Key.Key_Escape,
    "ArrowLeft": Qt.Key.Key_Left,
    "PageDown": Qt.Key.Key_PageDown,
    "Home": Qt.Key.Key_Home,
    "Delete": Qt.Key.Key_Delete,
    "F1": Qt.Key.Key_F1,
    "F12": Qt.Key.Key_F12,
    "ControlRight": Qt.Key.Key_Control,
    "ShiftLeft": Qt.Key.Key_Shift,
    "AltLeft": Qt.Key.Key_Alt,
    "MetaLeft": Qt.Key.Key_Meta,
    "ContextMenu": Qt.Key.Key_Menu,
    "PrintScreen": Qt.Key.Key_Print,
    "Pause": Qt.Key.Key_Pause,
    "Space": Qt.Key.Key_Space,
    "Backquote": Qt.Key.Key_QuoteLeft,
}
LOCKS = ("CapsLock", "NumLock", "ScrollLock")


def test_every_key_arrives_as_the_key_it_is(screen_name: str, injector: Injector) -> None:
    with listener(screen_name, PLACE, "--grab") as program:
        there = set()
        for code in X_KEYS:
            try:
                tap(injector, code)
            except InjectionFailed as failed:  # a keyboard of the US has no such key
                assert failed.why is InputRefusal.IMPOSSIBLE
                continue
            there.add(code)
            said = program.wait_until("down", scan=X_KEYS[code])[-1]
            assert said["key"] == KEYS.get(code, said["key"]), code
            if code in LOCKS:
                tap(injector, code)
                program.wait_until("down", scan=X_KEYS[code])
        assert len(there) > 140
        assert KEYS.keys() <= there


def test_a_key_that_is_not_in_the_list_is_impossible(injector: Injector) -> None:
    with pytest.raises(InjectionFailed) as caught:
        injector.key("Fn", down=True)
    assert caught.value.why is InputRefusal.IMPOSSIBLE


def test_the_keyboard_is_put_back(screen_name: str) -> None:
    display = Display(screen_name)
    before = [list(row) for row in display.get_keyboard_mapping(8, 248)]
    repeats = list(display.get_keyboard_control().auto_repeats)
    opened = LinuxDesktop({"DISPLAY": screen_name}).injector()
    assert not isinstance(opened, Unavailable)
    write(opened, "äöü€ é 日本語")
    opened.key("KeyA", down=True)
    during = [list(row) for row in display.get_keyboard_mapping(8, 248)]
    opened.close()
    after = [list(row) for row in display.get_keyboard_mapping(8, 248)]
    assert during != before
    assert [[one for one in row if one] for row in after] == [
        [one for one in row if one] for row in before
    ]
    assert list(display.get_keyboard_control().auto_repeats) == repeats
    assert not any(display.query_keymap())
    display.close()


def test_a_key_that_is_held_does_not_repeat_by_itself(screen_name: str, injector: Injector) -> None:
    """What goes on by itself would go on after the gate was shut."""
    display = Display(screen_name)
    key = X_KEYS["KeyA"]
    injector.key("KeyA", down=True)
    assert not display.get_keyboard_control().auto_repeats[key // 8] & 1 << key % 8
    injector.key("KeyA", down=False)
    assert display.get_keyboard_control().auto_repeats[key // 8] & 1 << key % 8
    display.close()


@pytest.mark.parametrize("button", Button)
def test_buttons_arrive_where_the_pointer_is(
    screen_name: str, injector: Injector, button: Button
) -> None:
    name = f"{button.value.title()}Button"
    with listener(screen_name, PLACE) as program:
        injector.move(300, 200)
        injector.button(button, down=True)
        injector.move(320, 230)
        injector.button(button, down=False)
        program.wait_until("press", button=name, x=300, y=200)
        program.wait_until("move", x=320, y=230)
        program.wait_until("release", button=name, x=320, y=230)


def test_the_wheel_turns_both_ways_and_keeps_fractions(
    screen_name: str, injector: Injector
) -> None:
    with listener(screen_name, PLACE) as program:
        injector.move(300, 200)
        injector.wheel(0, 80)
        injector.wheel(0, 80)
        program.wait_until("wheel", dx=0, dy=-120)
        injector.wheel(-120, 0)
        program.wait_until("wheel", dx=120, dy=0)


def test_the_left_button_is_the_one_that_the_customer_uses_as_such(
    screen_name: str, injector: Injector
) -> None:
    display = Display(screen_name)
    usual = list(display.get_pointer_mapping())
    display.set_pointer_mapping([3, 2, 1, *usual[3:]])
    display.sync()
    try:
        with listener(screen_name, PLACE) as program:
            injector.move(300, 200)
            injector.button(Button.LEFT, down=True)
            injector.button(Button.LEFT, down=False)
            said = program.wait_until("release")
        assert said[-1]["button"] == "LeftButton"
    finally:
        display.set_pointer_mapping(usual)
        display.close()


def test_special_keys_arrive_and_the_impossible_one_says_so(
    screen_name: str, injector: Injector
) -> None:
    with listener(screen_name, PLACE, "--grab") as program:
        injector.special(Special.ALT_TAB)
        program.wait_until("down", key=Qt.Key.Key_Alt)
        program.wait_until("up", key=Qt.Key.Key_Tab)
        program.wait_until("up", key=Qt.Key.Key_Alt)
        injector.special(Special.ALT_F4)
        program.wait_until("up", key=Qt.Key.Key_F4)
        injector.special(Special.META)
        program.wait_until("up", key=Qt.Key.Key_Meta)
        injector.special(Special.PRINT_SCREEN)
        program.wait_until("up", key=Qt.Key.Key_Print)
    with pytest.raises(InjectionFailed) as caught:
        injector.special(Special.CTRL_ALT_DEL)
    assert caught.value.why is InputRefusal.IMPOSSIBLE


def test_nobody_is_taken_to_a_text_console(injector: Injector) -> None:
    injector.key("ControlLeft", down=True)
    injector.key("AltLeft", down=True)
    for code in ("F1", "F7", "F12", "Backspace"):
        with pytest.raises(InjectionFailed) as caught:
            injector.key(code, down=True)
        assert caught.value.why is InputRefusal.IMPOSSIBLE
    injector.key("AltLeft", down=False)
    injector.key("ControlLeft", down=False)


def window_of(program: Listener, injector: Injector) -> int:
    window = injector.window_at(program.rect.x + 5, program.rect.y + 5)
    assert window is not None
    assert window.pid == program.pid
    return window.id


def test_the_window_at_a_place_and_the_one_with_the_focus(
    screen_name: str, injector: Injector
) -> None:
    with listener(screen_name, PLACE) as below:
        under = window_of(below, injector)
        with listener(screen_name, Rect(200, 150, 300, 100), title="Above") as above:
            over = window_of(above, injector)
            assert over != under
            assert window_of(below, injector) == under
            focused = injector.focused()
            assert focused is not None
            assert focused.id == over
            on_frame = injector.window_at(210, 140)
            assert on_frame is not None
            assert on_frame.id == over
        assert injector.window_at(1900, 1190) is None


@pytest.fixture
def overlay(screen_name: str) -> Iterator[Display]:
    display = Display(screen_name)
    yield display
    display.close()


def cover(display: Display, rect: Rect, *, through: bool = False) -> int:
    """A window without a frame on top of all; `through`: it lets the mouse through."""
    screen = display.screen()
    window = screen.root.create_window(
        *rect, 0, screen.root_depth, background_pixel=0xFF0000, override_redirect=True
    )
    if through:
        window.shape_rectangles(0, 2, 0, 0, 0, [])
    window.map()
    display.sync()
    return int(window.id)


def test_what_lets_the_mouse_through_is_not_in_the_way(
    screen_name: str, injector: Injector, overlay: Display
) -> None:
    with listener(screen_name, PLACE) as program:
        expected = window_of(program, injector)
        glass = cover(overlay, Rect(0, 0, 1920, 1200), through=True)
        window = injector.window_at(300, 200)
        assert window is not None
        assert (window.id, window.beneath) == (expected, (glass,))
        injector.move(300, 200)
        injector.button(Button.LEFT, down=True)
        injector.button(Button.LEFT, down=False)
        program.wait_until("release", button="LeftButton")


def test_a_window_that_comes_between_the_look_and_the_press_gets_no_press(
    screen_name: str, injector: Injector, overlay: Display
) -> None:
    with listener(screen_name, PLACE) as program:
        window_of(program, injector)
        injector.move(300, 200)
        cover(overlay, Rect(250, 150, 100, 100))
        acts: list[Callable[[], object]] = [
            lambda: injector.button(Button.LEFT, down=True),
            lambda: injector.wheel(0, 120),
        ]
        for act in acts:
            injector.window_at(300, 200)
            cover(overlay, Rect(250, 150, 100, 100))
            with pytest.raises(InjectionFailed) as caught:
                act()
            assert caught.value.why is InputRefusal.MOVED


def test_a_focus_that_changes_between_the_look_and_the_key_gets_no_key(
    screen_name: str, injector: Injector, overlay: Display
) -> None:
    with listener(screen_name, PLACE, "--edit"):
        acts: list[Callable[[], object]] = [
            lambda: injector.key("KeyA", down=True),
            lambda: injector.text("a"),
            lambda: injector.special(Special.META),
        ]
        for act in acts:
            assert injector.focused() is not None
            other = overlay.create_resource_object("window", cover(overlay, Rect(0, 0, 9, 9)))
            other.set_input_focus(X.RevertToPointerRoot, X.CurrentTime)
            overlay.sync()
            with pytest.raises(InjectionFailed) as caught:
                act()
            assert caught.value.why is InputRefusal.MOVED


def test_a_server_that_goes_away_is_a_failure_and_nothing_worse() -> None:
    with virtual_display() as name:
        opened = LinuxDesktop({"DISPLAY": name}).injector()
        assert not isinstance(opened, Unavailable)
    acts: list[Callable[[], object]] = [
        lambda: opened.move(1, 1),
        lambda: opened.button(Button.LEFT, down=True),
        lambda: opened.key("KeyA", down=True),
        lambda: opened.text("é"),
        lambda: opened.window_at(1, 1),
        opened.focused,
    ]
    for act in acts:
        with pytest.raises(InjectionFailed) as caught:
            act()
        assert caught.value.why is InputRefusal.FAILED
    opened.close()


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_without_a_display_there_is_no_injector() -> None:
    assert isinstance(LinuxDesktop({}).injector(), Unavailable)
    assert isinstance(LinuxDesktop({"DISPLAY": ":9876"}).injector(), Unavailable)
    assert isinstance(LinuxDesktop({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}).view(), Unavailable)
    gc.collect()  # the library leaves the sockets behind that found no server
