"""What the view tells of a real X server, with windows of another program and of this one."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, TypeVar

import pytest
from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.ext import shape
from Xlib.protocol import event as xevent

from client.platform.base import Unavailable
from client.platform.desktop import Moment, Window
from client.platform.linux.x11.view import X11View, open_view
from client.session.geometry import Rect
from scripts.display import environment_on
from scripts.processes import started

PATIENCE_S = 20
Found = TypeVar("Found")
OTHER_PROGRAM = """
import sys
from Xlib import X
from Xlib.display import Display
display = Display()
window = display.screen().root.create_window(
    300, 200, 120, 80, 0, X.CopyFromParent, background_pixel=0x336699)
window.set_wm_class("teller", "Teller")
window.set_wm_name("Konto")
window.map()
display.sync()
print(window.id, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def view(screen_name: str) -> Iterator[X11View]:
    found = open_view(screen_name)
    assert isinstance(found, X11View)
    yield found
    found.close()


class Windows:
    """Windows of this program, as an X client of its own."""

    def __init__(self, name: str) -> None:
        self.display = Display(name)
        self.display.set_error_handler(lambda *_: None)
        self.root = self.display.screen().root

    def open(self, rect: Rect, title: str = "", **more: Any) -> Any:
        """A window on the screen."""
        depth = more.pop("depth", self.display.screen().root_depth)
        window = self.root.create_window(*rect, 0, depth, **more)
        window.set_wm_class("tests", "Tests")
        window.change_property(
            self.atom("_NET_WM_NAME"), self.atom("UTF8_STRING"), 8, title.encode()
        )
        window.set_wm_normal_hints(flags=1, min_width=1, min_height=1)
        window.map()
        self.display.sync()
        return window

    def menu(self, rect: Rect, **more: Any) -> Any:
        """One that the window manager leaves alone."""
        return self.open(rect, override_redirect=True, background_pixel=0xAA0000, **more)

    def set(self, window: Any, name: str, kind: int, *values: int) -> None:
        window.change_property(self.atom(name), kind, 32, list(values))
        self.display.sync()

    def atom(self, name: str) -> int:
        return int(self.display.intern_atom(name))


@pytest.fixture
def windows(screen_name: str) -> Iterator[Windows]:
    client = Windows(screen_name)
    yield client
    client.display.close()


@pytest.fixture
def teller(screen_name: str) -> Iterator[int]:
    """The window of another program."""
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROGRAM],
        env=environment_on(screen_name),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        assert process.stdin is not None
        process.stdin.close()


def wait_for(find: Callable[[], Found | None]) -> Found:
    deadline = time.monotonic() + PATIENCE_S
    while (found := find()) is None:
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)
    return found


def listed(view: X11View, number: int) -> Window:
    return wait_for(lambda: next((one for one in view.windows() if one.id == number), None))


def gone(view: X11View, number: int) -> None:
    wait_for(lambda: True if number not in {one.id for one in view.windows()} else None)


def test_a_window_is_listed_with_its_frame_its_program_and_its_title(
    view: X11View, windows: Windows
) -> None:
    window = windows.open(Rect(400, 300, 200, 100), "Grüße \u202e\n aus Köln")
    found = listed(view, window.id)
    assert found.title == "Grüße aus Köln"
    assert found.pid == os.getpid()
    assert found.program == f"{os.path.realpath(sys.executable)}:Tests"
    assert found.own and not found.passing and not found.desktop
    assert found.rect.width > 200 or found.rect.height > 100, "the frame belongs to it"


def test_another_programs_window_is_not_our_own(view: X11View, teller: int) -> None:
    found = listed(view, teller)
    assert (found.name, found.title, found.own) == ("Teller", "Konto", False)
    assert found.pid not in (0, os.getpid())


