"""A share that broke off: it goes on by the customer's word only, and to see only."""

import msgspec

from client.session import share_inputs as deed
from client.session.effects import DropPictures
from client.session.inputs import LinkLost
from client.session.permit import NOTHING_ALLOWED
from client.session.share_inputs import ShareAnswer
from client.session.share_machines import Mode
from client.session.share_state import Choice
from protocol.facts import Departure, RepresentativeLeft
from protocol.share_facts import ShareEnded
from protocol.share_requests import (
    ShareEnd,
)
from protocol.sharing import Grant, Scope, ShareCause
from tests.client.mind import ACCEPTED, ADA, ALAN, AT, CHOSEN, GRACE, OPENED, Mind, welcome
from tests.client.session.share_requests import give, requests, start, who, with_alan

VIEW, CONTROL = Grant.VIEW, Grant.CONTROL
END = deed.EndShareWanted("end00001")


def test_numbers_count_on_from_what_the_relay_knows() -> None:
    mind = Mind().share()
    mind.take(END)
    mind.hear(ShareEnded(seq=mind.seq, at=AT, by=GRACE.id, why=ShareCause.CUSTOMER))
    snapshot = mind.state.snapshot
    assert snapshot is not None
    other = Mind().join()
    other.hear(msgspec.structs.replace(welcome([OPENED, ACCEPTED]), snapshot=snapshot))
    other.ask()
    other.answer()
    assert (other.permit.share, other.permit.epoch) == (2, 2)


def test_a_lost_link_ends_it_and_only_the_customer_starts_it_again() -> None:
    mind = Mind().share(CONTROL)
    assert DropPictures() in mind.take(LinkLost())
    assert (mind.mode, mind.permit) == (Mode.LOST, NOTHING_ALLOWED)
    snapshot = mind.state.snapshot
    again = deed.AgainAnswered("again001", True)
    assert mind.take(again) == ()
    effects = mind.hear(msgspec.structs.replace(welcome([OPENED]), snapshot=snapshot))
    assert requests(effects) == [ShareEnd(id="")]
    assert mind.permit is NOTHING_ALLOWED
    assert requests(mind.take(again)) == [give(), start(share=2, epoch=2)]
    assert who(mind) == ({1}, {})


def test_not_now_forgets_it() -> None:
    mind = Mind().share()
    mind.take(LinkLost())
    assert mind.take(deed.AgainAnswered("again001", False)) == ()
    assert mind.mode is Mode.OFF


def test_again_has_the_same_scope() -> None:
    mind = Mind().share_chosen()
    snapshot = mind.state.snapshot
    mind.take(LinkLost())
    mind.hear(msgspec.structs.replace(welcome([OPENED]), snapshot=snapshot))
    mind.take(deed.AgainAnswered("again001", True))
    assert mind.permit.apps == CHOSEN.apps


def test_a_link_lost_while_choosing_loses_no_choice() -> None:
    mind = Mind().share_chosen()
    mind.take(deed.ChangeWanted("change01"), LinkLost())
    snapshot = mind.state.snapshot
    assert mind.mode is Mode.LOST_PICKING
    other = Choice(apps=frozenset({"paint"}))
    assert mind.take(deed.Picked("picked01", other)) == ()
    mind.hear(msgspec.structs.replace(welcome([OPENED]), snapshot=snapshot))
    sent = requests(mind.take(deed.Picked("picked02", other)))
    assert sent == [give(), start(share=2, epoch=3, scope=Scope.CHOSEN)]
    assert mind.permit.apps == frozenset({"paint"})


def test_whoever_left_does_not_see_again() -> None:
    mind = Mind().share()
    mind.take(LinkLost())
    left = RepresentativeLeft(seq=3, at=AT, by=ADA.id, why=Departure.LEFT)
    mind.hear(welcome([OPENED, ACCEPTED, left]))
    assert mind.mode is Mode.OFF


def lost_with_two() -> Mind:
    """Ada and Alan saw it when the link was lost; it is back."""
    mind = with_alan(Mind().share())
    mind.ask(by=ALAN)
    mind.answer()
    mind.echo()
    snapshot = mind.state.snapshot
    mind.take(LinkLost())
    mind.hear(msgspec.structs.replace(welcome([OPENED]), snapshot=snapshot))
    mind.hear(ShareEnded(seq=mind.seq, at=AT, by="", why=ShareCause.LINK_LOST))
    return mind


def test_whoever_was_let_in_again_and_put_out_stays_out() -> None:
    mind = lost_with_two()
    mind.take(deed.AgainAnswered("again001", True))
    assert mind.permit.viewers == {1, 2}
    mind.take(deed.TakeBackWanted("take0001", ALAN.id, VIEW))
    mind.take(deed.ChangeWanted("change01"), deed.Picked("picked01", CHOSEN))
    assert mind.permit.viewers == {1}


def test_a_new_question_lets_in_whoever_asks_and_nobody_else() -> None:
    mind = lost_with_two()
    mind.ask(by=ALAN)
    mind.answer(ShareAnswer.CHOOSE)
    mind.take(deed.Picked("picked01", CHOSEN))
    assert mind.permit.viewers == {2}
