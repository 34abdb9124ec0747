"""What the customer does around the shared screen, and what is sent for it."""

from dataclasses import replace

import msgspec
import pytest

from client.session import share_inputs as deed
from client.session.asking import prompt_of
from client.session.effects import DropPictures, Send
from client.session.inputs import CloseWanted, EndAnswered, EndWanted, Tick
from client.session.machines import Page
from client.session.permit import NOTHING_ALLOWED
from client.session.share_inputs import ShareAnswer
from client.session.share_machines import Mode
from client.session.sharing import MORE_S
from protocol import limits
from protocol.share_facts import ShareEnded, SharePaused
from protocol.share_requests import (
    GrantDeny,
    GrantTake,
    ShareEnd,
    SharePause,
)
from protocol.sharing import Grant, PauseCause, ShareCause
from tests.client.mind import ADA, ALAN, AT, GRACE, Mind, wish
from tests.client.session.share_requests import give, requests, start, who, with_alan

VIEW, CONTROL = Grant.VIEW, Grant.CONTROL
END = deed.EndShareWanted("end00001")


def test_a_question_alone_lets_nothing_through() -> None:
    mind = Mind().talk()
    assert mind.ask() == ()
    assert mind.permit is NOTHING_ALLOWED
    assert prompt_of(mind.state) is not None


def test_allow_shows_at_once_without_waiting_for_the_relay() -> None:
    mind = Mind().talk()
    mind.ask()
    assert requests(mind.answer()) == [give(), start()]
    assert mind.permit.epoch == mind.permit.share == 1
    assert mind.permit.viewers == {1}
    assert mind.permit.controllers == {}
    assert mind.permit.apps is None
    assert prompt_of(mind.state) is None


def test_allowing_control_is_a_lease_by_our_own_clock() -> None:
    mind = Mind().talk()
    mind.ask(CONTROL)
    sent = requests(mind.answer(lasts_s=300))
    assert sent == [give(), give(CONTROL, lasts_s=300), start()]
    assert mind.permit.controllers == {1: mind.now + 300}
    mind.now += 300
    assert mind.permit.controllers == {}
    mind.take(Tick())
    assert mind.state.share.holds(ADA.id, CONTROL) is None
    assert mind.permit.viewers == {1}


def test_control_for_the_session_has_no_end() -> None:
    mind = Mind().talk()
    mind.ask(CONTROL)
    mind.answer(lasts_s=0)
    assert mind.permit.controllers == {1: float("inf")}


def test_no_lease_is_longer_than_the_longest() -> None:
    mind = Mind().talk()
    mind.ask(CONTROL)
    mind.answer(lasts_s=10**9)
    assert mind.permit.controllers == {1: mind.now + limits.LEASE_MOST_S}


def test_control_may_be_answered_with_view_only() -> None:
    mind = Mind().talk()
    mind.ask(CONTROL)
    deny = GrantDeny(id="", grant=CONTROL, to=ADA.id)
    assert requests(mind.answer(ShareAnswer.VIEW_ONLY)) == [give(), deny, start()]
    assert who(mind) == ({1}, {})


def test_control_asked_after_view_is_one_question_of_its_own() -> None:
    mind = Mind().share()
    mind.ask(CONTROL)
    prompt = prompt_of(mind.state)
    assert prompt is not None
    assert (prompt.sees, prompt.control) == (True, True)
    assert requests(mind.answer()) == [give(CONTROL, lasts_s=900)]
    assert mind.permit.controllers.keys() == {1}


def test_both_questions_of_one_are_asked_and_answered_as_one() -> None:
    mind = Mind().talk()
    mind.ask(reason="first")
    mind.ask(CONTROL, reason="then")
    prompt = prompt_of(mind.state)
    assert prompt is not None
    assert (prompt.sees, prompt.control, prompt.reason) == (False, True, "then")
    denials = [GrantDeny(id="", grant=grant, to=ADA.id) for grant in (VIEW, CONTROL)]
    assert requests(mind.answer(ShareAnswer.DENY)) == denials
    assert prompt_of(mind.state) is None


