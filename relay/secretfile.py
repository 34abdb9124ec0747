"""Files that only the relay's own user may read."""

import os
from collections.abc import Callable
from pathlib import Path

from relay.fault import StartFault


def read_or_make(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of `path`; when there is none, what `make` returns is stored there first.

    Raises `StartFault` when others may read the file, or when it cannot be read or written.
    """
    try:
        if not path.exists():
            _store(path, make())
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise StartFault("secret_open", path=str(path))
        return path.read_bytes()
    except OSError as error:
        raise StartFault("file", path=str(path), why=error.strerror or str(error)) from None


def write(path: Path, content: bytes) -> None:
    """Put `content` there whole, in place of what was there; readable by the owner only."""
    part = _part(path, content)
    part.replace(path)


def _store(path: Path, content: bytes) -> None:
    """As `write`, unless another process was first: then its content stays."""
    part = _part(path, content)
    try:
        path.hardlink_to(part)
    except FileExistsError:
        pass
    finally:
        part.unlink()


def _part(path: Path, content: bytes) -> Path:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return part
