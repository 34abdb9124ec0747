"""The customers' program in the data folder: `downloads/<name>.json` says what there is, the bytes
lie beside it under the name and the beginning of their hash.

Only the description is replaced when a newer file comes, in one step, so that nobody ever meets the
one with the other's bytes; who is fetching the older file keeps it. Commands write, the running
relay reads, and nothing is remembered in between.
"""

import asyncio
import contextlib
import os
import secrets
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

import msgspec

from relay.domain.programs import BUILDS, Program, program_of

CHUNK_BYTES = 256 * 1024
"""So much is read, hashed and sent at a time."""

_NAMED = 16
"""So many digits of the hash stand in the name of the stored bytes."""

_NEW = ".new"


class ProgramStore:
    """All methods raise `OSError`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> Mapping[str, Program]:
        """What there is, by name. One whose bytes are missing does not count."""
        found = (self.get(name) for name in BUILDS)
        return {one.name: one for one in found if one is not None}

    def get(self, name: str) -> Program | None:
        """The file of that name, which may be any text."""
        if name not in BUILDS:
            return None
        try:
            program = program_of(self._description(name).read_bytes())
        except FileNotFoundError:
            return None
        if program is None or program.name != name or not self._bytes_of(program).is_file():
            return None
        return program

    def open(self, name: str) -> tuple[Program, IO[bytes]] | None:
        """The file of that name (any text) and its bytes, to be closed; None when there is none."""
        for _ in range(2):  # a newer one may just be taking its place
            program = self.get(name)
            if program is None:
                return None
            with contextlib.suppress(FileNotFoundError):
                return program, self._bytes_of(program).open("rb")
        return None

    @contextlib.contextmanager
    def taking(self) -> Iterator[tuple[IO[bytes], Callable[[Program], None]]]:
        """A new file to write the bytes into, and what closes and keeps it under its description
        once they are found to be right; without that call nothing of it stays."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._folder / f"{secrets.token_hex(8)}{_NEW}"
        handle = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)

        def keep(program: Program) -> None:
            file.flush()
            os.fsync(handle)
            file.close()  # Windows renames no open file
            older = self.get(program.name)
            new.replace(self._bytes_of(program))
            try:
                _write(self._description(program.name), msgspec.json.encode(program))
            except OSError:
                if older is None or older.sha256 != program.sha256:
                    self._forget(program)
                raise
            if older is not None and older.sha256 != program.sha256:
                self._forget(older)
            _sync(self._folder)

        try:
            with os.fdopen(handle, "r+b") as file:
                yield file, keep
        finally:
            new.unlink(missing_ok=True)

    def remove(self, name: str) -> bool:
        """Hand it out no longer; False: it is not there."""
        program = self.get(name)
        if program is None:
            return False
        self._description(name).unlink()
        self._forget(program)
        _sync(self._folder)
        return True

    def _forget(self, program: Program) -> None:
        """Delete the bytes. Where a file that is read cannot be deleted, they stay unused."""
        with contextlib.suppress(OSError):
            self._bytes_of(program).unlink()

    def _description(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _bytes_of(self, program: Program) -> Path:
        return self._folder / f"{program.name}.{program.sha256[:_NAMED]}"


async def chunks(file: IO[bytes], start: int, after: int) -> AsyncGenerator[bytes, None]:
    """The bytes from `start` to before `after`, `CHUNK_BYTES` or less at a time.

    Raises `OSError`, also when there are fewer.
    """
    await asyncio.to_thread(file.seek, start)
    while start < after:
        some = await asyncio.to_thread(file.read, min(CHUNK_BYTES, after - start))
        if not some:
            raise OSError("the file is shorter than it was")
        start += len(some)
        yield some


def _write(path: Path, content: bytes) -> None:
    new = path.with_name(f"{path.name}{_NEW}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _sync(folder: Path) -> None:
    """The names themselves are on the disk, too. Windows has no such call."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