def test_a_no_shows_nothing() -> None:
    mind = Mind().talk()
    mind.ask()
    assert requests(mind.answer(ShareAnswer.DENY)) == [GrantDeny(id="", grant=VIEW, to=ADA.id)]
    assert mind.permit is NOTHING_ALLOWED
    assert mind.mode is Mode.OFF


def test_no_answer_in_time_is_a_no() -> None:
    mind = Mind().talk()
    mind.ask()
    prompt = prompt_of(mind.state)
    assert prompt is not None
    mind.now += limits.ASK_S
    late = deed.ShareAnswered("answer01", prompt.key, ShareAnswer.ALLOW)
    assert mind.take(late) == ()
    assert mind.permit is NOTHING_ALLOWED
    assert prompt_of(mind.state) is None
    mind.take(Tick())
    assert prompt_of(mind.state) is None


@pytest.mark.parametrize("ahead_s", [-10_000, 0, 10_000])
def test_no_clock_of_the_relay_makes_the_time_longer(ahead_s: int) -> None:
    mind = Mind().talk()
    question = wish(mind.seq)
    question = msgspec.structs.replace(question, at=AT + ahead_s * 1000, limit_s=10**6)
    mind.hear(question)
    mind.now += limits.ASK_S
    mind.take(Tick())
    assert prompt_of(mind.state) is None


def test_an_answer_to_an_earlier_question_is_none() -> None:
    mind = Mind().talk()
    mind.ask()
    first = prompt_of(mind.state)
    assert first is not None
    mind.ask(CONTROL)
    assert mind.take(deed.ShareAnswered("answer01", first.key, ShareAnswer.ALLOW)) == ()
    assert mind.permit is NOTHING_ALLOWED


def test_where_nothing_can_be_shown_only_a_no_counts() -> None:
    mind = Mind().talk()
    mind.controller.state = replace(mind.state, unshareable="client.share.wayland")
    mind.ask()
    assert mind.answer() == ()
    assert mind.answer(ShareAnswer.CHOOSE) == ()
    assert mind.mode is Mode.OFF
    assert requests(mind.answer(ShareAnswer.DENY)) == [GrantDeny(id="", grant=VIEW, to=ADA.id)]


def test_pause_and_resume() -> None:
    mind = Mind().share()
    effects = mind.take(deed.PauseWanted("pause001"))
    assert effects == (DropPictures(), Send(SharePause(id="pause001-1")))
    assert mind.permit is NOTHING_ALLOWED
    assert mind.take(deed.PauseWanted("pause002")) == ()
    assert requests(mind.take(deed.ResumeWanted("resume01"))) == [start(epoch=2)]
    assert (mind.permit.epoch, mind.permit.share) == (2, 1)


def test_a_second_representative_sees_from_their_own_answer_on() -> None:
    mind = with_alan(Mind().share())
    mind.ask(by=ALAN)
    assert mind.permit.viewers == {1}
    assert requests(mind.answer()) == [give(to=ALAN.id)]
    assert mind.permit.viewers == {1, 2}
    assert mind.permit.epoch == 1


def test_a_yes_during_a_pause_shows_nothing_yet() -> None:
    mind = with_alan(Mind().share())
    mind.take(deed.PauseWanted("pause001"))
    mind.ask(by=ALAN)
    assert requests(mind.answer()) == [give(to=ALAN.id)]
    assert mind.permit is NOTHING_ALLOWED
    mind.take(deed.ResumeWanted("resume01"))
    assert mind.permit.viewers == {1, 2}


def test_taking_back_from_one_leaves_the_other() -> None:
    mind = with_alan(Mind().share(CONTROL))
    mind.ask(by=ALAN)
    mind.answer()
    effects = mind.take(deed.TakeBackWanted("take0001", ADA.id, VIEW))
    assert effects == (DropPictures(), Send(GrantTake(id="take0001-1", grant=VIEW, to=ADA.id)))
    assert who(mind) == ({2}, {})


def test_taking_control_back_leaves_the_view() -> None:
    mind = Mind().share(CONTROL)
    taken = mind.take(deed.TakeBackWanted("take0001", ADA.id, CONTROL))
    assert requests(taken) == [GrantTake(id="", grant=CONTROL, to=ADA.id)]
    assert who(mind) == ({1}, {})


