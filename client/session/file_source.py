"""Where the bytes of an offered file come from; what was seen of it when it was chosen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells a file from another one, and from itself after a change; `changed` in ns."""

    size: int
    changed: int
    number: int
    device: int


@dataclass(frozen=True, slots=True)
class PlainSource:
    """A file on the disk."""

    path: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder in a zip. `name` is safe, its parts are joined by slashes, and a folder's
    ends in one; a folder has no `stamp`."""

    name: str
    path: str
    stamp: Stamp | None = None

    @property
    def size(self) -> int:
        return self.stamp.size if self.stamp else 0


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder that is sent as a zip, made on the way."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class MemorySource:
    """A pasted picture."""

    data: bytes


Source = PlainSource | FolderSource | MemorySource


@dataclass(frozen=True, slots=True)
class Found:
    """Something that can be sent; `size` in bytes, as it travels."""

    name: str
    size: int
    source: Source


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something that cannot be read."""

    name: str
