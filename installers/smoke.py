"""Starts what was built, on a screen and for a user of its own, against a real relay.

    python3 installers/smoke.py                 builds first, then tries everything
    python3 installers/smoke.py --work DIR      keeps the build there, and takes it the next time
    python3 installers/smoke.py --quick         a few of each, as the tests do
    python3 installers/smoke.py --json FILE     writes the figures, too

It joins by the code in its name, talks, shows its screen, ends, and must be gone; it is killed at
ten moments and started again; and it is lured to another relay in sixty ways. Ends with 1 as soon
as anything is odd.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--work", type=Path, help="folder for the build, the relay, the customer")
    parser.add_argument("--quick", action="store_true", help="a few of each")
    parser.add_argument("--json", type=Path, help="file for the figures")
    given = parser.parse_args()
    environment.enter(environment.SMOKE)
    from installers.fault import BuildFault
    from installers.rehearsal import Odd
    from installers.trial import Trial, tried
    from scripts.interruption import interruptible

    with interruptible(), tempfile.TemporaryDirectory(prefix="bridge-smoke-") as scratch:
        work = (given.work or Path(scratch)).resolve()
        Path(scratch).chmod(0o755)
        try:
            figures = asyncio.run(tried(work, Trial.quick() if given.quick else Trial()))
        except (BuildFault, Odd, OSError, RuntimeError, TimeoutError) as problem:
            print(f"failed: {problem}", file=sys.stderr)
            return 1
    for name, value in figures.items():
        print(f"{name} {value:.2f}".rstrip("0").rstrip("."))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
