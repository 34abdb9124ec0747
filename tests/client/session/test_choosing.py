"""Choosing applications: nothing is shown until Share is pressed."""

import pytest

from client.session import share_inputs as deed
from client.session.asking import prompt_of
from client.session.effects import DropPictures, Send
from client.session.inputs import Tick
from client.session.permit import NOTHING_ALLOWED, WindowKey
from client.session.share_inputs import ShareAnswer
from client.session.share_machines import Mode
from client.session.share_state import Choice
from protocol import limits
from protocol.share_requests import (
    GrantDeny,
    SharePause,
)
from protocol.sharing import Grant, PauseCause, Scope
from tests.client.mind import ADA, CHOSEN, Mind
from tests.client.session.share_requests import give, requests, start

VIEW, CONTROL = Grant.VIEW, Grant.CONTROL
END = deed.EndShareWanted("end00001")


def test_choosing_shows_nothing_until_share_is_pressed() -> None:
    mind = Mind().talk()
    mind.ask(CONTROL)
    assert mind.answer(ShareAnswer.CHOOSE) == ()
    assert (mind.mode, mind.permit) == (Mode.PICKING, NOTHING_ALLOWED)
    assert prompt_of(mind.state) is None
    assert mind.take(deed.Picked("picked01", Choice())) == ()
    deny = GrantDeny(id="", grant=CONTROL, to=ADA.id)
    sent = requests(mind.take(deed.Picked("picked01", CHOSEN)))
    assert sent == [give(), deny, start(scope=Scope.CHOSEN)]
    assert mind.permit.apps == CHOSEN.apps
    assert mind.permit.controllers == {}


def test_chosen_applications_may_be_controlled_too() -> None:
    mind = Mind().talk()
    mind.ask(CONTROL)
    mind.answer(ShareAnswer.CHOOSE)
    sent = requests(mind.take(deed.Picked("picked01", CHOSEN, control=True, lasts_s=300)))
    assert sent == [give(), give(CONTROL, lasts_s=300), start(scope=Scope.CHOSEN)]
    assert mind.permit.controllers == {1: mind.now + 300}


def test_control_that_was_not_asked_for_is_not_given_by_the_picker() -> None:
    mind = Mind().talk()
    mind.ask()
    mind.answer(ShareAnswer.CHOOSE)
    mind.take(deed.Picked("picked01", CHOSEN, control=True))
    assert mind.permit.controllers == {}


def test_cancelling_the_first_choice_leaves_the_question() -> None:
    mind = Mind().talk()
    mind.ask()
    mind.answer(ShareAnswer.CHOOSE)
    assert mind.take(deed.PickCancelled("cancel01")) == ()
    assert mind.mode is Mode.OFF
    assert prompt_of(mind.state) is not None


def test_who_is_choosing_is_not_cut_off_by_the_time() -> None:
    mind = Mind().talk()
    mind.ask()
    mind.answer(ShareAnswer.CHOOSE)
    mind.now += limits.ASK_S
    mind.take(Tick())
    assert requests(mind.take(deed.Picked("picked01", CHOSEN)))[0] == give()
    assert mind.permit.viewers == {1}


@pytest.mark.parametrize("new", [True, False])
def test_what_was_chosen_is_what_passes(new: bool) -> None:
    mind = Mind().share()
    mind.take(deed.ChangeWanted("change01"))
    windows = frozenset({WindowKey(7, 70, "b"), WindowKey(8, 70, "b")})
    choice = Choice(apps=frozenset({"a"}), windows=windows, new=new)
    mind.take(deed.Picked("picked01", choice))
    assert mind.permit.apps == frozenset({"a"})
    assert (mind.permit.windows, mind.permit.new) == (windows, new)


def test_change_release_stops_showing_at_once_and_goes_on_with_a_new_epoch() -> None:
    mind = Mind().share()
    effects = mind.take(deed.ChangeWanted("change01"))
    assert effects[0] == DropPictures()
    assert requests(effects) == [SharePause(id="", why=PauseCause.CHOOSING)]
    assert mind.permit is NOTHING_ALLOWED
    assert requests(mind.take(deed.PickCancelled("cancel01"))) == [start(epoch=2)]
    assert (mind.permit.epoch, mind.permit.share, mind.permit.apps) == (2, 1, None)


def test_a_pause_stays_one_when_the_picker_is_cancelled() -> None:
    mind = Mind().share_chosen()
    mind.take(deed.PauseWanted("pause001"))
    assert mind.take(deed.ChangeWanted("change01")) == (
        Send(SharePause(id="change01-1", why=PauseCause.CHOOSING)),
    )
    assert requests(mind.take(deed.PickCancelled("cancel01"))) == [SharePause(id="")]
    assert (mind.mode, mind.permit) == (Mode.PAUSED, NOTHING_ALLOWED)
