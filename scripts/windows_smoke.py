"""Builds the Windows client under Wine and has it do everything, on a screen of its own.

    python3 scripts/windows_smoke.py                builds into a temporary folder
    python3 scripts/windows_smoke.py --dist DIR     takes a program built before, or builds it there
    python3 scripts/windows_smoke.py --keep DIR     keeps the pictures
    python3 scripts/windows_smoke.py --contract     only tries what the system does for a share

Two to three minutes, and one more the first time, when it makes a Debian with Wine and a Windows
Python in the cache (as root; see scripts/wine/). Ends with 1 as soon
as anything is not as it should be, and with 2 when Wine is not to be had.
`installers/windows/README.md` lists what Wine cannot show.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--dist", type=Path, help="folder of the built program")
    parser.add_argument("--keep", type=Path, help="folder for the pictures")
    parser.add_argument("--contract", action="store_true", help="only the calls of the system")
    given = parser.parse_args()
    environment.enter(environment.TOUR)
    from scripts.interruption import interruptible

    with interruptible(), tempfile.TemporaryDirectory(prefix="bridge-windows-") as scratch:
        work = Path(scratch)
        out = (given.keep or work / "pictures").resolve()
        dist = (given.dist or work / "dist").resolve()
        for folder in (out, dist):
            folder.mkdir(parents=True, exist_ok=True)
        return kept(work) if given.contract else played(dist, out, work)


def kept(work: Path) -> int:
    """The exit code: what every system's desktop has to do, done by Windows' part of the client."""
    from scripts.wine import contract, machine
    from scripts.wine.place import NotReady

    try:
        with machine.running(work) as windows:
            print(contract.keep(windows, work))
    except NotReady as why:
        print(why, file=sys.stderr)
        return 1
    return 0


def played(dist: Path, out: Path, work: Path) -> int:
    """The exit code: builds what is not in `dist`, and plays."""
    from subprocess import TimeoutExpired

    from playwright.sync_api import Error as BrowserError

    from scripts.wine import building, machine
    from scripts.wine.place import NotReady
    from scripts.wine.rehearsal import rehearse
    from scripts.wine.scene import Failed

    try:
        with machine.running(dist, work) as windows:
            program = dist / building.NAME
            if not program.exists():
                began = time.monotonic()
                building.build(windows, dist)
                print(f"  built in {time.monotonic() - began:.0f} s", flush=True)
            print(f"  {program.name}: {program.stat().st_size / 1e6:.1f} MB", flush=True)
            rehearse(windows, program, out, work)
    except NotReady as why:
        print(why, file=sys.stderr)
        return 2
    except (Failed, AssertionError, BrowserError, OSError, RuntimeError, TimeoutExpired) as why:
        print(f"The Windows program does not work: {why}", file=sys.stderr)
        return 1
    print("The Windows program works.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
