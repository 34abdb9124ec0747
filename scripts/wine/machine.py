"""Programs for Windows, run by Wine on an X display of this machine.

What they write goes to a file, never into a pipe: Wine's services inherit it and keep it open.
"""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.processes import started
from scripts.wine import chroot, python, stubs, wheels
from scripts.wine.place import ROOT, NotReady, cache, home

SETTINGS = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe="}
"""Without .NET and a browser, which Wine would ask to download, and without the desktop's menus."""

STAMP = "complete"
FIRST_START_S = 180
SERVER_END_S = 30
LAST_LINES = 30


class Machine(NamedTuple):
    """`prefix` is the folder of its drive C, its registry and its settings. Its programs see the
    project, Wine's own folder and those in `shared` as drive Z; all see the same, since one process
    (Wine's server) opens the files of all."""

    prefix: Path
    shared: tuple[Path, ...] = ()

    @property
    def drive(self) -> Path:
        """Drive C."""
        return self.prefix / "drive_c"

    def words(
        self,
        command: Sequence[str],
        *,
        display: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> list[str]:
        """What starts `command`: the path of a Windows program as it is here, and its words. More
        words may follow."""
        given = {
            **SETTINGS,
            "WINEPREFIX": str(self.prefix),
            "XDG_CACHE_HOME": windows_path(cache()),
            **(environment or {}),
        }
        if display is not None:
            given["DISPLAY"] = display
        return self._inside(["wine", *command], given)

    @staticmethod
    def sources() -> dict[str, str]:
        """The environment in which Windows' Python finds the project's sources."""
        return {"PYTHONPATH": windows_path(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, what: str, words: list[str], log: Path, patience_s: float) -> None:
        """Runs `words` to their end. Raises `NotReady` with what they wrote into `log`."""
        with log.open("wb") as written, started(words, stdout=written, log=log) as process:
            try:
                code = process.wait(patience_s)
            except subprocess.TimeoutExpired:
                code = -1
        if code:
            said = "\n".join(log.read_text("utf-8", "replace").splitlines()[-LAST_LINES:])
            raise NotReady(f"{what} did not work (code {code}):\n{said}")

    def stop(self) -> None:
        """Ends everything that runs on this machine, and waits for it."""
        given = {"WINEPREFIX": str(self.prefix)}
        for option in ("-k", "-w"):
            command = self._inside(["wineserver", option], given)
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run(command, stdin=subprocess.DEVNULL, timeout=SERVER_END_S)

    def _inside(self, command: Sequence[str], environment: Mapping[str, str]) -> list[str]:
        folders = (ROOT, home(), *self.shared)
        return chroot.inside(command, shared=folders, environment=environment)


def windows_path(path: Path) -> str:
    """How a program for Windows names a file of this machine."""
    return "Z:" + str(path).replace("/", "\\")


def ensure() -> Path:
    """The folder of a fresh Windows, with Windows' Python and the client's packages beside it;
    everything that is missing is made or fetched. Raises `NotReady`."""
    chroot.ensure()
    python.ensure()
    wheels.ensure()
    fresh = Machine(home() / "prefix")
    stamp = fresh.prefix / STAMP
    if not stamp.exists():
        shutil.rmtree(fresh.prefix, ignore_errors=True)
        fresh.prefix.mkdir(parents=True)
        boot = fresh.words(["wineboot", "--init"])
        fresh.run("Starting Wine", boot, home() / "wine.log", FIRST_START_S)
        fresh.stop()
        stamp.touch()
    stubs.ensure(fresh.drive / "windows" / "system32")
    return fresh.prefix


@contextlib.contextmanager
def running(*shared: Path) -> Iterator[Machine]:
    """A machine of its own that nothing was ever started on, and of which nothing stays; `shared`
    are folders that it sees. Raises `NotReady`."""
    fresh = ensure()
    with tempfile.TemporaryDirectory(prefix="run-", dir=home()) as scratch:
        copy = shutil.copytree(fresh, Path(scratch) / "prefix", symlinks=True)
        machine = Machine(copy, shared)
        try:
            yield machine
        finally:
            machine.stop()
