"""What a request speaks of has to be there; and what becomes of who helps."""

import msgspec
import pytest

from protocol.acts import (
    CustomerMove,
    NoticeEnd,
    RepresentativeDrop,
    SessionClose,
    SessionQueue,
    StepAsk,
    StepTimeOut,
)
from protocol.facts import EndReason, InvitationOver, Participant, SessionEnded
from protocol.machines import SessionState
from protocol.queues import GENERAL
from protocol.requests import (
    ClientOffer,
    InvitationAccept,
    InvitationMake,
    InvitationWithdraw,
    NoticeMine,
    Request,
    SessionEnd,
    SessionLeave,
    SessionTransfer,
    StepAnswer,
)
from protocol.roles import Door
from protocol.snapshot import representatives
from protocol.steps import Step
from relay.domain.given import Given
from relay.domain.session import (
    decide,
)
from tests.relay.domain import cast
from tests.relay.domain.cast import (
    ADA,
    ADAS,
    BILLING,
    GRACE,
    KEN,
    LINUS,
    LINUSS,
    RELAY,
    WISH,
    accepted,
    carried_out,
    in_state,
    joined,
)
from tests.relay.domain.requests import EXAMPLES, GIVEN, ID, MOVED, fresh, refused


@pytest.mark.parametrize(
    ("asked", "answered", "fits"),
    [
        (asked, answered, asked is answered)
        for asked in (None, *Step)
        for answered in Step
    ],
)  # fmt: skip
def test_only_the_question_that_stands_is_answered_or_given_up(
    asked: Step | None, answered: Step, fits: bool
) -> None:
    session = cast.session(preparing=True)
    if asked is not None:
        session = carried_out(session, StepAsk(step=asked, title="T", text="?", limit_s=60))
    effects = decide(session, StepAnswer(id=ID, step=answered, yes=False), GRACE, 9)
    assert (effects != refused()) is fits
    assert bool(decide(session, StepTimeOut(step=answered), RELAY, 9)) is fits


def test_nobody_leaves_a_customer_alone() -> None:
    alone, both = accepted(cast.session()), joined(accepted(cast.session()), LINUS)
    assert decide(alone, SessionLeave(id=ID), ADA, 9) == refused()
    assert decide(alone, RepresentativeDrop(by=ADA.id), RELAY, 9) == []
    left = carried_out(both, SessionLeave(id=ID), ADA)
    assert representatives(left.snapshot) == (LINUS,)
    assert decide(left, SessionLeave(id=ID), LINUS, 9) == refused()
    dropped = carried_out(both, RepresentativeDrop(by=ADA.id))
    assert representatives(dropped.snapshot) == (LINUS,)


def test_only_who_is_there_is_dropped() -> None:
    both = joined(joined(accepted(cast.session()), LINUS), KEN)
    left = carried_out(both, SessionLeave(id=ID), ADA)
    assert decide(left, RepresentativeDrop(by=ADA.id), RELAY, 9) == []


def test_a_queue_is_invited_once_at_a_time() -> None:
    session = in_state(SessionState.ACTIVE)
    again = InvitationMake(id=ID, queue=WISH)
    assert decide(session, again, ADA, 9, Given(queue=BILLING, fresh_id="i2")) == refused()
    back = carried_out(session, InvitationWithdraw(id="back-0001", invitation="i1"), ADA)
    assert decide(back, again, ADA, 9, Given(queue=BILLING, fresh_id="i2")) != refused()


@pytest.mark.parametrize("kind", [InvitationWithdraw, InvitationAccept], ids=lambda k: k.__name__)
def test_an_invitation_that_is_not_open_is_neither_followed_nor_taken_back(
    kind: type[InvitationWithdraw | InvitationAccept],
) -> None:
    session = in_state(SessionState.ACTIVE)
    unknown = msgspec.structs.replace(EXAMPLES[kind], invitation="i9")
    assert decide(session, unknown, KEN, 9) == refused()
    back = carried_out(session, InvitationWithdraw(id="back-0001", invitation="i1"), ADA)
    assert decide(back, EXAMPLES[kind], KEN, 9) == refused()


