"""The desktop of the system that the tests run on does what every system's has to do.

On Linux on a display of its own; on Windows and macOS on the desktop as it is, which the tests
then need for themselves.
"""

import os
import platform
from collections.abc import Iterator

import pytest

from client.platform import current
from client.platform.desktop import Desktop, DesktopView, Injector
from client.session.geometry import Rect
from tests.client.platform import contract
from tests.client.platform.programs import Listener, listener

PLACE = Rect(120, 140, 420, 260)
TITLE = "Notizen für heute"
ON_LINUX = platform.system() == "Linux"


@pytest.fixture(scope="module")
def desktop(request: pytest.FixtureRequest) -> Desktop:
    if ON_LINUX:
        from client.platform.linux.desktop import LinuxDesktop  # not even importable elsewhere

        return LinuxDesktop({"DISPLAY": request.getfixturevalue("screen_name")})
    return current().desktop


@pytest.fixture
def view(desktop: Desktop) -> Iterator[DesktopView]:
    found = contract.opened(desktop.view())
    yield found
    found.close()


@pytest.fixture
def injector(desktop: Desktop) -> Iterator[Injector]:
    found = contract.opened(desktop.injector())
    yield found
    found.close()


@pytest.fixture
def program(request: pytest.FixtureRequest) -> Iterator[Listener]:
    """A window of another program, with the focus; one to write in where that is asked for."""
    display = request.getfixturevalue("screen_name") if ON_LINUX else os.environ.get("DISPLAY", "")
    with listener(display, PLACE, *getattr(request, "param", ()), title=TITLE) as found:
        yield found


def test_monitors(view: DesktopView) -> None:
    contract.monitors_count_from_one_and_have_a_place(view)


def test_windows(view: DesktopView, program: Listener) -> None:
    contract.windows_of_other_programs_are_told(view, program, TITLE)


def test_moments(view: DesktopView, program: Listener) -> None:
    contract.the_last_moment_is_now(view, program)


def test_obstacles(view: DesktopView, injector: Injector) -> None:
    contract.nothing_is_in_the_way(view, injector)


def test_pointer(view: DesktopView, injector: Injector) -> None:
    contract.the_pointer_is_told_where_it_was_moved(view, injector)


def test_window_at(view: DesktopView, injector: Injector, program: Listener) -> None:
    contract.the_window_at_a_place_is_the_one_that_gets_the_click(view, injector, program)


def test_clicks(injector: Injector, program: Listener) -> None:
    contract.clicks_and_drags_arrive_at_their_place(injector, program)


def test_wheel(injector: Injector, program: Listener) -> None:
    contract.the_wheel_turns_as_it_is_told(injector, program)


def test_keys(injector: Injector, program: Listener) -> None:
    contract.keys_go_down_and_up(injector, program)


@pytest.mark.parametrize("program", [("--edit",)], indirect=True)
def test_text(injector: Injector, program: Listener) -> None:
    contract.text_arrives_as_it_was_written(injector, program)


def test_impossible_keys(injector: Injector) -> None:
    contract.what_no_program_may_press_is_refused(injector)


def test_watch(desktop: Desktop, injector: Injector) -> None:
    contract.a_watch_takes_no_injected_move_for_a_hand(desktop, injector)
