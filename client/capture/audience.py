"""The viewers of one epoch: what they say, and who of them is still there."""

from collections.abc import Iterator

from client.capture.layouts import Layouts
from client.capture.pacer import Pacer
from client.capture.viewers import Viewers
from client.capture.ways import Ways
from client.capture.wishes import Wishes
from client.session.permit import Permit
from client.session.share_inputs import Pointed, Watched
from protocol.channel import Header, Kind
from protocol.picture import Codec
from protocol.screen import PointAt, ShowMonitor, Unwatch, Watch


class Audience:
    """Somebody watches from `Watch` on, and is sent pictures from the key frame on that follows."""

    def __init__(self, ways: Ways, epoch: int) -> None:
        self._ways = ways
        self._epoch = epoch
        self._viewers = Viewers()
        self._wishes = Wishes()
        self._told: frozenset[int] = frozenset()
        self.pacer = Pacer()
        self.wanted_monitor: int | None = None

    @property
    def watching(self) -> frozenset[int]:
        """Who has the picture up, or will with the next key frame."""
        return self._viewers.watching

    def hear(self, header: Header, payload: bytes, layouts: Layouts, now: float) -> None:
        """An acknowledgement or a wish; of this epoch and by somebody who may see, or ignored."""
        viewer = header.sender
        if header.epoch != self._epoch or viewer not in self._ways.gate.permit.viewers:
            return
        if header.kind is Kind.ACKNOWLEDGEMENT:
            self.pacer.acknowledged(viewer, header.seq, now)
        elif header.kind is Kind.WISH:
            match self._wishes.read(viewer, payload, now):
                case Watch(codecs=codecs):
                    self._viewers.ask(viewer, codecs, now)
                case Unwatch():
                    self._leave(viewer)
                case ShowMonitor(id=monitor):
                    self.wanted_monitor = monitor
                case PointAt(layout=layout, number=number, x=x, y=y):
                    place = layouts.place(layout, x, y)
                    if place is not None:
                        self._ways.tell(Pointed(viewer, number, *place))

    def drop_absent(self, permit: Permit, now: float) -> None:
        """Forget who may not see any longer, has left, or does not answer."""
        self._viewers.keep(permit.viewers)
        for viewer in (self.pacer.viewers - self._viewers.watching) | self.pacer.gone(now):
            self._leave(viewer)
        self._tell(self._viewers.watching)

    def due(self) -> float | None:
        """When a key frame is due that somebody asked for."""
        return self._viewers.due()

    def admit(self, now: float) -> None:
        """The key frame that follows is for everybody who asked for one."""
        for viewer in self._viewers.admit(now):
            self.pacer.watch(viewer)

    def codecs(self) -> Iterator[Codec]:
        """What all can decode and this program can encode, the better first."""
        return filter(self._ways.codecs.available, self._viewers.codecs())

    def close(self) -> None:
        """Nobody sees anything any longer."""
        self._tell(frozenset())

    def _leave(self, viewer: int) -> None:
        self._viewers.leave(viewer)
        self.pacer.forget(viewer)

    def _tell(self, watching: frozenset[int]) -> None:
        if watching != self._told:
            self._told = watching
            self._ways.tell(Watched(watching))
