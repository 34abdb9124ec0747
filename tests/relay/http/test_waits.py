"""Waiting times: what administrators are shown of told and true."""

from relay.domain.estimate import HandOver, Range
from relay.domain.waiting import QueueKey
from relay.storage.waits import Wait, WaitStore
from tests.relay.http.administrator import sign_in
from tests.relay.site import ManualClock, Visitor

DAY_S = 24 * 3600


async def test_each_span_counts_its_own(visitor: Visitor, clock: ManualClock) -> None:
    store = WaitStore(visitor.relay.database)

    async def took(waited_s: float, told: Range | None, days_ago: float) -> None:
        at = clock.now_ms() - round(days_ago * DAY_S * 1000)
        await store.add(Wait(QueueKey(), HandOver(at, waited_s, 1, 1, 1), told))

    for waited_s in (30.0, 90.0, 170.0, 400.0):
        await took(waited_s, Range(60, 180), 0.5)
    await took(5.0, None, 0.5)
    await took(120.0, Range(60, 180), 3)
    await took(9_000.0, Range(60, 180), 20)
    await took(1.0, Range(60, 180), 40)
    await sign_in(visitor)
    told = (await visitor.get("/api/waits")).json()
    day, week, month = told["spans"]
    assert (told["least"], told["boundsS"]) == (5, [60, 180, 300, 600])
    assert [one["days"] for one in told["spans"]] == [1, 7, 30]
    assert (day["told"], day["unknown"]) == (4, 1)
    assert (day["earlier"], day["inside"], day["later"]) == (1, 2, 1)
    assert day["meanErrorS"] == round((90 + 30 + 50 + 280) / 4)
    assert day["medianErrorS"] == 70
    assert (day["medianWaitS"], day["medianWidthS"], day["widthPercent"]) == (130, 120, 92)
    assert day["distances"] == [2, 1, 1, 0, 0]
    assert (week["told"], month["told"]) == (5, 6)
    assert month["distances"][-1] == 1


async def test_nothing_is_claimed_of_nothing(visitor: Visitor) -> None:
    await sign_in(visitor)
    for span in (await visitor.get("/api/waits")).json()["spans"]:
        assert span["told"] == span["unknown"] == span["meanErrorS"] == 0