def test_an_invitation_ends_with_whom_it_brought() -> None:
    session = carried_out(in_state(SessionState.ACTIVE), EXAMPLES[InvitationAccept], KEN)
    assert session.snapshot.invitations == ()
    over = session.snapshot.notes[-1]
    assert isinstance(over, InvitationOver)
    assert (over.id, over.by) == ("i1", KEN.id)
    assert representatives(session.snapshot) == (ADA, LINUS, KEN)


@pytest.mark.parametrize(
    ("request_type", "sender"),
    [
        (SessionTransfer, ADA),
        (SessionQueue, RELAY),
        (SessionEnd, GRACE),
        (SessionEnd, ADA),
        (SessionClose, RELAY),
        (NoticeMine, GRACE),
    ],
)
def test_all_invitations_end_when_the_representatives_are_gone(
    request_type: type[Request], sender: Participant
) -> None:
    session = fresh(in_state(SessionState.ACTIVE))
    session = carried_out(
        session, InvitationMake(id="more-0001", queue=WISH), ADA, Given(queue=ADAS, fresh_id="i5")
    )
    after_it = carried_out(session, EXAMPLES[request_type], sender, GIVEN)
    assert after_it.snapshot.invitations == ()
    over = [one for one in after_it.snapshot.notes if isinstance(one, InvitationOver)][-2:]
    assert [(one.id, one.by) for one in over] == [("i1", ""), ("i5", "")]


def test_one_who_leaves_takes_no_invitation_along() -> None:
    session = in_state(SessionState.ACTIVE)
    for request, sender in ((SessionLeave(id=ID), ADA), (RepresentativeDrop(by=ADA.id), RELAY)):
        left = carried_out(fresh(session), request, sender)
        assert left.snapshot.invitations == session.snapshot.invitations


@pytest.mark.parametrize("state", [SessionState.WAITING, SessionState.ACTIVE])
def test_only_a_notice_that_was_shown_and_holds_is_the_customers_own_problem(
    state: SessionState,
) -> None:
    session = fresh(in_state(state))
    assert decide(session, NoticeMine(id=ID, notice="n9"), GRACE, 9) == refused()
    over = carried_out(session, NoticeEnd(notice="n1"))
    assert decide(over, NoticeMine(id=ID, notice="n1"), GRACE, 9) == refused()
    left = carried_out(session, NoticeMine(id=ID, notice="n1"), GRACE, GIVEN)
    ended = left.snapshot.log[-1]
    assert isinstance(ended, SessionEnded)
    assert (ended.by, ended.reason, ended.text) == (GRACE.id, EndReason.NOTICE, "Goodbye.")


@pytest.mark.parametrize("door", [Door.CHAT, Door.CLIENT])
def test_only_a_customer_in_the_browser_is_asked_into_the_program(door: Door) -> None:
    effects = decide(accepted(cast.session(door=door)), ClientOffer(id=ID), ADA, 9)
    assert (effects == refused()) is (door is Door.CLIENT)


def test_who_is_passed_on_waits_without_representatives_and_is_taken_again() -> None:
    talk = joined(accepted(cast.session()), LINUS)
    passed = carried_out(talk, EXAMPLES[SessionTransfer], ADA, GIVEN, now=70)
    assert (passed.state, passed.snapshot.queue) == (SessionState.WAITING, LINUSS)
    assert (passed.opened_at, passed.queued_at) == (1, 70)
    assert passed.opened.queue == GENERAL
    assert passed.helpers == []
    assert passed.was_helped
    again = accepted(passed, LINUS)
    assert again.helpers == ["linus"]
    assert representatives(again.snapshot) == (LINUS,)
    assert len(again.snapshot.participants) == 3


def test_a_session_that_waited_from_the_first_was_queued_when_it_opened() -> None:
    session = cast.session()
    assert (session.queued_at, session.was_helped) == (session.opened_at, False)


def test_who_left_is_known_but_not_in_the_session() -> None:
    left = carried_out(joined(accepted(cast.session()), LINUS), SessionLeave(id=ID), ADA)
    assert left.participant(ADA.id) == ADA
    assert (left.is_in(ADA.id), left.is_in(LINUS.id), left.is_in("r-nobody")) == (
        False, True, False
    )  # fmt: skip


def test_the_step_into_the_program_keeps_the_customer_first() -> None:
    moved = carried_out(in_state(SessionState.ACTIVE), EXAMPLES[CustomerMove])
    assert moved.customer == MOVED
    assert moved.opened.participant == GRACE
