"""Known problems, and leaving because of one."""

from dataclasses import replace

import msgspec
import pytest

from client.session import inputs as given
from client.session.effects import Send
from client.session.machines import Page
from client.session.noticing import is_email
from client.session.outbox import RETRY_S
from client.session.state import Mine
from protocol.errors import ErrorCode
from protocol.facts import EndReason, NoticeOver, SessionEnded
from protocol.requests import NoticeMine
from protocol.signals import Refused
from tests.client.mind import ACCEPTED, ADA, AT, OPENED, Mind, told, welcome

MAIL = "grace@navy.example"
LEFT = SessionEnded(seq=3, at=AT, by="grace", reason=EndReason.NOTICE, text="Thank you.")


def waiting(*, mail: bool = True) -> Mind:
    mind = Mind().wait_in_queue()
    mind.controller.state = replace(mind.state, mail=mail)
    mind.hear(told(2))
    return mind


def yes(email: str = "") -> given.MineAnswered:
    return given.MineAnswered(True, "mine0001", email)


def request(email: str = "") -> Send:
    return Send(NoticeMine(id="mine0001", notice="n1", email=email))


def test_nobody_leaves_by_one_click() -> None:
    mind = waiting()
    assert mind.take(given.MineChosen("n1")) == ()
    assert mind.state.mine == Mine(notice="n1")
    assert mind.take(given.MineAnswered(False, "mine0001")) == ()
    assert not mind.state.mine
    assert mind.shows(Page.WAITING)


@pytest.mark.parametrize("email", ["", MAIL, f"  {MAIL} "])
def test_leaving_tells_the_relay_and_waits_for_it(email: str) -> None:
    mind = waiting()
    mind.take(given.MineChosen("n1"))
    assert mind.take(yes(email)) == (request(email.strip()),)
    assert mind.shows(Page.WAITING)
    assert mind.take(given.MineAnswered(False, "mine0002"), yes(email)) == ()
    mind.hear(LEFT)
    assert mind.shows(Page.ENDED)
    assert (mind.state.noted, mind.state.told_at) == ("n1", email.strip())


@pytest.mark.parametrize("email", ["grace", "a@b@c", "a b@c", "@navy.example", "grace@", "x;y@z"])
def test_what_is_no_address_is_told_and_kept(email: str) -> None:
    mind = waiting()
    mind.take(given.MineChosen("n1"))
    assert mind.take(yes(email)) == ()
    assert mind.state.mine == Mine(notice="n1", email=email, wrong=True)
    assert mind.take(yes(MAIL)) == (request(MAIL),)


def test_an_address_is_what_the_relay_takes_for_one() -> None:
    for text in ("", MAIL, "a@b", "no", "x" * 250 + "@abcd", "two@x\n"):
        try:
            msgspec.json.decode(
                msgspec.json.encode(
                    {"t": "notice.mine", "id": "mine0001", "notice": "n1"} | {"email": text}
                ),
                type=NoticeMine,
            )
            taken = True
        except msgspec.ValidationError:
            taken = False
        assert is_email(text) is taken


def test_without_mail_no_address_goes_out() -> None:
    mind = waiting(mail=False)
    mind.take(given.MineChosen("n1"))
    assert mind.take(yes(MAIL)) == (request(),)


def test_a_notice_that_is_over_leaves_the_customer_where_they_are() -> None:
    mind = waiting()
    mind.take(given.MineChosen("n1"), yes())
    mind.hear(Refused(id="mine0001", code=ErrorCode.NOT_NOW))
    assert (mind.state.mine, mind.state.page) == (None, Page.WAITING)
    mind = waiting()
    mind.take(given.MineChosen("n1"))
    mind.hear(NoticeOver(seq=3, at=AT, notice="n1"))
    assert mind.state.mine is None
    assert mind.take(given.MineChosen("n1")) == ()
    assert mind.state.mine is None


def test_what_cannot_be_stored_is_told_again() -> None:
    mind = waiting()
    mind.take(given.MineChosen("n1"), yes())
    mind.hear(Refused(id="mine0001", code=ErrorCode.STORAGE))
    mind.now += RETRY_S
    assert mind.take(given.Tick()) == (request(),)
    assert mind.controller.due() is None


def test_offline_it_follows_the_next_link() -> None:
    mind = waiting()
    mind.take(given.MineChosen("n1"), given.LinkLost())
    assert mind.take(yes(MAIL)) == ()
    assert mind.hear(welcome([OPENED, told(2)])) == (request(MAIL),)


def test_an_end_by_somebody_else_is_not_taken_for_ones_own() -> None:
    mind = waiting()
    mind.take(given.MineChosen("n1"), yes(MAIL))
    mind.hear(SessionEnded(seq=3, at=AT, by="ada", reason=EndReason.CLOSED))
    assert (mind.state.mine, mind.state.noted, mind.state.told_at) == (None, "", "")


def test_what_was_read_while_waiting_is_folded_away_in_the_talk() -> None:
    mind = waiting()
    assert mind.state.folded == frozenset()
    mind.hear(msgspec.structs.replace(ACCEPTED, seq=3), told(4, "n2", by=ADA.id))
    assert mind.state.folded == {"n1"}
    mind.take(given.NoticeFolded("n1", on=False), given.NoticeFolded("n2", on=True))
    assert mind.state.folded == {"n2"}
