"""Makes the Python environment the other scripts run in, and moves into it.

Only the standard library, and only what Python 3.8 can read, so that an old `python3` can still
find a newer one. `enter` is called first; everything after it runs in `.venv` with exactly the
packages of the hashed lists in `requirements/`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from scripts import debian, fetch_vpx

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)


class Needs(NamedTuple):
    """`lists` are names of files in `requirements/` without their ending."""

    lists: tuple[str, ...]
    system: tuple[debian.Need, ...] = ()


DEMO = Needs(("relay", "client"), (*debian.WINDOW,))
DEMO_WITHOUT_DISPLAY = Needs(("relay", "client"), (*debian.WINDOW, *debian.SCREEN))
TOUR = Needs(("dev",), (*debian.WINDOW, *debian.SCREEN, *debian.BROWSER))
TESTS = Needs(
    ("dev",),
    (*debian.WINDOW, *debian.SCREEN, *debian.BROWSER, *debian.CHECKS, *debian.FREEZING),
)
TOOLS = Needs(("dev",))
BUILD = Needs(("dev",), (*debian.WINDOW, *debian.FREEZING))
SMOKE = Needs(("dev",), (*debian.WINDOW, *debian.FREEZING, *debian.SCREEN))
FILE_BENCH = Needs(("dev",), (*debian.FILE_PEERS,))
SHARE_BENCH = Needs(("dev",), (*TOUR.system, *debian.PEERS))


def enter(needs: Needs) -> None:
    """Returns inside a complete environment; installs what is missing and starts over there.

    Ends the program with code 2, and a sentence that says what to do, when that cannot be done.
    """
    if sys.version_info < OLDEST:
        _continue_in(_newer_python())
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    try:
        _install_system_packages(needs, inside=inside)
    except debian.Missing as why:
        _give_up(str(why))
    if not _works(PYTHON):
        _say(f"Making {VENV.name} with Python {sys.version.split()[0]}")
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    _install_lists(needs.lists)
    if not {"client", "dev"}.isdisjoint(needs.lists):
        _fetch_codec()
    if not inside:
        _continue_in(str(PYTHON))


def stale(lists: Sequence[str], venv: Path = VENV) -> list[str]:
    """Those of `lists` that `venv` does not hold in their present form."""
    return [
        name
        for name in lists
        if _stamp(venv, name) != _digest(name) and _stamp(venv, "dev") != _digest("dev")
    ]


def _install_system_packages(needs: Needs, *, inside: bool) -> None:
    missing = debian.missing(needs.system)
    if not inside and importlib.util.find_spec("ensurepip") is None and not _works(PYTHON):
        missing.append("python3-venv")
    if missing:
        _say(f"Installing system packages: {' '.join(missing)}")
        debian.install(missing)


def _install_lists(lists: Sequence[str]) -> None:
    wanted = stale(lists)
    if not wanted:
        return
    files = [ROOT / "requirements" / f"{name}.txt" for name in wanted]
    count = len({line.split("==")[0] for file in files for line in _pins(file)})
    _say(f"Installing {count} Python packages ({', '.join(wanted)}); this takes about a minute")
    began = time.monotonic()
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    _run([*pip, "--require-hashes", "--no-deps", *(f"--requirement={file}" for file in files)])
    for name in wanted:
        (VENV / f"installed-{name}").write_text(_digest(name), "utf-8")
    _say(f"Installed in {time.monotonic() - began:.0f} s")


def _fetch_codec() -> None:
    """Without it the client still works: its pictures are larger."""
    folder = fetch_vpx.cache()
    try:
        if not fetch_vpx.is_there(folder):
            _say("Fetching libvpx (36 MB, of which one file is kept)")
            fetch_vpx.fetch(folder, str(PYTHON))
    except fetch_vpx.NotFetched as why:
        _say(str(why))


def _pins(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if "==" in line.split(";")[0]]


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{name}.txt").read_bytes()).hexdigest()


def _stamp(venv: Path, name: str) -> str:
    stamp = venv / f"installed-{name}"
    return stamp.read_text("utf-8") if stamp.exists() else ""


def _works(python: Path) -> bool:
    """Whether `python` starts, is new enough and can install packages."""
    if not python.exists():
        return False
    probe = (
        "import importlib.util, sys;"
        f"sys.exit(sys.version_info < {OLDEST} or importlib.util.find_spec('pip') is None)"
    )
    return subprocess.run([str(python), "-c", probe], capture_output=True).returncode == 0


def _newer_python() -> str:
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    _give_up("Python 3.11 or newer is needed. Please install it and start again.")


def _continue_in(python: str) -> NoReturn:
    sys.stdout.flush()
    arguments = [python, *sys.argv]
    if os.name == "nt":
        sys.exit(subprocess.run(arguments).returncode)
    os.execv(python, arguments)  # noqa: S606 (there is nothing a shell would add)


def _run(command: Sequence[str]) -> None:
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ran.returncode:
        _give_up(f"This did not work: {' '.join(command)}\n{ran.stdout}")


def _say(line: str) -> None:
    print(line, flush=True)


def _give_up(why: str) -> NoReturn:
    print(why, file=sys.stderr)
    sys.exit(2)
