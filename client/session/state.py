"""Everything the client knows, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from client.session.machines import Leave, Page
from client.session.outbox import Outbox
from protocol.errors import ErrorCode
from protocol.facts import Participant
from protocol.machines import SessionState
from protocol.roles import Role
from protocol.signals import QueuePlace
from protocol.snapshot import Snapshot


class LinkState(StrEnum):
    """The socket to the relay, as far as a person cares."""

    IDLE = "idle"
    DIALLING = "dialling"
    ONLINE = "online"
    LOST = "lost"
    CLOSED = "closed"


class Trouble(StrEnum):
    """Why a join brought no answer, when the relay did not refuse it."""

    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    IMPOSTOR = "impostor"
    GARBLED = "garbled"


class Verdict(StrEnum):
    """Why the link will not come back by itself."""

    REPLACED = "replaced"
    OUTDATED = "outdated"
    GONE = "gone"
    IMPOSTOR = "impostor"
    REFUSED = "refused"


KEY_SHORT = "key_short"
"""A complaint of our own, beside those of `ErrorCode` and `Trouble`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with the join form; `about` is an error code, a trouble or `KEY_SHORT`."""

    about: ErrorCode | Trouble | str
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How far the customer has read: `shown` on the screen, `told` to the relay."""

    shown: int = 0
    told: int = 0
    told_at: float = float("-inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientState:
    """The whole client; times in seconds of the caller's monotonic clock.

    `typing` maps participants to when their mark expires, `seen` to the last fact they saw.
    `typing_told` is when the customer's own mark was last renewed, None while it is down.
    `end_id` is the client id under which the end of the session was asked for; `wait_until`
    bounds how long a closed window waits for it to be stored.
    """

    page: Page = Page.JOIN
    leave: Leave = Leave.FREE
    link: LinkState = LinkState.IDLE
    verdict: Verdict | None = None
    organisation: str = ""
    complaint: Complaint | None = None
    me: str = ""
    snapshot: Snapshot | None = None
    outbox: Outbox = field(default_factory=Outbox)
    present: frozenset[str] = frozenset()
    seen: Mapping[str, int] = field(default_factory=dict)
    typing: Mapping[str, float] = field(default_factory=dict)
    typing_told: float | None = None
    reading: Reading = field(default_factory=Reading)
    place: QueuePlace | None = None
    opening: str = ""
    end_id: str = ""
    end_retry: float | None = None
    wait_until: float | None = None

    @property
    def representatives(self) -> tuple[Participant, ...]:
        """The representatives who ever joined, in the order they did."""
        people = self.snapshot.participants if self.snapshot else ()
        return tuple(person for person in people if person.role is Role.REPRESENTATIVE)

    @property
    def runs(self) -> bool:
        """Whether the session takes chat lines from this customer now."""
        return (
            self.snapshot is not None
            and self.snapshot.state is not SessionState.ENDED
            and self.page in (Page.WAITING, Page.TALKING)
        )
