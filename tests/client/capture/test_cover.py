"""What is painted over in a picture, and for how long."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from client.capture.cover import FLAT, Cover
from client.capture.settling import DOUBT_S, HOLD_S, LONG_HOLD_S
from client.platform.desktop import Moment, Window
from client.session.geometry import Rect
from client.session.permit import Permit

SCREEN = Rect(0, 0, 64, 48)
SHARED = Window(1, 11, "paint", "", "", Rect(0, 0, 40, 48))
SECRET = Window(2, 22, "bank", "", "", Rect(10, 10, 20, 20))
CHOSEN = Permit(1, 1, frozenset({1}), apps=frozenset({"paint"}))
EVERYTHING = Permit(1, 1, frozenset({1}))
TICK = 0.033


class Film:
    """Pictures by one cover; each is `told` its moments before the grab, or `late` after it."""

    def __init__(self, permit: Permit = CHOSEN, area: Rect = SCREEN) -> None:
        self.cover = Cover(area)
        self.permit = permit
        self.area = area
        self.now = 100.0

    def picture(
        self, *told: Moment, late: Sequence[Moment] = (), after: float = TICK
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Which pixels are left of the next picture, by row and column."""
        self.now += after
        self.cover.look(self.permit, told, self.now)
        picture = np.full((self.area.height, self.area.width, 4), 7, np.uint8)
        last = replace(told[-1], painted=(), broken=False)
        self.cover.paint_over(picture, self.permit, late or (last,), self.now)
        seen: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
        seen = picture.view(np.uint32)[..., 0] != FLAT
        return seen

    def settle(self, *windows: Window) -> None:
        """So long with these windows that all is known."""
        for _ in range(3):
            self.picture(at(*windows), after=1.0)


def at(*windows: Window, painted: tuple[Rect, ...] | None = (), **more: bool) -> Moment:
    return Moment(windows, painted, SCREEN, **more)


@pytest.fixture
def film() -> Film:
    return Film()


def test_the_first_pictures_are_blank_until_the_windows_are_known_for_long_enough(
    film: Film,
) -> None:
    assert not film.picture(at(SHARED)).any()
    assert not film.picture(at(SHARED), after=HOLD_S / 2).any()
    assert film.picture(at(SHARED), after=HOLD_S)[:, :40].all()


def test_the_wallpaper_is_painted_over(film: Film) -> None:
    film.settle(SHARED)
    assert not film.picture(at(SHARED))[:, 40:].any()


def test_a_window_that_appears_after_the_grab_may_have_been_there_already(film: Film) -> None:
    film.settle(SHARED)
    assert not film.picture(at(SHARED), late=[at(SHARED), at(SECRET, SHARED)])[10:30, 10:30].any()


def test_a_window_that_was_there_between_two_lists_hides_as_well(film: Film) -> None:
    film.settle(SHARED)
    flash = [at(SHARED), at(SECRET, SHARED), at(SHARED)]
    assert not film.picture(*flash)[10:30, 10:30].any()
    assert not film.picture(at(SHARED), after=10)[10:30, 10:30].any()


def test_an_uncovered_place_stays_painted_over_until_it_is_painted(film: Film) -> None:
    film.settle(SECRET, SHARED)
    film.picture(at(SECRET, SHARED), at(SHARED))
    assert not film.picture(at(SHARED), after=60)[10:30, 10:30].any()
    shown = film.picture(at(SHARED, painted=(Rect(10, 10, 20, 5),)))
    assert shown[10:15, 10:30].all() and not shown[15:30, 10:30].any()


def test_an_uncovered_place_that_is_painted_stays_hidden_for_the_hold(film: Film) -> None:
    film.settle(SECRET, SHARED)
    film.picture(at(SECRET, SHARED), at(SHARED, painted=(SCREEN,)))
    assert not film.picture(at(SHARED), after=HOLD_S / 2)[10:30, 10:30].any()
    assert film.picture(at(SHARED), after=HOLD_S)[10:30, 10:30].all()


def test_a_painting_from_before_the_change_does_not_count(film: Film) -> None:
    film.settle(SECRET, SHARED)
    film.picture(at(SECRET, SHARED, painted=(SCREEN,)), at(SHARED))
    assert not film.picture(at(SHARED), after=60)[10:30, 10:30].any()


