"""What goes on beside the conversation, as the relay decides about it: nudges, holds, pages that
are offered, people who come in uninvited or are taken out. Pure."""

from collections.abc import Callable
from typing import Any

from protocol import limits
from protocol.base import Request
from protocol.errors import ErrorCode
from protocol.facts import (
    Departure,
    Participant,
    RepresentativeJoined,
    RepresentativeLeft,
    SessionFact,
)
from protocol.snapshot import Snapshot, representatives
from protocol.working import NudgeMark
from protocol.working_facts import (
    LinkPushed,
    NudgeSent,
    NudgeTold,
    SessionHeld,
    SessionResumed,
)
from protocol.working_requests import (
    LinkPush,
    NudgeSend,
    NudgeTell,
    RepresentativeRemove,
    SessionHold,
    SessionJoin,
    SessionResume,
)

Maker = Callable[[Any, Snapshot, Participant, int], SessionFact]
"""(request, session as it is, sender, now in ms) -> fact."""


def refusal(
    snapshot: Snapshot, request: Request, sender: Participant, now: int
) -> ErrorCode | None:
    """Why `request`, one of REQUESTS, is not carried out now; None: it is."""
    others = {one.id for one in representatives(snapshot)} - {sender.id}
    match request:
        case NudgeSend() if _nudges(snapshot, now) >= limits.NUDGES:
            return ErrorCode.TOO_OFTEN
        case NudgeTell():
            fits = _may_tell(snapshot, request)
        case SessionHold():
            fits = not snapshot.holder
        case SessionResume():
            fits = bool(snapshot.holder)
        case RepresentativeRemove():
            fits = request.who in others
        case _:
            fits = True
    return None if fits else ErrorCode.NOT_NOW


def _nudges(snapshot: Snapshot, now: int) -> int:
    since = now - limits.NUDGES_WINDOW_S * 1000
    return sum(isinstance(one, NudgeSent) and one.at > since for one in snapshot.log)


def _may_tell(snapshot: Snapshot, request: NudgeTell) -> bool:
    """A nudge that was sent is delivered once, and seen once after that."""
    sent = any(isinstance(one, NudgeSent) and one.id == request.nudge for one in snapshot.log)
    told = {
        one.mark for one in snapshot.log if isinstance(one, NudgeTold) and one.id == request.nudge
    }
    before = set() if request.mark is NudgeMark.DELIVERED else {NudgeMark.DELIVERED}
    return sent and told == before


def _fact(kind: type[SessionFact], at: Snapshot, now: int, **fields: Any) -> SessionFact:
    return kind(seq=at.seq + 1, at=now, **fields)


def _nudged(request: NudgeSend, at: Snapshot, sender: Participant, now: int) -> SessionFact:
    return _fact(NudgeSent, at, now, by=sender.id, id=request.id)


def _told(request: NudgeTell, at: Snapshot, _: Participant, now: int) -> SessionFact:
    return _fact(NudgeTold, at, now, id=request.nudge, mark=request.mark)


def _pushed(request: LinkPush, at: Snapshot, sender: Participant, now: int) -> SessionFact:
    return _fact(LinkPushed, at, now, by=sender.id, id=request.id, url=request.url)


def _held(_: SessionHold, at: Snapshot, sender: Participant, now: int) -> SessionFact:
    return _fact(SessionHeld, at, now, by=sender.id)


def _resumed(_: SessionResume, at: Snapshot, sender: Participant, now: int) -> SessionFact:
    return _fact(SessionResumed, at, now, by=sender.id)


def _joined(_: SessionJoin, at: Snapshot, sender: Participant, now: int) -> SessionFact:
    return _fact(RepresentativeJoined, at, now, participant=sender, by="")


def _removed(
    request: RepresentativeRemove, at: Snapshot, sender: Participant, now: int
) -> SessionFact:
    why = Departure.REMOVED
    return _fact(RepresentativeLeft, at, now, by=request.who, why=why, remover=sender.id)


MAKERS: dict[type[Request], Maker] = {
    NudgeSend: _nudged,
    NudgeTell: _told,
    LinkPush: _pushed,
    SessionHold: _held,
    SessionResume: _resumed,
    RepresentativeRemove: _removed,
    SessionJoin: _joined,
}

REQUESTS = frozenset(MAKERS)
