"""Support Bridge on this machine: a relay, a customer at a real window, a console to sign in to.

    python3 scripts/demo.py                             runs until Ctrl+C
    python3 scripts/demo.py --headless-tour --out DIR   plays a whole session, with pictures of it

Needs nothing but Python 3.11; the first start sets everything else up, which takes a minute.
"""

import argparse
import os
import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402


def has_display() -> bool:
    """Whether windows have somewhere to go."""
    return platform.system() != "Linux" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def chosen() -> argparse.Namespace:
    """The command line: `data` and `out` as paths."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=ROOT / ".demo", help="folder of the relay")
    parser.add_argument("--headless-tour", action="store_true", help="play a scripted session")
    parser.add_argument("--out", type=Path, help="folder for the tour's pictures")
    arguments = parser.parse_args()
    if arguments.out and not arguments.headless_tour:
        parser.error("--out belongs to --headless-tour")
    return arguments


def needs(arguments: argparse.Namespace) -> environment.Needs:
    """What the chosen kind of demo needs."""
    if arguments.headless_tour:
        return environment.TOUR
    return environment.DEMO if has_display() else environment.DEMO_WITHOUT_DISPLAY


def main() -> int:
    """The exit code; 0 after Ctrl+C."""
    arguments = chosen()
    environment.enter(needs(arguments))
    from scripts.interruption import interruptible
    from scripts.stage.performance import perform

    with interruptible():
        if arguments.headless_tour:
            from scripts.stage.tour import tour

            return tour(arguments.out or arguments.data / "tour")
        return perform(arguments.data.resolve(), has_display=has_display())


if __name__ == "__main__":
    sys.exit(main())