def test_a_new_title_is_told(view: X11View, windows: Windows) -> None:
    window = windows.open(Rect(50, 50, 90, 90), "before")
    listed(view, window.id)
    name, kind = windows.atom("_NET_WM_NAME"), windows.atom("UTF8_STRING")
    window.change_property(name, kind, 8, b"after")
    windows.display.sync()
    assert listed(view, window.id).title == "after"


def test_the_topmost_window_is_the_first(view: X11View, windows: Windows) -> None:
    low = windows.menu(Rect(10, 10, 50, 50))
    high = windows.menu(Rect(20, 20, 50, 50))
    assert order(view, low, high) == [high.id, low.id]
    low.configure(stack_mode=X.Above)
    windows.display.sync()
    assert order(view, low, high) == [low.id, high.id]
    low.configure(sibling=high, stack_mode=X.Below)
    windows.display.sync()
    assert order(view, low, high) == [high.id, low.id]


def test_a_window_that_is_closed_or_hidden_is_not_listed(view: X11View, windows: Windows) -> None:
    one, other = windows.menu(Rect(10, 10, 50, 50)), windows.menu(Rect(10, 10, 50, 50))
    assert len(order(view, one, other)) == 2
    one.unmap()
    other.destroy()
    windows.display.sync()
    assert order(view, one, other) == []


def test_a_minimised_window_and_one_on_another_workspace_are_among_the_others(
    view: X11View, windows: Windows
) -> None:
    window = windows.open(Rect(60, 60, 150, 90), "Away")
    listed(view, window.id)
    ask(windows, window, "WM_CHANGE_STATE", 3)
    gone(view, window.id)
    away = wait_for(lambda: next((one for one in view.others() if one.id == window.id), None))
    assert (away.title, away.own, away.rect.width) == ("Away", True, 150)
    ask(windows, window, "_NET_ACTIVE_WINDOW", 2, X.CurrentTime)
    assert listed(view, window.id).id not in {one.id for one in view.others()}
    ask(windows, window, "_NET_WM_DESKTOP", 1, 2)
    gone(view, window.id)
    wait_for(lambda: next((one for one in view.others() if one.id == window.id), None))


def test_a_menu_belongs_to_the_window_it_names(view: X11View, windows: Windows) -> None:
    main, second = windows.open(Rect(60, 60, 150, 90)), windows.open(Rect(300, 60, 150, 90))
    listed(view, second.id)
    menu = windows.menu(Rect(80, 80, 60, 60))
    menu.set_wm_transient_for(main)
    windows.display.sync()
    wait_for(lambda: True if listed(view, menu.id).owner == main.id else None)
    assert listed(view, menu.id).passing


def test_wallpaper_and_docks_are_marked(view: X11View, windows: Windows) -> None:
    window = windows.menu(Rect(0, 0, 300, 20))
    kind = windows.atom("_NET_WM_WINDOW_TYPE_DOCK")
    windows.set(window, "_NET_WM_WINDOW_TYPE", Xatom.ATOM, kind)
    assert listed(view, window.id).desktop


def test_every_step_between_two_looks_is_told_in_order(view: X11View, windows: Windows) -> None:
    window = windows.menu(Rect(0, 500, 40, 40))
    listed(view, window.id)
    view.moments()
    for x in range(1, 8):
        window.configure(x=x * 10)
    windows.display.sync()
    told = view.moments()
    assert [place(one, window.id).x for one in told] == [0, *range(10, 80, 10)]
    assert all(one.painted for one in told[1:]), "the copying is told with the move"
    assert [place(one, window.id).x for one in view.moments()] == [70]


def test_a_painting_is_told_with_the_windows_it_was_made_under(
    view: X11View, windows: Windows
) -> None:
    window = windows.menu(Rect(200, 500, 40, 40))
    listed(view, window.id)
    view.moments()
    paint(windows, window, 1, 2, 3, 4)
    window.configure(y=600)
    paint(windows, window, 5, 6, 7, 8)
    before, after = view.moments()
    assert before.painted is not None and Rect(201, 502, 3, 4) in before.painted
    assert after.painted is not None and after.painted[-1] == Rect(205, 606, 7, 8)
    assert view.damage() and view.damage() == ()


