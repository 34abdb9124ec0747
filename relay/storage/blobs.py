"""Bytes in numbered pieces: `<folder>/<ab>/<id>/<n>`, where `ab` begins the id.

A piece is written under another name and renamed, so there is no half of one; nothing is appended.
A folder, a shared folder and an object store can hold them alike.
"""

import asyncio
import contextlib
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Bytes = bytes | bytearray

THREADS = 4
_NAME = re.compile(r"[0-9a-f]{32}")
_NEW = ".new"


def blob_id(*names: str) -> str:
    """An id (32 hexadecimal digits) that belongs to `names` alone, whatever is in them."""
    return hashlib.sha256("\0".join(names).encode()).hexdigest()[:32]


class BlobStore:
    """Every method raises `OSError`, and runs in threads of its own; `close` it in the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="blobs")

    async def write(
        self, blob: str, piece: int, data: Bytes, digest: "hashlib._Hash | None" = None
    ) -> None:
        """Keep `data` as that piece, and feed it into `digest`; after an error nothing of it is
        there, nor fed."""

        def work() -> None:
            _write(folder, piece, data)
            if digest is not None:
                digest.update(data)

        folder = self._folder_of(blob)
        await self.run(work)

    async def read(self, blob: str, piece: int) -> bytes:
        """All of a piece."""
        return await self.run((self._folder_of(blob) / str(piece)).read_bytes)

    async def sizes(self, blob: str) -> list[int]:
        """The lengths (bytes) of its pieces, from the first on until one is missing."""
        return await self.run(lambda: list(_sizes(self._folder_of(blob))))

    async def hash(self, blob: str, first: int, after: int, digest: "hashlib._Hash") -> None:
        """Feed pieces `first` to before `after` into `digest`."""

        def work() -> None:
            for piece in range(first, after):
                digest.update((self._folder_of(blob) / str(piece)).read_bytes())

        await self.run(work)

    async def delete(self, blob: str) -> None:
        """Forget it, as far as it was there."""
        await self.run(_delete, self._folder_of(blob))

    async def everything(self) -> list[str]:
        """The ids of all that is there."""
        return await self.run(lambda: list(_everything(self._folder)))

    def free(self) -> int:
        """How many bytes the disk can still take."""
        at = self._folder if self._folder.exists() else self._folder.parent
        return shutil.disk_usage(at).free

    async def run(self, work: Callable[..., T], *given: object) -> T:
        """`work(*given)` in one of the threads for disks."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *given)

    def close(self) -> None:
        """Wait for what is under way, and end the threads."""
        self._threads.shutdown()

    def _folder_of(self, blob: str) -> Path:
        if not _NAME.fullmatch(blob):
            raise ValueError("not an id of a blob")
        return self._folder / blob[:2] / blob


def _write(folder: Path, piece: int, data: Bytes) -> None:
    new = folder / f"{piece}{_NEW}"
    if piece == 0:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        new.write_bytes(data)
        new.replace(folder / str(piece))
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink()
        raise


def _sizes(folder: Path) -> Iterator[int]:
    """As they are in the folder: what stopped in the middle has another name."""
    found = {one.name: one for one in folder.iterdir()} if folder.is_dir() else {}
    piece = 0
    while str(piece) in found:
        yield found[str(piece)].stat().st_size
        piece += 1


def _delete(folder: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _everything(folder: Path) -> Iterator[str]:
    for some in folder.iterdir() if folder.is_dir() else ():
        yield from (one.name for one in some.iterdir() if _NAME.fullmatch(one.name))
