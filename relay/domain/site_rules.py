"""What the site's switches may be, and how two people may change them at once. Pure."""

import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

import msgspec

from protocol import limits
from relay.domain.content import FILES_MOST, MB_MOST, SiteSettings, patterns_of

RANGES = {
    "agreement_limit_s": (10, 3600),
    "recording_limit_s": (10, 3600),
    "hold_every_s": (30, 3600),
    "orphaned_after_s": (10, 3600),
    "lost_after_s": (10, 3600),
    "files_mb": (1, MB_MOST),
    "files_most": (1, FILES_MOST),
    "watermark_percent": (5, 80),
}
"""The least and the most of each number: seconds, megabytes, files, percent."""

PATTERNS = 100
_NOT_IN_PATTERNS = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_ONLY_STARS = re.compile(r"[*.]+")

_OFF = {"hold_every_s": 0, "orphaned_after_s": None}
"""The value by which a number is switched off."""

_NOT_IN_URLS = re.compile(r"[\s\\<>\"\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NOT_IN_LINES = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.I)
_NUMBERED = re.compile(r"[0-9.]+|\[[^\[\]]*\]")


class Wrong(NamedTuple):
    """`field` is the setting's name, `why` one of range, url_https, url_account, url_long,
    url_shape, patterns_many, patterns_shape, text_shape; for a range `least` and `most` hold it."""

    field: str
    why: str
    least: int = 0
    most: int = 0


def fault_of(settings: SiteSettings) -> Wrong | None:
    """The first setting that cannot be, None when all are fine."""
    for field, (least, most) in RANGES.items():
        value = getattr(settings, field)
        if field in _OFF and value == _OFF[field]:
            continue
        if value is None or not least <= value <= most:
            return Wrong(field, "range", least, most)
    why = _url_fault(settings.orphaned_url) if settings.orphaned_url else ""
    if why:
        return Wrong("orphaned_url", why)
    why = _patterns_fault(patterns_of(settings.files_blocked))
    if why:
        return Wrong("files_blocked", why)
    text = settings.watermark_text
    if len(text) > limits.WATERMARK_CHARS or _NOT_IN_LINES.search(text):
        return Wrong("watermark_text", "text_shape")
    return None


def merged(
    before: SiteSettings, wish: SiteSettings, present: SiteSettings
) -> SiteSettings | list[str]:
    """`present` with what `wish` changes of `before`; or the names of the settings that somebody
    else has changed since to something else."""
    changes: dict[str, object] = {}
    torn: list[str] = []
    for field in SiteSettings.__struct_fields__:
        was, wanted, now = (getattr(one, field) for one in (before, wish, present))
        if wanted in (was, now):
            continue
        if now != was:
            torn.append(field)
        changes[field] = wanted
    return torn or msgspec.structs.replace(present, **changes)


def _patterns_fault(patterns: tuple[str, ...]) -> str:
    """What is wrong with patterns of names; empty when nothing is. One that fits every name would
    be a switch in disguise, and one with a slash fits none."""
    if len(patterns) > PATTERNS:
        return "patterns_many"
    odd = any(
        len(one) > limits.FILE_NAME_CHARS
        or _NOT_IN_PATTERNS.search(one)
        or _ONLY_STARS.fullmatch(one)
        for one in patterns
    )
    return "patterns_shape" if odd else ""


def _url_fault(url: str) -> str:
    """What is wrong with an address that customers are sent to; empty when nothing is."""
    if len(url) > limits.URL_CHARS:
        return "url_long"
    if _NOT_IN_URLS.search(url):
        return "url_shape"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "url_shape"
    if parts.scheme != "https":
        return "url_https"
    if "@" in parts.netloc:
        return "url_account"
    if port == 0 or not _is_host(parts):
        return "url_shape"
    return ""


def _is_host(parts: SplitResult) -> bool:
    """Whether the host is a name or number that the internet may know."""
    host = parts.netloc.rpartition(":")[0] if parts.port is not None else parts.netloc
    try:
        if _NUMBERED.fullmatch(host):
            return bool(ip_address(host.strip("[]")))
        name = host.rstrip(".").encode("idna").decode("ascii")
    except ValueError:
        return False
    return len(name) <= 253 and all(_LABEL.fullmatch(label) for label in name.split("."))
