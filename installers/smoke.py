"""Builds the client, starts it on a screen of its own, and has it talk with a representative.

    python3 installers/smoke.py              builds into a temporary folder
    python3 installers/smoke.py --dist DIR   takes what `build_client.py --dist DIR` has built

Prints sizes and times; ends with 1 as soon as anything is not as it should be.
"""

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--dist", type=Path, help="folder with a client built before")
    dist = parser.parse_args().dist
    environment.enter(environment.TOUR)
    from installers.rehearsal import rehearse
    from scripts.interruption import interruptible

    with interruptible(), tempfile.TemporaryDirectory(prefix="bridge-smoke-") as work:
        try:
            rehearse(dist.resolve() if dist else None, Path(work))
        except (RuntimeError, OSError, TimeoutError) as problem:
            print(f"failed: {problem}", file=sys.stderr)
            return 1
    print("The frozen client works.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
