"""The fast path of the channel: from one socket's reader into the lanes of others.

It takes no lock and waits for nobody: the session is read as it stands at this moment.
"""

from collections.abc import Mapping

from protocol.channel import HEADER, Flag, Header, Kind, peek
from protocol.errors import CloseCode, RemoteProtocolError
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
        self._allowance: Allowance = allowance(peer.me.role)
        self._torn: set[Kind] = set()

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
        if self._is_too_much(header, message):
            self._drop(Drop.TOO_MANY)
            return
        room = self._rooms.get(self._peer.session or "")
        if room is None:
            self._drop(Drop.ENDED)
            return
        snapshot, me = room.session.snapshot, self._peer.me
        if room.peers.get(me.id) is not self._peer:
            self._drop(Drop.NOBODY)  # a newer socket has taken this one's place
            return
        receivers = route(snapshot, header, me)
        if isinstance(receivers, Drop):
            self._drop(receivers)
            return
        header = header._replace(sender=number_of(snapshot, me.id))
        stamped = header.pack() + message[HEADER.size :]
        for receiver in receivers:
            there = room.peers.get(receiver)
            if there is None:
                self._drop(Drop.NOBODY)
                continue
            self._metrics.channel_bytes.inc(len(stamped))
            slow = there.show(header, stamped)
            if slow:
                self._drop(Drop.SLOW, slow)

    def _is_too_much(self, header: Header, message: bytes) -> bool:
        """Whether more comes than may; a message that has lost a part loses the others, too."""
        if header.flags & Flag.FIRST:
            self._torn.discard(header.kind)
        fits = self._allowance.takes(len(message), self._clock.monotonic())
        if not fits:
            self._torn.add(header.kind)
        return header.kind in self._torn

    def _drop(self, why: Drop, messages: int = 1) -> None:
        self._metrics.channel_dropped[why].inc(messages)