def test_taking_the_last_view_back_ends_the_share() -> None:
    mind = Mind().share()
    effects = mind.take(deed.TakeBackWanted("take0001", ADA.id, VIEW))
    assert effects == (DropPictures(), Send(ShareEnd(id="take0001-1")))
    assert mind.mode is Mode.OFF


def test_more_time_adds_a_quarter_of_an_hour() -> None:
    mind = Mind().share(CONTROL)
    mind.now += 800
    sent = requests(mind.take(deed.MoreTimeWanted("more0001", ADA.id)))
    assert sent == [give(CONTROL, lasts_s=100 + MORE_S)]
    assert mind.permit.controllers == {1: mind.now + 100 + MORE_S}


def test_more_time_revives_nothing() -> None:
    mind = Mind().share(CONTROL)
    mind.now += 900
    assert mind.take(deed.MoreTimeWanted("more0001", ADA.id)) == ()
    assert mind.permit.controllers == {}


@pytest.mark.parametrize("grant", Grant)
def test_end_takes_everything_away_and_tells_it(grant: Grant) -> None:
    mind = Mind().share(grant)
    assert mind.take(END) == (DropPictures(), Send(ShareEnd(id="end00001-1")))
    assert (mind.mode, mind.permit) == (Mode.OFF, NOTHING_ALLOWED)
    assert mind.state.share.held == ()


def test_end_answers_every_open_question_with_no() -> None:
    mind = with_alan(Mind().share())
    mind.ask(by=ALAN)
    mind.take(END)
    assert prompt_of(mind.state) is None
    mind.take(Tick())
    assert prompt_of(mind.state) is None


def test_end_without_anything_to_end_says_nothing() -> None:
    assert Mind().talk().take(END) == ()


def test_the_end_key_needs_no_id() -> None:
    mind = Mind().share()
    (_, sent) = mind.take(deed.EndShareWanted())
    assert isinstance(sent, Send)
    assert isinstance(sent.request, ShareEnd)
    assert sent.request.id not in {one.id for one in mind.sent[:-1] if hasattr(one, "id")}


def test_ids_are_never_used_twice() -> None:
    mind = with_alan(Mind().share(CONTROL))
    mind.ask(CONTROL, by=ALAN)
    mind.answer()
    mind.take(deed.PauseWanted("pause001"), deed.ResumeWanted("x" * limits.ID_CHARS))
    mind.take(deed.TakeBackWanted("take0001", ADA.id, VIEW), deed.EndShareWanted())
    ids = [request.id for request in mind.sent if hasattr(request, "id")]
    assert len(ids) == len(set(ids))
    for request in mind.sent:
        assert msgspec.convert(msgspec.to_builtins(request), type(request)) == request


def test_the_echo_of_an_end_does_not_end_what_was_begun_since() -> None:
    mind = Mind().share()
    mind.take(END)
    mind.ask()
    mind.answer()
    assert mind.permit.share == 2
    ended = ShareEnded(seq=mind.seq, at=AT, by=GRACE.id, why=ShareCause.CUSTOMER)
    mind.hear(ended)
    assert mind.permit.share == 2


def test_the_echo_of_a_pause_does_not_pause_again() -> None:
    mind = Mind().share()
    mind.take(deed.PauseWanted("pause001"), deed.ResumeWanted("resume01"))
    mind.hear(SharePaused(seq=mind.seq, at=AT, why=PauseCause.CUSTOMER))
    assert mind.permit.epoch == 2


def test_the_end_of_the_session_ends_the_share_with_the_click() -> None:
    mind = Mind().share()
    mind.take(EndWanted())
    assert mind.permit.viewers == {1}
    assert DropPictures() in mind.take(EndAnswered(True, "end00001"))
    assert mind.shows(Page.ENDED)
    assert (mind.mode, mind.permit) == (Mode.OFF, NOTHING_ALLOWED)


def test_closing_the_window_does_too() -> None:
    mind = Mind().share()
    mind.take(CloseWanted(), EndAnswered(True, "end00001"))
    assert mind.permit is NOTHING_ALLOWED
