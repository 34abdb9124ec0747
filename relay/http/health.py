"""For whoever watches the relay: alive, ready, and the numbers."""

from aiohttp import web

from relay import metrics
from relay.http.parts import Parts
from relay.storage.database import StorageUnavailable

READY_FOR_S = 1.0
"""An answer is good for this long: asking often does not write often."""


class Health:
    """The handlers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._asked_at: float | None = None
        self._writable = False

    async def alive(self, _request: web.Request) -> web.Response:
        """GET /healthz: 204 while the loop turns."""
        return web.Response(status=204)

    async def ready(self, _request: web.Request) -> web.Response:
        """GET /readyz: 204, or 503 while the database cannot be written."""
        now = self._parts.clock.monotonic()
        if self._asked_at is None or now >= self._asked_at + READY_FOR_S:
            self._asked_at = now
            self._writable = await self._is_writable()
        return web.Response(status=204 if self._writable else 503)

    async def _is_writable(self) -> bool:
        try:
            await self._parts.database.check_writable()
        except StorageUnavailable:
            return False
        return True


def metrics_application(counted: metrics.Metrics) -> web.Application:
    """The application of the metrics listener: /metrics and nothing else."""

    async def show(_request: web.Request) -> web.Response:
        headers = {"Content-Type": metrics.CONTENT_TYPE}
        return web.Response(body=counted.exposition(), headers=headers)

    application = web.Application()
    application.router.add_get("/metrics", show)
    return application