def test_a_painting_after_the_grab_counts_for_the_next_picture(film: Film) -> None:
    film.settle(SECRET, SHARED)
    film.picture(at(SECRET, SHARED), at(SHARED))
    shown = film.picture(at(SHARED), late=[at(SHARED, painted=(SCREEN,))], after=60)
    assert not shown[10:30, 10:30].any()
    assert film.picture(at(SHARED))[10:30, 10:30].all()


def test_a_moved_window_takes_along_what_it_has_not_painted(film: Film) -> None:
    """The server reports the copying as painting: it paints the old pixels once more."""
    moved = replace(SHARED, rect=SHARED.rect.moved(20, 0))
    film.settle(SECRET, SHARED)
    film.picture(at(SECRET, SHARED), at(SHARED), at(moved, painted=(moved.rect,)))
    shown = film.picture(at(moved), after=60)
    assert not shown[10:30, 30:50].any()
    assert shown[:10, 20:60].all()
    assert film.picture(at(moved, painted=(moved.rect,)))[10:30, 30:50].all()


def test_a_window_moved_below_another_is_no_painting_of_that_one(film: Film) -> None:
    """The server reports the copying also where the other one lies on the new place."""
    behind = Window(3, 33, "bank", "", "", Rect(40, 0, 10, 48))
    moved = replace(behind, rect=Rect(20, 0, 10, 48))
    film.settle(SECRET, SHARED, behind)
    copied = at(SHARED, moved, painted=(moved.rect,))
    film.picture(at(SECRET, SHARED, behind), at(SHARED, behind), copied)
    assert not film.picture(at(SHARED, moved), after=60)[10:30, 20:30].any()
    assert film.picture(at(SHARED, moved, painted=(SCREEN,)))[10:30, 20:30].all()


def test_what_is_painted_before_it_is_known_whose_window_it_is_counts(film: Film) -> None:
    unknown = Window(9, 0, "", "", "", SHARED.rect, passing=True)
    film.settle(SECRET)
    film.picture(at(SECRET), at(unknown, SECRET, painted=(SHARED.rect,)))
    assert not film.picture(at(unknown, SECRET), after=60).any()
    assert film.picture(at(unknown, SECRET), at(SHARED, SECRET))[:, :40].all()


def test_a_window_that_turns_out_to_be_secret_is_never_seen(film: Film) -> None:
    unknown = Window(9, 0, "", "", "", SECRET.rect, passing=True)
    film.settle(SHARED)
    film.picture(at(SHARED), at(unknown, SHARED, painted=(SCREEN,)))
    assert not film.picture(at(unknown, SHARED), after=60)[10:30, 10:30].any()
    assert not film.picture(at(unknown, SHARED), at(SECRET, SHARED), after=60)[10:30, 10:30].any()
    film.picture(at(SECRET, SHARED), at(SHARED))
    assert not film.picture(at(SHARED), after=60)[10:30, 10:30].any()


def test_what_a_window_left_that_went_before_anybody_knew_it_is_never_seen(film: Film) -> None:
    film.settle(SHARED)
    unknown, place = Window(9, 0, "", "", "", SECRET.rect), (SECRET.rect,)
    film.picture(at(SHARED), at(unknown, SHARED, painted=place), at(SHARED))
    later = film.picture(at(SHARED), after=10)
    assert not later[10:30, 10:30].any(), "it may have painted what is there"
    assert later[:10, :40].all()
    film.picture(at(SHARED, painted=place))
    assert film.picture(at(SHARED), after=HOLD_S)[:, :40].all()


def test_an_unknown_window_that_was_hidden_leaves_nothing_behind(film: Film) -> None:
    film.settle(SHARED)
    unknown = Window(9, 0, "", "", "", SECRET.rect)
    film.picture(at(SHARED, unknown), at(SHARED))
    assert film.picture(at(SHARED))[:, :40].all()


def test_windows_that_are_shared_may_move_over_each_other_without_a_trace(film: Film) -> None:
    other = Window(3, 11, "paint", "", "", Rect(5, 5, 10, 10))
    film.settle(other, SHARED)
    assert film.picture(at(other, SHARED), at(SHARED))[:, :40].all()


