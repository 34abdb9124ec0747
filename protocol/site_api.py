"""The bodies of the calls about teams, issues, portals, notices, and waiting times.

Texts come by language (`protocol.catalogue.LANGUAGES`). Times are in milliseconds since 1970 (UTC),
spans in seconds. `version` names a row as it was read: a change of anything newer is refused with
`conflict`. What cannot stay as it was typed is refused with its place: `field` says where
(`texts.de`), `detail` is `<fault>:<line>:<column>:<what>`.
"""

from typing import Annotated

from msgspec import Meta

from protocol.api import Answer, Body
from protocol.roles import Way

SLUG_CHARS = 40
MATCH_WORDS = 20
MATCH_WORD_CHARS = 60
LOGO_BYTES = 256 * 1024
LOGO_PIXELS = 1_024
"""Largest width and height of a logo."""

LATEST_MS = 253_402_300_799_999
"""The last moment of the year 9999, beyond which a page cannot name a day."""

TYPED_CHARS = 8_000
"""Longest text that is looked at at all; what is too long is refused with its place."""

Typed = Annotated[str, Meta(max_length=TYPED_CHARS)]
Id = Annotated[str, Meta(pattern=r"^[0-9a-z]{1,40}\Z")]
Ids = Annotated[tuple[Id, ...], Meta(max_length=200)]
Version = Annotated[str, Meta(pattern=r"^[0-9a-f]{0,16}\Z")]
LanguageName = Annotated[str, Meta(pattern=r"^[a-z]{2}\Z")]
Accent = Annotated[str, Meta(pattern=r"^(#[0-9a-fA-F]{6})?\Z")]
SystemName = Annotated[str, Meta(pattern=r"^(windows|macos|linux|android|ios)\Z")]
Moment = Annotated[int, Meta(ge=0, le=LATEST_MS)]


class TeamRow(Answer, frozen=True):
    """A team. `members` are user ids, `way` None means as the site; `waiting` customers are in
    its queue now."""

    id: str
    name: str
    members: tuple[str, ...]
    way: Way | None
    least_busy: bool
    waiting: int
    version: str


class IssueRow(Answer, frozen=True):
    """What customers may need help with, in the order of the portal; `team` None: the general
    queue."""

    id: str
    names: dict[str, str]
    team: str | None
    version: str


class HelperChoice(Answer, frozen=True):
    """Somebody who may be in a team. One who may not take customers `helps` no one there."""

    id: str
    shown_name: str
    helps: bool


class Teams(Answer, frozen=True):
    """The answer to GET /api/teams. `way` is the site's."""

    teams: tuple[TeamRow, ...]
    issues: tuple[IssueRow, ...]
    people: tuple[HelperChoice, ...]
    way: Way


class TeamWish(Body, frozen=True):
    """Make (POST /api/teams) or change (POST /api/teams/{id}) a team."""

    name: Typed
    members: Ids
    way: Way | None
    least_busy: bool
    version: Version = ""


class IssueWish(Body, frozen=True):
    """Make (POST /api/issues) or change (POST /api/issues/{id}) an issue."""

    names: dict[LanguageName, Typed]
    team: Id | None
    version: Version = ""


class IssueOrder(Body, frozen=True):
    """All issues in their new order (POST /api/issue-order)."""

    ids: Ids


class PortalRow(Answer, frozen=True):
    """A portal; the main one has an empty `slug`. `issues` None means all. `logo` is the address
    of its picture, or empty."""

    id: str
    slug: str
    name: str
    accent: str
    way: Way | None
    issues: tuple[str, ...] | None
    logo: str
    version: str


class Portals(Answer, frozen=True):
    """The answer to GET /api/portals. `origin` is where all of them stand; portals without a name
    call themselves `organisation`."""

    portals: tuple[PortalRow, ...]
    issues: tuple[IssueRow, ...]
    origin: str
    organisation: str
    way: Way