def test_a_painting_stirs_and_a_look_settles(view: X11View, windows: Windows) -> None:
    window = windows.menu(Rect(300, 500, 40, 40))
    listed(view, window.id)
    view.moments()
    told = view.stirring()
    assert told is not None
    assert not view.stirred()
    paint(windows, window, 1, 2, 3, 4)
    ready, _, _ = select.select([told], [], [], PATIENCE_S)
    assert ready == [told]
    assert view.stirred()
    view.cursor()
    assert view.stirred(), "what another question has met is not forgotten"
    view.moments()
    assert not view.stirred()


def test_windows_that_come_and_go_at_once_do_no_harm(view: X11View, windows: Windows) -> None:
    for _ in range(200):
        window = windows.menu(Rect(5, 5, 30, 30))
        window.destroy()
        view.moments()
    windows.display.sync()
    gone(view, window.id)
    assert [one for one in view.windows() if one.rect == Rect(5, 5, 30, 30)] == []


def test_a_window_with_a_shape_takes_up_only_that(view: X11View, windows: Windows) -> None:
    window = windows.menu(Rect(700, 500, 40, 40))
    assert listed(view, window.id).shape is None
    cut(windows, window, (0, 0, 10, 40))
    assert listed(view, window.id).shape == (Rect(700, 500, 10, 40),)
    cut(windows, window, (0, 0, 40, 40))
    assert listed(view, window.id).shape is None


def test_what_another_program_says_about_a_window_is_not_believed(
    view: X11View, windows: Windows
) -> None:
    window = windows.menu(Rect(100, 700, 40, 40))
    listed(view, window.id)
    made_up = xevent.ConfigureNotify(
        event=windows.root, window=window, x=0, y=0, width=9, height=9, border_width=0,
        above_sibling=X.NONE, override=1,
    )  # fmt: skip
    windows.root.send_event(made_up, event_mask=X.SubstructureNotifyMask)
    windows.display.sync()
    assert listed(view, window.id).rect == Rect(100, 700, 40, 40)


def test_the_pointers_place_and_shape(view: X11View, windows: Windows) -> None:
    window = windows.menu(Rect(500, 700, 80, 80))
    font = windows.display.open_font("cursor")
    red, white = (65535, 0, 0), (65535, 65535, 65535)
    window.change_attributes(cursor=font.create_glyph_cursor(font, 34, 35, red, white))
    windows.root.warp_pointer(520, 720)
    windows.display.sync()
    where = wait_for(lambda: it if (it := view.cursor()) and (it.x, it.y) == (520, 720) else None)
    look = view.cursor_shape()
    assert look is not None and where.visible and look.serial == where.serial
    assert len(look.rgba) == look.width * look.height * 4
    assert bytes((255, 0, 0, 255)) in {look.rgba[at : at + 4] for at in range(0, len(look.rgba), 4)}
    window.change_attributes(cursor=font.create_glyph_cursor(font, 58, 59, red, white))
    windows.display.sync()
    wait_for(lambda: True if (now := view.cursor()) and now.serial != look.serial else None)


def test_a_windows_icon_is_the_one_that_fits_best(view: X11View, windows: Windows) -> None:
    window = windows.menu(Rect(0, 0, 9, 9))
    assert view.icon(window.id) is None
    pixels = [0x80102030] * (48 * 48)
    small = [16, 16, *[0] * 256]
    windows.set(window, "_NET_WM_ICON", Xatom.CARDINAL, *small, 48, 48, *pixels)
    found = view.icon(window.id)
    assert found is not None and (found.width, found.height) == (48, 48)
    assert found.rgba[:4] == bytes((0x10, 0x20, 0x30, 0x80))
    windows.set(window, "_NET_WM_ICON", Xatom.CARDINAL, 4000, 4000, 1, 2, 3)
    assert view.icon(window.id) is None
    assert view.icon(0x7FFFFFF) is None


