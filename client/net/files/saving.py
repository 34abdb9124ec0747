"""Where a file that arrives is written: into one folder, under a safe name, over nothing that is
there, and never so that it runs by itself. Blocking."""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from client.session.file_names import folder_name, numbered, safe_name

NUMBERS = 10_000
PART = ".part"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

Mark = Callable[[Path], None]
"""Tells the system that a file comes from elsewhere."""


class NoRoom(Exception):
    """The disk is full, or would be."""


class Unwritable(Exception):
    """The folder cannot be written to, for another reason."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where files are saved: `downloads` is the customer's folder of downloads, `mark` tells the
    system that a file comes from elsewhere."""

    downloads: Path
    mark: Mark


class Part:
    """A file that is not whole yet. `organisation` names the folder among the downloads, `name`
    is the sender's. Every method raises `NoRoom` or `Unwritable`."""

    def __init__(self, place: Place, organisation: str, name: str, size: int) -> None:
        self.size = size
        self.done = 0
        self.folder = place.downloads / folder_name(organisation)
        self._mark = place.mark
        self._name = safe_name(name)
        self._sum = hashlib.sha256()
        self._path: Path | None = None
        self._file: FileIO | None = None

    def open(self) -> None:
        """Begin, if there is room for all of it."""
        with _told():
            self.folder.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(self.folder).free < self.size:
                raise NoRoom
            self._path, descriptor = _fresh(self.folder, self._name + PART)
            self._file = FileIO(descriptor, "wb")

    def write(self, some: bytes) -> None:
        """Add to its end."""
        if self._file is None:
            raise Unwritable
        with _told():
            left = memoryview(some)
            while left:
                left = left[self._file.write(left) :]
        self._sum.update(some)
        self.done += len(some)

    def sha256(self) -> str:
        """The sum of what is there, in hexadecimal digits."""
        return self._sum.hexdigest()

    def finish(self) -> str:
        """Mark it and give it its name, which is returned."""
        if self._file is None or self._path is None:
            raise Unwritable
        with _told():
            os.fsync(self._file.fileno())
            self._file.close()
            with suppress(OSError):  # not every disk keeps marks
                self._mark(self._path)
            place, descriptor = _fresh(self.folder, self._name)
            os.close(descriptor)
            try:
                self._path.replace(place)
            except OSError:
                place.unlink()
                raise
            self._path = place
            return place.name

    def discard(self) -> None:
        """Nothing of it is left, not even if it was finished."""
        with suppress(OSError):
            if self._file is not None:
                self._file.close()
        with suppress(OSError):
            if self._path is not None:
                self._path.unlink(missing_ok=True)


def _fresh(folder: Path, name: str) -> tuple[Path, int]:
    """A new, empty file, whose name has a number where the plain one is taken. Raises `OSError`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for number in range(1, NUMBERS):
        place = folder / numbered(name, number)
        with suppress(FileExistsError):
            return place, os.open(place, flags, 0o600)
    raise FileExistsError(errno.EEXIST, name)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in _FULL or getattr(error, "winerror", None) in (39, 112)
        raise (NoRoom if full else Unwritable) from error
