"""The Windows client, built under Wine by the builder of every system (installers/building.py)."""

from pathlib import Path

from scripts.wine import python
from scripts.wine.machine import Machine, windows_path
from scripts.wine.place import NotReady

NAME = "support-bridge-windows-x86_64.exe"
PATIENCE_S = 1200

BUILD = """
import sys
from pathlib import Path
from installers.building import build
from installers.fault import BuildFault
from installers.release import release_for
dist, *release = sys.argv[1:]
try:
    build(Path(dist), release_for(*release) if release else None)
except (BuildFault, OSError) as problem:
    sys.exit(f"Nothing was built. {problem}")
"""


def build(machine: Machine, dist: Path, release: tuple[str, str, str] | None = None) -> Path:
    """The .exe in `dist`, a folder that `machine` shares; `release` is relay, organisation and
    identity, None: a development build.

    Raises `NotReady` with what the builder said.
    """
    command = [str(python.folder() / "python.exe"), "-c", BUILD, windows_path(dist)]
    words = machine.words([*command, *(release or ())], environment=machine.sources())
    machine.run("Building the Windows client", words, dist / "build.log", PATIENCE_S)
    program = dist / NAME
    if not program.exists():
        raise NotReady(f"The build has left no {NAME} in {dist}.")
    return program
