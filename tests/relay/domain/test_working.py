"""Nudges, holds and people who are taken out: what fits beyond the table of sessions."""

import pytest

from protocol import limits
from protocol.errors import ErrorCode
from protocol.machines import SessionState
from protocol.requests import SessionLeave, SessionTransfer
from protocol.snapshot import representatives
from protocol.working import NudgeMark
from protocol.working_requests import (
    NudgeSend,
    NudgeTell,
    RepresentativeRemove,
    SessionHold,
    SessionResume,
)
from relay.domain.session import Session, Store, decide
from tests.relay.domain.cast import ADA, GRACE, KEN, LINUS, WISH, carried_out, in_state
from tests.relay.domain.requests import GIVEN, ID, refused

WINDOW_MS = limits.NUDGES_WINDOW_S * 1000


def talk() -> Session:
    """Ada and Linus help."""
    return in_state(SessionState.ACTIVE)


def nudged(at: Session, *moments: int) -> Session:
    for moment in moments:
        at = carried_out(at, NudgeSend(id=f"nudge-{moment:04}"), ADA, now=moment)
    return at


def test_a_customer_is_nudged_so_often_and_then_again_once_time_has_passed() -> None:
    moments = range(100, 100 + limits.NUDGES)
    often = nudged(talk(), *moments)
    for who in (ADA, LINUS):
        assert decide(often, NudgeSend(id=ID), who, 200) == refused(ErrorCode.TOO_OFTEN)
        late = 100 + WINDOW_MS
        assert decide(often, NudgeSend(id=ID), who, late - 1) == refused(ErrorCode.TOO_OFTEN)
        assert isinstance(decide(often, NudgeSend(id=ID), who, late)[0], Store)


def tell(nudge: str, mark: NudgeMark) -> NudgeTell:
    return NudgeTell(id=f"{mark}-{nudge}", nudge=nudge, mark=mark)


def test_a_nudge_is_delivered_once_and_seen_once_after_that() -> None:
    at = nudged(talk(), 100)
    for mark in NudgeMark:
        assert decide(at, NudgeTell(id=ID, nudge="another-one", mark=mark), GRACE, 9) == refused()
    seen = NudgeTell(id=ID, nudge="nudge-0100", mark=NudgeMark.SEEN)
    assert decide(at, seen, GRACE, 9) == refused(), "not before it was delivered"
    for mark in NudgeMark:
        at = carried_out(at, tell("nudge-0100", mark), GRACE)
        again = NudgeTell(id=ID, nudge="nudge-0100", mark=mark)
        assert decide(at, again, GRACE, 9) == refused()


def test_what_became_of_one_nudge_says_nothing_of_another() -> None:
    at = nudged(talk(), 100, 101)
    at = carried_out(at, tell("nudge-0100", NudgeMark.DELIVERED), GRACE)
    assert decide(at, NudgeTell(id=ID, nudge="nudge-0101", mark=NudgeMark.SEEN), GRACE, 9) == (
        refused()
    )


def test_one_hold_at_a_time_which_anybody_who_helps_may_end() -> None:
    at = talk()
    assert decide(at, SessionResume(id=ID), ADA, 9) == refused()
    held = carried_out(at, SessionHold(id="hold-0001"), ADA)
    assert held.snapshot.holder == ADA.id
    assert decide(held, SessionHold(id=ID), LINUS, 9) == refused()
    assert carried_out(held, SessionResume(id="resume-01"), LINUS).snapshot.holder == ""


@pytest.mark.parametrize(
    ("request_", "holds"),
    [
        (SessionLeave(id="leave-0001"), False),
        (RepresentativeRemove(id="remove-01", who=LINUS.id), True),
        (SessionTransfer(id="pass-0001", queue=WISH), False),
    ],
)
def test_a_hold_ends_with_who_holds(
    request_: SessionLeave | RepresentativeRemove | SessionTransfer, holds: bool
) -> None:
    held = carried_out(talk(), SessionHold(id="hold-0001"), ADA)
    later = carried_out(held, request_, ADA, GIVEN)
    assert bool(later.snapshot.holder) is holds


def test_another_representative_is_taken_out_but_nobody_else() -> None:
    at = talk()
    for who in (ADA.id, GRACE.id, KEN.id, ""):
        assert decide(at, RepresentativeRemove(id=ID, who=who), ADA, 9) == refused()
    at = carried_out(at, RepresentativeRemove(id="remove-01", who=LINUS.id), ADA)
    assert [one.id for one in representatives(at.snapshot)] == [ADA.id]
    assert decide(at, RepresentativeRemove(id=ID, who=LINUS.id), ADA, 9) == refused()
