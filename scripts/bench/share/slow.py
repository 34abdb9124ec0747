"""A bad line: how old the picture gets, how long a line of chat takes, and how soon all is current
again once the line has been away."""

import contextlib
import tempfile
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from scripts.bench.report import Figure, percentile, progress
from scripts.bench.share.bad_line import BadLine, Quality, through
from scripts.bench.share.chat import Chat, Heard, Keyboard
from scripts.bench.share.desktop import Painted
from scripts.bench.share.hall import Hall
from scripts.bench.share.lag import Watched, ages, back_s
from scripts.bench.share.novnc import novnc
from scripts.bench.share.ours import ours
from scripts.bench.share.part import Part
from scripts.bench.share.plan import MOVING, Workload, steps
from scripts.bench.share.probe import Probe
from scripts.bench.share.side import Side, Stage, Through, Way
from scripts.bench.share.turns import looking, rest, settle
from scripts.stage.browser import chromium
from scripts.stage.relay import ensure_representative, free_port, running_relay

LINE = Quality(rate=250_000, late_ms=50)
AGE_S, CHAT_S, BACK_S = 0.6, 0.3, 2.0
"""The aims."""

LAST_STEP_S = 20.0
PAUSED = ("typing", "film")
LEAD_S, TAIL_S = 2.0, 8.0
"""How long steps are painted before the line stops, and after it goes on."""


class Length(NamedTuple):
    """Seconds of each workload, and of the line's absence."""

    seconds: float
    pause_s: float


class Result(NamedTuple):
    """One side on one line, by workload: p95 of the picture's age and the time until it was current
    again, in seconds; and all lines of chat."""

    ages: Mapping[str, float]
    backs: Mapping[str, float]
    heard: Heard


def slow(hall: Hall, length: Length, only: Collection[str], *, briefly: bool = False) -> Part:
    """The line at the viewer's end, for both sides, and at the customer's, for both; `briefly`: the
    first of these.

    Raises `RuntimeError` when no picture comes.
    """
    found: dict[str, dict[str, Result]] = {}
    places = {"viewer": _at_viewer} if briefly else {"viewer": _at_viewer, "customer": _at_customer}
    ways: tuple[Way, ...] = (ours,) if briefly else (ours, novnc)
    for place, staged in places.items():
        for way in ways:
            progress(f"a bad line at the {place}'s end")
            with staged(hall, way) as (stage, lines), way(stage) as side:
                turned = _turn(side, hall, lines[-1], length, only)
                found.setdefault(place, {})[side.name] = turned
    return made(found)


def made(found: Mapping[str, Mapping[str, Result]]) -> Part:
    """The figures are those of ours with the line at the viewer's end; pure."""
    mine = found["viewer"]["ours"]
    figures = []
    if mine.ages:
        worst = max(mine.ages.values())
        figures.append(Figure("share.slow.age_p95_s", worst, "s", AGE_S))
    if mine.heard.theirs:
        p99 = percentile(mine.heard.theirs, 0.99)
        figures.append(Figure("share.slow.chat_p99_s", p99, "s", CHAT_S))
    if mine.backs:
        figures.append(Figure("share.slow.back_s", max(mine.backs.values()), "s", BACK_S))
    table = {
        place: {side: _details(one) for side, one in sides.items()}
        for place, sides in found.items()
    }
    return Part(figures, list(_lines(found)), {"slow": table})


def _details(one: Result) -> Mapping[str, object]:
    heard = {
        name: {"p50_s": percentile(took, 0.5), "p99_s": percentile(took, 0.99), "lines": len(took)}
        for name, took in one.heard._asdict().items()
        if took
    }
    return {"age_p95_s": one.ages, "back_s": one.backs, "chat": heard}


def _lines(found: Mapping[str, Mapping[str, Result]]) -> Iterator[str]:
    names = [one.name for one in MOVING if one.name in found["viewer"]["ours"].ages]
    heading = "".join(f"{name:>10}" for name in names)
    yield f"{'age p95, s; line at':<26}{heading}   back after a stop; chat p50, p99"
    for place, sides in found.items():
        for side, one in sides.items():
            fields = "".join(f"{one.ages[name]:>10.2f}" for name in names)
            backs = ", ".join(f"{name} {took:.1f}" for name, took in one.backs.items())
            chat = "; ".join(
                f"{name} {percentile(took, 0.5):.3f}, {percentile(took, 0.99):.3f}"
                for name, took in one.heard._asdict().items()
                if took
            )
            yield f"{place + chr(39) + 's, ' + side:<26}{fields}   {backs}; {chat}"


