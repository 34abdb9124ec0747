"""The shared screen as the relay decides about it: what fits, what it becomes, what is due. Pure.

Who may ask at all stands in the tables SHARE and GRANT of `protocol.share_machine`. The relay's
word is the second one: the customer's program lets nothing through that it does not allow itself.
"""

from collections.abc import Callable
from typing import Any

from protocol import limits
from protocol.acts import GrantExpire, GrantTimeOut, ShareDrop
from protocol.base import Request
from protocol.facts import Participant
from protocol.roles import Door
from protocol.share_facts import (
    GrantAsked,
    GrantGiven,
    GrantOver,
    ShareEnded,
    ShareFact,
    SharePaused,
    ShareStarted,
)
from protocol.share_machine import (
    GRANT_REQUESTS,
    SHARE_REQUESTS,
    ShareState,
    step_grant,
    step_share,
)
from protocol.share_requests import (
    GrantAsk,
    GrantDeny,
    GrantGive,
    GrantReturn,
    GrantTake,
    ShareEnd,
    SharePause,
    ShareStart,
    ShareStop,
)
from protocol.share_snapshot import Sharing, grant_state, held_by
from protocol.sharing import CLIPBOARD, Grant, GrantEnd, ShareCause
from protocol.snapshot import Snapshot, representatives

_NUMBERS = 2**8
"""As many participants have a number that fits a channel header."""

Act = GrantTimeOut | GrantExpire | ShareDrop

Maker = Callable[[Any, Snapshot, Participant, int], ShareFact]
"""(request, session as it is, sender, now in ms) -> fact."""


def is_idle(sharing: Sharing) -> bool:
    """Whether nothing is shown, held or asked."""
    return sharing.state is ShareState.OFF and not sharing.held and not sharing.asked


def fits(snapshot: Snapshot, request: Request, sender: Participant) -> bool:
    """Whether `request`, one of SHARE_REQUESTS or GRANT_REQUESTS, may be carried out now."""
    kind, sharing = type(request), snapshot.sharing
    if kind in SHARE_REQUESTS:
        allowed = step_share(sharing.state, kind, sender.role) is not None
        return allowed and (not isinstance(request, ShareStart) or _starts(sharing, request))
    if not isinstance(request, _OF_GRANTS):
        return False
    to = sender.id if isinstance(request, (GrantAsk, GrantReturn)) else request.to
    if step_grant(grant_state(sharing, to, request.grant), kind, sender.role) is None:
        return False
    match request:
        case GrantAsk():
            sees = request.grant not in CLIPBOARD or held_by(sharing, to, Grant.VIEW)
            return snapshot.participants[0].door is Door.CLIENT and bool(sees)
        case GrantGive():
            sees = request.grant is Grant.VIEW or held_by(sharing, to, Grant.VIEW)
            return _may_hold(snapshot, to) and bool(sees)
        case _:
            return True


def leaves_no_trace(snapshot: Snapshot, request: Request) -> bool:
    """Whether `request` ends what has ended already: a customer who presses END twice, or says it
    again after a lost link, is told yes, and the story of the session stays as it was."""
    return isinstance(request, ShareEnd) and is_idle(snapshot.sharing)


def next_act(snapshot: Snapshot, now: int, *, present: bool) -> Act | None:
    """What the relay does by itself about the shared screen; None: nothing, for now.

    `present`: the customer is connected. Without them nothing is shown, so the share ends at
    once; it never goes on by itself when they are back.
    """
    sharing = snapshot.sharing
    if not present and not is_idle(sharing):
        return ShareDrop(why=ShareCause.LINK_LOST)
    for asked in sharing.asked:
        if now >= asked.at + asked.limit_s * 1000:
            return GrantTimeOut(grant=asked.grant, to=asked.by)
    for held in sharing.held:
        if held.lasts_s and now >= held.at + held.lasts_s * 1000:
            return GrantExpire(grant=held.grant, to=held.to)
    seen = any(one.grant is Grant.VIEW for one in sharing.held)
    if sharing.state is not ShareState.OFF and not seen:
        return ShareDrop(why=ShareCause.NOBODY)
    return None


