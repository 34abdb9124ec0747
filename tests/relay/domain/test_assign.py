"""Least-busy assignment: fair, in order, never too much, and the same for whoever looks."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from protocol.queues import QueueKind
from relay.domain.assign import MOST_SESSIONS, assignments
from relay.domain.content import Team
from relay.domain.waiting import QueueKey, Waiting, in_order

USERS = ("ada", "ken", "linus", "mary")
TEAM_IDS = ("billing", "shipping", "slow")
QUEUES = (
    QueueKey(),
    QueueKey(QueueKind.PERSONAL, "ada"),
    QueueKey(QueueKind.PERSONAL, "billing"),
    QueueKey(QueueKind.TEAM, "removed"),
    *(QueueKey(QueueKind.TEAM, team) for team in TEAM_IDS),
)
PEOPLE = st.frozensets(st.sampled_from(USERS))
WAITING = st.lists(
    st.builds(Waiting, st.uuids().map(str), st.integers(0, 9), st.sampled_from(QUEUES)),
    unique_by=lambda one: one.session,
    max_size=20,
)
TEAMS = st.fixed_dictionaries(
    {
        team: st.builds(Team, st.just(team), st.just(team), PEOPLE, least_busy=st.booleans())
        for team in TEAM_IDS
    }
)
RUNNING = st.dictionaries(st.sampled_from((*USERS, "somebody else")), st.integers(0, 4))

Teams = dict[str, Team]
Running = dict[str, int]


def least_busy(*members: str) -> Teams:
    return {"billing": Team("billing", "Billing", frozenset(members), least_busy=True)}


def in_line(count: int) -> list[Waiting]:
    queue = QueueKey(QueueKind.TEAM, "billing")
    return [Waiting(f"s{at:02}", at, queue) for at in range(count)]


@given(waiting=WAITING, teams=TEAMS, available=PEOPLE, running=RUNNING)
def test_nobody_gets_more_than_they_can_do(
    waiting: list[Waiting], teams: Teams, available: frozenset[str], running: Running
) -> None:
    given = Counter(user for _, user in assignments(waiting, teams, available, running))
    for user, count in given.items():
        assert running.get(user, 0) + count <= MOST_SESSIONS


@given(waiting=WAITING, teams=TEAMS, available=PEOPLE, running=RUNNING)
def test_only_a_least_busy_teams_customer_goes_to_an_available_member_and_only_once(
    waiting: list[Waiting], teams: Teams, available: frozenset[str], running: Running
) -> None:
    found = assignments(waiting, teams, available, running)
    assert len({session for session, _ in found}) == len(found)
    queues = {one.session: one.queue for one in waiting}
    for session, user in found:
        assert queues[session].kind is QueueKind.TEAM
        team = teams[queues[session].id]
        assert team.least_busy
        assert user in team.members & available


@given(waiting=WAITING, teams=TEAMS, available=PEOPLE, running=RUNNING)
def test_who_is_left_waiting_has_nobody_with_time(
    waiting: list[Waiting], teams: Teams, available: frozenset[str], running: Running
) -> None:
    found = dict(assignments(waiting, teams, available, running))
    given = Counter(found.values())
    for one in waiting:
        team = teams.get(one.queue.id) if one.queue.kind is QueueKind.TEAM else None
        if one.session not in found and team is not None and team.least_busy:
            able = team.members & available
            assert all(running.get(user, 0) + given[user] >= MOST_SESSIONS for user in able)


@given(waiting=WAITING, teams=TEAMS, available=PEOPLE, running=RUNNING)
def test_nobody_is_passed_by_in_their_own_queue(
    waiting: list[Waiting], teams: Teams, available: frozenset[str], running: Running
) -> None:
    found = dict(assignments(waiting, teams, available, running))
    for team in TEAM_IDS:
        line = [one for one in in_order(waiting) if one.queue == QueueKey(QueueKind.TEAM, team)]
        taken = [one.session in found for one in line]
        assert taken == sorted(taken, reverse=True), "the longest waiting come first"
    assert list(found) == [one.session for one in in_order(waiting) if one.session in found]


@given(waiting=WAITING, teams=TEAMS, available=PEOPLE, running=RUNNING, data=st.data())
def test_two_looks_at_the_same_moment_agree(
    waiting: list[Waiting],
    teams: Teams,
    available: frozenset[str],
    running: Running,
    data: st.DataObject,
) -> None:
    found = assignments(waiting, teams, available, running)
    shuffled = data.draw(st.permutations(waiting))
    turned = dict(reversed(teams.items()))
    assert assignments(shuffled, turned, frozenset(sorted(available)), running) == found


@given(count=st.integers(0, 20), available=PEOPLE, running=RUNNING)
def test_the_customers_of_one_team_are_spread_fairly(
    count: int, available: frozenset[str], running: Running
) -> None:
    found = assignments(in_line(count), least_busy(*USERS), available, running)
    given = Counter(user for _, user in found)
    for user, other in ((u, o) for u in given for o in available):
        most = running.get(user, 0) + given[user]
        assert most - 1 <= running.get(other, 0) + given[other]


@given(waiting=WAITING, teams=TEAMS, available=PEOPLE, running=RUNNING)
def test_carried_out_it_asks_for_nothing_more(
    waiting: list[Waiting], teams: Teams, available: frozenset[str], running: Running
) -> None:
    found = dict(assignments(waiting, teams, available, running))
    later = Counter(running) + Counter(found.values())
    left = [one for one in waiting if one.session not in found]
    assert assignments(left, teams, available, later) == []


def test_the_least_busy_is_first_and_of_equals_the_first_by_name() -> None:
    teams = least_busy("ada", "ken", "linus")
    found = assignments(in_line(4), teams, frozenset(USERS), {"ada": 1, "ken": 2})
    assert found == [("s00", "linus"), ("s01", "ada"), ("s02", "linus"), ("s03", "ada")]


def test_who_is_in_two_teams_is_not_given_twice_as_much() -> None:
    shipping = Team("shipping", "Shipping", frozenset({"ada"}), least_busy=True)
    waiting = [
        *in_line(3),
        *(Waiting(f"t{at}", at, QueueKey(QueueKind.TEAM, "shipping")) for at in range(3)),
    ]
    teams = {**least_busy("ada"), "shipping": shipping}
    assert len(assignments(waiting, teams, frozenset({"ada"}), {})) == MOST_SESSIONS
