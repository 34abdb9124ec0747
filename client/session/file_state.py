"""What the client itself knows of files, beside what the relay tells of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from client.session.file_pace import Pace
from client.session.file_source import Source
from protocol.errors import ErrorCode
from protocol.file_requests import FileAccept, FileCancel, FileDecline, FileOffer, FileTake
from protocol.files import FileRules


@dataclass(frozen=True, slots=True)
class Looking:
    """Chosen, but not looked at yet; `answers` is the question that it is for, or empty."""

    ticket: str
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that the customer offers or sends."""

    transfer: str
    name: str
    size: int
    source: Source


Wished = FileOffer | FileAccept | FileDecline | FileCancel | FileTake


@dataclass(frozen=True, slots=True)
class Wish:
    """What the relay is yet to carry out; `sent` on this link already, or `due` once more."""

    request: Wished
    sent: bool = False
    due: float | None = None


class FaultKind(StrEnum):
    """Why a file cannot be sent or saved."""

    TOO_LARGE = "too_large"
    TYPE = "wrong_type"
    UNUSABLE = "unusable"
    REFUSED = "refused"
    NO_ROOM = "no_room"
    UNWRITABLE = "unwritable"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something went wrong with the file `name` of `size` bytes; `key` names this card."""

    key: str
    kind: FaultKind
    name: str
    size: int = 0
    code: ErrorCode | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that arrived: `name` in `folder`."""

    transfer: str
    name: str
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFiles:
    """`accepted` are transfers that the customer took on this machine: only they are written here.
    `running` are those that are sent or saved now; `rested` are not begun again on this link: all
    of it is sent, or the relay goes on no longer and will tell why. `to_relay` and `from_relay`
    are how far each transfer came on its way to the relay and from there to its receiver."""

    rules: FileRules = field(default_factory=FileRules)
    looking: tuple[Looking, ...] = ()
    offers: tuple[Offer, ...] = ()
    accepted: frozenset[str] = frozenset()
    wishes: tuple[Wish, ...] = ()
    running: frozenset[str] = frozenset()
    rested: frozenset[str] = frozenset()
    to_relay: Mapping[str, Pace] = field(default_factory=dict)
    from_relay: Mapping[str, Pace] = field(default_factory=dict)
    saved: tuple[Saved, ...] = ()
    faults: tuple[Fault, ...] = ()

    def offer(self, transfer: str) -> Offer | None:
        """The customer's own file of that transfer."""
        return next((one for one in self.offers if one.transfer == transfer), None)

    def wish(self, transfer: str) -> Wish | None:
        """What is to be carried out for that transfer."""
        return next((one for one in self.wishes if one.request.transfer == transfer), None)

    @property
    def is_busy(self) -> bool:
        """Whether there is anything at all to look after."""
        return bool(self.looking or self.offers or self.accepted or self.wishes or self.running)
