"""How good the estimates were: what was said against what happened. Pure."""

from bisect import bisect_left
from collections.abc import Iterable
from statistics import fmean, median
from typing import NamedTuple

from relay.domain.estimate import Range

DISTANCES_S = (60, 180, 300, 600)
"""Upper ends by which errors are counted, each belonging to its class; the last class has none."""


class Outcome(NamedTuple):
    """What a customer was told on coming (None: "we don't know yet"), and the wait in seconds."""

    estimated: Range | None
    actual_s: float

    @property
    def covered(self) -> bool:
        """Whether the range held the truth."""
        told = self.estimated
        return told is not None and told.least <= self.actual_s <= told.most


class Accuracy(NamedTuple):
    """A summary of outcomes; the figures are about the `told` ones that had a range.

    `covered_share` from 0 to 1. `mean_error_s` is the mean distance between a range's middle and
    the truth, `mean_bias_s` the same with its sign: positive where people waited longer. Of the
    told, `earlier` were taken before their range began and `later` after its end; `distances`
    counts them by their error, as `DISTANCES_S` divides it.
    """

    told: int
    unknown: int
    covered_share: float
    mean_error_s: float
    mean_bias_s: float
    median_width_s: float
    median_wait_s: float
    median_error_s: float
    earlier: int
    later: int
    distances: tuple[int, ...]

    @property
    def width_ratio(self) -> float:
        """Median width by median wait; above 1 a range says little."""
        return self.median_width_s / max(self.median_wait_s, 1.0)


def accuracy(outcomes: Iterable[Outcome]) -> Accuracy | None:
    """The summary of `outcomes`; None when none of them had a range."""
    told: list[tuple[Range, Outcome]] = []
    unknown = 0
    for one in outcomes:
        if one.estimated is None:
            unknown += 1
        else:
            told.append((one.estimated, one))
    if not told:
        return None
    late = [one.actual_s - (said.least + said.most) / 2 for said, one in told]
    return Accuracy(
        told=len(told),
        unknown=unknown,
        covered_share=fmean(one.covered for _, one in told),
        mean_error_s=fmean(abs(seconds) for seconds in late),
        mean_bias_s=fmean(late),
        median_width_s=median(said.most - said.least for said, _ in told),
        median_wait_s=median(one.actual_s for _, one in told),
        median_error_s=median(abs(seconds) for seconds in late),
        earlier=sum(one.actual_s < said.least for said, one in told),
        later=sum(one.actual_s > said.most for said, one in told),
        distances=_by_distance(abs(seconds) for seconds in late),
    )


def _by_distance(errors: Iterable[float]) -> tuple[int, ...]:
    counts = [0] * (len(DISTANCES_S) + 1)
    for error in errors:
        counts[bisect_left(DISTANCES_S, error)] += 1
    return tuple(counts)
