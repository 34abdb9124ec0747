"""What is heard around the shared screen: it takes away, or is told, and nothing more."""

from dataclasses import replace

import msgspec
import pytest

from client.session import share_inputs as deed
from client.session.asking import prompt_of
from client.session.effects import DropPictures, Effect, Send
from client.session.inputs import Heard, Tick
from client.session.outbox import RETRY_S
from client.session.permit import NOTHING_ALLOWED
from client.session.permitting import permit_of
from client.session.share_hearing import BURST_S, MARK_S, MARKS
from client.session.share_inputs import ShareAnswer
from client.session.share_keeping import kept
from client.session.share_machines import Mode
from client.session.share_state import Broken
from protocol import limits
from protocol.errors import ErrorCode
from protocol.facts import (
    CustomerMoved,
    Departure,
    Participant,
    RepresentativeJoined,
    RepresentativeLeft,
    SessionQueued,
)
from protocol.queues import GENERAL, QueueCause
from protocol.screen import Obstacle
from protocol.share_facts import GrantGiven, GrantOver, ShareEnded, ShareStarted
from protocol.share_requests import GrantTake, ShareEnd, SharePause, ShareStart
from protocol.share_snapshot import Sharing
from protocol.sharing import Grant, GrantEnd, PauseCause, Scope, ShareCause
from protocol.signals import Refused
from protocol.snapshot import Snapshot
from tests.client.mind import (
    ACCEPTED,
    ADA,
    ALAN,
    AT,
    CHOSEN,
    GRACE,
    OPENED,
    Mind,
    snapshot_of,
    welcome,
)

VIEW, CONTROL = Grant.VIEW, Grant.CONTROL


def over(mind: Mind, grant: Grant, why: GrantEnd = GrantEnd.RETURNED) -> tuple[Effect, ...]:
    return mind.hear(GrantOver(seq=mind.seq, at=AT, to=ADA.id, grant=grant, why=why))


def ended(mind: Mind, why: ShareCause = ShareCause.REPRESENTATIVE) -> tuple[Effect, ...]:
    return mind.hear(ShareEnded(seq=mind.seq, at=AT, by=ADA.id, why=why))


def last_start(mind: Mind) -> str:
    """The id of the newest start."""
    return next(one.id for one in reversed(mind.sent) if isinstance(one, ShareStart))


def known(mind: Mind) -> Snapshot:
    assert mind.state.snapshot is not None
    return mind.state.snapshot


def test_control_that_was_given_back_is_gone() -> None:
    mind = Mind().share(CONTROL)
    assert over(mind, CONTROL) == ()
    assert mind.permit.viewers == {1}
    assert mind.permit.controllers == {}


def test_with_the_last_viewer_the_share_is_over() -> None:
    mind = Mind().share(CONTROL)
    assert over(mind, VIEW) == (DropPictures(),)
    assert (mind.mode, mind.permit) == (Mode.OFF, NOTHING_ALLOWED)


def test_one_viewer_of_two_who_gives_back_leaves_the_other() -> None:
    mind = Mind().share()
    mind.hear(RepresentativeJoined(seq=mind.seq, at=AT, participant=ALAN, by=ADA.id))
    mind.ask(by=ALAN)
    mind.answer()
    assert over(mind, VIEW) == (DropPictures(),)
    assert mind.permit.viewers == {2}


@pytest.mark.parametrize("why", GrantEnd)
def test_what_is_over_is_what_the_relay_had_stored(why: GrantEnd) -> None:
    mind = Mind().share(CONTROL)
    mind.take(deed.TakeBackWanted("take0001", ADA.id, CONTROL))
    mind.ask(CONTROL)
    mind.answer()
    over(mind, CONTROL, why)
    assert mind.permit.controllers.keys() == {1}
    mind.echo()
    over(mind, CONTROL, why)
    assert mind.permit.controllers == {}


@pytest.mark.parametrize("why", ShareCause)
def test_a_share_that_was_ended_elsewhere_is_over(why: ShareCause) -> None:
    mind = Mind().share()
    assert ended(mind, why) == (DropPictures(),)
    assert (mind.mode, mind.permit) == (Mode.OFF, NOTHING_ALLOWED)


def test_the_picker_goes_with_the_share() -> None:
    mind = Mind().share_chosen()
    mind.take(deed.ChangeWanted("change01"))
    ended(mind)
    assert mind.mode is Mode.OFF


def test_a_representative_who_leaves_sees_nothing() -> None:
    mind = Mind().share()
    left = RepresentativeLeft(seq=mind.seq, at=AT, by=ADA.id, why=Departure.LOST)
    assert mind.hear(left) == (DropPictures(),)
    assert mind.permit is NOTHING_ALLOWED
    mind.hear(RepresentativeJoined(seq=mind.seq, at=AT, participant=ADA, by=ALAN.id))
    assert mind.permit is NOTHING_ALLOWED


