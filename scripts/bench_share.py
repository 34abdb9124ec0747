#!/usr/bin/env python3
"""How our screen stands beside noVNC's: delay, bytes, steps and processor time, in turn.

The same scripted desktop is shown through two chains into the same Chromium, one after the other
in each round: the real client, the real relay over TLS and the real console page; and x0vncserver,
websockify over TLS and noVNC. `docs/benchmarks.md` tells the method.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.environment import SHARE_BENCH, enter  # noqa: E402

if __name__ == "__main__":
    enter(SHARE_BENCH)

import argparse  # noqa: E402
import contextlib  # noqa: E402
import os  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Callable, Collection, Iterator, Mapping  # noqa: E402
from contextlib import AbstractContextManager  # noqa: E402
from typing import NamedTuple  # noqa: E402

from playwright.sync_api import Error as BrowserError  # noqa: E402

from scripts.bench.report import middle, parser, progress, show  # noqa: E402
from scripts.bench.share.desktop import Desktop, running_desktop  # noqa: E402
from scripts.bench.share.novnc import novnc  # noqa: E402
from scripts.bench.share.ours import ours  # noqa: E402
from scripts.bench.share.plan import HEIGHT, WIDTH, WORKLOADS  # noqa: E402
from scripts.bench.share.results import MS, Pair, Turn, cells, figures, other_cores  # noqa: E402
from scripts.bench.share.side import Side  # noqa: E402
from scripts.bench.share.table import Sides, drawing, lines  # noqa: E402
from scripts.bench.share.turns import Size, turn  # noqa: E402
from scripts.display import virtual_display  # noqa: E402
from scripts.interruption import interruptible  # noqa: E402
from scripts.stage.browser import Chromium, chromium  # noqa: E402
from scripts.stage.relay import Relay, ensure_representative, running_relay  # noqa: E402

QUICK = Size(rounds=1, seconds=1.2, idle_s=2.0, clicks=6)
FULL = Size(rounds=3, seconds=8.0, idle_s=8.0, clicks=30)

BUSY_CORES = 0.3
"""With more than this used by others the figures are noise."""

PACKAGES = ("tigervnc-scraping-server", "websockify", "novnc", "chromium")

Way = Callable[[str, Relay, Chromium], AbstractContextManager[Side]]


class Hall(NamedTuple):
    """Where both sides play: the screen, what is painted on it, the relay and the browser."""

    display: str
    desktop: Desktop
    relay: Relay
    browser: Chromium


def main() -> None:
    """Measure both in turn, show, and leave nothing running."""
    chosen = _options()
    size = QUICK if chosen.quick else FULL
    try:
        with interruptible(), _hall() as hall:
            pairs = [_round(hall, number, size, chosen.only) for number in range(size.rounds)]
    except (RuntimeError, BrowserError, subprocess.TimeoutExpired) as why:
        sys.exit(f"The benchmark stopped: {why}")
    others = other_cores([one for pair in pairs for one in pair])
    mine, theirs = cells(one.ours for one in pairs), cells(one.theirs for one in pairs)
    sides = {name: (mine[name], theirs[name]) for name in mine}
    clicks = (_clicks_ms(one.ours for one in pairs), _clicks_ms(one.theirs for one in pairs))
    print("\n".join(lines(sides, clicks)), end="\n\n")
    more = {**_details(sides, clicks), "other_cores": round(others, 3), "peers": _versions()}
    show(figures(pairs), chosen, more=more, picture=drawing(sides, clicks))
    _tell_load(others)


def _options() -> argparse.Namespace:
    made = parser(__doc__.splitlines()[0] if __doc__ else "")
    made.add_argument(
        "--only",
        type=_names,
        default=WORKLOADS,
        metavar="NAMES",
        help=f"measure these workloads, with commas between: {', '.join(WORKLOADS)}",
    )
    return made.parse_args()


def _names(text: str) -> tuple[str, ...]:
    """Raises `ArgumentTypeError` when there is no such workload."""
    names = tuple(text.split(","))
    if unknown := set(names) - set(WORKLOADS):
        raise argparse.ArgumentTypeError(f"no such workload: {', '.join(sorted(unknown))}")
    return names


@contextlib.contextmanager
def _hall() -> Iterator[Hall]:
    with contextlib.ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bridge-share-")))
        ensure_representative(data)
        display = stack.enter_context(virtual_display(WIDTH, HEIGHT))
        relay = stack.enter_context(running_relay(data, 0))
        desktop = stack.enter_context(running_desktop(display))
        browser = stack.enter_context(chromium(data))
        yield Hall(display, desktop, relay, browser)


def _round(hall: Hall, number: int, size: Size, only: Collection[str]) -> Pair:
    """Both sides once; who begins changes from round to round."""
    progress(f"round {number + 1} of {size.rounds}")
    ways: list[Way] = [ours, novnc] if number % 2 == 0 else [novnc, ours]
    turns = {way: _turn(hall, way, size, only) for way in ways}
    return Pair(turns[ours], turns[novnc])


def _turn(hall: Hall, way: Way, size: Size, only: Collection[str]) -> Turn:
    with way(hall.display, hall.relay, hall.browser) as side:
        return turn(side, hall.desktop, size, only)


def _clicks_ms(turns: Iterator[Turn]) -> float:
    """The median over the rounds' medians; 0 when nothing was clicked."""
    medians = [middle(one.clicks) * MS for one in turns if one.clicks]
    return middle(medians) if medians else 0.0


def _details(sides: Sides, clicks: tuple[float, float]) -> Mapping[str, object]:
    """The absolute values behind the ratios."""
    named = ("ours", "novnc")
    absolute = {
        name: {who: cell._asdict() for who, cell in zip(named, both, strict=True)}
        for name, both in sides.items()
    }
    return {"absolute": absolute, "click_ms": dict(zip(named, clicks, strict=True))}


def _versions() -> Mapping[str, str]:
    """What the distribution calls the peer's parts."""
    ran = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${Version}\n", *PACKAGES],
        capture_output=True,
        text=True,
    )
    return dict(line.split(" ", 1) for line in ran.stdout.splitlines() if " " in line)


def _tell_load(others: float) -> None:
    before: float = getattr(os, "getloadavg", lambda: (0.0,) * 3)()[2]
    progress(f"others used {others:.2f} of {os.cpu_count()} cores (load of 15 min: {before:.2f})")
    if others > BUSY_CORES:
        progress("the machine was busy: repeat on a quiet one before believing the figures")


if __name__ == "__main__":
    main()
