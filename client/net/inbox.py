"""What comes in on the channel: joined, judged by the gate's permit, and handed on or dropped."""

from collections import Counter
from collections.abc import Callable
from enum import StrEnum

from client.gate import Gate
from protocol.channel import MAY_SEND, Header, Joiner
from protocol.errors import RemoteProtocolError
from protocol.roles import Role


class Drop(StrEnum):
    """Why a channel message was dropped.

    NO_SHARE: nothing is shared. OTHER_EPOCH: it belongs to an earlier share, or to none that ever
    was. NOT_THEIRS: no representative sends this kind. STRANGER: its sender may not even see.
    """

    MALFORMED = "malformed"
    NO_SHARE = "no_share"
    OTHER_EPOCH = "other_epoch"
    NOT_THEIRS = "not_theirs"
    STRANGER = "stranger"


class Inbox:
    """One connection's. `hear` gets every whole message that belongs to the running share."""

    def __init__(self, gate: Gate, hear: Callable[[Header, bytes], None]) -> None:
        self._gate = gate
        self._hear = hear
        self._joiner = Joiner()
        self.dropped: Counter[Drop] = Counter()

    def take(self, data: bytes) -> None:
        """A binary message of the socket, whoever made it up."""
        try:
            whole = self._joiner.add(data)
        except RemoteProtocolError:
            self.dropped[Drop.MALFORMED] += 1
            return
        if whole is None:
            return
        header, payload = whole
        why = self._why_not(header)
        if why is None:
            self._hear(header, payload)
        else:
            self.dropped[why] += 1

    def _why_not(self, header: Header) -> Drop | None:
        permit = self._gate.permit
        if not permit.shows:
            return Drop.NO_SHARE
        if (header.epoch, header.share) != (permit.epoch, permit.share):
            return Drop.OTHER_EPOCH
        if header.kind not in MAY_SEND[Role.REPRESENTATIVE]:
            return Drop.NOT_THEIRS
        return None if header.sender in permit.viewers else Drop.STRANGER
