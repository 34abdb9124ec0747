"""The program's own files on Windows.

A running file cannot be deleted there, and a one-file program runs twice: the first process waits
for us and removes what it unpacked. So a hidden command line of Windows' own goes on for up to a
minute after both have ended, and then it is gone, too: there is no script that would stay.

Run under Wine, never on Windows.
"""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from client.platform.program import Frozen, delete, left_behind, lock_file
from client.session.state import Removal

TRIES = 60
"""A second apart."""

ABANDONED_S = 24 * 3600
"""A folder without a lock was being unpacked. So long afterwards nobody does so any more."""

FILE, UNPACKED = "BRIDGE_FILE", "BRIDGE_UNPACKED"
REMOVAL = (
    f"for /l %i in (1,1,{TRIES}) do ("
    f'del /f /q "!{FILE}!" & '
    f'(if not exist "!{FILE}!" (rd /s /q "!{UNPACKED}!" & if not exist "!{UNPACKED}!" exit)) & '
    "ping -n 2 127.0.0.1 >nul)"
)
"""Always the same words: the paths come in its environment, and what `!…!` puts in is not read
again. So no name of a file, whatever stands in it, is ever taken for a command. What was unpacked
goes only when the file has gone, and so nobody else runs it. The brackets around each `if` keep it
from taking the rest of the line for its own."""

_NO_WINDOW = 0x0800_0000
_OUT_OF_JOB = 0x0100_0000
"""CREATE_BREAKAWAY_FROM_JOB: whoever started us may end what we started."""

_IN_USE = 32
"""ERROR_SHARING_VIOLATION."""


class WindowsProgram:
    """Of the frozen program `own`."""

    def __init__(self, own: Frozen) -> None:
        self._own = own
        self._lock = _locked(own.unpacked) if own.is_one_file else None

    def names(self) -> tuple[str, ...]:
        """The file's, and that of the folder it lies in."""
        return self._own.file.name, self._own.file.parent.name

    def removal(self) -> Removal:
        """By hand where the file may not be deleted by us. Giving it its own name asks for the same
        right and changes nothing; that it is in use is no answer to that."""
        try:
            self._own.file.rename(self._own.file)
        except OSError as why:
            return Removal.SELF if getattr(why, "winerror", 0) == _IN_USE else Removal.BY_HAND
        return Removal.SELF

    def settle(self) -> None:
        """Sweeps in a thread of its own: a full temp folder is no reason to wait."""
        threading.Thread(target=self._sweep, name="sweep", daemon=True).start()

    def leave(self, *, remove: bool) -> None:
        """Has it removed, and ends the process with 0."""
        if remove:
            with suppress(OSError):
                start_removal(self._own, os.environ)
        os._exit(0)

    def _sweep(self) -> None:
        if not self._own.is_one_file:
            return
        with suppress(OSError):
            found = left_behind(Path(tempfile.gettempdir()), self._own)
            delete([folder for folder in found if _is_left(folder, time.time())])


def start_removal(own: Frozen, environment: Mapping[str, str]) -> None:
    """Starts what removes `own` once it has ended. Raises `OSError`.

    It works in Windows' own folder and so takes its tools from there: where the program lies,
    anybody may have put a file with the name of one.
    """
    system = Path(environment.get("SystemRoot", r"C:\Windows"), "System32")
    for flags in (_NO_WINDOW | _OUT_OF_JOB, _NO_WINDOW):
        try:
            subprocess.Popen(  # noqa: S603 - always the same words, see REMOVAL
                f'cmd.exe /d /v:on /s /c "{REMOVAL}"',
                executable=str(system / "cmd.exe"),
                cwd=system,
                env={**environment, FILE: str(own.file), UNPACKED: str(own.unpacked)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=flags,
            )
        except PermissionError:
            continue  # the job we are in lets nobody out
        return


def _locked(folder: Path) -> int | None:
    """The descriptor of a file that nobody can delete as long as this process lives."""
    try:
        return os.open(lock_file(folder), os.O_RDWR | os.O_CREAT)
    except OSError:
        return None


def _is_left(folder: Path, now: float) -> bool:
    """Whether nobody uses `folder` any more at `now` (seconds since 1970)."""
    try:
        lock_file(folder).unlink()
    except FileNotFoundError:
        return now - folder.stat().st_mtime > ABANDONED_S
    except OSError:
        return False
    return True
