"""Waiting times: what customers were told against what happened, as administrators see it."""

from aiohttp import web

from protocol.site_api import WaitSpan, WaitTimes
from relay.domain.estimate import LEAST_SAMPLES
from relay.domain.estimate_record import DISTANCES_S, Accuracy, accuracy
from relay.http.answers import answer
from relay.http.parts import Parts
from relay.storage.waits import WaitStore

DAYS = (1, 7, 30)
DAY_MS = 24 * 3600 * 1000


class WaitPages:
    """The handler; its route asks for `waits.view`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._store = WaitStore(parts.database)

    async def state(self, _request: web.Request) -> web.Response:
        """GET /api/waits"""
        now = self._parts.clock.now_ms()
        spans = []
        for days in DAYS:
            outcomes = await self._store.outcomes(now - days * DAY_MS)
            unknown = sum(one.estimated is None for one in outcomes)
            spans.append(_span(days, unknown, accuracy(outcomes)))
        return answer(WaitTimes(least=LEAST_SAMPLES, bounds_s=DISTANCES_S, spans=tuple(spans)))


def _span(days: int, unknown: int, found: Accuracy | None) -> WaitSpan:
    if found is None:
        return WaitSpan(
            days=days,
            told=0,
            unknown=unknown,
            earlier=0,
            inside=0,
            later=0,
            mean_error_s=0,
            median_error_s=0,
            median_wait_s=0,
            median_width_s=0,
            width_percent=0,
            distances=(0,) * (len(DISTANCES_S) + 1),
        )
    return WaitSpan(
        days=days,
        told=found.told,
        unknown=unknown,
        earlier=found.earlier,
        inside=found.told - found.earlier - found.later,
        later=found.later,
        mean_error_s=round(found.mean_error_s),
        median_error_s=round(found.median_error_s),
        median_wait_s=round(found.median_wait_s),
        median_width_s=round(found.median_width_s),
        width_percent=round(found.width_ratio * 100),
        distances=found.distances,
    )