@contextlib.contextmanager
def _at_viewer(hall: Hall, way: Way) -> Iterator[tuple[Stage, list[BadLine]]]:
    """A stage with a line between the middle and the viewer. The relay's pages have one address,
    so the browser is told to go through the line when it looks for that."""
    lines: list[BadLine] = []
    slow_way = through(LINE, lines, viewer_calls=True)
    if way is novnc:
        with chromium(hall.relay.data) as browser:
            yield Stage(hall.display, hall.relay, browser, far=slow_way), lines
        return
    with (
        slow_way(hall.relay.port) as entrance,
        chromium(hall.relay.data, _detour(hall.relay.port, entrance)) as browser,
    ):
        far = _known(entrance)
        yield Stage(hall.display, hall.relay, browser, far=far), lines


@contextlib.contextmanager
def _at_customer(hall: Hall, way: Way) -> Iterator[tuple[Stage, list[BadLine]]]:
    """A stage with a line between the customer and the middle. The relay proves itself for one
    address, so it is one whose address is the line's; the browser takes the direct way there."""
    lines: list[BadLine] = []
    if way is novnc:
        near = through(LINE, lines, viewer_calls=True)
        with chromium(hall.relay.data) as browser:
            yield Stage(hall.display, hall.relay, browser, near=near), lines
        return
    with contextlib.ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bridge-slow-")))
        ensure_representative(data)
        own = free_port(hall.relay.port + 1)
        entrance = stack.enter_context(through(LINE, lines, viewer_calls=False)(own))
        public = f"https://localhost:{entrance}"
        relay = stack.enter_context(running_relay(data, own, public))
        browser = stack.enter_context(chromium(data, _detour(entrance, own)))
        far = _known(own)
        yield Stage(hall.display, relay, browser, far=far), lines


def _known(port: int) -> Through:
    """A way that is there already."""
    return lambda _port: contextlib.nullcontext(port)


def _detour(wanted: int, instead: int) -> tuple[str, ...]:
    return (f"--host-resolver-rules=MAP localhost:{wanted} 127.0.0.1:{instead}",)


def _turn(side: Side, hall: Hall, line: BadLine, length: Length, only: Collection[str]) -> Result:
    aged, backs = {}, {}
    chosen = [one for one in MOVING if one.name in only]
    heard = Heard([], [])
    with looking(side) as probe, _chat(side, hall, probe) as chat:
        for workload in chosen:
            progress(f"{side.name}: {workload.name}")
            run = _aged(side, hall, probe, chat, workload, length.seconds)
            aged[workload.name] = percentile(ages(run, 1 / workload.rate), 0.95)
            if chat:
                more = chat.heard()
                heard.theirs.extend(more.theirs)
                heard.own.extend(more.own)
        for workload in chosen:
            if workload.name in PAUSED:
                progress(f"{side.name}: {workload.name}, and the line stops for {length.pause_s} s")
                backs[workload.name] = _back(side, hall, probe, line, workload, length.pause_s)
    return Result(aged, backs, heard)


@contextlib.contextmanager
def _chat(side: Side, hall: Hall, probe: Probe) -> Iterator[Chat | None]:
    """The conversation, where the side has one."""
    if side.window is None:
        yield None
        return
    with contextlib.closing(Keyboard(hall.display, side.window)) as keyboard:
        chat = Chat(side.page, probe, keyboard)
        yield chat
        chat.stop()


def _aged(
    side: Side, hall: Hall, probe: Probe, chat: Chat | None, workload: Workload, seconds: float
) -> Watched:
    """The workload, with talk beside it where there can be any."""
    coming = steps(workload, seconds)
    settle(side, hall.desktop, probe, workload, coming)
    with chat.speaking() if chat else contextlib.nullcontext():
        painted = hall.desktop.run(workload, coming)
    return _watched(side, probe, workload, painted)


def _back(
    side: Side, hall: Hall, probe: Probe, line: BadLine, workload: Workload, pause_s: float
) -> float:
    """Seconds until the picture was current again."""
    coming = steps(workload, LEAD_S + pause_s + TAIL_S)
    settle(side, hall.desktop, probe, workload, coming)
    returned: list[float] = []

    def pause() -> None:
        time.sleep(LEAD_S)
        line.stop()
        time.sleep(pause_s)
        returned.append(line.go_on())

    thread = threading.Thread(target=pause, name="pause")
    thread.start()
    painted = hall.desktop.run(workload, coming)
    thread.join()
    return back_s(_watched(side, probe, workload, painted), returned[0])


def _watched(side: Side, probe: Probe, workload: Workload, painted: Painted) -> Watched:
    """What came of it, once the last step is there or has had its time."""
    probe.wait_for(painted[-1][0], LAST_STEP_S)
    rest(side)
    shown = probe.readable() if workload.judged else probe.take()
    return Watched(painted, shown, time.monotonic())
