"""Where a click of the picture lies, and when it is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.frames import Frame
from client.input.aim import Place, Sight, aimed, is_shared, press_refused, reach_refused
from client.platform.desktop import Window
from client.session.geometry import Rect
from client.session.permit import Permit
from protocol import limits
from protocol.screen import InputRefusal

NOW = 1_000.0
AREA = Rect(1920, 100, 800, 600)
PERMIT = Permit(epoch=1, share=1, viewers=frozenset({1}), controllers={1: NOW + 900})
CHOSEN = replace(PERMIT, apps=frozenset({"editor"}))
EDITOR = Window(11, 100, "editor", "Editor", "Letter", Rect(2000, 150, 300, 200))
MAIL = Window(12, 200, "mail", "Mail", "Inbox", Rect(2100, 200, 300, 200))
OWN = Window(13, 300, "bridge", "Bridge", "Chat", Rect(1920, 100, 100, 40), own=True)
MENU = Window(14, 100, "editor", "Editor", "", Rect(2010, 170, 80, 90), owner=11, passing=True)
WALLPAPER = Window(15, 400, "files", "Files", "", Rect(0, 0, 4000, 2000), desktop=True)
FRAME = Frame(7, 1, 1, AREA, (OWN, EDITOR, MAIL, WALLPAPER), NOW - 5)
SIGHT = Sight(FRAME)
ON_EDITOR = Place(2200, 250)


def refused(there: Window | None, sight: Sight = SIGHT, permit: Permit = PERMIT) -> object:
    return press_refused(sight, ON_EDITOR, there, permit, NOW)


@given(st.integers(-(2**15), 2**15 - 1), st.integers(-(2**15), 2**15 - 1))
def test_a_pixel_of_the_picture_is_that_pixel_of_the_area(x: int, y: int) -> None:
    place = aimed(SIGHT, x, y)
    if 0 <= x < AREA.width and 0 <= y < AREA.height:
        assert place == Place(AREA.x + x, AREA.y + y)
    else:
        assert place is InputRefusal.OUTSIDE


def test_a_frame_that_nobody_knows_is_too_old() -> None:
    assert aimed(Sight(None), 1, 1) is InputRefusal.BEHIND
    assert refused(EDITOR, Sight(None)) is InputRefusal.BEHIND


def test_a_click_on_what_was_to_be_seen_is_carried_out() -> None:
    assert refused(EDITOR) is None


def test_a_click_is_refused_when_the_picture_is_outdated_for_too_long() -> None:
    assert refused(EDITOR, Sight(FRAME, NOW - limits.BEHIND_S)) is None
    assert refused(EDITOR, Sight(FRAME, NOW - limits.BEHIND_S - 0.001)) is InputRefusal.BEHIND


@pytest.mark.parametrize(
    "there",
    [
        MAIL,
        MENU,
        WALLPAPER,
        None,
        replace(EDITOR, id=99),
        replace(EDITOR, pid=101),
        replace(EDITOR, rect=EDITOR.rect.moved(1, 0)),
    ],
    ids=["below", "menu", "wallpaper", "nothing", "successor", "other process", "moved"],
)
def test_a_click_is_refused_when_something_else_is_there_now(there: Window | None) -> None:
    assert refused(there) is InputRefusal.MOVED


def test_a_click_on_a_menu_that_has_gone_does_not_hit_what_was_below() -> None:
    sight = Sight(replace(FRAME, windows=(MENU, *FRAME.windows)))
    assert press_refused(sight, Place(2020, 180), EDITOR, PERMIT, NOW) is InputRefusal.MOVED
    assert press_refused(sight, Place(2020, 180), MENU, PERMIT, NOW) is None


def test_a_window_that_only_grew_or_changed_its_title_is_the_same() -> None:
    grown = replace(EDITOR, title="Letter *", rect=Rect(2000, 150, 500, 400))
    assert refused(grown) is None


def test_what_lets_the_mouse_through_is_not_what_was_clicked() -> None:
    glass = Window(20, 500, "glass", "Glass", "", AREA, passing=True)
    sight = Sight(replace(FRAME, windows=(glass, *FRAME.windows)))
    assert refused(EDITOR, sight) is InputRefusal.MOVED
    assert refused(replace(EDITOR, beneath=(glass.id,)), sight) is None


def test_a_hole_in_a_window_is_not_that_window() -> None:
    frame = Window(21, 500, "frame", "Frame", "", AREA, shape=(Rect(1920, 100, 800, 10),))
    assert refused(EDITOR, Sight(replace(FRAME, windows=(frame, EDITOR)))) is None


def test_the_bare_desktop_may_be_clicked_where_everything_is_shared() -> None:
    sight = Sight(replace(FRAME, windows=()))
    assert refused(None, sight) is None
    assert refused(None, sight, CHOSEN) is InputRefusal.UNSHARED


@pytest.mark.parametrize("sight", [SIGHT, Sight(None), Sight(FRAME, 0.0)])
@pytest.mark.parametrize("permit", [PERMIT, CHOSEN, replace(CHOSEN, windows=frozenset({OWN.key}))])
def test_the_own_windows_are_out_of_reach(sight: Sight, permit: Permit) -> None:
    assert refused(OWN, sight, permit) is InputRefusal.OWN
    assert reach_refused(sight, OWN, permit) is InputRefusal.OWN
    assert not is_shared(sight, OWN, CHOSEN)


@pytest.mark.parametrize(
    ("window", "permit", "shared"),
    [
        (MAIL, PERMIT, True),
        (None, PERMIT, True),
        (WALLPAPER, PERMIT, True),
        (EDITOR, CHOSEN, True),
        (MENU, CHOSEN, True),
        (MAIL, CHOSEN, False),
        (None, CHOSEN, False),
        (WALLPAPER, replace(CHOSEN, apps=frozenset({"files"})), False),
        (replace(EDITOR, program=""), replace(CHOSEN, apps=frozenset({""})), False),
        (EDITOR, replace(CHOSEN, new=False), False),
        (MENU, replace(CHOSEN, new=False), True),
        (MAIL, replace(CHOSEN, windows=frozenset({MAIL.key})), True),
        (EDITOR, replace(CHOSEN, apps=frozenset(), windows=frozenset({MAIL.key})), False),
        (MENU, replace(CHOSEN, apps=frozenset(), windows=frozenset({EDITOR.key})), True),
        (
            replace(MENU, pid=200),
            replace(CHOSEN, apps=frozenset(), windows=frozenset({EDITOR.key})),
            False,
        ),
    ],
)
def test_only_what_is_shared_can_be_acted_on(
    window: Window | None, permit: Permit, *, shared: bool
) -> None:
    assert is_shared(SIGHT, window, permit) is shared
    assert reach_refused(SIGHT, window, permit) == (None if shared else InputRefusal.UNSHARED)


def test_owners_that_own_each_other_lead_nowhere() -> None:
    one = replace(MAIL, owner=14)
    other = replace(MENU, pid=200, program="mail", owner=12)
    sight = Sight(replace(FRAME, windows=(one, other)))
    assert not is_shared(sight, one, CHOSEN)