def test_the_monitors_are_those_of_the_server(view: X11View) -> None:
    (only,) = view.monitors()
    assert (only.id, only.rect, only.scale) == (1, Rect(0, 0, 1920, 1200), 100)


def test_a_screen_that_is_blanked_is_an_obstacle(view: X11View, windows: Windows) -> None:
    assert view.obstacle() is None
    windows.display.force_screen_saver(X.ScreenSaverActive)
    windows.display.sync()
    assert view.obstacle() is not None
    windows.display.force_screen_saver(X.ScreenSaverReset)
    windows.display.sync()
    assert view.obstacle() is None


def test_a_compositor_is_noticed_and_what_shows_through_a_window_told(
    view: X11View, windows: Windows, screen_name: str
) -> None:
    assert not view.moments()[-1].composited
    depth = next(one for one in windows.display.screen().allowed_depths if one.depth == 32)
    (visual, *_) = depth.visuals
    colours = windows.root.create_colormap(visual.visual_id, X.AllocNone)
    with ExitStack() as stack:
        picom = ["picom", "--config", os.devnull, "--backend", "xrender"]
        stack.enter_context(started(picom, env=environment_on(screen_name)))
        now = wait_for(lambda: it if (it := view.moments()[-1]).composited else None)
        assert all(one.rect != now.screen for one in now.windows), "its own window is none"
        glass = windows.menu(
            Rect(0, 900, 50, 50), depth=32, visual=visual.visual_id, colormap=colours,
            border_pixel=0,
        )  # fmt: skip
        assert listed(view, glass.id).solid == ()
        windows.set(glass, "_NET_WM_OPAQUE_REGION", Xatom.CARDINAL, 5, 6, 20, 30)
        assert listed(view, glass.id).solid == (Rect(5, 906, 20, 30),)
        plain = windows.menu(Rect(60, 900, 50, 50))
        assert listed(view, plain.id).solid is None
        windows.set(plain, "_NET_WM_WINDOW_OPACITY", Xatom.CARDINAL, 0x7FFFFFFF)
        assert listed(view, plain.id).solid == ()
    wait_for(lambda: True if not view.moments()[-1].composited else None)


def test_other_connections_of_this_program_read_their_events_as_before(view: X11View) -> None:
    later = Windows(view._display.get_display_name())
    window = later.menu(Rect(0, 0, 5, 5), event_mask=X.StructureNotifyMask)
    assert later.display.next_event().type == X.MapNotify
    window.destroy()
    later.display.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib's
def test_without_a_server_there_is_no_view() -> None:
    assert isinstance(open_view(":9999"), Unavailable)


def ask(windows: Windows, window: Any, message: str, *values: int) -> None:
    """Ask the window manager for something."""
    data = (32, [*values, *[0] * (5 - len(values))])
    said = xevent.ClientMessage(window=window, client_type=windows.atom(message), data=data)
    mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
    windows.root.send_event(said, event_mask=mask)
    windows.display.sync()


def paint(windows: Windows, window: Any, *rect: int) -> None:
    gc = window.create_gc(foreground=0x00AA00)
    window.fill_rectangle(gc, *rect)
    windows.display.sync()


def cut(windows: Windows, window: Any, rect: tuple[int, int, int, int]) -> None:
    window.shape_rectangles(shape.SO.Set, shape.SK.Bounding, X.Unsorted, 0, 0, [rect])
    windows.display.sync()


def order(view: X11View, *those: Any) -> list[int]:
    numbers = {one.id for one in those}
    return [one.id for one in view.windows() if one.id in numbers]


def place(moment: Moment, number: int) -> Rect:
    return next(one.rect for one in moment.windows if one.id == number)
