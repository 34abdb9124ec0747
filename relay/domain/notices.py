"""Known problems that customers are told about: when a notice holds, and for whom.

Times in milliseconds since 1970 (UTC). Pure.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from protocol import limits
from relay.domain.content import MAIN_PORTAL, Notice

KEPT_MS = 24 * 3600 * 1000
"""A notice that is over is kept this long, so that its figures can still be looked at."""


class System(StrEnum):
    """What a customer's machine runs, as far as a notice tells systems apart."""

    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"
    ANDROID = "android"
    IOS = "ios"


class NoticeState(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    OVER = "over"


def state_of(notice: Notice, now: int) -> NoticeState:
    """A notice holds from its start up to, but not at, its end."""
    over_at = over_since(notice)
    if over_at is not None and over_at <= now:
        return NoticeState.OVER
    return NoticeState.ACTIVE if notice.starts_at <= now else NoticeState.PLANNED


def active(notice: Notice, now: int) -> bool:
    """Whether customers may be told of it now."""
    return state_of(notice, now) is NoticeState.ACTIVE


def over_since(notice: Notice) -> int | None:
    """When it ends or was closed, whichever is earlier; None: it has no end."""
    return min((one for one in (notice.ends_at, notice.closed_at) if one is not None), default=None)


def is_expired_for_good(notice: Notice, now: int) -> bool:
    """Whether it has been over for so long that it is deleted."""
    over_at = over_since(notice)
    return over_at is not None and over_at + KEPT_MS <= now


def next_change(notices: Iterable[Notice], now: int) -> int | None:
    """When the next notice starts or ends; None: never, as things are."""
    times = (
        one
        for notice in notices
        if state_of(notice, now) is not NoticeState.OVER
        for one in (notice.starts_at, over_since(notice))
    )
    return min((one for one in times if one is not None and one > now), default=None)


def matches(notice: Notice, *, portal: str, issue: str, system: str, words: str) -> bool:
    """Whether it concerns a customer: every rule that is set holds, and of `words` at least one
    stands in theirs.

    `portal` and `issue` are ids (an empty portal is the main one), `system` is as `system_of`
    says, `words` what the customer wrote. What is not known matches no rule about it.
    """
    return (
        (not notice.portals or (portal or MAIN_PORTAL) in notice.portals)
        and (not notice.issues or issue in notice.issues)
        and (not notice.systems or system in notice.systems)
        and (not notice.words or _any_word(notice.words, words))
    )


def for_portal(
    notices: Iterable[Notice], portal_id: str, now: int, system: str = ""
) -> list[Notice]:
    """What a portal shows to somebody who has said nothing yet, the latest first.

    Notices that look at the issue or at words are left to the queue, where both are known; those
    that are only sent by hand are not shown by themselves. `system` is that of the visitor's
    browser.
    """
    shown = [
        one
        for one in notices
        if one.automatic
        and active(one, now)
        and matches(one, portal=portal_id, issue="", system=system, words="")
    ]
    return sorted(shown, key=lambda one: (-one.starts_at, one.id))


def crowded(candidate: Notice, others: Iterable[Notice], portals: Iterable[str]) -> str | None:
    """The first of `portals` that would at some time have more than `limits.NOTICES` of them
    with `candidate`, else None. `others` may hold an older `candidate`; it does not count."""
    rivals = [one for one in others if one.id != candidate.id and _overlap(one, candidate)]
    for portal in portals:
        if not _stands_on(candidate, portal):
            continue
        here = [one for one in rivals if _stands_on(one, portal)]
        starts = {max(one.starts_at, candidate.starts_at) for one in here}
        shown = [at for at in starts if active(candidate, at)]
        if any(sum(active(one, at) for one in here) >= limits.NOTICES for at in shown):
            return portal
    return None


def _stands_on(notice: Notice, portal: str) -> bool:
    return not notice.portals or portal in notice.portals


def _overlap(one: Notice, other: Notice) -> bool:
    one_ends, other_ends = over_since(one), over_since(other)
    return (other_ends is None or one.starts_at < other_ends) and (
        one_ends is None or other.starts_at < one_ends
    )


_CHROME_OS = re.compile(r"\bcros\b")
_SYSTEMS = (
    # In this order: Android says Linux too, an iPhone says Mac OS X, and a mobile Windows both.
    (System.WINDOWS, ("windows",)),
    (System.ANDROID, ("android",)),
    (System.IOS, ("iphone", "ipad", "ipod", "ios")),
    (System.MACOS, ("macos", "mac os", "macintosh", "darwin")),
    (
        System.LINUX,
        (
            "linux",
            "x11",
            "debian",
            "ubuntu",
            "fedora",
            "suse",
            "red hat",
            "rhel",
            "centos",
            "rocky",
            "arch",
            "manjaro",
            "gentoo",
            "mint",
            "pop!_os",
            "nixos",
            "kde neon",
            "zorin",
            "elementary os",
        ),
    ),
)
_NAMES = tuple(
    (system, re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, names))})(?![a-z])"))
    for system, names in _SYSTEMS
)


def system_of(text: str) -> str:
    """The `System` that a client's description of its machine or a browser's user agent names;
    empty when it names none of them."""
    lower = text.lower()
    if _CHROME_OS.search(lower):  # it says X11, yet is none of these
        return ""
    return next((system.value for system, found in _NAMES if found.search(lower)), "")


def _any_word(wanted: Iterable[str], words: str) -> bool:
    said = folded(words)
    return any(_whole(word).search(said) for word in map(folded, wanted) if word)


def folded(text: str) -> str:
    """`text` as words are compared: without case, forms of a letter, and runs of spaces."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(plain.split())


@lru_cache(maxsize=1_000)
def _whole(word: str) -> re.Pattern[str]:
    """Finds `word` where no letter, digit or underscore continues it. Words may hold signs:
    `C++` and `e-mail` are found as they are."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
