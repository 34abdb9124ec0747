"""The estimate over simulated days: how often it is right, and whether that says anything."""

import pytest

from relay.domain.estimate_record import Outcome, accuracy
from scripts.bench.wait_days import PATTERNS, Pattern, day

DAYS = 8


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_the_range_holds_the_truth_and_is_narrower_than_the_wait(pattern: Pattern) -> None:
    days = [day(pattern, seed) for seed in range(DAYS)]
    first = accuracy(said for one in days for said in one.first)
    later = accuracy(said for one in days for said in one.later)
    assert first is not None
    assert later is not None
    print(
        f"{pattern.name}: covered {first.covered_share:.3f}, width ratio {first.width_ratio:.2f}, "
        f"mean error {first.mean_error_s:.0f} s; later: covered {later.covered_share:.3f}"
    )
    assert first.covered_share >= 0.8
    assert first.width_ratio <= 1.0
    # Ranges told later belong to people who wait together: over few days they scatter more.
    assert later.covered_share >= 0.78


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_only_the_first_few_are_told_nothing(pattern: Pattern) -> None:
    told = [said.estimated is not None for said in day(pattern, 1).first]
    assert 5 <= told.index(True) < 20
    assert all(told[told.index(True) :])


def test_the_same_seed_is_the_same_day() -> None:
    assert _waits(day(PATTERNS[1], 3).first) == _waits(day(PATTERNS[1], 3).first)
    assert _waits(day(PATTERNS[1], 3).first) != _waits(day(PATTERNS[1], 4).first)


def _waits(outcomes: list[Outcome]) -> list[float]:
    return [said.actual_s for said in outcomes]
