"""What belongs to the shared applications, and the geometry of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.capture.mask import (
    Cell,
    cells,
    changed_box,
    paint_allowed,
    rectangles,
    uncovered,
    verdicts,
)
from client.platform.desktop import Window
from client.session.geometry import NOWHERE, Rect
from client.session.permit import Permit
from scripts.mask import layouts

SCREEN = Rect(0, 0, 60, 40)


def window(number: int, program: str = "paint", rect: Rect = SCREEN, **more: object) -> Window:
    return Window(number, 100 + len(program), program, "", "", rect, **more)  # type: ignore[arg-type]


def permit(*apps: str, windows: tuple[Window, ...] = (), new: bool = True) -> Permit:
    keys = frozenset(one.key for one in windows)
    return Permit(1, 1, frozenset({1}), apps=frozenset(apps), windows=keys, new=new)


def allowed(given: Permit, *windows: Window) -> tuple[bool, ...]:
    return verdicts(given, windows)


def test_windows_of_chosen_programs_are_seen_and_no_others() -> None:
    assert allowed(permit("paint"), window(1), window(2, "bank")) == (True, False)


def test_wallpaper_docks_and_unknown_windows_are_never_seen() -> None:
    desktop = window(1, desktop=True)
    assert allowed(permit("paint", ""), desktop, window(2, "")) == (False, False)


def test_the_clients_own_windows_are_never_seen() -> None:
    everything = Permit(1, 1, frozenset({1}))
    own = window(1, own=True)
    assert allowed(everything, own, window(2, "bank")) == (False, True)
    assert allowed(permit("paint", windows=(window(1),)), own) == (False,)


def test_menus_of_dialogs_of_a_chosen_window_are_seen() -> None:
    chosen, other = window(1), window(2)
    dialog = window(3, owner=1)
    menu = window(4, owner=3, passing=True)
    foreign = window(5, owner=2, passing=True)
    found = allowed(permit(windows=(window(1),)), menu, foreign, dialog, chosen, other)
    assert found == (True, False, True, True, False)


def test_a_window_that_claims_to_belong_to_a_chosen_one_of_another_program_is_not_seen() -> None:
    assert allowed(permit(windows=(window(1),)), window(2, "bank", owner=1), window(1)) == (
        False,
        True,
    )


def test_owners_that_own_each_other_are_not_seen_and_do_no_harm() -> None:
    assert allowed(permit("other"), window(1, owner=2), window(2, owner=1)) == (False, False)


def test_new_windows_are_seen_only_when_that_was_chosen() -> None:
    old, opened, menu = window(1), window(2), window(3, passing=True)
    given = permit("paint", windows=(window(1),), new=False)
    assert allowed(given, old, opened, menu) == (True, False, True)


def test_a_number_that_is_used_again_by_another_program_is_not_seen() -> None:
    given = permit(windows=(window(1),))
    assert allowed(given, window(1)) == (True,)
    assert allowed(given, window(1, "bank")) == (False,)
    assert allowed(given, replace(window(1), pid=0, program="")) == (False,), "nobody's"


def test_what_lies_above_hides_and_what_lies_below_does_not() -> None:
    stack = cells(
        [window(1, "bank", Rect(0, 0, 10, 40)), window(2), window(3, "bank")],
        (False, True, False),
        composited=False,
    )
    assert shown(stack) == (Rect(10, 0, 50, 40),)


def test_a_shaped_window_shows_what_is_below_it_as_that_may_be_seen() -> None:
    shape = (Rect(0, 0, 30, 40),)
    top = window(1, rect=Rect(0, 0, 60, 40), shape=shape)
    below = window(2, rect=Rect(40, 0, 20, 20))
    assert shown(cells([top], (True,), composited=False)) == shape
    assert shown(cells([top, below], (True, True), composited=False)) == (
        Rect(0, 0, 30, 20),
        Rect(40, 0, 20, 20),
        Rect(0, 20, 30, 20),
    )


def test_a_shape_that_hides_counts_for_own_windows_only() -> None:
    """Another program's may have changed since it was read."""
    ring = (Rect(0, 0, 10, 10),)
    own = cells([window(1, own=True, shape=ring)], (False,), composited=False)
    other = cells([window(1, "bank", shape=ring)], (False,), composited=False)
    assert (own[0].hidden, other[0].hidden) == (ring, (SCREEN,))


def test_with_a_compositor_nothing_is_seen_through_a_window() -> None:
    veil = window(1, solid=())
    secret, shared = window(2, "bank"), window(3)
    assert shown(cells([veil, secret], (True, False), composited=True)) == ()
    assert Rect(0, 12, 60, 16) in shown(cells([veil, shared], (True, True), composited=True))


def test_with_a_compositor_the_corners_of_a_window_show_only_what_may_be_seen() -> None:
    bits = painted(cells([window(1)], (True,), composited=True))
    assert not bits[0, 0] and not bits[-1, -1] and not bits[0, -1] and not bits[-1, 0]
    assert bits[20].all() and bits[:, 30].all()


@given(st.lists(st.lists(st.booleans(), min_size=8, max_size=8), min_size=1, max_size=9))
def test_rectangles_hold_exactly_the_set_pixels(rows: list[list[bool]]) -> None:
    bits = np.array(rows, np.bool_)
    again = np.zeros(bits.shape, np.uint8)
    for x, y, width, height in rectangles(bits):
        again[y : y + height, x : x + width] += 1
    assert (again == bits).all()


def test_the_uncovered_parts_of_a_window_are_those_that_nothing_lies_on() -> None:
    stack = cells(
        [window(1, rect=Rect(10, 10, 5, 5)), window(2, rect=Rect(0, 0, 20, 20))],
        (False, True),
        composited=False,
    )
    parts = uncovered(stack, 1)
    assert sum(one.width * one.height for one in parts) == 400 - 25
    assert not any(one.within(Rect(10, 10, 5, 5)) for one in parts)


def test_only_what_differs_is_looked_at_again() -> None:
    left, right = window(1, rect=Rect(0, 0, 5, 5)), window(2, rect=Rect(20, 0, 5, 5))
    moved = window(2, rect=Rect(25, 0, 5, 5))
    before, after = (
        cells(two, (True, True), composited=False) for two in ((left, right), (left, moved))
    )
    assert changed_box(before, after) == Rect(20, 0, 10, 5)
    assert changed_box(before, before) == NOWHERE


@pytest.mark.parametrize("seed", range(3))
def test_no_pixel_of_an_unshared_window_is_left_in_random_layouts(seed: int) -> None:
    found = layouts.run(150, seed)
    assert found.leaked == 0
    assert found.shown == found.shared > 0
    assert found.by_list > 0, "these layouts would not find a leak"


def painted(stack: tuple[Cell, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    bits = np.ones((SCREEN.height, SCREEN.width), np.bool_)
    paint_allowed(bits, SCREEN, SCREEN, stack, ground=False)
    return bits


def shown(stack: tuple[Cell, ...]) -> tuple[Rect, ...]:
    return rectangles(painted(stack))
