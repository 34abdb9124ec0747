#!/usr/bin/env python3
"""Whether anything that is not shared gets past the mask: imagined layouts, and real windows.

The oracle looks at the picture as the encoder gets it: every window has a colour of its own there,
and one pixel in the colour of a window that is not shared is a leak. How many there would be with
a mask by the list of windows after the grab alone is printed beside it.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import debian  # noqa: E402
from scripts.environment import TOOLS, enter  # noqa: E402

if __name__ == "__main__":
    enter(TOOLS._replace(system=(*debian.SCREEN, *debian.COMPOSITOR)))

from scripts.bench.report import Figure, options, percentile, progress, show  # noqa: E402
from scripts.mask import layouts, races  # noqa: E402

LAYOUTS, QUICK_LAYOUTS = 10_000, 1_000
RACES, QUICK_RACES = 1_000, 80
"""Changes of real windows, a quarter of them in each setting."""

SETTINGS = tuple(
    races.Setting(composited, late) for composited in (False, True) for late in (False, True)
)


def main() -> None:
    """Try and show."""
    chosen = options(__doc__.splitlines()[0] if __doc__ else "")
    imagined = layouts.run(QUICK_LAYOUTS if chosen.quick else LAYOUTS)
    progress(f"layouts: {imagined.leaked} leaked, {imagined.by_list} by the list alone")
    real = [tried(one, QUICK_RACES if chosen.quick else RACES) for one in SETTINGS]
    count = QUICK_LAYOUTS if chosen.quick else LAYOUTS
    took = [one for result in real for one in result.paint_ms]
    show(
        [
            Figure("mask.layouts", count, ""),
            Figure("mask.races", sum(one.changes for one in real), ""),
            Figure("mask.frames", sum(one.frames for one in real), ""),
            Figure("mask.leaked_pixels", leaked(imagined, real), "pixels", 0),
            Figure("mask.by_list_pixels", sum(one.by_list for one in real), "pixels"),
            Figure("mask.layouts_shown", imagined.shown / imagined.shared, "", 1, most=False),
            Figure("mask.races_shown", min(one.still_share for one in real), "", 1, most=False),
            Figure("mask.paint_over_ms", percentile(took, 0.5), "ms"),
            Figure("mask.paint_over_ms_p95", percentile(took, 0.95), "ms"),
        ],
        chosen,
    )
    if leaked(imagined, real):
        sys.exit("pixels of windows that are not shared got through")


def tried(setting: races.Setting, changes: int) -> races.Races:
    """A quarter of `changes` in one setting."""
    found = races.run(setting, changes // len(SETTINGS))
    progress(
        f"{setting.name}: {found.changes} changes, {found.frames} pictures, {found.leaked} leaked, "
        f"{found.by_list} by the list alone; {found.still_share:.4f} shown when still"
    )
    return found


def leaked(imagined: layouts.Result, real: list[races.Races]) -> int:
    """All pixels that got through."""
    return imagined.leaked + sum(one.leaked for one in real)


if __name__ == "__main__":
    main()