def test_an_unknown_past_makes_the_picture_blank(film: Film) -> None:
    film.settle(SHARED)
    assert not film.picture(at(SHARED), at(SHARED, broken=True)).any()
    assert film.picture(at(SHARED), after=1.0)[:, :40].all()


def test_another_permit_begins_anew(film: Film) -> None:
    film.settle(SHARED)
    film.permit = replace(CHOSEN, epoch=2)
    assert not film.picture(at(SHARED)).any()


def test_another_viewer_changes_nothing(film: Film) -> None:
    film.settle(SHARED)
    film.permit = replace(CHOSEN, viewers=frozenset({1, 2}))
    assert film.picture(at(SHARED))[:, :40].all()


def test_with_everything_shared_only_own_windows_are_painted_over_from_the_first_picture_on() -> (
    None
):
    film = Film(EVERYTHING)
    own = replace(SECRET, own=True)
    shown = film.picture(at(own, SHARED))
    assert not shown[10:30, 10:30].any()
    assert shown.sum() == SCREEN.width * SCREEN.height - 400


def test_a_number_that_is_used_again_is_not_seen() -> None:
    film = Film(replace(CHOSEN, apps=frozenset(), windows=frozenset({SHARED.key})))
    film.settle(SHARED)
    assert film.picture(at(SHARED)).any()
    thief = replace(SECRET, id=1)
    film.settle(thief)
    assert not film.picture(at(thief)).any()


def test_only_the_area_is_painted_and_windows_may_begin_outside_of_it() -> None:
    film = Film(area=Rect(20, 20, 30, 20))
    film.settle(SHARED)
    assert film.picture(at(SHARED))[:, :20].all()
    film.settle(replace(SHARED, rect=Rect(-500, -500, 530, 530)))
    assert not film.picture(at(replace(SHARED, rect=Rect(-500, -500, 530, 530))))[10:].any()


def test_without_windows_nothing_is_seen(film: Film) -> None:
    film.settle()
    assert not film.picture(at()).any()


def test_a_change_of_the_screen_makes_the_picture_blank(film: Film) -> None:
    film.settle(SHARED)
    assert not film.picture(replace(at(SHARED), screen=Rect(0, 0, 100, 100))).any()


class TestWithACompositor:
    """What is on the screen lags behind the list of windows."""

    def test_an_uncovered_place_is_held_for_longer(self, film: Film) -> None:
        self._uncover(film, painted=(SCREEN,))
        assert not film.picture(at(SHARED, composited=True), after=HOLD_S * 2)[15, 15]
        assert film.picture(at(SHARED, composited=True), after=LONG_HOLD_S)[15, 15]

    def test_a_place_that_is_not_reported_as_painted_is_hidden_but_not_for_ever(
        self, film: Film
    ) -> None:
        self._uncover(film, painted=())
        assert not film.picture(at(SHARED, composited=True), after=LONG_HOLD_S * 2)[15, 15]
        assert film.picture(at(SHARED, composited=True), after=DOUBT_S)[15, 15]

    def test_one_that_starts_makes_the_picture_blank(self, film: Film) -> None:
        film.settle(SHARED)
        assert not film.picture(at(SHARED, composited=True)).any()

    def _uncover(self, film: Film, painted: tuple[Rect, ...]) -> None:
        for _ in range(3):
            film.picture(at(SECRET, SHARED, composited=True), after=LONG_HOLD_S)
        film.picture(
            at(SECRET, SHARED, composited=True), at(SHARED, composited=True, painted=painted)
        )


def test_where_paintings_are_not_told_an_uncovered_place_is_held_for_longer(film: Film) -> None:
    for _ in range(3):
        film.picture(at(SECRET, SHARED, painted=None), after=LONG_HOLD_S)
    film.picture(at(SHARED, painted=None))
    assert not film.picture(at(SHARED, painted=None), after=HOLD_S * 2)[15, 15]
    film.picture(at(SHARED, painted=None), after=DOUBT_S)
    assert film.picture(at(SHARED, painted=None))[15, 15]


def test_before_the_first_look_everything_is_painted_over() -> None:
    picture = np.full((48, 64, 4), 7, np.uint8)
    Cover(SCREEN).paint_over(picture, CHOSEN, [], 1.0)
    assert (picture.view(np.uint32) == FLAT).all()
