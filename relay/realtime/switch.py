"""The fast path of the channel: from one socket's reader into the lanes of others.

It takes no lock and waits for nobody: the session is read as it stands at this moment. While it
stands, what was decided for one message holds for the next of its kind: thousands a second come
by here, and facts only now and then.
"""

from collections.abc import Mapping

from protocol.channel import HEADER, Header, Kind, peek
from protocol.errors import CloseCode, RemoteProtocolError
from protocol.snapshot import Snapshot
from relay.clock import Clock
from relay.domain.channel import Allowance, Drop, allowance, number_of, route
from relay.metrics import Metrics
from relay.realtime.peer import Peer
from relay.realtime.room import Room


class Switch:
    """Where one peer's messages of the channel go. `rooms` is the hub's own table."""

    def __init__(
        self, rooms: Mapping[str, Room], clock: Clock, metrics: Metrics, peer: Peer
    ) -> None:
        self._rooms = rooms
        self._clock = clock
        self._metrics = metrics
        self._peer = peer
        self._me = peer.me
        self._allowance: Allowance = allowance(peer.me.role)
        self._torn: set[Kind] = set()
        self._snapshot: Snapshot | None = None
        self._number = 0
        self._routes: dict[tuple[Kind, int, int], tuple[str, ...]] = {}

    def take(self, message: bytes) -> None:
        """Pass a message on to whom it is for, or drop and count it; nothing is raised.

        The number of who sent it is written over whatever stood there; the payload goes on as it
        came.
        """
        try:
            header = peek(message)
        except RemoteProtocolError as error:
            self._drop(Drop.TOO_BIG if error.close is CloseCode.TOO_BIG else Drop.MALFORMED)
            return
        now = self._clock.monotonic()
        if self._is_too_much(header, message, now):
            self._drop(Drop.TOO_MANY)
            return
        room = self._rooms.get(self._peer.session or "")
        if room is None:
            self._drop(Drop.ENDED)
            return
        if room.peers.get(self._me.id) is not self._peer:
            self._drop(Drop.NOBODY)  # a newer socket has taken this one's place
            return
        receivers = self._receivers(room.session.snapshot, header)
        if isinstance(receivers, Drop):
            self._drop(receivers)
            return
        if header.sender != self._number:
            header = header._replace(sender=self._number)
            message = header.pack() + message[HEADER.size :]
        for receiver in receivers:
            there = room.peers.get(receiver)
            if there is None:
                self._drop(Drop.NOBODY)
                continue
            self._metrics.channel_bytes.add(len(message))
            slow = there.show(header, message, now)
            if slow:
                self._drop(Drop.SLOW, slow)

    def _receivers(self, snapshot: Snapshot, header: Header) -> tuple[str, ...] | Drop:
        """As `route` says; what it lets through is asked once a snapshot."""
        if snapshot is not self._snapshot:
            self._snapshot, self._number = snapshot, number_of(snapshot, self._me.id)
            self._routes.clear()
        key = (header.kind, header.epoch, header.share)
        known = self._routes.get(key)
        if known is not None:
            return known
        receivers = route(snapshot, header, self._me)
        if not isinstance(receivers, Drop):
            self._routes[key] = receivers
        return receivers

    def _is_too_much(self, header: Header, message: bytes, now: float) -> bool:
        """Whether more comes than may; a message that has lost a part loses the others, too."""
        if self._torn and header.is_first:
            self._torn.discard(header.kind)
        if not self._allowance.takes(len(message), now):
            self._torn.add(header.kind)
        return bool(self._torn) and header.kind in self._torn

    def _drop(self, why: Drop, messages: int = 1) -> None:
        self._metrics.channel_dropped[why].inc(messages)
