"""Sizes, speeds and the time a transfer still takes, as people read them."""

from math import ceil, isfinite

from client.session.file_pace import Pace
from protocol.catalogue import Catalogue
from protocol.files import FileRules

_UNITS = ((10**9, "GB", 1), (10**6, "MB", 1), (10**3, "kB", 0))
_POINTS = {"de": ","}
_MINUTE_S, _HOUR_S = 60, 3600
SUM_CHARS = 12


def size_text(size: int, t: Catalogue) -> str:
    """`3.1 MB`."""
    for unit, name, digits in _UNITS:
        if size >= unit:
            number = f"{size / unit:.{digits}f}"
            number = number.removesuffix(".0").replace(".", _POINTS.get(t.language, "."))
            return f"{number}\u00a0{name}"
    return t.count("file.bytes", size)


def left_text(seconds: float, t: Catalogue) -> str:
    """`4 s left`; empty while nobody can know."""
    if not isfinite(seconds):
        return ""
    if seconds < _MINUTE_S:
        return t("file.left_s", n=max(1, ceil(seconds)))
    if seconds < _HOUR_S:
        return t("file.left_min", n=round(seconds / _MINUTE_S))
    return t("file.left_h", n=round(seconds / _HOUR_S))


def progress_text(pace: Pace, size: int, t: Catalogue) -> str:
    """`62 % · 1.2 MB/s · 4 s left`."""
    parts = [t("font.percent", n=percent(pace.done, size))]
    if pace.speed > 0:
        parts.append(t("file.speed", size=size_text(round(pace.speed), t)))
        if pace.done < size:
            parts.append(left_text((size - pace.done) / pace.speed, t))
    return " · ".join(part for part in parts if part)


def percent(done: int, size: int) -> int:
    """Whole percent; 100 only for all of it."""
    return min(done, size) * 100 // size if size else 100


def short_sum(sha256: str) -> str:
    """Enough of a sum to compare it by eye."""
    return f"{sha256[:SUM_CHARS]}…"


def rules_text(rules: FileRules, t: Catalogue) -> str:
    """What is accepted, said before anything is sent."""
    said = [t("file.rule_size", size=size_text(rules.most_bytes, t))]
    if rules.blocked:
        said.append(t("file.rule_blocked", names=", ".join(rules.blocked)))
    return " ".join(said)
