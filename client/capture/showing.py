"""One epoch of a share: from the first viewer's `Watch` until the gate shuts.

Decisions are made elsewhere (`pacer`, `viewers`, `quality`, `layouts`); here they are put in order
and carried out. Nothing of one epoch is ever used in another.
"""

import time
from functools import partial

from client.capture.audience import Audience
from client.capture.camera import Camera
from client.capture.easel import Easel
from client.capture.encoder import EncodingFailed
from client.capture.layouts import Layouts
from client.capture.outgoing import Outgoing
from client.capture.pointer import Pointer
from client.capture.scene import Seen
from client.capture.viewers import KEY_S
from client.capture.ways import Ways
from client.frames import Frame
from client.platform.desktop import DesktopView
from client.session.permit import Permit
from client.session.share_inputs import ObstaclesMet
from protocol import limits
from protocol.channel import Header
from protocol.screen import Obstacles

POLL_S, IDLE_S = 1 / 30, 1 / 10
"""How often one looks where the system does not tell when something stirs: while it does, and when
nothing has for `ACTIVE_S`."""

ACTIVE_S = 2.0

REST_S = 0.25
"""How often a still screen is looked after all the same, where the system tells when it stirs."""

WHOLE_S = 2.0
"""How often all of it is grabbed even so."""

GATHER_S = 0.002
"""So long after the first painting one looks: a program paints in more than one step."""

_NEVER = float("inf")

AROUND_S = 1.0
"""How often monitors and obstacles are looked at, and how often a broken grab is tried again."""


