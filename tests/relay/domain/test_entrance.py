"""The ways in: keys and codes told apart, buttons, and what a portal offers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import catalogue, joincodes, keys
from protocol.queues import QueueKind
from protocol.roles import Door, Way
from relay.domain.content import Content, Issue, Portal, SiteSettings, Team
from relay.domain.entrance import (
    Ways,
    as_shown,
    door_for,
    is_code,
    issues_shown,
    path_of,
    portal_at,
    queue_of,
    way_of_queue,
    ways_of,
    ways_of_keys,
)
from relay.domain.texts import Words
from relay.domain.waiting import QueueKey

WORDS = Words({}, {one: catalogue.load(one) for one in catalogue.LANGUAGES})
CONTENT = Content(
    words=WORDS,
    teams={
        "chat": Team("chat", "Chat", way=Way.CHAT),
        "client": Team("client", "Client", way=Way.CLIENT),
        "any": Team("any", "Any"),
    },
    issues={
        "printer": Issue("printer", {"en": "Printer", "de": "Drucker"}),
        "bill": Issue("bill", {"de": "Rechnung"}, "client"),
        "old": Issue("old", {"en": "Old"}, "removed"),
        "nameless": Issue("nameless", {}),
    },
)
MAIN = Portal("main")

numbers = st.integers(0, 10**keys.DIGITS - 1).map(lambda one: f"{one:0{keys.DIGITS}d}")
codes = st.text(joincodes.ALPHABET, min_size=10, max_size=10).map(
    lambda one: one + joincodes.check(one)
)


@given(numbers)
def test_a_key_in_any_grouping_is_a_key(digits: str) -> None:
    key = digits + keys.check_digit(digits)
    for typed in (key, f" {key[:4]}-{key[4:]} ", " ".join(key)):
        assert not is_code(typed)
        assert as_shown(typed) == keys.shown(key)


@given(codes)
def test_a_code_in_any_grouping_is_a_code(code: str) -> None:
    for typed in (code, code.lower(), joincodes.shown(code), " ".join(code)):
        assert is_code(typed)
        assert as_shown(typed) == joincodes.shown(code)


@given(st.text(max_size=40))
def test_whatever_is_shown_is_right(typed: str) -> None:
    shown = as_shown(typed)
    assert not shown or keys.is_right(keys.normalise(shown)) or is_code(shown)
    assert as_shown(shown) == shown


@pytest.mark.parametrize(
    ("ways", "buttons"),
    [
        ((Way.CHAT,), Ways(True, False)),
        ((Way.CLIENT,), Ways(False, True)),
        ((Way.CHOICE,), Ways(True, True)),
        ((Way.CHAT, Way.CLIENT), Ways(True, True)),
        ((Way.CHAT, Way.CHOICE), Ways(True, True)),
        ((), Ways(True, False)),
    ],
)
def test_the_buttons_are_those_that_may_be_needed(ways: tuple[Way, ...], buttons: Ways) -> None:
    assert ways_of(ways) == buttons


@pytest.mark.parametrize("wished", [Door.CHAT, Door.CLIENT])
def test_only_where_customers_choose_does_their_wish_count(wished: Door) -> None:
    assert door_for(Way.CHOICE, wished) is wished
    assert door_for(Way.CHAT, wished) is Door.CHAT
    assert door_for(Way.CLIENT, wished) is Door.CLIENT


def test_the_way_is_the_teams_else_the_portals_else_the_sites() -> None:
    content = replace(CONTENT, settings=SiteSettings(way=Way.CHAT))
    own = Portal("x", way=Way.CLIENT)
    team = QueueKey(QueueKind.TEAM, "any")
    assert way_of_queue(content, QueueKey(QueueKind.TEAM, "client"), MAIN) is Way.CLIENT
    assert way_of_queue(content, team, own) is Way.CLIENT
    assert way_of_queue(content, team, MAIN) is Way.CHAT
    assert way_of_queue(content, QueueKey(QueueKind.PERSONAL, "chat"), own) is Way.CLIENT
    assert ways_of_keys(content, MAIN) == Ways(True, True)
    assert ways_of_keys(replace(content, teams={}), MAIN) == Ways(True, False)


def test_an_issue_leads_to_its_team_or_to_the_general_queue() -> None:
    assert queue_of(CONTENT.issues["bill"], CONTENT) == QueueKey(QueueKind.TEAM, "client")
    assert queue_of(CONTENT.issues["printer"], CONTENT) == QueueKey()
    assert queue_of(CONTENT.issues["old"], CONTENT) == QueueKey()


def test_a_portal_offers_its_issues_in_the_readers_language() -> None:
    shown = issues_shown(CONTENT, MAIN, "de")
    assert [(one.id, one.name) for one in shown] == [
        ("printer", "Drucker"),
        ("bill", "Rechnung"),
        ("old", "Old"),
    ]
    assert {one.id: one.way for one in shown}["bill"] is Way.CLIENT
    some = Portal("x", issues=frozenset({"bill", "gone"}))
    assert [one.name for one in issues_shown(CONTENT, some, "en")] == ["Rechnung"]


def test_portals_are_found_by_their_address() -> None:
    north = Portal("n", slug="north")
    portals = {"main": MAIN, "n": north}
    assert portal_at(portals, "north") is north
    assert portal_at(portals, "") is portal_at(portals, "south") is None
    assert (path_of(MAIN), path_of(north)) == ("", "/p/north")
