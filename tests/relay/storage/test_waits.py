"""Hand-overs come back as they were."""

from relay.domain.estimate import REMEMBERED_S, HandOver, Range
from relay.domain.estimate_record import Outcome
from relay.storage.database import Database
from relay.storage.waits import Wait, WaitStore

NOW = 1_700_000_000_000


async def test_what_was_remembered_is_read_again(database: Database) -> None:
    store = WaitStore(database)
    hand_overs = [HandOver(NOW + n, 60.5 + n, 2, 1, 3) for n in range(3)]
    for one in hand_overs:
        await store.add(Wait(None, one, Range(60, 180)))
    assert (await store.histories(NOW))[None].hand_overs == tuple(hand_overs)
    assert await store.outcomes(NOW) == [
        Outcome(Range(60, 180), 61.5),
        Outcome(Range(60, 180), 62.5),
    ]


async def test_the_old_is_left_out_and_the_untold_is_kept_apart(database: Database) -> None:
    store = WaitStore(database)
    await store.add(Wait(None, HandOver(NOW, 60.0, 1, 1, 1), None))
    assert await store.histories(NOW + REMEMBERED_S * 1000 + 1) == {}
    assert await store.outcomes(0) == [Outcome(None, 60.0)]
