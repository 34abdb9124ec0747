"""Which notices are shown by themselves, and which are taken away."""

from itertools import product
from typing import Any

import pytest

from protocol.acts import NoticeEnd, NoticeTell
from protocol.machines import SessionState
from protocol.requests import SessionEnd
from relay.domain.content import Content, Notice
from relay.domain.session import Session
from relay.domain.showing import next_act
from tests.relay.domain import cast
from tests.relay.domain.cast import GRACE, RELAY, accepted, carried_out

NOW = 1_767_225_600_000
TIMES: dict[str, dict[str, Any]] = {
    "planned": {"starts_at": NOW + 1},
    "active": {"starts_at": NOW},
    "over": {"starts_at": NOW - 9, "ends_at": NOW},
    "closed": {"starts_at": NOW - 9, "closed_at": NOW},
}


def notice(name: str = "n1", **fields: object) -> Notice:
    texts = {"en": f"{name} is broken.", "de": f"{name} ist kaputt."}
    return Notice(name, name, texts, **({"starts_at": NOW - 9} | fields))  # type: ignore[arg-type]


def site(*notices: Notice) -> Content:
    return cast.content(None, *notices)


def shown(at: Session, *notices: str) -> Session:
    """The session with these notices shown to its customer."""
    for one in notices:
        at = carried_out(at, NoticeTell(notice=one, text="Broken."))
    return at


def told(at: Session, content: Content) -> Session:
    """The session once nothing is left to show or take away."""
    for _ in range(20):
        act = next_act(at, content, NOW)
        if act is None:
            return at
        at = carried_out(at, act, RELAY)
    raise AssertionError("no end of notices")


def session_in(state: SessionState, *notices: str) -> Session:
    """A session in `state` whose customer was shown these while waiting."""
    if state is SessionState.PREPARING:
        return cast.session(preparing=True)
    at = shown(cast.session(), *notices)
    if state is SessionState.WAITING:
        return at
    at = accepted(at)
    return (
        at if state is SessionState.ACTIVE else carried_out(at, SessionEnd(id="end-now-1"), GRACE)
    )


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("state", [SessionState.WAITING, SessionState.ACTIVE])
def test_every_combination_is_as_told(state: SessionState, times: str) -> None:
    for automatic, was_shown, fits in product((True, False), repeat=3):
        systems = frozenset() if fits else frozenset({"windows"})
        one = notice(automatic=automatic, systems=systems, **TIMES[times])
        at = session_in(state, *["n1"] * was_shown)
        wanted: object = None
        if was_shown and times != "active":
            wanted = NoticeEnd(notice="n1")
        elif not was_shown and state is SessionState.WAITING and automatic and fits:
            wanted = NoticeTell(notice="n1", text="n1 is broken.") if times == "active" else None
        assert next_act(at, site(one), NOW) == wanted


def test_one_that_is_gone_altogether_is_taken_away() -> None:
    assert next_act(session_in(SessionState.ACTIVE, "n1"), site(), NOW) == NoticeEnd(notice="n1")


def test_one_sent_by_hand_stays_although_it_does_not_match() -> None:
    sent = notice(automatic=False, systems=frozenset({"windows"}))
    assert next_act(session_in(SessionState.WAITING, "n1"), site(sent), NOW) is None


def test_all_that_match_are_shown_in_their_order_and_the_old_leave_first() -> None:
    at = session_in(SessionState.WAITING, "gone", "n2", "old")
    content = site(notice("n3"), notice("n2"), notice("n1"), notice("old", ends_at=NOW))
    assert next_act(at, content, NOW) == NoticeEnd(notice="gone")
    done = told(at, content)
    assert [one.notice for one in done.snapshot.notices] == ["n2", "n3", "n1"]


def test_a_notice_that_begins_again_is_shown_again() -> None:
    at = told(session_in(SessionState.WAITING, "n1"), site())
    again = told(at, site(notice()))
    assert [one.notice for one in again.snapshot.notices] == ["n1"]


@pytest.mark.parametrize(
    ("rules", "opened", "fits"),
    [
        ({"portals": {"p1"}}, {"portal": "p1"}, True),
        ({"portals": {"p1"}}, {"portal": ""}, False),
        ({"portals": {"main"}}, {"portal": ""}, True),
        ({"issues": {"i1"}}, {"issue": "i1"}, True),
        ({"issues": {"i1"}}, {"issue": "i2"}, False),
        ({"systems": {"linux"}}, {"system": "Debian 12"}, True),
        ({"systems": {"windows"}}, {"system": "Debian 12"}, False),
        ({"systems": {"windows"}}, {"system": ""}, False),
        ({"words": ("paper",)}, {"words": "The Paper is stuck."}, True),
        ({"words": ("paper",)}, {"words": "papers"}, False),
    ],
)
def test_what_is_known_of_the_customer_decides(
    rules: dict[str, object], opened: dict[str, str], fits: bool
) -> None:
    sets = {name: frozenset(one) if isinstance(one, set) else one for name, one in rules.items()}
    found = next_act(cast.session(**opened), site(notice(**sets)), NOW)  # type: ignore[arg-type]
    assert (found is not None) is fits


@pytest.mark.parametrize(("language", "text"), [("en", "n1 is broken."), ("de", "n1 ist kaputt.")])
def test_a_notice_speaks_the_customers_language(language: str, text: str) -> None:
    at = cast.session(language=language)
    assert next_act(at, site(notice()), NOW) == NoticeTell(notice="n1", text=text)


def test_without_a_text_in_that_language_another_stands() -> None:
    only = Notice("n1", "n1", {"de": "Kaputt."}, NOW)
    assert next_act(cast.session(), site(only), NOW) == NoticeTell(notice="n1", text="Kaputt.")
