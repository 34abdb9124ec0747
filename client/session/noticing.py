"""Notices of known problems: folded away, or leaving because one names the own problem.

Leaving this way waits for the relay: when the notice is over in the meantime, the customer keeps
the place in the queue.
"""

from dataclasses import replace

import msgspec

from client.session.effects import Effect, Send
from client.session.inputs import MineAnswered, MineChosen, NoticeFolded
from client.session.machines import Leave
from client.session.outbox import RETRY_S
from client.session.state import ClientState, LinkState, Mine
from protocol.errors import ErrorCode
from protocol.facts import EndReason, NoticeTold, SessionEnded
from protocol.requests import Email, NoticeMine
from protocol.signals import Refused

Step = tuple[ClientState, tuple[Effect, ...]]


def notices_of(state: ClientState) -> tuple[NoticeTold, ...]:
    """The notices that hold, while they mean anything to this customer."""
    return state.snapshot.notices if state.snapshot and state.runs else ()


def folded(state: ClientState, given: NoticeFolded, _now: float) -> Step:
    """Fold a notice away, or unfold it."""
    others = state.folded - {given.notice}
    return replace(state, folded=others | {given.notice} if given.on else others), ()


def fold_all(state: ClientState) -> ClientState:
    """What was read while waiting makes room for the conversation."""
    return replace(state, folded=frozenset(one.notice for one in notices_of(state)))


def mine_chosen(state: ClientState, given: MineChosen, _now: float) -> Step:
    """Nobody leaves by one click: ask first, and where to tell that it is solved."""
    known = any(one.notice == given.notice for one in notices_of(state))
    if not known or state.mine is not None or state.leave is not Leave.BOUND:
        return state, ()
    return replace(state, mine=Mine(notice=given.notice)), ()


def mine_answered(state: ClientState, given: MineAnswered, _now: float) -> Step:
    """No: nothing happened. Yes: leave, once the address is one, or there is none."""
    mine = state.mine
    if mine is None:
        return state, ()
    if not given.yes:
        return (state, ()) if mine.id else (replace(state, mine=None), ())
    email = given.email.strip() if state.mail else ""
    if mine.id:
        return state, ()
    if not is_email(email):
        return replace(state, mine=replace(mine, email=email, wrong=True)), ()
    return tell_mine(replace(state, mine=replace(mine, id=given.id, email=email, wrong=False)))


def tell_mine(state: ClientState) -> Step:
    """Tell the relay, if the customer wants to leave this way and there is a link."""
    mine = state.mine
    if mine is None or not mine.id or state.link is not LinkState.ONLINE:
        return state, ()
    request = NoticeMine(id=mine.id, notice=mine.notice, email=mine.email)
    return replace(state, mine=replace(mine, due=None)), (Send(request),)


def tell_again(state: ClientState, now: float) -> Step:
    """Tell again what the relay could not store, when it is time."""
    due = state.mine.due if state.mine else None
    return tell_mine(state) if due is not None and due <= now else (state, ())


def mine_refused(state: ClientState, mine: Mine, refused: Refused, now: float) -> Step:
    """What could not be stored is told again; a notice that is over is nobody's problem."""
    if refused.code is ErrorCode.STORAGE:
        return replace(state, mine=replace(mine, due=now + RETRY_S)), ()
    return replace(state, mine=None), ()


def followed(state: ClientState) -> ClientState:
    """After news of the session: no question about a notice that is over."""
    mine = state.mine
    if mine is None or any(one.notice == mine.notice for one in notices_of(state)):
        return state
    return replace(state, mine=None)


def ended(state: ClientState) -> ClientState:
    """At the end: remember by which notice the customer left, and where they are told."""
    last = state.snapshot.log[-1] if state.snapshot and state.snapshot.log else None
    mine = state.mine
    left = isinstance(last, SessionEnded) and last.reason is EndReason.NOTICE
    if mine is None or not mine.id or not left:
        return replace(state, mine=None)
    return replace(state, mine=None, noted=mine.notice, told_at=mine.email)


def is_email(text: str) -> bool:
    """Whether the relay would take `text` as an address; nothing is one too."""
    try:
        msgspec.convert(text, Email)
    except msgspec.ValidationError:
        return False
    return True
