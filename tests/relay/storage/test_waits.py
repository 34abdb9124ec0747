"""Hand-overs come back as they were, each in its queue."""

import pytest

from protocol.queues import QueueKind
from relay.domain.content import Team
from relay.domain.estimate import REMEMBERED_S, HandOver, Range
from relay.domain.estimate_record import Outcome
from relay.domain.waiting import QueueKey
from relay.storage.database import Database
from relay.storage.teams import TeamStore
from relay.storage.waits import Wait, WaitStore
from tests.relay.storage.site_rows import NOW, person

GENERAL = QueueKey()


async def queues(database: Database) -> list[QueueKey]:
    """The general queue, two teams' and two people's."""
    for team in ("billing", "shipping"):
        await TeamStore(database).add_team(Team(team, team.title()))
    people = [await person(database, name) for name in ("ada", "linus")]
    return [
        GENERAL,
        QueueKey(QueueKind.TEAM, "billing"),
        QueueKey(QueueKind.TEAM, "shipping"),
        *(QueueKey(QueueKind.PERSONAL, one) for one in people),
    ]


async def test_what_was_remembered_is_read_again(database: Database) -> None:
    store = WaitStore(database)
    hand_overs = [HandOver(NOW + n, 60.5 + n, 2, 1, 3) for n in range(3)]
    for one in hand_overs:
        await store.add(Wait(GENERAL, one, Range(60, 180)))
    assert (await store.histories(NOW))[GENERAL].hand_overs == tuple(hand_overs)
    assert await store.outcomes(NOW) == [
        Outcome(Range(60, 180), 61.5),
        Outcome(Range(60, 180), 62.5),
    ]


async def test_each_queue_has_a_history_of_its_own(database: Database) -> None:
    store, known = WaitStore(database), await queues(database)
    for n, queue in enumerate(known):
        await store.add(Wait(queue, HandOver(NOW, float(n), 1, 1, 1), None))
    found = await store.histories(NOW)
    waits = {queue: [one.waited_s for one in found[queue].hand_overs] for queue in found}
    assert waits == {queue: [float(n)] for n, queue in enumerate(known)}
    assert len(await store.outcomes(0)) == len(known)


@pytest.mark.parametrize(("late_ms", "kept"), [(0, True), (1, False)])
async def test_the_old_is_left_out_and_the_untold_is_kept_apart(
    database: Database, late_ms: int, kept: bool
) -> None:
    store = WaitStore(database)
    await store.add(Wait(GENERAL, HandOver(NOW, 60.0, 1, 1, 1), None))
    found = await store.histories(NOW + REMEMBERED_S * 1000 + late_ms)
    assert (GENERAL in found) is kept
    assert await store.outcomes(0) == [Outcome(None, 60.0)]
