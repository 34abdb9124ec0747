"""Names of files: what is shown of one, what is told to the relay, and what is written to a disk.

What comes from elsewhere leads nowhere, hides nothing and means nothing to any system: the same
rules hold everywhere, so that a zip made here is harmless where it is unpacked.
"""

import re
import unicodedata
from collections.abc import Iterable
from fnmatch import fnmatchcase

from protocol import limits

NAMELESS = "file"
NAME_CHARS = 120
NAME_BYTES = 180
"""Short enough for every file system, with a number and `.part` after it, in a deep folder."""

ENDING_CHARS = 16

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control characters, those that turn the direction of reading, and what no font knows."""

_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800") | {
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}
"""Letters and marks that nobody sees."""

_NOT_IN_NAMES = frozenset('/\\:*?"<>|') | frozenset(
    "\u2044\u2215\u2571\u27cb\u29f8\u29f6\u2f03\u3033\u31d3\u4e3f\uff0f"  # look like a slash
    "\u2216\u2572\u27cd\u29f5\u29f9\u2f02\u31d4\u4e36\ufe68\uff3c"  # like a backslash
    "\u02d0\u02f8\u0589\u05c3\u2236\ua789\ufe13\ufe30\ufe55\uff1a"  # like a colon
    "\u2024\ufe52\uff0e\uff61"  # like a dot
)
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\..*)?\Z",
    re.IGNORECASE,
)
_MEANING = frozenset({"desktop.ini", "autorun.inf", "thumbs.db", "folder.htt", "ehthumbs.db"})
"""Files that a file manager obeys as soon as their folder is looked at."""

_OPEN_ENDED = re.compile(r"[. ]+\Z")


def shown_name(name: str) -> str:
    """`name` as it can be shown: nothing in it turns letters around; never empty."""
    kept = "".join(" " if one.isspace() else one for one in name if not _is_unseen(one))
    return kept.strip() or NAMELESS


def safe_name(name: str) -> str:
    """A name to save under: no system takes it for a path, a device or a stream of another file."""
    plain = unicodedata.normalize("NFC", shown_name(name))
    parted = "".join("_" if one in _NOT_IN_NAMES else one for one in plain)
    bare = _trimmed(_shortened(_trimmed(parted)))
    if bare.startswith(("-", "~")):
        bare = "_" + bare[1:]
    if _RESERVED.match(bare) or bare.casefold() in _MEANING:
        bare = "_" + bare
    return bare or NAMELESS


def folder_name(name: str) -> str:
    """A name for a folder: nothing that a system would take for a program or a place of its own."""
    return safe_name(safe_name(name).replace(".", "_"))


def numbered(name: str, number: int) -> str:
    """`report (2).pdf` from `report.pdf`; the first keeps its name."""
    if number < 2:
        return name
    stem, ending = _parted(name)
    return f"{stem} ({number}){ending}"


def distinct(names: Iterable[str]) -> list[str]:
    """Safe names, none twice whatever the case of letters."""
    taken: set[str] = set()
    made: list[str] = []
    for name in names:
        safe, number = safe_name(name), 1
        while numbered(safe, number).casefold() in taken:
            number += 1
        made.append(numbered(safe, number))
        taken.add(made[-1].casefold())
    return made


def sent_name(name: str) -> str:
    """A name as the relay takes it: not too long, with its ending, and not blank."""
    told = "".join("\ufffd" if unicodedata.category(one) == "Cs" else one for one in name)
    stem, ending = _parted(told)
    told = stem[: limits.FILE_NAME_CHARS - len(ending)] + ending
    return told if told.strip() else NAMELESS


def is_blocked(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a file of that name fits one of the organisation's patterns (`*.exe`), however its
    letters are written. The relay has the last word."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    names = {_OPEN_ENDED.sub("", one) for one in (plain, plain.partition(":")[0])}
    folded = [unicodedata.normalize("NFKC", one).casefold() for one in patterns]
    return any(fnmatchcase(one, pattern) for one in names for pattern in folded)


def _is_unseen(one: str) -> bool:
    return (unicodedata.category(one) in _HIDDEN and not one.isspace()) or one in _INVISIBLE


def _trimmed(name: str) -> str:
    return name.strip(" .")


def _parted(name: str) -> tuple[str, str]:
    """Stem and ending (with its dot), which is empty where there is none, or only a long one."""
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem.strip() or len(ending) >= ENDING_CHARS or " " in ending:
        return name, ""
    return stem, dot + ending


def _shortened(name: str) -> str:
    stem, ending = _parted(name)
    stem = stem[: NAME_CHARS - len(ending)]
    while len((stem + ending).encode("utf-8", "replace")) > NAME_BYTES and stem:
        stem = stem[:-1]
    return stem.rstrip(" .") + ending
