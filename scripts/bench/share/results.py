"""From what was painted, seen and counted to ratios. Pure."""

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from scripts.bench.report import Figure, middle
from scripts.bench.share.lag import Moments, appearances
from scripts.bench.share.plan import MOVING, Workload

KB = 1000
MS = 1000

MOST, LEAST = True, False
AIMS: Mapping[str, tuple[float, bool]] = {
    "typing.bytes_ratio": (1.0, MOST),
    "scroll.bytes_ratio": (0.12, MOST),
    "drag.bytes_ratio": (0.10, MOST),
    "film.bytes_ratio": (0.15, MOST),
    "slides.bytes_ratio": (0.10, MOST),
    "slides.first_bytes_ratio": (0.10, MOST),
    "typing.latency_ratio": (1.0, MOST),
    "scroll.latency_ratio": (1.0, MOST),
    "drag.latency_ratio": (0.7, MOST),
    "film.latency_ratio": (1.0, MOST),
    "slides.latency_ratio": (1.0, MOST),
    "click.latency_ratio": (1.0, MOST),
    "drag.steps_ratio": (1.5, LEAST),
    **{f"{workload.name}.cpu_ratio": (4.0, MOST) for workload in MOVING},
    "idle.kb_s": (0.2, MOST),
    "idle.core": (0.03, MOST),
}


class Spent(NamedTuple):
    """What went by while something was measured: bytes to the viewer, and seconds of processor of
    the customer's side (`agent_s`) and of all that do not belong to the benchmark (`other_s`)."""

    seconds: float
    received: int
    agent_s: float
    other_s: float


class Run(NamedTuple):
    """One workload on one side: numbers of steps, when the X server had them and when the viewer's
    page showed them; `end` is when looking ended. Of one that is judged also when pictures could be
    read, and the bytes that had come at many moments. All in seconds of the monotonic clock."""

    painted: Moments
    seen: Moments
    end: float
    spent: Spent
    readable: Moments | None = None
    counted: Sequence[tuple[float, int]] = ()

    @property
    def shown(self) -> Moments:
        """The steps, and when a person would say that they are there."""
        return self.seen if self.readable is None else self.readable


class Turn(NamedTuple):
    """What was measured of one side in one round; `clicks` in seconds."""

    idle: Spent | None
    runs: Mapping[str, Run]
    clicks: Sequence[float]

    @property
    def spent(self) -> list[Spent]:
        """All that was counted."""
        return [*([self.idle] if self.idle else []), *(run.spent for run in self.runs.values())]


class Cell(NamedTuple):
    """One workload on one side: medians over the rounds. What was sent and computed stands by
    the seconds in which there were steps; resting afterwards does not thin it."""

    kb_s: float
    latency_ms: float
    steps_s: float
    core: float


class Pair(NamedTuple):
    """One round: our turn and the peer's."""

    ours: Turn
    theirs: Turn


def latencies(run: Run) -> list[float]:
    """Seconds from each step's painting until it, or a later one, was seen (of a judged one: could
    be read).

    A step that was never seen counts as seen when looking ended: the least it can have taken.
    """
    return [
        max(0.0, at - painted)
        for (_, painted), at in zip(run.painted, appearances(run), strict=True)
    ]


def first_bytes(run: Run) -> int:
    """The bytes that came from each step's painting until its picture could be read, all together:
    what came by the first count at or after the one, less what had by the last before the other.

    Raises `ValueError` when nothing was counted.
    """
    times = [at for at, _ in run.counted]
    if not times:
        raise ValueError("no bytes were counted while the pictures came")
    total = 0
    for (_, painted), at in zip(run.painted, appearances(run), strict=True):
        before = run.counted[max(0, bisect.bisect_right(times, painted) - 1)][1]
        by_then = run.counted[min(len(times) - 1, bisect.bisect_left(times, at))][1]
        total += by_then - before
    return total


def arrived(run: Run) -> int:
    """How many of the painted steps were seen at all."""
    return len({number for number, _ in run.seen} & {number for number, _ in run.painted})


def latency_s(run: Run) -> float:
    """The median time from change to pixel."""
    return middle(latencies(run))


def figures(pairs: Sequence[Pair]) -> list[Figure]:
    """The ratios, ours by theirs, and what idleness costs, of what was measured; medians over the
    rounds."""
    found = []
    for workload in MOVING:
        runs = [
            (one.ours.runs[workload.name], one.theirs.runs[workload.name])
            for one in pairs
            if workload.name in one.ours.runs
        ]
        for metric, value in _metrics(workload) if runs else ():
            ratio = middle(_ratio(value(ours), value(theirs)) for ours, theirs in runs)
            found.append(_figure(f"{workload.name}.{metric}_ratio", ratio, "x noVNC"))
    clicks = [(one.ours.clicks, one.theirs.clicks) for one in pairs if one.ours.clicks]
    if clicks:
        ratio = middle(_ratio(middle(ours), middle(theirs)) for ours, theirs in clicks)
        found.append(_figure("click.latency_ratio", ratio, "x noVNC"))
    if idle := [one.ours.idle for one in pairs if one.ours.idle]:
        kb_s = middle(one.received / one.seconds / KB for one in idle)
        core = middle(one.agent_s / one.seconds for one in idle)
        found += [_figure("idle.kb_s", kb_s, "kB/s"), _figure("idle.core", core, "core")]
    return found


def cells(turns: Iterable[Turn]) -> dict[str, Cell]:
    """By workload, what one side did; clicks have a time only."""
    turns = list(turns)
    table = {}
    for workload in MOVING:
        runs = [one.runs[workload.name] for one in turns if workload.name in one.runs]
        if not runs:
            continue
        table[workload.name] = Cell(
            middle(run.spent.received / _moving_s(run, workload) / KB for run in runs),
            middle(latency_s(run) * MS for run in runs),
            middle(arrived(run) / len(run.painted) * workload.rate for run in runs),
            middle(run.spent.agent_s / _moving_s(run, workload) for run in runs),
        )
    return table


def other_cores(turns: Sequence[Turn]) -> float:
    """Cores that others used while these turns were measured; 0 when nothing was."""
    spent = [each for one in turns for each in one.spent]
    seconds = sum(one.seconds for one in spent)
    return sum(one.other_s for one in spent) / seconds if seconds else 0.0


Metric = tuple[str, Callable[[Run], float]]
_METRICS: tuple[Metric, ...] = (
    ("bytes", lambda run: run.spent.received),
    ("latency", latency_s),
    ("steps", arrived),
    ("cpu", lambda run: run.spent.agent_s),
)


def _metrics(workload: Workload) -> tuple[Metric, ...]:
    return (*_METRICS, ("first_bytes", first_bytes)) if workload.judged else _METRICS


def _figure(name: str, value: float, unit: str) -> Figure:
    aim, most = AIMS.get(name, (None, True))
    return Figure(f"share.{name}", value, unit, aim, most)


def _moving_s(run: Run, workload: Workload) -> float:
    return len(run.painted) / workload.rate


def _ratio(ours: float, theirs: float) -> float:
    """Raises `ValueError` when the peer has nothing to be compared with."""
    if theirs <= 0:
        raise ValueError("the peer's side measured nothing")
    return ours / theirs
