"""How long a waiting customer will wait, as a range that says how little is known. Pure.

Three steps, each from the literature on announcing delays and on honest prediction:

1. *Expected wait.* While somebody waits, c representatives take a customer every g/c seconds,
   where g is what one customer costs one representative, in seconds. So place k waits about
   k·g/c. This queue-length predictor follows the length of the queue and the people on duty at
   once and errs least among the simple ones (Whitt, "Predicting queueing delays", Management
   Science 45, 1999; Ibrahim and Whitt, "Real-time delay estimation based on delay history",
   M&SOM 11, 2009). g is measured between recent hand-overs, counting only time in which the
   customer already waited: a pause because nobody came says nothing about the pace.
2. *Spread.* A sum of k such gaps is close to gamma-distributed; the cube root of a gamma variate
   is close to normal (Wilson and Hilferty, 1931), which gives quantiles without tables.
3. *Honesty.* Where each recent customer's real wait fell in the spread it would be given today is
   its score. The tails are cut at quantiles of these scores, not of the textbook's normal ones
   (conformal prediction: Vovk et al., "Algorithmic Learning in a Random World", 2005; with
   weights that fade, Barber et al., "Conformal prediction beyond exchangeability", Annals of
   Statistics 51, 2023). Whatever the first two steps miss widens the range by itself:
   representatives who leave, two sessions at once, slow answers.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

REMEMBERED = 200
"""Hand-overs kept of a queue."""

REMEMBERED_S = 24 * 3600
"""A hand-over longer ago than this is forgotten."""

LEAST_SAMPLES = 5
"""With fewer hand-overs nothing is said."""

HALF_LIFE_S = 3600
"""After this long, a hand-over counts half as much as a new one."""

LONG_S = 600
"""From here on people speak in steps of five minutes rather than one."""

_MINUTE_S, _LONG_STEP_S = 60, 300

_TAIL = 0.09
"""The share of cases meant to lie below the range, and the share above it. Together a little less
than the fifth that may be missed, because the scores of people who waited together are alike."""

_GAP_VARIANCE = 0.5
"""Squared coefficient of variation of a gap, before the scores correct it: between the 1 of
independent departures and the 0.3 of usual session lengths."""

_CHANGE_VARIANCE = 0.05
"""What does not average out over a long queue: the number on duty changes while one waits."""

_FARTHEST = 5.0
"""Scores are cut here, so that one absurd case cannot make the range shrink along the queue."""

_TEXTBOOK = tuple(NormalDist().inv_cdf((n + 0.5) / 20) for n in range(20))
"""Scores of the normal distribution: they speak while there are few real ones."""


class Range(NamedTuple):
    """From `least` to `most` seconds, in whole minutes; `least` is below `most`."""

    least: int
    most: int


class HandOver(NamedTuple):
    """One customer taken from the queue.

    `at` is when, in ms since 1970; `waited_s` how long the customer had waited. `position` and
    `on_duty_then` are the place and the representatives on duty when the wait began, `on_duty`
    the latter at `at`.
    """

    at: int
    waited_s: float
    position: int
    on_duty_then: int
    on_duty: int


@dataclass(frozen=True, slots=True)
class History:
    """The latest hand-overs of one queue, oldest first; at most `REMEMBERED`."""

    hand_overs: tuple[HandOver, ...] = ()

    @classmethod
    def of(cls, hand_overs: Iterable[HandOver]) -> "History":
        """The history of `hand_overs` in any order."""
        return cls(tuple(sorted(hand_overs)[-REMEMBERED:]))

    def after(self, hand_over: HandOver) -> "History":
        """The history with one more."""
        return History.of((*self.hand_overs, hand_over))


@dataclass(frozen=True, slots=True)
class Pace:
    """What a history says at one moment; good for every place in the queue.

    `cost_s` is a customer's cost in seconds of one representative, known as well as from
    `samples` independent gaps; `low` and `high` are the scores at which the tails are cut.
    """

    cost_s: float
    samples: float
    low: float
    high: float

    def at(self, position: int, on_duty: int) -> Range | None:
        """The wait from now at `position` (1 is next); None when nobody is on duty."""
        if on_duty < 1:
            return None
        expected = max(position, 1) * self.cost_s / on_duty
        spread = _spread(position, self.samples)
        return spoken(expected * _factor(self.low, spread), expected * _factor(self.high, spread))


class _Gap(NamedTuple):
    """Seconds of representatives' time until the customer was taken, and how much they count."""

    cost_s: float
    weight: float


