"""A customer's computer for trying the frozen program: an own user, home and temp folder.

With the rights of root the program runs as a user that nobody else is. Whatever that user owns
anywhere on the machine, and every process it has, came from the program, whatever else happens
there meanwhile. Without these rights only home and temp folder are looked at.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from installers.window import Windows, family
from scripts.display import environment_on

USER = 54_321
"""No account has this number; the kernel needs none."""

SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/home", "/root", "/var/cache", "/var/lib")  # noqa: S108
"""Where a program might leave something, beside its own home."""

PATIENCE_S = 30
KILL = 9
"""SIGKILL, which only some systems name."""


def _give(path: Path) -> None:
    if sys.platform != "win32":
        os.chown(path, USER, USER)


class Computer:
    """`folder` holds home, downloads and temp folder of the customer; `display` is their screen;
    `trusted` a PEM file that stands for what their system trusts. `alone`: they are a user that
    nobody else is."""

    def __init__(self, folder: Path, display: str, trusted: Path) -> None:
        self.display = display
        self.home = folder / "home"
        self.downloads = self.home / "Bürö Downloads 1"
        self.temp = folder / "temp"
        self.alone = sys.platform != "win32" and os.geteuid() == 0
        for one in (folder, self.home, self.downloads, self.temp):
            one.mkdir(parents=True, exist_ok=True)
        certificates = folder / "certificates.pem"
        shutil.copy2(trusted, certificates)
        certificates.chmod(0o644)
        if self.alone:
            folder.chmod(0o755)
            for one in (self.home, self.downloads, self.temp):
                _give(one)
        self._environment = {
            "HOME": str(self.home),
            "TMPDIR": str(self.temp),
            "PATH": os.environ.get("PATH", ""),
            "LANG": "C.UTF-8",
            "SSL_CERT_FILE": str(certificates),
        }

    def downloaded(self, file: Path, name: str) -> Path:
        """A copy of `file` in the downloads, as a browser and a `chmod +x` leave it."""
        target = self.downloads / name
        shutil.copyfile(file, target)
        target.chmod(0o755)
        if self.alone:
            _give(target)
        return target

    def start(
        self,
        program: Path,
        *arguments: str,
        around: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> "Started":
        """Starts `program`; `around` is added to its environment."""
        environment = {**environment_on(self.display), **self._environment, **(around or {})}
        kept = {"DISPLAY", "QT_QPA_PLATFORM", *self._environment, *(around or {})}
        user = {"user": USER, "group": USER, "extra_groups": []} if self.alone else {}
        with (log or Path(os.devnull)).open("ab") as said:
            process = subprocess.Popen(
                [str(program), *arguments],
                env={name: value for name, value in environment.items() if name in kept},
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
                **user,  # type: ignore[call-overload]
            )
        return Started(process, program, self.display)

    def traces(self) -> set[str]:
        """Every file and process of this customer, but the folders that were there before."""
        known = {str(self.home), str(self.downloads), str(self.temp)}
        return {*self._files(), *self._processes()} - known

    def _files(self) -> Iterator[str]:
        own = [str(self.home), str(self.temp)]
        places = [*SHARED, *own] if self.alone else own
        who = ["-user", str(USER)] if self.alone else []
        there = [place for place in places if Path(place).exists()]
        command = ["find", *there, "-path", "/root/.*", "-prune", "-o", *who, "-print"]
        if not self.alone:
            command = ["find", *own, "-print"]
        yield from subprocess.run(command, capture_output=True, text=True).stdout.splitlines()

    def _processes(self) -> Iterator[str]:
        if not self.alone:
            return
        for process in Path("/proc").iterdir():
            with suppress(OSError):
                if not process.name.isdigit() or not _lives(int(process.name)):
                    continue
                if process.stat().st_uid == USER:
                    name = (process / "cmdline").read_bytes().split(b"\0")[0]
                    yield f"process {process.name} {name.decode(errors='replace')}"


class Started:
    """A program that was started: one process, or two of a one-file program."""

    def __init__(self, process: subprocess.Popen[bytes], program: Path, display: str) -> None:
        self.process = process
        self.program = program
        self._windows = Windows(display)
        self._known: Sequence[int] = ()

    def window(self) -> int:
        """Its window on the screen, waited for. Raises `TimeoutError`."""
        return self._windows.of(self.process.pid, PATIENCE_S)

    def type_line(self, text: str) -> None:
        """Types `text` (ASCII) where its window has the focus, and Enter."""
        self._windows.type_into(self.window(), text)

    def press(self, *keys: str) -> None:
        """Presses combinations of keys, such as `alt+F4`, one after the other."""
        self._windows.press(self.window(), keys)

    def picture(self, path: Path) -> None:
        """A PNG of the whole screen."""
        self._windows.picture(path)

    def processes(self) -> Sequence[int]:
        """First the one that was started, then those it has started."""
        return family(self.process.pid)

    def kill(self, *which: int) -> None:
        """SIGKILL for those of its processes, by their place in `processes`."""
        self._known = self.processes()
        for one in which:
            if one < len(self._known):
                os.kill(self._known[one], KILL)

    def survivors(self) -> list[int]:
        """Those of its processes that a kill has left."""
        return [one for one in self._known if _lives(one)]

    def terminate(self, one: int) -> None:
        """Asks a process to end."""
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGTERM)

    def wait_until_gone(self) -> None:
        """Until none of those that were there at the kill lives. Raises `TimeoutError`."""
        for one in self._known:
            self._windows.until(lambda one=one: not _lives(one), PATIENCE_S)  # type: ignore[misc]

    def wait_for_end(self) -> int:
        """Its exit code, when it and all it started have ended. Raises `TimeoutError`."""
        others = self.processes()[1:]
        try:
            code = self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            raise TimeoutError("the program does not end") from None
        for one in others:
            self._windows.until(lambda one=one: not _lives(one), PATIENCE_S)  # type: ignore[misc]
        return code

    def end(self) -> None:
        """Makes all of it end, whatever state it is in."""
        for one in {*self._known, *self.processes()}:
            if _lives(one):
                os.kill(one, KILL)
        self.process.wait()


def _lives(process: int) -> bool:
    """Whether it runs; one that has ended and was not asked about yet does not."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return fields[0] != "Z"
