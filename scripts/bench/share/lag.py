"""How far what is seen lies behind what is painted. Pure; all times in seconds of one clock."""

import bisect
from collections.abc import Sequence
from typing import NamedTuple, Protocol

TICK_S = 0.02
"""How often the age of the picture is asked."""

Moments = Sequence[tuple[int, float]]
"""Numbers of steps, and when something happened to them."""


class Looked(Protocol):
    """What was painted, when what was there, and when looking ended."""

    @property
    def painted(self) -> Moments: ...

    @property
    def shown(self) -> Moments: ...

    @property
    def end(self) -> float: ...


class Watched(NamedTuple):
    """The same, and nothing else."""

    painted: Moments
    shown: Moments
    end: float


def appearances(run: Looked) -> list[float]:
    """When each painted step, or a later one, was there; when looking ended, if it never was."""
    first = run.painted[0][0]
    shown: list[tuple[float, int]] = []
    newest = first - 1
    for number, at in run.shown:
        if newest < number <= run.painted[-1][0]:
            newest = number
            shown.append((at, number))
    numbers = [number for _, number in shown]
    found = []
    for number, _ in run.painted:
        index = bisect.bisect_left(numbers, number)
        found.append(shown[index][0] if index < len(shown) else run.end)
    return found


def ages(run: Looked, period: float) -> list[float]:
    """How old the picture was at each tick from the first step until `period` after the last: the
    time since the painting of the oldest step that was painted by then and not there, nor a later
    one; 0 when there was none."""
    times = [at for _, at in run.painted]
    there = appearances(run)
    found, missing, tick = [], 0, times[0]
    while tick < times[-1] + period:
        while missing < len(there) and there[missing] <= tick:
            missing += 1
        late = missing < len(times) and times[missing] <= tick
        found.append(tick - times[missing] if late else 0.0)
        tick += TICK_S
    return found


def back_s(run: Looked, returned: float) -> float:
    """From `returned` on, until a step was there that was painted no earlier."""
    painted = dict(run.painted)
    newer = [at for number, at in run.shown if painted.get(number, 0.0) >= returned]
    return min(newer, default=run.end) - returned
