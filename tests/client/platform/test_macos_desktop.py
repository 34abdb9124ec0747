"""What macOS tells and is told, as far as it can be judged on any system."""

from typing import Any

import numpy as np
import pytest

from client.platform.macos import hand
from client.platform.macos.pixels import straight
from client.platform.macos.windows_list import (
    Application,
    Screen,
    dock_place,
    hidden,
    protected,
    windows,
)
from client.session.geometry import Rect
from protocol.inputs import Button, Special

OWN, NOTES, DOCK = 10, 20, 30
APPLICATIONS = {
    OWN: Application("support", "Support"),
    NOTES: Application("com.apple.Notes", "Notes"),
    DOCK: Application("com.apple.dock", "Dock"),
}
DISPLAY = Screen(Rect(0, 0, 1440, 900), Rect(0, 25, 1440, 805))


PLACE = Rect(10, 20, 300, 200)


def told(number: int, pid: int, rect: Rect = PLACE, **more: Any) -> dict[str, Any]:
    x, y, width, height = rect
    return {
        "kCGWindowNumber": number,
        "kCGWindowOwnerPID": pid,
        "kCGWindowOwnerName": "somebody",
        "kCGWindowBounds": {"X": x, "Y": y, "Width": width, "Height": height},
        "kCGWindowLayer": 0,
        "kCGWindowAlpha": 1.0,
        "kCGWindowSharingState": 1,
        "kCGWindowIsOnscreen": True,
        **more,
    }


def known(pid: int) -> Application:
    return APPLICATIONS.get(pid, Application("", ""))


def test_windows_come_with_their_application() -> None:
    first, second = windows(
        [told(1, NOTES, kCGWindowName="Liste"), told(2, OWN)], OWN, known, [DISPLAY]
    )
    assert (first.id, first.program, first.name, first.title) == (
        *(1, "com.apple.Notes", "Notes"),
        "Liste",
    )
    assert (first.own, second.own) == (False, True)


def test_what_has_no_pixel_is_no_window() -> None:
    nothing = [told(1, NOTES, kCGWindowAlpha=0), told(2, NOTES, Rect(0, 0, 0, 9)), {}]
    assert windows(nothing, OWN, known, [DISPLAY]) == ()


def test_nothing_is_solid_that_can_be_seen_through() -> None:
    (found,) = windows([told(1, NOTES, kCGWindowAlpha=0.9)], OWN, known, [DISPLAY])
    assert found.solid == ()


def test_parts_of_points_belong_to_the_window() -> None:
    bounds = {"X": 9.5, "Y": -0.25, "Width": 20.1, "Height": 10.0}
    (found,) = windows([told(1, NOTES, kCGWindowBounds=bounds)], OWN, known, [DISPLAY])
    assert found.rect == Rect(9, -1, 21, 11)


@pytest.mark.parametrize(
    ("level", "passing", "desktop"),
    [(0, False, False), (101, True, False), (200, True, False), (-2147483603, False, True)],
)
def test_levels_tell_menus_and_the_wallpaper(level: int, passing: bool, desktop: bool) -> None:
    (found,) = windows([told(1, NOTES, kCGWindowLayer=level)], OWN, known, [DISPLAY])
    assert (found.passing, found.desktop) == (passing, desktop)


@pytest.mark.parametrize(
    ("usable", "place"),
    [
        (Rect(0, 25, 1440, 805), Rect(0, 830, 1440, 70)),
        (Rect(60, 25, 1380, 875), Rect(0, 0, 60, 900)),
        (Rect(0, 25, 1380, 875), Rect(1380, 0, 60, 900)),
        (Rect(0, 25, 1440, 875), Rect(0, 0, 1440, 900)),
    ],
    ids=["below", "left", "right", "hidden"],
)
def test_the_dock_hides_its_own_place_only(usable: Rect, place: Rect) -> None:
    screen = Screen(Rect(0, 0, 1440, 900), usable)
    dock = told(1, DOCK, screen.rect, kCGWindowLayer=20)
    (found,) = windows([dock], OWN, known, [screen])
    assert (found.rect, found.desktop) == (place, True)


def test_a_small_window_of_the_dock_stays_as_it_is() -> None:
    assert dock_place(Rect(5, 5, 50, 50), [DISPLAY]) == Rect(5, 5, 50, 50)


def test_hidden_windows_have_a_title_and_another_owner() -> None:
    away: dict[str, Any] = {"kCGWindowIsOnscreen": False, "kCGWindowName": "Brief"}
    listed = [told(1, NOTES, **away), told(2, OWN, **away), told(3, NOTES), told(4, NOTES, **away)]
    listed[3]["kCGWindowLayer"] = 25
    assert [one.id for one in hidden(listed, OWN, known)] == [1]


def test_a_window_that_keeps_itself_out_of_pictures_is_protected() -> None:
    assert not protected([told(1, NOTES), told(2, OWN, kCGWindowSharingState=0)], OWN)
    assert protected([told(1, NOTES, kCGWindowSharingState=0)], OWN)


def test_a_second_click_nearby_and_soon_is_a_double_click() -> None:
    mouse = hand.Mouse(0.5)
    mouse.move(100, 100)
    clicks = [mouse.press(Button.LEFT, 1.0).clicks]
    mouse.release(Button.LEFT)
    clicks.append(mouse.press(Button.LEFT, 1.4).clicks)
    assert mouse.release(Button.LEFT).clicks == 2
    clicks.append(mouse.press(Button.LEFT, 2.0).clicks)
    mouse.release(Button.LEFT)
    mouse.move(110, 100)
    clicks.append(mouse.press(Button.LEFT, 2.1).clicks)
    assert clicks == [1, 2, 1, 1]


def test_moving_with_a_button_down_drags() -> None:
    mouse = hand.Mouse(0.5)
    assert mouse.move(1, 1).kind == hand.MOVED
    mouse.press(Button.RIGHT, 0.0)
    assert mouse.move(9, 9) == hand.MouseEvent(7, 1, 9, 9, 1)
    assert mouse.release(Button.RIGHT).kind == 4
    assert mouse.move(2, 2).kind == hand.MOVED


def test_the_wheel_counts_up_and_left_as_positive() -> None:
    assert hand.scrolled(0, 120) == (-40, 0)
    assert hand.scrolled(-120, 0) == (0, 40)


def test_both_keys_of_a_pair_are_the_same_modifier() -> None:
    assert hand.modifiers({"ShiftRight", "KeyA"}) == hand.modifiers({"ShiftLeft"}) == 1 << 17
    assert hand.modifiers({"AltLeft", "MetaRight"}) == (1 << 19) | (1 << 20)
    assert Special.CTRL_ALT_DEL not in hand.SPECIALS


def test_premultiplied_rows_with_padding_become_straight() -> None:
    row = bytes([64, 32, 0, 128, 255, 255, 255, 255]) + b"\x99" * 8
    assert straight(row, 2, 1, 16) == bytes([128, 64, 0, 128, 255, 255, 255, 255])
    assert len(straight(bytes(64), 2, 4, 16)) == np.prod((4, 2, 4))
