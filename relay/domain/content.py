"""What administrators decide about the site, as one value that the relay holds in memory. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from protocol import limits
from protocol.catalogue import LANGUAGES
from protocol.files import FileRules
from protocol.roles import Way
from protocol.steps import QuestionKind
from relay.domain.texts import Words

Seconds = Annotated[int, Meta(ge=10, le=3600)]
Url = Annotated[str, Meta(max_length=limits.URL_CHARS)]

_BETWEEN = re.compile(r"[\s,;]+")

MB = 1000 * 1000
MB_MOST = limits.FILE_BYTES_MOST // MB
FILES_MOST = 1000

MAIN_PORTAL = "main"
"""The portal at `/`; others stand at `/p/<slug>`."""


class SiteSettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The switches of what customers meet; times in seconds.

    `agreement_*` by how the customer takes part. `recording` asks before recording, where the
    relay can record. `hold_every_s` 0 sends no hold messages. An orphaned session ends at once
    when nobody is on duty (`orphaned_at_once`), or after `orphaned_after_s`; `orphaned_url`
    (https) is where its customer may go on. `lost_*` are the rules for a representative whose
    connection is gone for `lost_after_s`: the last queue, the one of the entry, the general one.
    `files_*`: which ways files may go, most megabytes of one, most in a session, and the
    patterns of names that may not (see `patterns_of`). `watermark*`: what lies over the screen of
    Windows customers while it is shared: the text, or without one the portal's logo; how strong,
    in percent; and whether representatives see it in the picture, too.
    """

    agreement_client: bool = False
    agreement_chat: bool = False
    agreement_limit_s: Seconds = 120
    recording: bool = True
    recording_limit_s: Seconds = 60
    greeting: bool = True
    hold_every_s: Annotated[int, Meta(ge=0, le=3600)] = 90
    way: Way = Way.CHOICE
    orphaned_at_once: bool = True
    orphaned_after_s: Seconds | None = None
    orphaned_url: Url = ""
    lost_last: bool = True
    lost_entry: bool = True
    lost_general: bool = True
    lost_after_s: Seconds = 60
    files_from_customer: bool = True
    files_to_customer: bool = True
    files_mb: Annotated[int, Meta(ge=1, le=MB_MOST)] = limits.FILE_BYTES // MB
    files_most: Annotated[int, Meta(ge=1, le=FILES_MOST)] = limits.FILES
    files_blocked: Annotated[str, Meta(max_length=limits.TEXT_CHARS)] = ""
    watermark: bool = False
    watermark_text: Annotated[str, Meta(max_length=limits.WATERMARK_CHARS)] = ""
    watermark_percent: Annotated[int, Meta(ge=5, le=80)] = 15
    watermark_seen: bool = True


DEFAULT_SETTINGS = SiteSettings()


def file_rules(settings: SiteSettings) -> FileRules:
    """What may be sent, as both ends are told."""
    return FileRules(
        from_customer=settings.files_from_customer,
        to_customer=settings.files_to_customer,
        most_bytes=settings.files_mb * MB,
        most_files=settings.files_most,
        blocked=patterns_of(settings.files_blocked),
    )


class SurveyItem(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A question of the survey; `text` and each of `choices` by language."""

    id: Annotated[str, Meta(pattern=r"^[0-9a-z]{1,40}\Z")]
    kind: QuestionKind
    text: dict[str, str]
    choices: tuple[dict[str, str], ...] = ()


class Survey(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """`id` names this version of the survey; answers refer to it. 0: never saved."""

    id: int = 0
    enabled: bool = False
    questions: tuple[SurveyItem, ...] = ()


NO_SURVEY = Survey()


class Team(NamedTuple):
    """`members` are user ids; without a `way` the site's holds. With `least_busy` the relay
    hands waiting customers to the member who has the fewest sessions."""

    id: str
    name: str
    members: frozenset[str] = frozenset()
    way: Way | None = None
    least_busy: bool = False


class Issue(NamedTuple):
    """What customers choose on the portal; `names` by language, `team` None: the general queue."""

    id: str
    names: Mapping[str, str]
    team: str | None = None


class Portal(NamedTuple):
    """A public page. Empty `name` means the relay's organisation; `issues` None means all.

    `accent` is `#rrggbb` or empty; `logo` names the version of its picture or is empty.
    """

    id: str
    slug: str = ""
    name: str = ""
    accent: str = ""
    logo: str = ""
    way: Way | None = None
    issues: frozenset[str] | None = None


class Notice(NamedTuple):
    """`texts` by language; empty `portals`, `issues`, `systems` and `words` match everything.

    Times in milliseconds since 1970 (UTC); `ends_at` None: until it is closed. `systems` are
    windows, macos, linux, android or ios.
    """

    id: str
    name: str
    texts: Mapping[str, str]
    starts_at: int
    ends_at: int | None = None
    automatic: bool = True
    portals: frozenset[str] = frozenset()
    issues: frozenset[str] = frozenset()
    systems: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    closed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything at one moment. Removed teams, issues and portals are not in it. `mail` says
    whether the relay can write to people."""

    words: Words
    settings: SiteSettings = DEFAULT_SETTINGS
    survey: Survey = NO_SURVEY
    teams: Mapping[str, Team] = field(default_factory=dict)
    issues: Mapping[str, Issue] = field(default_factory=dict)
    portals: Mapping[str, Portal] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    mail: bool = False

    def portal(self, portal_id: str) -> Portal:
        """The portal of that id, or the main one."""
        main = self.portals.get(MAIN_PORTAL, Portal(MAIN_PORTAL))
        return self.portals.get(portal_id, main)

    def way_of(self, team_id: str | None, portal: Portal | None = None) -> Way:
        """How customers of this team take part: its own way, else the portal's, else the site's."""
        team = self.teams.get(team_id or "")
        if team is not None and team.way is not None:
            return team.way
        return (portal.way if portal else None) or self.settings.way


def patterns_of(typed: str) -> tuple[str, ...]:
    """The patterns of names in `typed`, which are set apart by blanks, lines, commas or
    semicolons."""
    return tuple(dict.fromkeys(one for one in _BETWEEN.split(typed) if one))


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in `language`, else in the first language that has one, else nothing."""
    wanted = (language, *LANGUAGES)
    return next((texts[one] for one in wanted if texts.get(one)), "")