class PortalWish(Body, frozen=True):
    """Make (POST /api/portals) or change (POST /api/portals/{id}) a portal."""

    slug: Typed
    name: Typed
    accent: Accent
    way: Way | None
    issues: Ids | None
    version: Version = ""


class Made(Answer, frozen=True):
    """Something new; `id` is what it is called from now on."""

    id: str


class SchemeLook(Answer, frozen=True):
    """The colours that an accent leads to in one scheme, beside the design's own. `as_chosen` says
    that the accent itself can be read there, both under text and as text."""

    as_chosen: bool
    accent: str
    accent_ink: str
    accent_text: str
    accent_soft: str
    ground: str
    surface: str
    ink: str
    soft: str
    line: str


class AccentCheck(Answer, frozen=True):
    """The answer to GET /api/accent?colour=; without a colour, the design's own. `nearest` is the
    colour most like it that can be read on light pages."""

    light: SchemeLook
    dark: SchemeLook
    nearest: str


class NoticeRow(Answer, frozen=True):
    """A notice. Empty `portals`, `issues`, `systems` and `words` match everybody.

    `state` is planned, active or over. `saved` sessions were left because of it; `to_tell`
    people still want to hear that it is solved, `told` heard it. It is deleted at `deleted_at`.
    """

    id: str
    name: str
    texts: dict[str, str]
    starts_at: int
    ends_at: int | None
    closed_at: int | None
    deleted_at: int | None
    automatic: bool
    portals: tuple[str, ...]
    issues: tuple[str, ...]
    systems: tuple[str, ...]
    words: tuple[str, ...]
    state: str
    saved: int
    to_tell: int
    told: int
    version: str


class PortalChoice(Answer, frozen=True):
    """A portal that a notice may be for."""

    id: str
    slug: str
    name: str


class Notices(Answer, frozen=True):
    """The answer to GET /api/notices. `mail` says whether people can be told by mail."""

    now: int
    mail: bool
    notices: tuple[NoticeRow, ...]
    portals: tuple[PortalChoice, ...]
    issues: tuple[IssueRow, ...]


class NoticeWish(Body, frozen=True):
    """Make (POST /api/notices) or change (POST /api/notices/{id}) a notice. `starts_at` None: at
    once; `ends_at` None: when it is closed."""

    name: Typed
    texts: dict[LanguageName, Typed]
    starts_at: Moment | None
    ends_at: Moment | None
    automatic: bool
    portals: Ids
    issues: Ids
    systems: Annotated[tuple[SystemName, ...], Meta(max_length=5)]
    words: Annotated[tuple[Typed, ...], Meta(max_length=MATCH_WORDS)]
    version: Version = ""


class NoticeSendWish(Body, frozen=True):
    """Show a notice now (POST /api/notices/{id}/send): to those who wait, to running sessions."""

    waiting: bool
    running: bool


class NoticeSent(Answer, frozen=True):
    """To how many sessions it went."""

    sessions: int


class NoticeClosed(Answer, frozen=True):
    """How many people are told by mail that it is solved."""

    people: int


class WaitSpan(Answer, frozen=True):
    """What customers were told against what happened, over the last `days`.

    `told` had a range: of them `earlier`, `inside` and `later` than it said. `unknown` were told
    that nobody knows. Errors are from a range's middle to the truth; `width_percent` is the
    median width of the ranges by the median wait. `distances` counts the told by their error, as
    `WaitTimes.bounds_s` divides them. Nothing but the counts is known when `told` is 0.
    """

    days: int
    told: int
    unknown: int
    earlier: int
    inside: int
    later: int
    mean_error_s: int
    median_error_s: int
    median_wait_s: int
    median_width_s: int
    width_percent: int
    distances: tuple[int, ...]


class WaitTimes(Answer, frozen=True):
    """The answer to GET /api/waits. Below `least` told customers figures say nothing; `bounds_s`
    are the upper ends of `distances`, whose last one has none."""

    least: int
    bounds_s: tuple[int, ...]
    spans: tuple[WaitSpan, ...]
