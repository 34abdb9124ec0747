"""Which messages of the channel go where, and which are dropped. Pure.

Only the clear header is looked at; what stands behind it is between the customer's program and
the representative's page. A message that may not pass is dropped and counted, and nobody hears
of it: neither who sent it nor anybody else.
"""

from enum import StrEnum

from protocol.channel import MAY_SEND, Header, Kind
from protocol.facts import Participant
from protocol.machines import SessionState
from protocol.roles import Role
from protocol.share_machine import ShareState
from protocol.share_snapshot import Sharing, held_by
from protocol.sharing import Grant
from protocol.snapshot import Snapshot, representatives


class Drop(StrEnum):
    """Why a message of the channel went nowhere.

    MALFORMED: no header of ours; TOO_BIG: longer than a part may be. ENDED: no representative is
    in the session. NOT_YOURS: this side never sends that kind. NO_SHARE, PAUSED: nothing is shown.
    FOREIGN_SHARE, OLD_EPOCH: it belongs to another share or another start than the running one.
    NO_GRANT: the representative is not allowed it. NOBODY: whom it is for is not there. TOO_MANY:
    more than may come within a second. SLOW: the receiver does not keep up. PURGED: it waited to
    be sent when what it belongs to was over.
    """

    MALFORMED = "malformed"
    TOO_BIG = "too_big"
    ENDED = "ended"
    NOT_YOURS = "not_yours"
    NO_SHARE = "no_share"
    PAUSED = "paused"
    FOREIGN_SHARE = "foreign_share"
    OLD_EPOCH = "old_epoch"
    NO_GRANT = "no_grant"
    NOBODY = "nobody"
    TOO_MANY = "too_many"
    SLOW = "slow"
    PURGED = "purged"


NEEDS = {
    Kind.ACKNOWLEDGEMENT: Grant.VIEW,
    Kind.WISH: Grant.VIEW,
    Kind.INPUT: Grant.CONTROL,
    Kind.CLIPBOARD: Grant.PASTE,
}
"""The grant behind each kind that a representative sends."""


def number_of(snapshot: Snapshot, participant: str) -> int:
    """The `sender` of that participant's messages. Raises `ValueError` for a stranger."""
    return [one.id for one in snapshot.participants].index(participant)


def route(snapshot: Snapshot, header: Header, sender: Participant) -> tuple[str, ...] | Drop:
    """The participants a message of `sender` goes to, never none, or why it goes nowhere."""
    if header.kind not in MAY_SEND[sender.role]:
        return Drop.NOT_YOURS
    if snapshot.state is not SessionState.ACTIVE:
        return Drop.ENDED
    sharing = snapshot.sharing
    over = _why_over(sharing, header)
    if over is not None:
        return over
    if sender.role is Role.CUSTOMER:
        needed = Grant.COPY if header.kind is Kind.CLIPBOARD else Grant.VIEW
        receivers = tuple(
            one.id
            for one in representatives(snapshot)
            if held_by(sharing, one.id, needed) is not None
        )
        return receivers or Drop.NOBODY
    if held_by(sharing, sender.id, NEEDS[header.kind]) is None:
        return Drop.NO_GRANT
    return (snapshot.participants[0].id,)


def still_goes(snapshot: Snapshot, header: Header, receiver: str) -> bool:
    """Whether a message that was let through, and waits, would still go to `receiver`."""
    sender = snapshot.participants[header.sender]
    there = route(snapshot, header, sender)
    return not isinstance(there, Drop) and receiver in there


def _why_over(sharing: Sharing, header: Header) -> Drop | None:
    if sharing.state is ShareState.OFF:
        return Drop.NO_SHARE
    if sharing.state is ShareState.PAUSED:
        return Drop.PAUSED
    if header.share != sharing.share:
        return Drop.FOREIGN_SHARE
    return Drop.OLD_EPOCH if header.epoch != sharing.epoch else None


class Allowance:
    """How much one peer may send on the channel within a second: `messages` and `size` bytes."""

    def __init__(self, messages: int, size: int) -> None:
        self._messages = messages
        self._size = size
        self._second = 0
        self._sent = 0
        self._bytes = 0

    def takes(self, size: int, now: float) -> bool:
        """Whether a message of `size` bytes may pass at `now` (s); if so it is counted."""
        if int(now) != self._second:
            self._second, self._sent, self._bytes = int(now), 0, 0
        if self._sent >= self._messages or self._bytes + size > self._size:
            return False
        self._sent += 1
        self._bytes += size
        return True


CUSTOMER_MESSAGES_PER_S = 2_000
CUSTOMER_BYTES_PER_S = 20_000_000
REPRESENTATIVE_MESSAGES_PER_S = 400
REPRESENTATIVE_BYTES_PER_S = 2_000_000


def allowance(role: Role) -> Allowance:
    """What a peer of that role may send."""
    if role is Role.CUSTOMER:
        return Allowance(CUSTOMER_MESSAGES_PER_S, CUSTOMER_BYTES_PER_S)
    return Allowance(REPRESENTATIVE_MESSAGES_PER_S, REPRESENTATIVE_BYTES_PER_S)
