"""What of the collected files goes into the bundle. `client.spec` calls this while it is built.

An entry is PyInstaller's: name in the bundle, path on this machine, kind.
"""

import platform
import re
import subprocess
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

Entry = tuple[str, str, str]

CLIENT = Path(__file__).resolve().parent.parent / "requirements/client.txt"
OWN = ("client", "protocol")

UNUSED_QT = (
    "Concurrent", "DBus", "Designer", "Help", "Network", "OpenGL", "OpenGLWidgets", "PrintSupport",
    "Qml", "Quick", "QuickControls2", "QuickTest", "QuickWidgets", "Sql", "Test", "UiTools", "Xml",
)  # fmt: skip

EXCLUDED = (
    "relay",
    "installers",
    "scripts",
    "tkinter",
    "unittest",
    "pydoc",
    "readline",  # GPL
    "_gdbm",  # GPL
    "_dbm",
    "_decimal",
    "numpy.fft",
    "numpy.random",
    "numpy.testing",
    "numpy.f2py",
    "numpy.distutils",
    *(f"PySide6.Qt{part}" for part in UNUSED_QT),
)
"""Modules that no window of ours asks for, and those that may not be in what ships."""

_UNUSED_PIL = re.compile(
    r"PIL\.(\w+ImagePlugin|_(avif|webp|imagingft|imagingtk|imagingcms)|ImageQt)$"
)
"""Pillow only shrinks pixels here. Every file format would be one more reader of foreign bytes."""

_KEPT_PLUGINS = re.compile(
    r"platforms/.*(xcb|wayland|offscreen|windows|cocoa)|platforminputcontexts/"
    r"|platformthemes/.*xdgdesktopportal|iconengines/|imageformats/.*(svg|ico|jpeg|webp)"
    r"|styles/|wayland-(shell|decoration).*"
)
_SYSTEM = re.compile(r"lib(dbus-1|systemd)\.so")
"""The system's own on every desktop, and of the version its services speak with; each would bring
four more libraries along."""

_LIBRARY = re.compile(r"\.so(\.[\d.]+)?$|\.dll$", re.IGNORECASE)
_CODE = re.compile(r"\.so(\.[\d.]+)?$|\.(dll|pyd)$", re.IGNORECASE)
_BY_PATH = re.compile(r"(.*/)?libpython[^/]*$|(.*/)?python\d+\.dll$|vpx/", re.IGNORECASE)
"""Loaded by their path: Python by the first process, the codec by us."""

_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)", re.MULTILINE)


def excluded() -> list[str]:
    """`EXCLUDED`, and the modules of every installed package that is not on the client's list: what
    a build machine has besides never changes what is built."""
    lines = CLIENT.read_text("utf-8").splitlines()
    listed = {_plain(line.split("==")[0]) for line in lines if re.match(r"[\w.-]+==", line)}
    owners = metadata.packages_distributions().items()
    foreign = [name for name, dists in owners if listed.isdisjoint(map(_plain, dists))]
    return sorted({*EXCLUDED, *(name for name in foreign if name not in OWN)})


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def is_module_wanted(name: str) -> bool:
    """Whether the Python module `name` is for us."""
    return _UNUSED_PIL.match(name) is None


def is_file_wanted(name: str) -> bool:
    """Whether the file of this name in the bundle is for us: plugins of Qt that a desktop needs,
    none of Qt's own texts, nothing that only other programs read."""
    path = name.replace("\\", "/")
    if "/plugins/" in path:
        return _KEPT_PLUGINS.search(path.split("/plugins/")[1]) is not None
    if path.startswith("PIL/"):
        return is_module_wanted(path.split(".")[0].replace("/", "."))
    if _SYSTEM.match(path):
        return False
    return "/translations/" not in path and not path.endswith((".pyi", ".c", ".h", ".pxd"))


def needed(entries: Iterable[Entry]) -> list[Entry]:
    """Without the libraries that none of the others asks for. On macOS all are kept.

    A library is one that lies beside others or at the top; extension modules, plugins and the codec
    are loaded by their path and stay.
    """
    kept = list(entries)
    if platform.system() == "Darwin":
        return kept
    asked: dict[str, set[str]] = {source: _asks_for(source) for _, source, _ in kept}
    while True:
        wanted = set().union(*(asked[source] for _, source, _ in kept))
        fewer = [entry for entry in kept if not _is_library(entry) or _base(entry) in wanted]
        if len(fewer) == len(kept):
            return kept
        kept = fewer


def stripped(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """With copies in `folder` that have no symbols, on Linux. Private libraries of wheels
    (`*.libs/`) stay as they are: stripping breaks their alignment; and so does the codec, which is
    known by its content."""
    return [_stripped(entry, folder) for entry in entries]


def _stripped(entry: Entry, folder: Path) -> Entry:
    name, source, kind = entry
    kept = ".libs/" in name or name.startswith("vpx/")
    if platform.system() != "Linux" or kind not in ("BINARY", "EXTENSION") or kept:
        return entry
    copy = folder / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    command = ["strip", "--strip-unneeded", "--preserve-dates", "-o", str(copy), source]
    if subprocess.run(command, capture_output=True).returncode:
        return entry
    return name, str(copy), kind


def _is_library(entry: Entry) -> bool:
    name, _, kind = entry
    path = name.replace("\\", "/")
    if _BY_PATH.match(path):
        return False
    return kind == "BINARY" and _LIBRARY.search(path) is not None and "/plugins/" not in path


def _base(entry: Entry) -> str:
    """As others ask for it; Windows does not tell large letters from small ones."""
    name = Path(entry[0].replace("\\", "/")).name
    return name.lower() if platform.system() == "Windows" else name


def _asks_for(path: str) -> set[str]:
    if not _CODE.search(path):
        return set()
    if platform.system() == "Windows":
        return _imports(path)
    told = subprocess.run(["objdump", "-p", path], capture_output=True, text=True)
    return set(_NEEDED.findall(told.stdout))


def _imports(path: str) -> set[str]:
    """The libraries that a file for Windows names, at once or when it first needs them."""
    import pefile  # PyInstaller has it on Windows alone

    tables = ("IMPORT", "DELAY_IMPORT")
    numbers = [pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{name}"] for name in tables]
    with pefile.PE(path, fast_load=True) as file:
        file.parse_data_directories(numbers)
        found = [getattr(file, f"DIRECTORY_ENTRY_{name}", ()) for name in tables]
    return {entry.dll.decode("ascii").lower() for entries in found for entry in entries}


def strays(modules: Iterable[str]) -> Iterator[str]:
    """Modules of ours that have no place in the client."""
    for name in modules:
        if name.split(".")[0] in ("relay", "scripts", "installers", "tests"):
            yield name
