"""Which application a process is, and what people call it."""

import configparser
import locale
import os
import socket
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

NAME_CHARS = 60
_DELETED = " (deleted)"


def machine() -> str:
    """This machine's name, as programs write it on their windows (WM_CLIENT_MACHINE)."""
    return socket.gethostname()


def program(pid: int, wm_class: str) -> str:
    """The same text for all windows of an application, and for no other one's: its file and the
    class of its windows, since many applications run in the same interpreter. Empty: unknown."""
    file = executable(pid)
    return f"{file}:{wm_class}" if file or wm_class else ""


def executable(pid: int) -> str:
    """The file that a process runs; empty when it is another user's, or has ended."""
    if pid <= 0:
        return ""
    try:
        return str(Path(f"/proc/{pid}/exe").readlink()).removesuffix(_DELETED)
    except OSError:
        return ""


def name(pid: int, wm_class: str) -> str:
    """What people call the application: as its entry in the menu, else by its class or file."""
    file = Path(executable(pid)).name
    found = _entries().get(wm_class.casefold()) or _entries().get(file.casefold())
    return (found or wm_class or file)[:NAME_CHARS]


def entry_folders() -> tuple[Path, ...]:
    """Where the menu's entries are (XDG base directory specification), the own ones first."""
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    system = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return tuple(Path(one) / "applications" for one in (home, *system.split(":")) if one)


def entry_names(folders: Iterable[Path], language: str) -> dict[str, str]:
    """Names of applications by the class of their windows and by the name of their entry, in
    lower case (desktop entry specification)."""
    found: dict[str, str] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.desktop")):
            for key, text in _entry(file, language):
                found.setdefault(key.casefold(), text)
    return found


def _entry(file: Path, language: str) -> list[tuple[str, str]]:
    parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    try:
        parser.read_string(file.read_text("utf-8"))
        entry = parser["Desktop Entry"]
    except (OSError, UnicodeDecodeError, configparser.Error, KeyError):
        return []
    text = entry.get(f"name[{language}]") or entry.get("name", "")
    if not text or entry.get("nodisplay", "").lower() == "true":
        return []
    keys = (entry.get("startupwmclass", ""), file.stem, file.stem.rpartition(".")[2])
    return [(key, text) for key in keys if key]


@lru_cache(maxsize=1)
def _entries() -> dict[str, str]:
    language = (locale.getlocale()[0] or "en").partition("_")[0]
    return entry_names(entry_folders(), language)
