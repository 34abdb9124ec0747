"""What happens to the client around the shared screen; a part of `client.session.inputs`."""

from dataclasses import dataclass
from enum import StrEnum

from client.session.share_state import Choice
from protocol import limits
from protocol.screen import Obstacle
from protocol.sharing import Grant


class ShareAnswer(StrEnum):
    """ALLOW: everything that is asked. VIEW_ONLY: see, but not control. CHOOSE opens the picker."""

    ALLOW = "allow"
    VIEW_ONLY = "view_only"
    CHOOSE = "choose"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class ShareAnswered:
    """The customer answered the question on the screen; `asked` is its number, so that an answer
    to an earlier one is none. Everything but seeing lasts for `lasts_s` seconds (0: for the
    session). Here as in everything the customer does, `id` is a fresh client id.
    """

    id: str
    asked: int
    answer: ShareAnswer
    lasts_s: int = limits.CONTROL_LEASE_S


@dataclass(frozen=True, slots=True)
class EndShareWanted:
    """The customer ends the share, by whatever button or key. It is carried out before anything
    decides. Where it comes from another thread it has no `id`."""

    id: str = ""


@dataclass(frozen=True, slots=True)
class PauseWanted:
    """The customer wants nothing to be seen for a while."""

    id: str


@dataclass(frozen=True, slots=True)
class ResumeWanted:
    """The customer goes on showing what was shown before."""

    id: str


@dataclass(frozen=True, slots=True)
class ChangeWanted:
    """The customer pressed CHANGE RELEASE."""

    id: str


@dataclass(frozen=True, slots=True)
class Picked:
    """Share was pressed in the picker. `control` lets the representative who asked act on what was
    chosen, for `lasts_s` seconds."""

    id: str
    choice: Choice
    control: bool = False
    lasts_s: int = limits.CONTROL_LEASE_S


@dataclass(frozen=True, slots=True)
class PickCancelled:
    """The picker was closed without Share."""

    id: str


@dataclass(frozen=True, slots=True)
class TakeBackWanted:
    """The customer takes a grant back."""

    id: str
    to: str
    grant: Grant


@dataclass(frozen=True, slots=True)
class MoreTimeWanted:
    """The customer lets a representative do something for a quarter of an hour more."""

    id: str
    to: str
    grant: Grant = Grant.CONTROL


@dataclass(frozen=True, slots=True)
class AgainAnswered:
    """The answer to "Share again?" after a share broke off."""

    id: str
    yes: bool


@dataclass(frozen=True, slots=True)
class OwnHandMoved:
    """The customer moved the own mouse while input was allowed."""


@dataclass(frozen=True, slots=True)
class EndKeySet:
    """Whether the key that ends a share is ours, or another program's."""

    works: bool


@dataclass(frozen=True, slots=True)
class ObstaclesMet:
    """What is in the way of seeing and of input now; None: nothing."""

    view: Obstacle | None = None
    control: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Pointed:
    """A representative points at a place of the desktop (physical pixels)."""

    sender: int
    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class TextPut:
    """The participant number `sender` has put text on the customer's clipboard."""

    sender: int


@dataclass(frozen=True, slots=True)
class Watched:
    """The participant numbers whose viewers have the picture up now."""

    viewers: frozenset[int]


@dataclass(frozen=True, slots=True)
class CaptureFailed:
    """The screen cannot be grabbed; `why` is for the log."""

    why: str


ShareInput = (
    ShareAnswered
    | EndShareWanted
    | PauseWanted
    | ResumeWanted
    | ChangeWanted
    | Picked
    | PickCancelled
    | TakeBackWanted
    | MoreTimeWanted
    | AgainAnswered
    | OwnHandMoved
    | EndKeySet
    | ObstaclesMet
    | Pointed
    | TextPut
    | Watched
    | CaptureFailed
)
