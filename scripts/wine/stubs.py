"""Libraries of Windows that Wine lacks, made from the C files beside this one.

They go where Windows has its own, so that nothing takes them for a part of the client.
"""

from pathlib import Path

from scripts.wine import chroot
from scripts.wine.place import run

SOURCES = Path(__file__).resolve().parent / "c"
NAMES = ("icuuc",)


def ensure(system: Path) -> None:
    """Makes those that are older than their source, in the folder `system`. Raises `NotReady`."""
    for name in NAMES:
        source, library = SOURCES / f"{name}.c", system / f"{name}.dll"
        stamp = system / f"{name}.c"
        if library.exists() and stamp.exists() and stamp.read_bytes() == source.read_bytes():
            continue
        compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-s", "-O1", "-o", str(library)]
        command = chroot.inside([*compiler, str(source)], shared=(SOURCES, system))
        run(f"Compiling {name}.dll", command)
        stamp.write_bytes(source.read_bytes())
