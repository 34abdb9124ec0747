"""What is heard about the shared screen: from the relay, and from the threads that show and act.
All of it can take away or be told; nothing of it can give.
"""

from dataclasses import replace
from typing import Any

from client.session.effects import Effect
from client.session.share_inputs import (
    CaptureFailed,
    EndKeySet,
    ObstaclesMet,
    OwnHandMoved,
    Pointed,
    TextPut,
    Watched,
)
from client.session.share_machines import RUNNING, Mode
from client.session.share_state import Broken, Mark, Pasted, PointedLine
from client.session.share_turns import broken, lessened, stopped
from client.session.state import ClientState
from protocol import limits
from protocol.facts import CustomerMoved
from protocol.screen import Obstacle
from protocol.share_facts import GrantGiven, GrantOver, ShareEnded, ShareStarted
from protocol.share_requests import GrantGive
from protocol.sharing import Grant, GrantEnd
from protocol.signals import Refused

Step = tuple[ClientState, tuple[Effect, ...]]

MARK_S = 4.0
"""How long a place that somebody points at is marked."""

MARKS = 9
"""Most marks at a time; a newer one takes the place of the oldest."""

PASTED_S = 8.0
"""How long the band says that somebody used the clipboard."""

BURST_S = 30.0
"""Pointing without a longer pause is one line of the conversation."""

POINTED_LINES = 20

_REST_STEP_S = 0.5
"""A hand that keeps moving is told this often."""


def told(state: ClientState, fact: Any) -> Step:
    """After a fact was applied to the snapshot: what it takes away here.

    An echo of something that the customer has done again since must not undo it: what is over
    counts for what the relay had stored, not for what is still on its way.
    """
    own = state.share
    match fact:
        case GrantGiven():
            held = own.holds(fact.to, fact.grant)
            known = own.with_grant(replace(held, told=True)) if held else own
            return replace(state, share=known), ()
        case GrantOver():
            return _over(state, fact)
        case ShareStarted():
            return _started(state, fact)
        case ShareEnded() if own.told and own.mode in RUNNING:
            return stopped(state)
        case CustomerMoved():
            return stopped(state)
        case _:
            return state, ()


def _over(state: ClientState, fact: GrantOver) -> Step:
    own = state.share
    held = own.holds(fact.to, fact.grant)
    if held is not None and held.told:
        return lessened(state, own.without(fact.to, fact.grant))
    withdrawn = fact.why is GrantEnd.WITHDRAWN and own.picking.to == fact.to
    if withdrawn and own.mode is Mode.PICKING:
        return stopped(state)
    return state, ()


def _started(state: ClientState, fact: ShareStarted) -> Step:
    """A start that is not from here means that what is shown here is not what others are told."""
    own = state.share
    if own.mode not in RUNNING:
        return state, ()
    if (fact.share, fact.epoch) == (own.share, own.epoch):
        return replace(state, share=replace(own, told=True)), ()
    return stopped(state) if fact.epoch > own.epoch else (state, ())


def lost(state: ClientState) -> Step:
    """No share outlives its connection."""
    return broken(state, Broken.LINK)


def refused(state: ClientState, refusal: Refused) -> Step | None:
    """What the relay does not let begin is over here, too; None: it refused something else."""
    own = state.share
    request = next((one for one in own.begun if one.id == refusal.id), None)
    if request is None:
        return None
    own = replace(own, begun=tuple(one for one in own.begun if one is not request))
    state = replace(state, share=own)
    if own.mode not in RUNNING:
        return state, ()
    if not isinstance(request, GrantGive):
        current = request.epoch == own.epoch
        return broken(state, Broken.REFUSED) if current else (state, ())
    less = own.without(request.to, request.grant)
    if not less.viewers:
        return broken(state, Broken.REFUSED)
    return lessened(state, less)


def hand_moved(state: ClientState, _given: OwnHandMoved, now: float) -> Step:
    """The customer's own hand is on the mouse."""
    own = state.share
    until = now + limits.OWN_HAND_S
    told = own.resting is not None and until - own.resting < _REST_STEP_S
    if own.mode is not Mode.ON or not own.controllers or told:
        return state, ()
    return replace(state, share=replace(own, resting=until)), ()


def obstacles_met(state: ClientState, given: ObstaclesMet, _now: float) -> Step:
    """Something is in the way, or no longer."""
    return _while_running(state, view=given.view, control=given.control)


def end_key_set(state: ClientState, given: EndKeySet, _now: float) -> Step:
    """Nothing is promised that another program has taken."""
    return replace(state, share=replace(state.share, end_key=given.works)), ()


def capture_failed(state: ClientState, _given: CaptureFailed, _now: float) -> Step:
    """The screen cannot be seen, by nobody's wish."""
    return _while_running(state, view=Obstacle.SYSTEM)


def watched(state: ClientState, given: Watched, _now: float) -> Step:
    """Whose viewers have the picture up."""
    return _while_running(state, watching=given.viewers)


def pointed(state: ClientState, given: Pointed, now: float) -> Step:
    """Somebody who may see points at a place; the conversation says so once a burst."""
    own = state.share
    by = next((one.to for one in own.viewers if one.number == given.sender), None)
    if own.mode is not Mode.ON or by is None:
        return state, ()
    mark = Mark(by=by, number=given.number, x=given.x, y=given.y, until=now + MARK_S)
    others = tuple(one for one in own.marks if (one.by, one.number) != (by, given.number))
    lines = own.pointed
    if now - own.pointed_at > BURST_S or not lines or lines[-1].by != by:
        seq = state.snapshot.seq if state.snapshot else 0
        lines = (*lines, PointedLine(by=by, at=round((now + state.ahead) * 1000), seq=seq))
    own = replace(
        own, marks=(*others, mark)[-MARKS:], pointed=lines[-POINTED_LINES:], pointed_at=now
    )
    return replace(state, share=own), ()


def text_put(state: ClientState, given: TextPut, now: float) -> Step:
    """The customer is told for a while who has just used their clipboard."""
    own = state.share
    by = next((one.to for one in own.holders(Grant.PASTE) if one.number == given.sender), None)
    if by is None:
        return state, ()
    return replace(state, share=replace(own, pasted=Pasted(by=by, until=now + PASTED_S))), ()


def _while_running(state: ClientState, **changes: Any) -> Step:
    """What the threads tell belongs to a share; what comes after its end means nothing."""
    if state.share.mode not in RUNNING:
        return state, ()
    return replace(state, share=replace(state.share, **changes)), ()
