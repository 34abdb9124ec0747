"""The program's own files on Linux.

A running file can be unlinked; but PyInstaller opens it again for every later import, so the unlink
is the very last act, and the process ends by itself right after it. The one-file program is two
processes: the first unpacked, waits, and removes the folder; the second is us.
"""

import fcntl
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from client.platform.program import Frozen, delete, left_behind, lock_file, own_files
from client.session.state import Removal

COOKIE = b"MEI\014\013\012\013\016"
"""Near the end of every file that PyInstaller made."""

COOKIE_WITHIN = 4096

_PROC = Path("/proc")


class LinuxProgram:
    """Of the frozen program `own`, whose unpacking process is `first` for a one-file program."""

    def __init__(self, own: Frozen) -> None:
        self._own = own
        self._first = os.getppid() if own.is_one_file else 0
        self._lock = _locked(own.unpacked) if own.is_one_file else None

    def names(self) -> tuple[str, ...]:
        """The file's, and that of the folder it lies in."""
        return self._own.file.name, self._own.file.parent.name

    def removal(self) -> Removal:
        """By hand where the folder of the file is not ours to write in."""
        folder = self._own.file.parent
        sticky = folder.stat().st_mode & 0o1000 and self._own.file.stat().st_uid != _user()
        if os.access(folder, os.W_OK | os.X_OK) and not sticky:
            return Removal.SELF
        return Removal.BY_HAND

    def settle(self) -> None:
        """Sweeps in a thread of its own: a full temp folder is no reason to wait."""
        threading.Thread(target=self._sweep, name="sweep", daemon=True).start()

    def leave(self, *, remove: bool) -> None:
        """Removes, and ends the process with 0."""
        sys.stdout.flush()
        sys.stderr.flush()
        going = own_files(self._own) if remove and not _runs_elsewhere(self._own.file) else ()
        orphaned = self._first and os.getppid() != self._first
        folder = self._own.file.parent
        delete(going)
        if going and not self._own.is_one_file:
            with suppress(OSError):
                folder.rmdir()  # only where nothing else was put into it
        if orphaned:
            delete([self._own.unpacked])
        os._exit(0)

    def _sweep(self) -> None:
        if not self._own.is_one_file:
            return
        try:
            found = left_behind(Path(tempfile.gettempdir()), self._own)
            found = [folder for folder in found if _is_left(folder)]
        except OSError:
            return
        delete(found)


def _locked(folder: Path) -> int | None:
    """A descriptor that holds the lock as long as this process lives."""
    try:
        descriptor = os.open(lock_file(folder), os.O_RDWR | os.O_CREAT, 0o600)
        _take(descriptor)
    except OSError:
        return None
    return descriptor


def _take(descriptor: int) -> None:
    """Raises `OSError` when another process holds the lock."""
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _user() -> int:
    return int(os.getuid())  # type: ignore[attr-defined,unused-ignore]


def _is_left(folder: Path) -> bool:
    """Whether nobody uses `folder` any more. One without a lock file belongs to a program that has
    not come as far, or never will; while any program unpacks, that cannot be told."""
    try:
        descriptor = os.open(lock_file(folder), os.O_RDWR)
    except FileNotFoundError:
        return not any(_uses(process, folder) for process in _others())
    except OSError:
        return False
    try:
        _take(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _others() -> Iterator[Path]:
    """The processes of this user but this one and the one that unpacked it."""
    own = {os.getpid(), os.getppid()}
    for process in _PROC.iterdir():
        if process.name.isdigit() and int(process.name) not in own:
            with suppress(OSError):
                if process.stat().st_uid == _user():
                    yield process


def _uses(process: Path, folder: Path) -> bool:
    """Whether `process` was started for `folder`, or is one that may be unpacking into it."""
    try:
        return os.fsencode(folder) in (process / "environ").read_bytes() or _unpacks(process)
    except OSError:
        return False


def _unpacks(process: Path) -> bool:
    """Whether `process` is the first one of a one-file program that has not started its second.

    Raises `OSError` for one that has ended.
    """
    with (process / "exe").open("rb") as file:
        file.seek(-min(COOKIE_WITHIN, os.fstat(file.fileno()).st_size), os.SEEK_END)
        if COOKIE not in file.read():
            return False
    return not any(_parent(other) == process.name for other in _others())


def _parent(process: Path) -> str:
    """The number of the process that started `process`; empty where it has ended (see proc(5):
    the name in brackets may hold anything)."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[1]
    except OSError:
        return ""


def _runs_elsewhere(file: Path) -> bool:
    """Whether the same file runs a second time; it would stumble over the missing file."""
    for process in _others():
        with suppress(OSError):
            if (process / "exe").samefile(file):
                return True
    return False
