"""The scene that is shown now, and what becomes of grabs that fail."""

import logging

from client.capture.grabber import Grabber, GrabFailed
from client.capture.scene import Scene, Seen
from client.capture.ways import Ways
from client.platform.desktop import DesktopView
from client.session.geometry import Rect
from client.session.permit import Permit
from client.session.share_inputs import CaptureFailed

FAILURES = 3
"""So many grabs in a row must fail before anybody is told."""

_log = logging.getLogger(__name__)


class Camera:
    """For one epoch; `look` opens what it needs."""

    def __init__(self, ways: Ways, view: DesktopView) -> None:
        self._ways = ways
        self._view = view
        self._grabber: Grabber | None = None
        self._scene: Scene | None = None
        self.failures = 0
        """How many grabs have failed since the last good one."""

    def look(self, area: Rect, permit: Permit, now: float, *, must: bool) -> Seen | None:
        """See `Scene.look`; None also when the grab failed."""
        try:
            seen = self._scene_of(area).look(permit, now, must=must)
        except GrabFailed as why:
            self._failed(str(why))
            return None
        self.failures = 0
        return seen

    def again(self, permit: Permit) -> Seen | None:
        """See `Scene.again`."""
        return self._scene.again(permit) if self._scene is not None else None

    def shares(self, permit: Permit, x: int, y: int) -> bool:
        """See `Scene.shares`; nothing is, before the first picture."""
        return self._scene is not None and self._scene.shares(permit, x, y)

    def sent(self, seen: Seen) -> None:
        """The viewers have this picture now, or will."""
        if self._scene is not None:
            self._scene.sent(seen)

    def close(self) -> None:
        """Forget every picture, and let go of the screen until `look` is called again."""
        self._scene = None
        if self._grabber is not None:
            self._grabber.close()
            self._grabber = None

    def _scene_of(self, area: Rect) -> Scene:
        if self._scene is None or self._scene.area != area:
            self.close()
            if not area:
                raise GrabFailed("there is no monitor")
            self._grabber = Grabber()
            self._scene = Scene(self._ways.gate, self._view, self._grabber, area)
        return self._scene

    def _failed(self, why: str) -> None:
        _log.info("grab: %s", why)
        self.close()
        self.failures += 1
        if self.failures == FAILURES:
            self._ways.tell(CaptureFailed(why))
