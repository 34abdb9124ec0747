"""The ways in: what somebody typed, which ways stand open, and where each leads. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from protocol import joincodes, keys
from protocol.queues import QueueKind
from protocol.roles import Door, Way
from relay.domain.content import Content, Issue, Portal, in_language
from relay.domain.waiting import QueueKey

_LETTER = re.compile("[A-Za-z]")


class Ways(NamedTuple):
    """The buttons of a form: the web chat, the program, or both."""

    chat: bool
    client: bool


class ShownIssue(NamedTuple):
    """An issue as a portal offers it; `way` is how those help who take it."""

    id: str
    name: str
    way: Way


def is_code(typed: str) -> bool:
    """Whether somebody means a join code: keys have only digits, and fewer of them."""
    if _LETTER.search(typed):
        return True
    return len(keys.normalise(typed)) == joincodes.CHARS


def as_shown(typed: str) -> str:
    """A right key or join code as people read it; empty for anything else."""
    if is_code(typed):
        code = joincodes.normalise(typed)
        return joincodes.shown(code) if joincodes.is_right(code) else ""
    key = keys.normalise(typed)
    return keys.shown(key) if keys.is_right(key) else ""


def ways_of(ways: Iterable[Way]) -> Ways:
    """The buttons when what is chosen may have any of these ways."""
    known = set(ways)
    return Ways(chat=known != {Way.CLIENT}, client=known != {Way.CHAT} and bool(known))


def door_for(way: Way, wished: Door) -> Door:
    """The door to take: the wished one where customers choose, else the only one there is."""
    match way:
        case Way.CHAT:
            return Door.CHAT
        case Way.CLIENT:
            return Door.CLIENT
        case Way.CHOICE:
            return wished


def way_of_queue(content: Content, queue: QueueKey, portal: Portal) -> Way:
    """How customers of a queue take part."""
    return content.way_of(queue.id if queue.kind is QueueKind.TEAM else None, portal)


def ways_of_keys(content: Content, portal: Portal) -> Ways:
    """The buttons beside the key field, before anybody knows where the key leads."""
    teams = (None, *content.teams)
    return ways_of(content.way_of(team, portal) for team in teams)


def queue_of(issue: Issue, content: Content) -> QueueKey:
    """Where an issue leads: to its team, or to the general queue, also when the team is gone."""
    if issue.team is not None and issue.team in content.teams:
        return QueueKey(QueueKind.TEAM, issue.team)
    return QueueKey()


def issues_shown(content: Content, portal: Portal, language: str) -> tuple[ShownIssue, ...]:
    """The issues that a portal offers, in their order; one without any name is not offered."""
    shown = (
        ShownIssue(
            one.id,
            in_language(one.names, language),
            way_of_queue(content, queue_of(one, content), portal),
        )
        for one in content.issues.values()
        if portal.issues is None or one.id in portal.issues
    )
    return tuple(one for one in shown if one.name)


def portal_at(portals: Mapping[str, Portal], slug: str) -> Portal | None:
    """The portal at `/p/<slug>`, if there is one."""
    return next((one for one in portals.values() if one.slug and one.slug == slug), None)


def path_of(portal: Portal) -> str:
    """What the addresses of a portal begin with; empty for the main one."""
    return f"/p/{portal.slug}" if portal.slug else ""
