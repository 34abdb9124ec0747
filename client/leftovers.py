"""What a program that was killed has left in the temp folder, and which of it is ours.

A one-file program unpacks itself into a folder of its own and removes it in the end. When both of
its processes are killed, the folder stays until the next start finds it.
"""

from collections.abc import Iterable

PREFIX = "_MEI"
"""How PyInstaller's folders begin."""

IN_USE = "in-use"
"""A file in the folder that the running program holds a lock on."""


def is_ours(found: Iterable[str], own: Iterable[str]) -> bool:
    """Whether a folder with the entries `found` was unpacked by a program like the one whose own
    folder holds `own`: names at the top of each.

    One that was killed while it unpacked has only some of ours; one with anything else beside them
    is somebody else's, and left alone. An empty one is ours as much as anybody's: it is worth
    nothing to anybody.
    """
    return set(found) <= {*own, IN_USE}
