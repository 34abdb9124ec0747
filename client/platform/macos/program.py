"""The program's own bundle on macOS.

A running bundle may be deleted; a helper of the system does so once the program has ended. What
was just downloaded runs from a read-only copy at a random place (App Translocation), so the place
that the person knows has to be asked for. Permissions that were given stay in the system's list:
only the person can take them back.
"""

import ctypes
import os
import subprocess
from pathlib import Path

from client.platform.program import Frozen
from client.session.state import Removal

BUNDLE = ".app"

HELPER = 'while kill -0 "$1" 2>/dev/null; do sleep 0.2; done; rm -rf -- "$2"'
"""Waits for a process, then deletes; both come as arguments, so no name of a file is ever read as
part of the command."""

_SECURITY = "/System/Library/Frameworks/Security.framework/Security"
_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_PATH_BYTES = 4096


class MacProgram:
    """Of the frozen program `own`, which lies in a bundle."""

    def __init__(self, own: Frozen) -> None:
        self._bundle = _original(own.file.parents[2])

    def names(self) -> tuple[str, ...]:
        """The bundle's, and that of the folder it lies in, which is named as the download."""
        return self._bundle.name, self._bundle.parent.name

    def removal(self) -> Removal:
        """By hand where the bundle's folder is not ours to write in, or nothing says that it is a
        bundle."""
        movable = os.access(self._bundle.parent, os.W_OK | os.X_OK)
        return Removal.SELF if movable and self._bundle.suffix == BUNDLE else Removal.BY_HAND

    def settle(self) -> None:
        """A bundle unpacks nothing, so nothing is ever left."""

    def leave(self, *, remove: bool) -> None:
        """Leaves the deletion to a helper that outlives this process, and returns."""
        if remove and self._bundle.suffix == BUNDLE:
            command = ["/bin/sh", "-c", HELPER, "sh", str(os.getpid()), str(self._bundle)]
            quiet = subprocess.DEVNULL
            subprocess.Popen(  # noqa: S603 - a fixed program with fixed words
                command,
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
                cwd="/",
                start_new_session=True,
            )


def _original(bundle: Path) -> Path:
    """Where the person put `bundle`; itself where it was not moved, or nobody can tell."""
    try:
        return Path(_original_path(os.fsencode(bundle)))
    except (OSError, AttributeError, ValueError):
        return bundle


def _original_path(path: bytes) -> str:
    """Raises `AttributeError` on systems without translocation, `ValueError` for another path."""
    foundation, security = ctypes.CDLL(_FOUNDATION), ctypes.CDLL(_SECURITY)
    make = foundation.CFURLCreateFromFileSystemRepresentation
    make.restype = ctypes.c_void_p
    make.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_long, ctypes.c_bool]
    original = security.SecTranslocateCreateOriginalPathForURL
    original.restype = ctypes.c_void_p
    original.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    read = foundation.CFURLGetFileSystemRepresentation
    read.restype = ctypes.c_bool
    read.argtypes = [ctypes.c_void_p, ctypes.c_bool, ctypes.c_char_p, ctypes.c_long]
    found = original(make(None, path, len(path), True), None)
    told = ctypes.create_string_buffer(_PATH_BYTES)
    if not found or not read(found, True, told, _PATH_BYTES):
        raise ValueError("no other path")
    return os.fsdecode(told.value)