@pytest.mark.parametrize("cause", QueueCause)
def test_nothing_is_shown_in_the_queue(cause: QueueCause) -> None:
    mind = Mind().share()
    mind.hear(SessionQueued(seq=mind.seq, at=AT, queue=GENERAL, cause=cause, by=ADA.id))
    assert (mind.mode, mind.permit) == (Mode.OFF, NOTHING_ALLOWED)


def test_whoever_goes_on_elsewhere_shows_nothing_from_here() -> None:
    mind = Mind().share()
    mind.hear(CustomerMoved(seq=mind.seq, at=AT, participant=GRACE))
    assert mind.permit is NOTHING_ALLOWED


def test_a_start_that_is_not_from_here_ends_what_is_shown() -> None:
    mind = Mind().share()
    start = ShareStarted(seq=mind.seq, at=AT, share=1, epoch=9, scope=Scope.ALL)
    mind.hear(start)
    assert mind.permit is NOTHING_ALLOWED


def test_numbers_that_are_used_up_show_nothing() -> None:
    mind = Mind().join()
    full = Sharing(share=2**32 - 1, epoch=2**32 - 1)
    snapshot = msgspec.structs.replace(snapshot_of([OPENED, ACCEPTED]), sharing=full)
    mind.hear(msgspec.structs.replace(welcome([OPENED]), snapshot=snapshot))
    mind.ask()
    mind.answer()
    assert (mind.mode, mind.permit) == (Mode.OFF, NOTHING_ALLOWED)


def test_another_number_of_the_same_person_is_worth_nothing() -> None:
    mind = Mind().share(CONTROL)
    hello = welcome([OPENED, ACCEPTED])
    people = (GRACE, ALAN, ADA)
    snapshot = msgspec.structs.replace(known(mind), participants=people)
    mind.hear(msgspec.structs.replace(hello, snapshot=snapshot))
    assert mind.permit is NOTHING_ALLOWED


def test_a_second_welcome_on_a_running_link_ends_the_share() -> None:
    mind = Mind().share()
    snapshot = mind.state.snapshot
    effects = mind.hear(msgspec.structs.replace(welcome([OPENED]), snapshot=snapshot))
    assert effects[0] == DropPictures()
    assert any(isinstance(one, Send) and isinstance(one.request, ShareEnd) for one in effects)
    assert (mind.mode, mind.permit) == (Mode.LOST, NOTHING_ALLOWED)


@pytest.mark.parametrize("code", [ErrorCode.NOT_NOW, ErrorCode.STORAGE])
def test_a_start_that_is_refused_shows_nothing_and_says_so(code: ErrorCode) -> None:
    mind = Mind().talk()
    mind.ask()
    mind.answer()
    mind.hear(Refused(id=last_start(mind), code=code))
    assert (mind.mode, mind.permit) == (Mode.LOST, NOTHING_ALLOWED)
    assert mind.state.share.broken is Broken.REFUSED


def test_a_refused_grant_of_a_second_one_leaves_the_first() -> None:
    mind = Mind().share()
    mind.hear(RepresentativeJoined(seq=mind.seq, at=AT, participant=ALAN, by=ADA.id))
    mind.ask(by=ALAN)
    mind.answer()
    mind.hear(Refused(id=mind.state.share.begun[-1].id, code=ErrorCode.NOT_NOW))
    assert mind.permit.viewers == {1}


def test_a_late_refusal_of_an_earlier_start_ends_nothing() -> None:
    mind = Mind().talk()
    mind.ask()
    mind.answer()
    first = last_start(mind)
    mind.take(deed.PauseWanted("pause001"), deed.ResumeWanted("resume01"))
    mind.hear(Refused(id=first, code=ErrorCode.NOT_NOW))
    assert mind.permit.epoch == 2


def test_an_end_that_the_relay_seems_to_have_missed_is_told_again() -> None:
    mind = Mind().share()
    mind.take(deed.EndShareWanted("end00001"))
    assert mind.take(Tick()) == ()
    mind.now += RETRY_S
    (effect,) = mind.take(Tick())
    assert isinstance(effect, Send)
    assert isinstance(effect.request, ShareEnd)
    assert effect.request.id != "end00001-1"
    ended(mind, ShareCause.CUSTOMER)
    mind.now += RETRY_S
    assert mind.take(Tick()) == ()


def test_a_grant_that_only_the_relay_believes_in_is_taken_back() -> None:
    mind = Mind().share()
    mind.hear(GrantGiven(seq=mind.seq, at=AT, to=ADA.id, grant=CONTROL))
    assert mind.permit.controllers == {}
    mind.now += RETRY_S
    (effect,) = mind.take(Tick())
    assert isinstance(effect, Send)
    assert isinstance(effect.request, GrantTake)


def test_a_pause_that_only_we_know_of_is_told_again() -> None:
    mind = Mind().share()
    mind.take(deed.PauseWanted("pause001"))
    mind.now += RETRY_S
    (effect,) = mind.take(Tick())
    assert isinstance(effect, Send)
    assert isinstance(effect.request, SharePause)
    assert effect.request.why is PauseCause.CUSTOMER


