"""Which question of a representative stands before the customer. Pure looking, no deciding."""

from dataclasses import dataclass

from client.session.machines import Page
from client.session.share_machines import CHOOSING
from client.session.share_state import OpenQuestion
from client.session.state import ClientState, LinkState
from protocol import limits
from protocol.roles import Role
from protocol.share_facts import GrantAsked
from protocol.sharing import CLIPBOARD, Grant
from protocol.snapshot import Snapshot, representatives

NUMBERS = 2**8
"""A channel header has room for so many participants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """The questions of one representative as one: those about the screen, or those about the
    clipboard, which come after them. `key` changes whenever there is another one; `sees` says that
    they may see already."""

    by: str
    key: int
    sees: bool
    control: bool
    clipboard: frozenset[Grant]
    reason: str
    deadline: float
    limit_s: int
    questions: tuple[OpenQuestion, ...]


def prompt_of(state: ClientState) -> Prompt | None:
    """What the customer is asked now; nothing while applications are being chosen."""
    own = state.share
    if not own.asked or own.mode in CHOOSING or not is_live(state):
        return None
    by = own.asked[0].by
    theirs = tuple(one for one in own.asked if one.by == by)
    screen = tuple(one for one in theirs if one.grant not in CLIPBOARD)
    questions = screen or theirs
    reasons = [one.reason for one in questions if one.reason]
    return Prompt(
        by=by,
        key=max(one.seq for one in questions),
        sees=own.holds(by, Grant.VIEW) is not None,
        control=any(one.grant is Grant.CONTROL for one in questions),
        clipboard=frozenset(one.grant for one in questions if one.grant in CLIPBOARD),
        reason=reasons[-1] if reasons else "",
        deadline=min(one.deadline for one in questions),
        limit_s=max(one.limit_s for one in questions),
        questions=questions,
    )


def is_live(state: ClientState) -> bool:
    """Whether an answer means anything: the talk is on, and so is the link."""
    return state.link is LinkState.ONLINE and state.page is Page.TALKING


def helping(state: ClientState) -> tuple[str, ...]:
    """The ids of the representatives who are in the session now."""
    return tuple(one.id for one in representatives(state.snapshot)) if state.snapshot else ()


def number_of(snapshot: Snapshot | None, participant: str) -> int | None:
    """The place of a representative who is in the session now; it is their number on the channel.
    None: there is no such person, or no such number."""
    people = snapshot.participants[:NUMBERS] if snapshot else ()
    for number, person in enumerate(people):
        if person.id == participant:
            here = person.role is Role.REPRESENTATIVE and participant not in _left(snapshot)
            return number if here else None
    return None


def _left(snapshot: Snapshot | None) -> tuple[str, ...]:
    return snapshot.left if snapshot else ()


def standing(state: ClientState, now: float) -> tuple[OpenQuestion, ...]:
    """The questions that stand: told by the relay, not answered here, and not too late."""
    own, snapshot = state.share, state.snapshot
    if snapshot is None or state.link is not LinkState.ONLINE:
        return ()
    known = {one.seq: one for one in own.asked}
    return tuple(
        known.get(fact.seq) or _opened(fact, state.ahead, now)
        for fact in snapshot.sharing.asked
        if fact.seq not in own.answered
        and number_of(snapshot, fact.by) is not None
        and own.holds(fact.by, fact.grant) is None
        and (fact.grant not in CLIPBOARD or own.holds(fact.by, Grant.VIEW))
    )


def _opened(fact: GrantAsked, ahead: float, now: float) -> OpenQuestion:
    # Neither a clock that is far off nor a relay makes the time longer than it is.
    limit_s = max(0, min(fact.limit_s, limits.ASK_S))
    left = min(limit_s, fact.at / 1000 - ahead + limit_s - now)
    return OpenQuestion(
        by=fact.by,
        grant=fact.grant,
        reason=fact.reason,
        seq=fact.seq,
        limit_s=limit_s,
        deadline=now + left,
    )