def _may_hold(snapshot: Snapshot, to: str) -> bool:
    """Whether `to` is a representative in the session now, with a number on the channel."""
    helping = {one.id for one in representatives(snapshot)}
    return to in helping and to in {one.id for one in snapshot.participants[:_NUMBERS]}


def _starts(sharing: Sharing, request: ShareStart) -> bool:
    """Numbers only grow: a start that never reached us may have used up some of them."""
    if not any(one.grant is Grant.VIEW for one in sharing.held):
        return False
    new = sharing.state is ShareState.OFF
    follows = request.share > sharing.share if new else request.share == sharing.share
    return follows and request.epoch > sharing.epoch


def _asked(request: GrantAsk, at: Snapshot, sender: Participant, now: int) -> GrantAsked:
    return GrantAsked(
        seq=at.seq + 1,
        at=now,
        by=sender.id,
        grant=request.grant,
        reason=request.reason,
        limit_s=limits.ASK_S,
    )


def _given(request: GrantGive, at: Snapshot, _: Participant, now: int) -> GrantGiven:
    to, grant, lasts_s = request.to, request.grant, request.lasts_s
    return GrantGiven(seq=at.seq + 1, at=now, to=to, grant=grant, lasts_s=lasts_s)


def _returned(request: GrantReturn, at: Snapshot, sender: Participant, now: int) -> GrantOver:
    held = held_by(at.sharing, sender.id, request.grant) is not None
    why = GrantEnd.RETURNED if held else GrantEnd.WITHDRAWN
    return GrantOver(seq=at.seq + 1, at=now, to=sender.id, grant=request.grant, why=why)


def _over(why: GrantEnd) -> Maker:
    def make(request: Any, at: Snapshot, _: Participant, now: int) -> GrantOver:
        return GrantOver(seq=at.seq + 1, at=now, to=request.to, grant=request.grant, why=why)

    return make


def _started(request: ShareStart, at: Snapshot, _: Participant, now: int) -> ShareStarted:
    share, epoch, scope = request.share, request.epoch, request.scope
    return ShareStarted(seq=at.seq + 1, at=now, share=share, epoch=epoch, scope=scope)


def _paused(request: SharePause, at: Snapshot, _: Participant, now: int) -> SharePaused:
    return SharePaused(seq=at.seq + 1, at=now, why=request.why)


def _ended(why: ShareCause) -> Maker:
    def make(_: Any, at: Snapshot, sender: Participant, now: int) -> ShareEnded:
        return ShareEnded(seq=at.seq + 1, at=now, by=sender.id, why=why)

    return make


def _dropped(request: ShareDrop, at: Snapshot, _: Participant, now: int) -> ShareEnded:
    return ShareEnded(seq=at.seq + 1, at=now, by="", why=request.why)


_OF_GRANTS = (GrantAsk, GrantReturn, GrantGive, GrantDeny, GrantTake, GrantTimeOut, GrantExpire)

MAKERS: dict[type[Request], Maker] = {
    GrantAsk: _asked,
    GrantGive: _given,
    GrantReturn: _returned,
    GrantDeny: _over(GrantEnd.DENIED),
    GrantTake: _over(GrantEnd.TAKEN),
    GrantTimeOut: _over(GrantEnd.LATE),
    GrantExpire: _over(GrantEnd.EXPIRED),
    ShareStart: _started,
    SharePause: _paused,
    ShareEnd: _ended(ShareCause.CUSTOMER),
    ShareStop: _ended(ShareCause.REPRESENTATIVE),
    ShareDrop: _dropped,
}

REQUESTS: frozenset[type[Request]] = frozenset({*SHARE_REQUESTS, *GRANT_REQUESTS})
"""Everything that is decided here."""
