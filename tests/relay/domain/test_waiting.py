"""The queues: their order, their places, and who takes from them."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.queues import GENERAL, Queue, QueueKind
from relay.domain.content import Team
from relay.domain.waiting import QueueKey, Waiting, in_order, key_of, may_take, positions, takers

USERS = ("ada", "ken", "linus")
BILLING, SHIPPING = QueueKey(QueueKind.TEAM, "billing"), QueueKey(QueueKind.TEAM, "shipping")
QUEUES = (
    QueueKey(),
    BILLING,
    SHIPPING,
    QueueKey(QueueKind.TEAM, "removed"),
    *(QueueKey(QueueKind.PERSONAL, user) for user in USERS),
)
TEAMS: Mapping[str, Team] = {
    "billing": Team("billing", "Billing", frozenset({"ada", "linus"})),
    "shipping": Team("shipping", "Shipping"),
}
WAITING = st.lists(
    st.builds(Waiting, st.uuids().map(str), st.integers(0, 50), st.sampled_from(QUEUES)),
    unique_by=lambda one: one.session,
)


def test_first_come_first_served_in_each_queue() -> None:
    queue = [Waiting("b", 2, QueueKey()), Waiting("a", 1, QueueKey()), Waiting("c", 0, BILLING)]
    assert [one.session for one in in_order(queue)] == ["c", "a", "b"]
    assert positions(queue) == {"a": 1, "b": 2, "c": 1}


@given(queue=WAITING, data=st.data())
def test_everybody_sees_one_order(queue: list[Waiting], data: st.DataObject) -> None:
    found = in_order(queue)
    assert in_order(data.draw(st.permutations(queue))) == found
    assert sorted(found) == sorted(queue)
    assert [one.since for one in found] == sorted(one.since for one in queue)


@given(queue=WAITING)
def test_places_have_no_holes_in_any_queue(queue: list[Waiting]) -> None:
    places = positions(queue)
    for key in QUEUES:
        mine = [places[one.session] for one in in_order(queue) if one.queue == key]
        assert mine == list(range(1, len(mine) + 1))


@given(queue=WAITING, data=st.data())
def test_a_place_depends_on_nobody_in_another_queue(
    queue: list[Waiting], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(QUEUES))
    mine = positions(one for one in queue if one.queue == key)
    assert mine.items() <= positions(queue).items()


@pytest.mark.parametrize(
    ("queue", "users"),
    [
        (QueueKey(), USERS),
        (BILLING, ("ada", "linus")),
        (SHIPPING, ()),
        (QueueKey(QueueKind.TEAM, "removed"), ()),
        (QueueKey(QueueKind.PERSONAL, "ada"), ("ada",)),
        (QueueKey(QueueKind.PERSONAL, "gone"), ()),
    ],
)
def test_who_takes_from_a_queue(queue: QueueKey, users: tuple[str, ...]) -> None:
    assert takers(queue, frozenset(USERS), TEAMS) == set(users)
    for user in USERS:
        assert may_take(queue, user, TEAMS) is (user in users)


@given(users=st.frozensets(st.sampled_from(USERS)))
def test_only_those_who_are_asked_about_take(users: frozenset[str]) -> None:
    for queue in QUEUES:
        assert takers(queue, users, TEAMS) == users & takers(queue, frozenset(USERS), TEAMS)


def test_a_queue_is_the_same_whatever_its_name() -> None:
    named = [Queue(kind=QueueKind.TEAM, id="billing", name=name) for name in ("Billing", "Money")]
    assert {key_of(one) for one in named} == {BILLING}
    assert key_of(GENERAL) == QueueKey()


def test_a_team_and_a_person_of_the_same_id_have_two_queues() -> None:
    assert takers(QueueKey(QueueKind.TEAM, "ada"), frozenset(USERS), TEAMS) == frozenset()
    assert positions(
        [
            Waiting("a", 1, QueueKey(QueueKind.TEAM, "ada")),
            Waiting("b", 2, QueueKey(QueueKind.PERSONAL, "ada")),
        ]
    ) == {"a": 1, "b": 1}