def test_a_question_that_was_withdrawn_closes_its_picker() -> None:
    mind = Mind().talk()
    mind.ask()
    mind.answer(ShareAnswer.CHOOSE)
    over(mind, VIEW, GrantEnd.WITHDRAWN)
    assert mind.mode is Mode.OFF
    assert prompt_of(mind.state) is None


def test_one_that_came_too_late_does_not() -> None:
    mind = Mind().talk()
    mind.ask()
    mind.answer(ShareAnswer.CHOOSE)
    over(mind, VIEW, GrantEnd.LATE)
    assert mind.mode is Mode.PICKING
    mind.take(deed.Picked("picked01", CHOSEN))
    assert mind.permit.viewers == {1}


def test_a_question_of_somebody_who_is_not_there_is_none() -> None:
    mind = Mind().talk()
    mind.ask(by=ALAN)
    mind.ask(by=GRACE)
    assert prompt_of(mind.state) is None


def test_the_own_hand_rests_their_input_for_a_while() -> None:
    mind = Mind().share(CONTROL)
    mind.take(deed.OwnHandMoved())
    assert mind.state.share.resting == mind.now + limits.OWN_HAND_S
    mind.now += limits.OWN_HAND_S
    mind.take(Tick())
    assert mind.state.share.resting is None


def test_the_own_hand_means_nothing_where_nobody_controls() -> None:
    mind = Mind().share()
    mind.take(deed.OwnHandMoved())
    assert mind.state.share.resting is None


def test_obstacles_are_kept_while_something_is_shared() -> None:
    mind = Mind().share()
    mind.take(deed.ObstaclesMet(Obstacle.LOCKED, Obstacle.ELEVATED))
    assert in_the_way(mind) == (Obstacle.LOCKED, Obstacle.ELEVATED)
    mind.take(deed.CaptureFailed("no display"))
    assert in_the_way(mind) == (Obstacle.SYSTEM, Obstacle.ELEVATED)
    mind.take(deed.EndShareWanted("end00001"), deed.ObstaclesMet(Obstacle.LOCKED))
    assert in_the_way(mind) == (None, None)


def test_a_key_that_another_program_has_is_not_promised() -> None:
    mind = Mind().share()
    mind.take(deed.EndKeySet(works=False), deed.EndShareWanted("end00001"))
    assert not mind.state.share.end_key
    mind.take(deed.EndKeySet(works=True))
    assert mind.state.share.end_key


def in_the_way(mind: Mind) -> tuple[Obstacle | None, Obstacle | None]:
    return mind.state.share.view, mind.state.share.control


def test_who_looks_is_kept() -> None:
    mind = Mind().share()
    assert mind.state.share.watching is None
    mind.take(deed.Watched(frozenset({1})))
    assert mind.state.share.watching == {1}


def point(number: int = 1, sender: int = 1) -> deed.Pointed:
    return deed.Pointed(sender, number, 10, 20)


def test_a_mark_stands_for_a_while_and_is_one_line_a_burst() -> None:
    mind = Mind().share()
    for number in range(1, MARKS + 3):
        mind.take(point(number))
    assert [one.number for one in mind.state.share.marks] == list(range(3, MARKS + 3))
    assert len(mind.state.share.pointed) == 1
    mind.now += MARK_S
    mind.take(Tick())
    assert mind.state.share.marks == ()
    mind.now += BURST_S
    mind.take(Tick(), point())
    assert len(mind.state.share.pointed) == 2


def test_only_who_may_see_may_point() -> None:
    mind = Mind().share()
    mind.take(point(sender=2), point(sender=0))
    mind.take(deed.PauseWanted("pause001"), point())
    assert mind.state.share.marks == ()


def test_time_is_told_each_second_while_it_is_on_the_screen() -> None:
    mind = Mind().share(CONTROL)
    seconds: list[int] = []
    while len(seconds) < 5:
        due = mind.controller.due()
        assert due is not None
        assert due > mind.now
        mind.now = due
        mind.take(Tick())
        seconds.append(mind.state.share.second)
    assert seconds == [101, 102, 103, 104, 105]
    ended(mind)
    assert mind.controller.due() is None


def test_what_the_relay_says_before_its_welcome_changes_nothing() -> None:
    mind = Mind().join()
    mind.take(Heard(GrantGiven(seq=1, at=AT, to=ADA.id, grant=VIEW)))
    assert mind.permit is NOTHING_ALLOWED


@pytest.mark.parametrize("people", [(GRACE, ALAN, ADA), (GRACE, ALAN), (ADA, GRACE)])
def test_a_number_that_means_somebody_else_is_worth_nothing(
    people: tuple[Participant, ...],
) -> None:
    mind = Mind().share(CONTROL)
    other = msgspec.structs.replace(known(mind), participants=people)
    state, effects = kept(replace(mind.state, snapshot=other), mind.now)
    assert permit_of(state, mind.now) is NOTHING_ALLOWED
    assert effects == (DropPictures(),)
