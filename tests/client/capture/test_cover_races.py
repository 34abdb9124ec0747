"""Real windows that change while real pictures are taken; `scripts/bench_mask.py` does more."""

import pytest

from scripts.mask.races import Setting, run

CHANGES = 40


@pytest.mark.parametrize("composited", [False, True], ids=["plain", "picom"])
def test_no_pixel_of_an_unshared_window_is_left_while_windows_race(composited: bool) -> None:
    found = run(Setting(composited, late=True), CHANGES, seed=3)
    assert found.changes >= CHANGES
    assert found.frames > 10
    assert found.by_list > 0, "these races would not find a leak"
    assert found.leaked == 0
    assert found.still_share == 1, "a mask that hides what is shared is none"
