"""One side through all workloads: paint, look, count."""

import contextlib
import os
import random
import time
from collections.abc import Collection, Iterator
from typing import NamedTuple

from scripts.bench.report import progress
from scripts.bench.share import counters
from scripts.bench.share.desktop import Desktop, Painted
from scripts.bench.share.plan import CLICK, IDLE, MOVING, Workload, steps
from scripts.bench.share.probe import Probe, Seen
from scripts.bench.share.results import Run, Spent, Turn
from scripts.bench.share.sampler import sampling
from scripts.bench.share.side import Side

FIRST_PICTURE_S = 30
LAST_STEP_S = 5.0
CALM_S, CALM_BYTES = 0.75, 500
"""A picture is at rest when no more than this has come for so long: both sides improve what has
come to rest, x0vncserver about half a second after the last change, and signs of life go on."""

REST_S = 8.0
"""Nobody is waited for any longer."""

LOOK_MS = 150

CLICK_S = 2.0
"""A click that is not seen by then counts as that long."""

GAP_S = (0.25, 0.45)
SEED = 7


class Size(NamedTuple):
    """How much is measured: rounds, seconds a workload, seconds of idleness, clicks a round."""

    rounds: int
    seconds: float
    idle_s: float
    clicks: int


class Steps(NamedTuple):
    """What was painted and seen of a workload; `readable` only where it is judged."""

    painted: Painted
    seen: Seen
    readable: Seen | None


class Meter:
    """Counts from its making on."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._received = received(side)
        self._agent = counters.processor_s(side.agent)
        self._machine, self._own = counters.machine_s(), counters.processor_s(os.getpid())
        self._began = time.monotonic()

    def spent(self) -> Spent:
        """What went by since."""
        seconds = time.monotonic() - self._began
        everybody = counters.machine_s() - self._machine
        own = counters.processor_s(os.getpid()) - self._own
        agent = counters.processor_s(self._side.agent) - self._agent
        came = counters.grown(self._received, received(self._side))
        return Spent(seconds, came, agent, max(0.0, everybody - own))


def received(side: Side) -> dict[int, int]:
    """Bytes by socket of whoever is connected to the side's port and is not its agent."""
    return {one.inode: one.received for one in connections(side)}


def connections(side: Side) -> list[counters.Connection]:
    """Those sockets themselves."""
    viewers = counters.tree(os.getpid()) - counters.tree(side.agent)
    return counters.of(side.port, viewers)


def turn(side: Side, desktop: Desktop, size: Size, only: Collection[str]) -> Turn:
    """Idleness, the workloads, the clicks: those of them that are named in `only`. Raises
    `RuntimeError` when no picture comes."""
    runs: dict[str, Run] = {}
    clicks: list[float | None] = []
    with looking(side) as probe:
        idle = _idle(side, desktop, probe, size) if IDLE.name in only else None
        for workload in MOVING:
            if workload.name in only:
                progress(f"{side.name}: {workload.name}")
                runs[workload.name] = one_run(side, desktop, probe, workload, size)
        if CLICK.name in only:
            clicks = _clicks(side, desktop, probe, size)
    return Turn(idle, runs, [CLICK_S if one is None else one for one in clicks])


def _idle(side: Side, desktop: Desktop, probe: Probe, size: Size) -> Spent:
    progress(f"{side.name}: {IDLE.name}")
    settle(side, desktop, probe, IDLE)
    meter = Meter(side)
    side.page.wait_for_timeout(size.idle_s * 1000)
    return meter.spent()


def one_run(side: Side, desktop: Desktop, probe: Probe, workload: Workload, size: Size) -> Run:
    """One workload, counted."""
    coming = steps(workload, size.seconds)
    settle(side, desktop, probe, workload, coming)
    with sampling(connections(side) if workload.judged else []) as counted:
        meter = Meter(side)
        ran = run(side, desktop, probe, workload, coming)
        spent = meter.spent()
    return Run(ran.painted, ran.seen, time.monotonic(), spent, ran.readable, counted)


def _clicks(side: Side, desktop: Desktop, probe: Probe, size: Size) -> list[float | None]:
    progress(f"{side.name}: {CLICK.name}")
    settle(side, desktop, probe, CLICK)
    probe.click(CLICK_S)  # a page's picture takes the focus with the first
    before = desktop.presses()
    chance = random.Random(SEED)  # noqa: S311 (gaps between clicks)
    found: list[float | None] = []
    for _ in range(size.clicks):
        side.page.wait_for_timeout(chance.uniform(*GAP_S) * 1000)
        found.append(probe.click(CLICK_S))
    unseen, pressed = found.count(None), desktop.presses() - before
    if unseen or pressed != size.clicks:
        progress(f"{side.name}: {pressed} of {size.clicks} presses arrived, {unseen} were not seen")
    return found


def settle(side: Side, desktop: Desktop, probe: Probe, workload: Workload, coming: int = 0) -> None:
    """Shows the workload's first picture and waits until it is there and at rest."""
    number = desktop.show(workload, coming)
    if not probe.wait_for(number, FIRST_PICTURE_S):
        raise RuntimeError(f"{side.name}: the first picture of {workload.name} did not come")
    rest(side)
    probe.take()
    if workload.judged:
        probe.expect(number, desktop.pictures(workload), desktop.truth().counted)


def run(side: Side, desktop: Desktop, probe: Probe, workload: Workload, coming: int) -> Steps:
    """`coming` steps after the one that is settled, and the time until all is at rest."""
    painted = desktop.run(workload, coming)
    probe.wait_for(painted[-1][0], LAST_STEP_S)
    rest(side)
    return Steps(painted, probe.take(), probe.readable() if workload.judged else None)


def rest(side: Side) -> None:
    """Waits until the picture is not improved any more: before a workload, so that the one before
    does not count for it; after the last step, so that improving that one does."""
    began = calm = time.monotonic()
    last = received(side)
    while time.monotonic() - calm < CALM_S and time.monotonic() - began < REST_S:
        side.page.wait_for_timeout(LOOK_MS)
        now = received(side)
        if counters.grown(last, now) > CALM_BYTES:
            calm, last = time.monotonic(), now


@contextlib.contextmanager
def looking(side: Side) -> Iterator[Probe]:
    """A probe in the side's page."""
    probe = Probe(side.page)
    try:
        yield probe
    finally:
        probe.stop()
