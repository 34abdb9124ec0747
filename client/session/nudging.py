"""A representative calls the customer to the window; both sides know what became of it."""

from dataclasses import replace

from client.session.effects import Effect, Ring, Send
from client.session.machines import Page
from client.session.state import ClientState, LinkState, OwnNudge
from client.session.working_inputs import Rang, Used
from protocol.snapshot import Snapshot
from protocol.working import NudgeMark
from protocol.working_facts import NudgeSent, NudgeTold
from protocol.working_requests import NudgeTell

Step = tuple[ClientState, tuple[Effect, ...]]

FRESH_S = 60.0
"""One that comes later than this, after a lost link, does not ring any more."""


def followed(state: ClientState, now: float) -> Step:
    """A nudge rings once; what became of the newest is told as long as the relay does not know."""
    if state.snapshot is None or state.page is not Page.TALKING:
        return state, ()
    nudge = _newest(state.snapshot)
    if nudge is None:
        return state, ()
    if nudge.id == state.nudge.nudge:
        return state, _untold(state)
    if _marks(state.snapshot, nudge.id) or state.ahead + now - nudge.at / 1000 > FRESH_S:
        return replace(state, nudge=OwnNudge(nudge=nudge.id, over=True)), ()
    return replace(state, nudge=OwnNudge(nudge=nudge.id)), (Ring(nudge.id),)


def rang(state: ClientState, given: Rang, _now: float) -> Step:
    """The window came to the front."""
    own = state.nudge
    if own.over or given.nudge != own.nudge or own.delivered:
        return state, ()
    state = replace(state, nudge=replace(own, delivered=given.id))
    return state, _untold(state)


def used(state: ClientState, given: Used, _now: float) -> Step:
    """The customer is back at the window."""
    own = state.nudge
    if not own.delivered or own.seen:
        return state, ()
    state = replace(state, nudge=replace(own, seen=given.id))
    return state, _untold(state)


def _untold(state: ClientState) -> tuple[Send, ...]:
    """What the relay does not know yet. Said again with every fact until it does: it carries out
    a repeated request once."""
    own, snapshot = state.nudge, state.snapshot
    if snapshot is None or state.link is not LinkState.ONLINE:
        return ()
    known = _marks(snapshot, own.nudge)
    wanted = ((NudgeMark.DELIVERED, own.delivered), (NudgeMark.SEEN, own.seen))
    return tuple(
        Send(NudgeTell(id=request, nudge=own.nudge, mark=mark))
        for mark, request in wanted
        if request and mark not in known
    )


def _newest(snapshot: Snapshot) -> NudgeSent | None:
    sent = (fact for fact in reversed(snapshot.log) if isinstance(fact, NudgeSent))
    return next(sent, None)


def _marks(snapshot: Snapshot, nudge: str) -> frozenset[NudgeMark]:
    """What the relay knows became of a nudge."""
    told = (fact for fact in snapshot.log if isinstance(fact, NudgeTold))
    return frozenset(fact.mark for fact in told if fact.id == nudge)
