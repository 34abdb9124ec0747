"""The program's own files: what its name says, and how nothing of it stays behind.

Only what was frozen is ever removed, and only the file (or folder) that was started.
"""

import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from client.leftovers import IN_USE, PREFIX, is_ours
from client.session.state import Removal


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen program: `file` was started, `unpacked` holds its libraries."""

    file: Path
    unpacked: Path

    @property
    def is_one_file(self) -> bool:
        """Whether the libraries lie in a temp folder of their own, unpacked for this run."""
        return self.unpacked.name.startswith(PREFIX)


class Program(Protocol):
    """What the system does about the program's own files."""

    def names(self) -> tuple[str, ...]:
        """Names without a path, of file and folders, that may carry a join code."""

    def removal(self) -> Removal:
        """What would become of a spent program."""

    def settle(self) -> None:
        """At the start: sweep what others like us have left. Returns at once."""

    def leave(self, *, remove: bool) -> None:
        """The last statement of the program: nothing may be imported or opened after it. With
        `remove` its files go, as far as `removal` said. Does not return where it ends the
        process itself."""


class Sources:
    """Nothing was frozen: a source tree is never touched."""

    def names(self) -> tuple[str, ...]:
        return ()

    def removal(self) -> Removal:
        return Removal.NONE

    def settle(self) -> None:
        pass

    def leave(self, *, remove: bool) -> None:
        pass


def frozen() -> Frozen | None:
    """The frozen program that runs, or None."""
    unpacked = getattr(sys, "_MEIPASS", None)
    if not getattr(sys, "frozen", False) or unpacked is None:
        return None
    return Frozen(Path(sys.executable).absolute(), Path(unpacked).absolute())


def own_files(program: Frozen) -> tuple[Path, ...]:
    """What goes with a spent program: the file; of a folder also its libraries."""
    return (program.file,) if program.is_one_file else (program.file, program.unpacked)


def delete(paths: Iterable[Path]) -> None:
    """Deletes files and folders, as far as that is allowed; a link itself, never what it names."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def left_behind(temp: Path, own: Frozen) -> list[Path]:
    """Folders in `temp` that programs like `own` have unpacked, and not this one."""
    names = _names(own.unpacked)
    found = []
    for folder in temp.glob(f"{PREFIX}*"):
        if folder == own.unpacked or folder.is_symlink() or not folder.is_dir():
            continue
        with suppress(OSError):
            if folder.lstat().st_uid == _user(own) and is_ours(_names(folder), names):
                found.append(folder)
    return found


def lock_file(folder: Path) -> Path:
    """What the program in `folder` holds its lock on."""
    return folder / IN_USE


def _names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def _user(own: Frozen) -> int:
    return own.unpacked.stat().st_uid
