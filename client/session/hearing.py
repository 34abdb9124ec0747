"""What the relay says: facts by the protocol's own law, signals each in its place."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from client.session import (
    answering,
    checking,
    file_keeping,
    leaving,
    noticing,
    nudging,
    share_hearing,
    share_keeping,
    talking,
)
from client.session.effects import Effect, StartOver
from client.session.inputs import Heard, LinkClosed, LinkLost
from client.session.machines import Page, Turn, turn
from client.session.outbox import RETRY_S
from client.session.state import ClientState, LinkState, Survey
from protocol import limits
from protocol.errors import ErrorCode, RemoteProtocolError
from protocol.facts import ChatPosted, Fact
from protocol.machines import SessionState
from protocol.signals import (
    Ack,
    FileProgress,
    HoldMessage,
    Present,
    QueuePlace,
    Refused,
    Seen,
    SurveyOffered,
    Typing,
    Welcome,
)
from protocol.snapshot import Snapshot, apply

Step = tuple[ClientState, tuple[Effect, ...]]

_TURNS = {
    SessionState.PREPARING: Turn.PREPARE,
    SessionState.WAITING: Turn.WAIT,
    SessionState.ACTIVE: Turn.TALK,
    SessionState.ENDED: Turn.END,
}


def heard(state: ClientState, given: Heard, now: float) -> Step:
    """A message of the relay. Before its welcome, and after the end, nothing counts."""
    event = given.event
    if state.link is LinkState.CLOSED:
        return state, ()
    if isinstance(event, Welcome):
        return _welcome(state, event, now)
    if state.link is not LinkState.ONLINE:
        return state, ()
    if isinstance(event, Fact):
        return _fact(state, event, now)
    handler = _SIGNALS.get(type(event))
    return handler(state, event, now) if handler else (state, ())


def link_lost(state: ClientState, _given: LinkLost, _now: float) -> Step:
    """What was under way is sent again with the next link; marks of others mean nothing now."""
    if state.link is LinkState.CLOSED:
        return state, ()
    state, effects = share_hearing.lost(checking.lost(state))
    return replace(
        state,
        link=LinkState.LOST,
        outbox=state.outbox.interrupted(),
        typing={},
        typing_told=None,
        reading=replace(state.reading, told=0),
        answer=replace(state.answer, due=None) if state.answer else None,
        mine=replace(state.mine, due=None) if state.mine else None,
        end_retry=None,
    ), effects


def link_closed(state: ClientState, given: LinkClosed, now: float) -> Step:
    """The relay will not have this client back; after the end that is as it should be."""
    if state.link is LinkState.CLOSED:
        return state, ()
    verdict = None if state.page is Page.ENDED else given.verdict
    return _then(leaving.over(replace(state, verdict=verdict), now), _hung_up)


def _welcome(state: ClientState, welcome: Welcome, now: float) -> Step:
    snapshot = welcome.snapshot or state.snapshot
    if snapshot is None:
        return _start_over(state)
    told = welcome.seen.get(welcome.participant, 0)
    state, dropped = share_hearing.lost(state) if state.link is LinkState.ONLINE else (state, ())
    state = replace(
        state,
        link=LinkState.ONLINE,
        me=welcome.participant,
        snapshot=snapshot,
        outbox=state.outbox.without(_own_ids(snapshot, welcome.participant)),
        words=welcome.words,
        present=frozenset(welcome.present),
        seen=dict(welcome.seen),
        reading=replace(state.reading, told=told),
        ahead=welcome.now / 1000 - now,
    )
    state = file_keeping.welcomed(state, welcome)
    ends = bool(state.end_id)
    step = _then(_followed(state, now), lambda at: talking.tell_seen(at, now))
    for tell in (answering.tell_answer, noticing.tell_mine):
        step = _then(step, tell)
    step = _then(step, lambda at: share_keeping.told_missed(at, now))
    step = _then(step, file_keeping.hurried)
    state, effects = _then(step, leaving.tell_end) if ends else step
    return state, (*dropped, *effects)


def _fact(state: ClientState, fact: Any, now: float) -> Step:
    if state.snapshot is None:
        return _start_over(state)
    try:
        snapshot = apply(state.snapshot, fact)
    except RemoteProtocolError:
        return _start_over(state)
    state = replace(state, snapshot=snapshot)
    if isinstance(fact, ChatPosted):
        state = _without_typing(state, fact.by)
        if fact.by == state.me:
            state = replace(state, outbox=state.outbox.without({fact.id}))
    return _then(share_hearing.told(state, fact), lambda at: _followed(at, now))


def _followed(state: ClientState, now: float) -> Step:
    """The page follows the session; then whatever may be sent is sent."""
    session = state.snapshot.state if state.snapshot else SessionState.WAITING
    if session is SessionState.ENDED:
        return leaving.over(state, now)
    before = state.page
    state = replace(state, page=turn(before, _TURNS[session]))
    if session is not SessionState.WAITING:
        state = replace(state, place=None, hold="")
    if state.page is Page.TALKING and before is not Page.TALKING:
        state = noticing.fold_all(state)
    step = answering.followed(noticing.followed(state), now)
    step = _then(step, lambda at: nudging.followed(at, now))
    return _then(step, lambda at: talking.flush(at, now))


def _ack(state: ClientState, ack: Ack, now: float) -> Step:
    """A fact that the snapshot is past (a trimmed log) is stored as well as one still coming."""
    state = checking.acknowledged(state, ack)
    if state.snapshot is None or ack.seq > state.snapshot.seq:
        return state, ()
    return talking.flush(replace(state, outbox=state.outbox.without({ack.id})), now)


def _refused(state: ClientState, refused: Refused, now: float) -> Step:
    if refused.id and refused.id == state.end_id:
        if refused.code is ErrorCode.STORAGE:
            return replace(state, end_retry=now + RETRY_S), ()
        return _then(leaving.over(state, now), _hung_up)
    if state.answer and refused.id == state.answer.id:
        return answering.answer_refused(state, state.answer, refused, now)
    if state.mine and refused.id == state.mine.id:
        return noticing.mine_refused(state, state.mine, refused, now)
    share = share_hearing.refused(state, refused)
    if share is not None:
        return share
    files = file_keeping.refused(state, refused, now)
    if files is not None:
        return files, ()
    report = checking.refused(state, refused, now)
    if report is not None:
        return report, ()
    outbox = state.outbox.refused(refused.id, refused.code, now)
    return talking.flush(replace(state, outbox=outbox), now)


def _typing(state: ClientState, typing: Typing, now: float) -> Step:
    if not typing.on or typing.by == state.me:
        return _without_typing(state, typing.by), ()
    return replace(state, typing={**state.typing, typing.by: now + limits.TYPING_S}), ()


def _seen(state: ClientState, seen: Seen, _now: float) -> Step:
    furthest = max(seen.seq, state.seen.get(seen.by, 0))
    return replace(state, seen={**state.seen, seen.by: furthest}), ()


def _present(state: ClientState, present: Present, _now: float) -> Step:
    others = state.present - {present.by}
    return replace(state, present=others | {present.by} if present.on else others), ()


def _queue_place(state: ClientState, place: QueuePlace, _now: float) -> Step:
    """A word to those who wait may name the place: it goes with it."""
    moved = state.place is not None and _figures(state.place) != _figures(place)
    return replace(state, place=place, hold="" if moved else state.hold), ()


def _figures(place: QueuePlace) -> tuple[int | None, ...]:
    return place.position, place.least_s, place.most_s


def _hold_message(state: ClientState, hold: HoldMessage, _now: float) -> Step:
    return (replace(state, hold=hold.text) if state.page is Page.WAITING else state), ()


def _survey_offered(state: ClientState, offer: SurveyOffered, _now: float) -> Step:
    """It stands after the end and comes once; it is the relay's last word."""
    if state.farewell is None:
        return state, ()
    return leaving.hang_up(replace(state, survey=state.survey or Survey(offer=offer)))


_SIGNALS: dict[type[Any], Callable[[ClientState, Any, float], Step]] = {
    Ack: _ack,
    FileProgress: file_keeping.progressed,
    Refused: _refused,
    Typing: _typing,
    Seen: _seen,
    Present: _present,
    QueuePlace: _queue_place,
    HoldMessage: _hold_message,
    SurveyOffered: _survey_offered,
}


def _start_over(state: ClientState) -> Step:
    state, effects = link_lost(state, LinkLost(), 0.0)
    return state, (*effects, StartOver())


def _own_ids(snapshot: Snapshot, me: str) -> frozenset[str]:
    return frozenset(
        fact.id for fact in snapshot.log if isinstance(fact, ChatPosted) and fact.by == me
    )


def _without_typing(state: ClientState, who: str) -> ClientState:
    if who not in state.typing:
        return state
    return replace(state, typing={by: at for by, at in state.typing.items() if by != who})


def _hung_up(state: ClientState) -> Step:
    return (state, ()) if state.link is LinkState.CLOSED else leaving.hang_up(state)


def _then(step: Step, more: Callable[[ClientState], Step]) -> Step:
    state, effects = step
    state, further = more(state)
    return state, (*effects, *further)
