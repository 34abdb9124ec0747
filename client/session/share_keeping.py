"""What is held to after every input, whatever it was, and what time brings about.

A grant is worth something only to the representative who is there under the same number, only in
its time, and only while the session is on. What the relay seems to have missed of the customer's
no it is told again.
"""

from dataclasses import replace
from math import floor

from client.session.asking import number_of, standing
from client.session.effects import Effect
from client.session.machines import Page
from client.session.outbox import RETRY_S
from client.session.share_machines import CHOOSING, RUNNING, Mode
from client.session.share_state import OwnShare
from client.session.share_turns import here_again, lessened, posted, stopped
from client.session.state import ClientState, LinkState
from protocol.share_machine import ShareState
from protocol.share_requests import GrantTake, ShareEnd, SharePause, ShareRequest
from protocol.sharing import Grant, PauseCause

Step = tuple[ClientState, tuple[Effect, ...]]


def kept(state: ClientState, now: float) -> Step:
    """The state as it may be at `now`. Without news it is the same object."""
    effects: tuple[Effect, ...] = ()
    if state.share.mode is not Mode.OFF and state.page is not Page.TALKING:
        state, effects = stopped(state)
    own = state.share
    held = tuple(
        one
        for one in own.held
        if one.until > now and number_of(state.snapshot, one.to) == one.number
    )
    seeing = {one.to for one in held if one.grant is Grant.VIEW}
    held = tuple(one for one in held if one.to in seeing)
    if held != own.held or (own.mode in RUNNING and not held):
        state, more = lessened(state, replace(own, held=held))
        effects = (*effects, *more)
    return _timed(_mind_mending(_without_absent(state), now), now), effects


def _without_absent(state: ClientState) -> ClientState:
    """Nothing waits for a representative who has left."""
    own = state.share
    if state.link is not LinkState.ONLINE:
        return state
    gone = own.mode is Mode.PICKING and number_of(state.snapshot, own.picking.to) is None
    deserted = own.mode in (Mode.LOST, Mode.LOST_PICKING) and not here_again(state)
    return stopped(state)[0] if gone or deserted else state


def _timed(state: ClientState, now: float) -> ClientState:
    """What time alone brings about."""
    own = state.share
    questions = standing(state, now)
    late = {one.seq for one in questions if one.deadline <= now}
    asked = tuple(one for one in questions if one.seq not in late)
    told = state.snapshot.sharing.asked if state.snapshot else ()
    marks = tuple(one for one in own.marks if one.until > now)
    own = replace(
        own,
        asked=asked,
        answered=(own.answered | late) & frozenset(one.seq for one in told),
        marks=marks,
        pasted=own.pasted if own.pasted is not None and own.pasted.until > now else None,
        resting=own.resting if own.resting is not None and own.resting > now else None,
    )
    if counts(own):
        own = replace(own, second=floor(now))
    return state if own == state.share else replace(state, share=own)


def counts(own: OwnShare) -> bool:
    """Whether seconds are on the screen."""
    return own.mode in RUNNING or bool(own.asked)


def due(own: OwnShare) -> float | None:
    """When time alone would next change something."""
    moments = [
        *((own.second + 1.0,) if counts(own) else ()),
        *(one.until for one in own.held if one.until != float("inf")),
        *(one.deadline for one in own.asked),
        *(one.until for one in own.marks),
        *((own.pasted.until,) if own.pasted is not None else ()),
        *((own.resting,) if own.resting is not None else ()),
        *((own.mend_at,) if own.mend_at is not None else ()),
    ]
    return min(moments, default=None)


def mended(state: ClientState, now: float) -> Step:
    """Tell the relay again what it has missed, when it is time."""
    at = state.share.mend_at
    return told_missed(state, now) if at is not None and at <= now else (state, ())


def told_missed(state: ClientState, now: float) -> Step:
    """Tell the relay what it has missed: with a new link, that there is no share any longer."""
    requests = _missed(state)
    if not requests:
        return state, ()
    return posted(replace(state, share=replace(state.share, mend_at=now + RETRY_S)), *requests)


def _mind_mending(state: ClientState, now: float) -> ClientState:
    own = state.share
    missed = bool(_missed(state))
    if missed == (own.mend_at is not None):
        return state
    return replace(state, share=replace(own, mend_at=now + RETRY_S if missed else None))


def _missed(state: ClientState) -> tuple[ShareRequest, ...]:
    """What the relay would have to hear so that it believes in no more than there is."""
    own, snapshot = state.share, state.snapshot
    if snapshot is None or state.link is not LinkState.ONLINE or state.page is not Page.TALKING:
        return ()
    known = snapshot.sharing
    if own.mode not in RUNNING:
        idle = known.state is ShareState.OFF and not known.held
        return () if idle else (ShareEnd(id=""),)
    too_many = [
        GrantTake(id="", grant=one.grant, to=one.to)
        for one in known.held
        if own.holds(one.to, one.grant) is None
    ]
    shown = known.state is ShareState.ON and known.epoch == own.epoch
    if not shown or own.mode is Mode.ON:
        return tuple(too_many)
    why = PauseCause.CHOOSING if own.mode in CHOOSING else PauseCause.CUSTOMER
    return (*too_many, SharePause(id="", why=why))
