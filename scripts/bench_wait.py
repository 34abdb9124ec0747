#!/usr/bin/env python3
"""How honest the estimated waits are, what waiting costs the relay, and how light its page is.

The estimate runs over simulated days. Each of its figures is the mean over the patterns of
`scripts/bench/wait_days.py`; what each pattern gave is printed beside it. The width ratio depends
on how busy the desk is: where hardly anybody waits, no range can be narrower than the wait.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.environment import TOOLS, enter  # noqa: E402

if __name__ == "__main__":
    enter(TOOLS)

import tempfile  # noqa: E402
from statistics import fmean  # noqa: E402

from relay.domain.estimate_record import Accuracy, accuracy  # noqa: E402
from scripts.bench.queue_update import update_figures  # noqa: E402
from scripts.bench.report import Figure, options, progress, show  # noqa: E402
from scripts.bench.wait_days import PATTERNS, Pattern, day  # noqa: E402
from scripts.bench.web import QUICK_ROUNDS, ROUNDS, web_figures  # noqa: E402
from scripts.stage.relay import ensure_representative, running_relay  # noqa: E402

QUICK_DAYS, FULL_DAYS = 10, 60
"""Days of each pattern; the seeds count up from 0."""


def main() -> None:
    """Simulate and show."""
    chosen = options(__doc__.splitlines()[0] if __doc__ else "")
    figures = estimate_figures(QUICK_DAYS if chosen.quick else FULL_DAYS)
    figures += update_figures()
    figures += page_figures(QUICK_ROUNDS if chosen.quick else ROUNDS)
    show(figures, chosen)


def page_figures(rounds: int) -> list[Figure]:
    """The weight of the web chat and its first line, on a relay as people run it."""
    with tempfile.TemporaryDirectory() as folder:
        ensure_representative(Path(folder))
        with running_relay(Path(folder), 0) as relay:
            return web_figures(relay, rounds)


def estimate_figures(days: int) -> list[Figure]:
    """Coverage, width and error of what customers are told on coming."""
    found = [simulated(pattern, days) for pattern in PATTERNS]
    return [
        Figure(
            "wait.covered_share", fmean(one.covered_share for one in found), "", 0.8, most=False
        ),
        Figure("wait.width_ratio", fmean(one.width_ratio for one in found), "x wait", 1.0),
        Figure("wait.mean_error_s", fmean(one.mean_error_s for one in found), "s"),
    ]


def simulated(pattern: Pattern, days: int) -> Accuracy:
    """What `days` of `pattern` gave together. Raises `ValueError` when nobody was told a range."""
    found = accuracy(said for seed in range(days) for said in day(pattern, seed).first)
    if found is None:
        raise ValueError(f"nobody was told a range in {days} days of {pattern.name}")
    progress(
        f"{pattern.name}: {found.told} told, {found.unknown} not yet; covered "
        f"{found.covered_share:.3f}, width {found.median_width_s:.0f} s by wait "
        f"{found.median_wait_s:.0f} s, error {found.mean_error_s:.0f} s"
    )
    return found


if __name__ == "__main__":
    main()