class Showing:
    """Used in the capture thread only. `view` is closed with it."""

    def __init__(self, ways: Ways, permit: Permit, view: DesktopView, shown: int) -> None:
        self._ways = ways
        self._view = view
        self._out = Outgoing(ways.gate, permit, ways.send)
        self._audience = Audience(ways, permit.epoch)
        self._pacer = self._audience.pacer
        self._pointer = Pointer()
        self._layouts = Layouts(shown)
        self._camera = Camera(ways, view)
        self._easel = Easel(ways.codecs, self._pacer)
        self._obstacles = Obstacles()
        self._key_wanted = False
        self._crowded = False
        self._last_key = self._around_at = self._poll_at = self._beat_at = 0.0
        self._stir_from = self._changed_at = self._whole_at = 0.0
        self.epoch = permit.epoch

    @property
    def shown(self) -> int:
        """The monitor that is shown, or all."""
        return self._layouts.shown

    def hear(self, header: Header, payload: bytes, now: float) -> None:
        """An acknowledgement or a wish."""
        self._audience.hear(header, payload, self._layouts, now)
        if self._crowded and self._pacer.may_send():
            self._crowded = False
            self._poll_at = now

    def step(self, permit: Permit, now: float) -> float | None:
        """Do what is due. When to come again at the latest; None: when something is heard."""
        self._audience.drop_absent(permit, now)
        if not self._audience.watching:
            return None
        if now >= self._around_at:
            self._look_around(now)
        self._change_monitor(now)
        due = self._audience.due()
        if due is not None and now >= due:
            self._begin(now)
        if not self._pacer.viewers:
            return due
        if now >= self._pointer.next_look:
            self._point(permit, now)
        if now >= self._poll_at:
            self._show(permit, now)
        elif now >= self._stir_from and self._view.stirred():
            self.stir(now)
        return self._next_step(now)

    def watched(self, now: float) -> int | None:
        """The descriptor to wait for, once a picture may follow the one before."""
        if not self._pacer.viewers or now < self._stir_from:
            return None
        return self._view.stirring()

    def stir(self, now: float) -> None:
        """Something was painted: look as soon as it may be complete."""
        if now >= self._stir_from:
            self._stir_from = _NEVER  # until that look
            self._poll_at = min(self._poll_at, now + GATHER_S)

    def close(self) -> None:
        """Let go of everything."""
        self._easel.close()
        self._camera.close()
        self._view.close()
        self._audience.close()

    def _look_around(self, now: float) -> None:
        self._around_at = now + AROUND_S
        met = Obstacles(view=self._view.obstacle(), control=self._view.control_obstacle())
        if met != self._obstacles:
            self._obstacles = met
            self._ways.tell(ObstaclesMet(view=met.view, control=met.control))
            if self._pacer.viewers:  # the others learn it with their first picture
                self._out.news(met)
        if self._layouts.found(self._view.monitors()):
            self._begin_layout(now)

    def _change_monitor(self, now: float) -> None:
        """The newest wish wins, and not more often than there may be key frames."""
        wanted = self._audience.wanted_monitor
        if wanted is not None and now >= self._last_key + KEY_S:
            self._audience.wanted_monitor = None
            if self._layouts.show(wanted):
                self._begin_layout(now)

    def _begin_layout(self, now: float) -> None:
        """Another size or place: nothing of the pictures so far is of use."""
        self._camera.close()
        if self._pacer.viewers:
            self._begin(now)

    def _begin(self, now: float) -> None:
        """Everybody gets a key frame, and before it what is needed to understand it."""
        self._audience.admit(now)
        self._key_wanted = True
        self._last_key = now
        self._out.news(self._layouts.message())
        self._out.news(self._obstacles)
        self._pointer.begin_anew()
        self._poll_at = now

    def _point(self, permit: Permit, now: float) -> None:
        shared = partial(self._camera.shares, permit)
        payload = self._pointer.look(self._view, self._layouts.area, now, shared)
        if payload is not None:
            self._out.cursor(payload)

    def _show(self, permit: Permit, now: float) -> None:
        """Look, and send what is worth it; what there is no room for is not even looked at, but
        for the beat."""
        room, beat = self._pacer.may_send(), now >= self._beat_at
        self._crowded = not room
        self._pause(now)
        if not room and not beat:
            return
        seen = self._seen(permit, now, beat=beat)
        if self._camera.failures:
            self._try_again(now)
            return
        if seen is not None:
            if beat:
                self._beat_at = now + limits.BEAT_S
            try:
                self._answer(seen, now, room=room, beat=beat)
            except EncodingFailed as why:
                self._easel.give_up(str(why))
                self._begin(now)
        self._pause(now)

    def _seen(self, permit: Permit, now: float, *, beat: bool) -> Seen | None:
        """What there is to see, if it may have changed or is wanted again. Where the system tells
        what is painted, nothing new is as good as another look, but for one now and then."""
        improving = self._easel.improving_at()
        again = beat or (improving is not None and now >= improving)
        if again and not self._key_wanted and now < self._whole_at:
            seen = self._camera.again(permit)
            if seen is not None:
                return seen
        must = self._key_wanted or again
        if must:
            self._whole_at = now + WHOLE_S
        return self._camera.look(self._layouts.area, permit, now, must=must)

    def _pause(self, now: float) -> None:
        """When to look again: as soon as it stirs, but after a rest as long as the work took; or,
        where nobody tells, again and again."""
        rested = now + self._easel.effort.pause(time.monotonic() - now)
        improving = self._easel.improving_at()
        if self._view.stirring() is None:
            active = now < self._changed_at + ACTIVE_S
            self._poll_at = max(now + (POLL_S if active else IDLE_S), rested)
        else:
            self._stir_from = rested
            self._poll_at = now + REST_S
        if improving is not None and not self._crowded:  # an answer will wake us
            self._poll_at = min(self._poll_at, max(improving, rested))

    def _try_again(self, now: float) -> None:
        """At once with the monitors of now, which may be others than a moment ago; if it still
        fails, less often."""
        self._key_wanted = True
        first = self._camera.failures == 1
        self._poll_at = self._around_at = now if first else now + AROUND_S

    def _answer(self, seen: Seen, now: float, *, room: bool, beat: bool) -> None:
        easel = self._easel
        if self._key_wanted or easel.empty:
            if room:
                layouts, common = self._layouts, self._audience.codecs()
                payload = easel.whole(seen, layouts.number, layouts.area, common, now)
                self._send(seen, payload, key=True)
                self._key_wanted = False
        elif seen.changed.any():
            if room:
                self._changed_at = now
                payload = easel.change(seen, self._audience.codecs(), now)
                self._send(seen, payload, key=False)
        else:
            if beat:
                self._out.beat()
            improved = easel.improved(seen, now) if room else None
            if improved is not None:
                self._send(seen, improved, key=False)

    def _send(self, seen: Seen, payload: bytes, *, key: bool) -> None:
        """Hand a frame over, unless the gate was shut while it was made."""
        if not self._out.allowed:
            return
        area, seq, now = self._layouts.area, self._out.next_frame, time.monotonic()
        frame = Frame(seq, self.epoch, self._layouts.number, area, seen.windows, now)
        self._ways.frames.put(frame)
        self._pacer.sent(seq, len(payload), now)
        self._camera.sent(seen)
        self._beat_at = now + limits.BEAT_S
        self._out.frame(payload, key=key)

    def _next_step(self, now: float) -> float:
        times = (
            self._poll_at,
            self._stir_from if now < self._stir_from < _NEVER else None,
            self._pointer.next_look,
            self._around_at,
            self._audience.due(),
            self._pacer.next_gone(),
        )
        return min(time for time in times if time is not None)
