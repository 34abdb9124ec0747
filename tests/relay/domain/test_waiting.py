"""The order of the queues."""

from hypothesis import given
from hypothesis import strategies as st

from relay.domain.waiting import Waiting, in_order, positions, visible_to

QUEUES = st.sampled_from([None, "ada", "linus"])
WAITING = st.lists(
    st.builds(Waiting, st.uuids().map(str), st.integers(0, 50), QUEUES),
    unique_by=lambda one: one.session,
)


def test_first_come_first_served_in_each_queue() -> None:
    queue = [Waiting("b", 2, None), Waiting("a", 1, None), Waiting("c", 0, "ada")]
    assert [one.session for one in in_order(queue)] == ["c", "a", "b"]
    assert positions(queue) == {"a": 1, "b": 2, "c": 1}


@given(WAITING)
def test_nobody_sees_another_representatives_own_queue(queue: list[Waiting]) -> None:
    assert all(one.own_of in (None, "ada") for one in visible_to(queue, "ada"))


@given(WAITING)
def test_places_have_no_holes(queue: list[Waiting]) -> None:
    places = positions(queue)
    for name in (None, "ada", "linus"):
        mine = [places[one.session] for one in in_order(queue) if one.own_of == name]
        assert mine == list(range(1, len(mine) + 1))