def estimate(history: History, position: int, on_duty: int, now: int) -> Range | None:
    """The wait from `now` (ms since 1970) at `position` (1 is next) with `on_duty` people.

    None means "we don't know yet": fewer than `LEAST_SAMPLES` hand-overs in `REMEMBERED_S`, or
    nobody on duty. For many places at one moment, ask `pace` once.
    """
    found = pace(history, now)
    return None if found is None else found.at(position, on_duty)


def pace(history: History, now: int) -> Pace | None:
    """What `history` says at `now`; None below `LEAST_SAMPLES`."""
    oldest = now - REMEMBERED_S * 1000
    recent = [one for one in history.hand_overs if one.at >= oldest]
    if len(recent) < LEAST_SAMPLES:
        return None
    gaps = _gaps(recent, now)
    total = sum(gap.weight for gap in gaps)
    cost_s = max(1.0, sum(gap.cost_s * gap.weight for gap in gaps) / total)
    samples = total**2 / sum(gap.weight**2 for gap in gaps)
    scores = [(_score(one, cost_s, samples), _weight(one, now)) for one in recent]
    scores += [(score, 1.0) for score in _TEXTBOOK]
    high = -_tail((-score, weight) for score, weight in scores)
    return Pace(cost_s, samples, _tail(scores), high)


def spoken(least_s: float, most_s: float) -> Range:
    """The range as people say it: whole minutes, from `LONG_S` on in fives, never empty."""
    least = _rounded(least_s)
    step = _MINUTE_S if least < LONG_S else _LONG_STEP_S
    return Range(least, max(_rounded(most_s), least + step))


def _rounded(seconds: float) -> int:
    step = _MINUTE_S if seconds < LONG_S else _LONG_STEP_S
    return round(seconds / step) * step


def _gaps(recent: list[HandOver], now: int) -> list[_Gap]:
    """The gaps before customers who already waited at the hand-over before theirs.

    Only these are sure to tell a pace: whoever came later may have met somebody free. In a queue
    that is hardly ever one, everybody's own wait stands in.
    """
    queued, any_gaps = [], []
    previous = None
    for one in recent:
        since_s = math.inf if previous is None else (one.at - previous) / 1000
        cost_s = min(since_s, max(one.waited_s, 0.0)) * max(one.on_duty, 1)
        gap = _Gap(cost_s, _weight(one, now))
        any_gaps.append(gap)
        if one.waited_s >= since_s:
            queued.append(gap)
        previous = one.at
    return queued if len(queued) >= LEAST_SAMPLES else any_gaps


def _weight(one: HandOver, now: int) -> float:
    return math.exp2(-max(now - one.at, 0) / 1000 / HALF_LIFE_S)


def _spread(position: int, samples: float) -> float:
    """The variance of the cube root of wait by expected wait (a ninth of that of the ratio)."""
    return (_GAP_VARIANCE * (1 / max(position, 1) + 1 / samples) + _CHANGE_VARIANCE) / 9


def _factor(score: float, spread: float) -> float:
    """Wait by expected wait at `score` standard deviations."""
    return max(0.0, 1 - spread + score * math.sqrt(spread)) ** 3


def _score(one: HandOver, cost_s: float, samples: float) -> float:
    """Where a real wait fell, in standard deviations; the inverse of `_factor`."""
    expected = max(one.position, 1) * cost_s / max(one.on_duty_then, 1)
    spread = _spread(one.position, samples)
    root = math.cbrt(max(one.waited_s, 0.0) / expected)
    score = (root - 1 + spread) / math.sqrt(spread)
    return max(-_FARTHEST, min(score, _FARTHEST))


def _tail(scores: Iterable[tuple[float, float]]) -> float:
    """The score below which `_TAIL` of the weight lies."""
    ordered = sorted(scores)
    left = _TAIL * sum(weight for _, weight in ordered)
    for score, weight in ordered:
        left -= weight
        if left <= 0:
            return score
    return ordered[-1][0]
