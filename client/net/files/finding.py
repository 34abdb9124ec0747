"""Look at what was chosen to be sent. Blocking.

Links are not followed inside of a folder, so that nothing is sent that is not in it; what is
neither a file nor a folder is left out.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from client.session.file_names import distinct, safe_name
from client.session.file_source import (
    Entry,
    FolderSource,
    Found,
    PlainSource,
    Stamp,
    Unusable,
)
from client.session.zip_layout import size_of

_MOUNT_POINT = 0xA000_0003
"""The tag of a junction (IO_REPARSE_TAG_MOUNT_POINT): a folder that lies elsewhere, on Windows."""

DEPTH_MOST = 200
"""Folders within folders; a deeper one is no folder that a person has made."""


def look_at(paths: Sequence[str]) -> tuple[Found | Unusable, ...]:
    """What there is to send at each of `paths`; a folder becomes one zip."""
    return tuple(_look(path) for path in paths)


def stamp_of(status: os.stat_result) -> Stamp:
    """What tells this file from another one."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev)


def _look(path: str) -> Found | Unusable:
    name = os.path.basename(os.path.abspath(path)) or path  # noqa: PTH100, PTH119 - resolves no links
    try:
        status = os.stat(path)  # noqa: PTH116 - the plain text of it is what is opened later
        if stat.S_ISDIR(status.st_mode):
            return _folder(path, name)
        if stat.S_ISREG(status.st_mode):
            with open(path, "rb"):  # noqa: PTH123
                return Found(name, status.st_size, PlainSource(path, stamp_of(status)))
    except (OSError, ValueError, RecursionError):
        pass
    return Unusable(name)


def _folder(path: str, name: str) -> Found:
    entries = tuple(_entries(Path(path), f"{safe_name(name)}/", 0))
    return Found(f"{name}.zip", size_of(entries), FolderSource(entries))


def _entries(folder: Path, prefix: str, depth: int) -> Iterator[Entry]:
    """The folder itself, what is in it, and so on. Raises `OSError`, `RecursionError`."""
    if depth > DEPTH_MOST:
        raise RecursionError(depth)
    yield Entry(prefix, str(folder))
    with os.scandir(folder) as listing:
        found = sorted(listing, key=lambda one: one.name)
    names = distinct(one.name for one in found)
    for one, name in zip(found, names, strict=True):
        if one.is_symlink() or _is_junction(one):
            continue
        if one.is_dir(follow_symlinks=False):
            yield from _entries(Path(one.path), f"{prefix}{name}/", depth + 1)
        elif one.is_file(follow_symlinks=False):
            status = os.stat(one.path, follow_symlinks=False)  # noqa: PTH116 - scandir's has no number on Windows
            yield Entry(prefix + name, one.path, stamp_of(status))


def _is_junction(one: "os.DirEntry[str]") -> bool:
    status = one.stat(follow_symlinks=False)
    return getattr(status, "st_reparse_tag", 0) == _MOUNT_POINT
