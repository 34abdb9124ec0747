"""Where the codec's library file is, and how it is known to be the right one.

It is one file of libvpx (BSD-3) per system, on Windows with one that it needs, taken by
`scripts/fetch_vpx.py` out of a wheel whose version is pinned. A library of the system is never
taken: another version has another memory layout. The script imports this before there is an
environment: only the standard library here, and only what Python 3.8 can read.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from pathlib import Path
from typing import Mapping, NamedTuple  # noqa: UP035 (read by Python 3.8)

VERSION = "1.16.0"
FOLDER = "vpx"
"""Of the bundle, beside the frozen program."""


class VpxFile(NamedTuple):
    """`name` is what the file is called here, `sha256` its content, `bytes` its size. `needs` lie
    beside it under the names by which it asks for them."""

    name: str
    sha256: str
    bytes: int
    needs: tuple[VpxFile, ...] = ()


_THREADS_X86_64 = VpxFile(
    "libwinpthread-1-02332fab016bf884a2a7a7b2ece22ffe.dll",
    "02332fab016bf884a2a7a7b2ece22ffe1dea58d56609f913026c22697dd950bc",
    62464,
)
_THREADS_AARCH64 = VpxFile(
    "libwinpthread-1-f421d84b0569503b5f145a363ca9dc80.dll",
    "f421d84b0569503b5f145a363ca9dc80e1a07d181819741b9b555916152cd67f",
    58368,
)
"""POSIX threads by mingw-w64, with which libvpx was built for Windows."""

FILES = {
    ("Linux", "x86_64"): VpxFile(
        "libvpx.so", "fc87bc3c7c6747f2f76da9ca3f2f557406f536ccce2252d2b013961e83aee087", 2344937
    ),
    ("Linux", "aarch64"): VpxFile(
        "libvpx.so", "5e69995b46798e6873dda3959b0deb404aff77a0294d57bc26b6df1786a42759", 1968049
    ),
    ("Windows", "x86_64"): VpxFile(
        "libvpx.dll",
        "e0be857ba4f86709addb42c5e81fef2f565faf52c13fdb982f393ff74d92a0ca",
        2600960,
        (_THREADS_X86_64,),
    ),
    ("Windows", "aarch64"): VpxFile(
        "libvpx.dll",
        "cc885cb1a9744f09a73fc2237a73936daf35d5ebb21bcb603c8c003a2eaa8183",
        1668096,
        (_THREADS_AARCH64,),
    ),
    ("Darwin", "aarch64"): VpxFile(
        "libvpx.dylib", "b3b6fd016f2da69d992bdd5e35fee0c796766164b544537d722a2044a2f1f366", 1711056
    ),
    ("Darwin", "x86_64"): VpxFile(
        "libvpx.dylib", "457daffe7ae2f222bd3a6ffe47c01857ec65350c62adbebac96fd8f8560df72a", 2117472
    ),
}

_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def wanted() -> VpxFile | None:
    """The file for this system; None: there is none."""
    machine = platform.machine().lower()
    return FILES.get((platform.system(), _MACHINES.get(machine, machine)))


def cache(environment: Mapping[str, str]) -> Path:
    """The folder in which `scripts/fetch_vpx.py` keeps the file."""
    base = environment.get("XDG_CACHE_HOME", "")
    root = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    return root / "support-bridge" / "vpx" / VERSION


def vpx_file() -> Path | None:
    """The library for this program; None: pictures travel as JPEG."""
    return find(os.environ)


def find(environment: Mapping[str, str]) -> Path | None:
    """The library beside the frozen program or in the cache, with the content it should have."""
    file = wanted()
    if file is None:
        return None
    bundle = getattr(sys, "_MEIPASS", None)
    folder = Path(bundle) / FOLDER if bundle is not None else cache(environment)
    path = folder / file.name
    return path if is_right(path, file) else None


def bundled() -> list[Path]:
    """Everything of it that goes into a bundle, the library first; empty where it is not there."""
    path, file = vpx_file(), wanted()
    if path is None or file is None:
        return []
    return [path, *(path.with_name(one.name) for one in file.needs)]


def is_right(path: Path, file: VpxFile) -> bool:
    """Whether the content of `path` is that of `file`, and so with what it needs beside it; False
    when it cannot be read."""
    try:
        if path.stat().st_size != file.bytes:
            return False
        if not all(is_right(path.with_name(one.name), one) for one in file.needs):
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
    except OSError:
        return False
