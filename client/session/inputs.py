"""Everything that can happen to the client: what the customer does, what the network brings."""

from dataclasses import dataclass

from client.session.state import Trouble, Verdict
from protocol.api import Joined
from protocol.errors import ErrorCode
from protocol.facts import AnyFact
from protocol.signals import AnySignal


@dataclass(frozen=True, slots=True)
class KeyTyped:
    """The customer changed the key field."""

    text: str


@dataclass(frozen=True, slots=True)
class JoinWanted:
    """The customer pressed Start. `system` is what the representative may know about it."""

    key: str
    name: str
    system: str


@dataclass(frozen=True, slots=True)
class Said:
    """The customer sent `text`; `id` is a fresh client id."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """The customer changed the draft; `on` while there is any text in it."""

    on: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything up to fact `seq` is visible in an active window."""

    seq: int


@dataclass(frozen=True, slots=True)
class LinkChosen:
    """The customer chose a link in the conversation."""

    url: str


@dataclass(frozen=True, slots=True)
class LinkAnswered:
    """The answer to "Open this in your browser?"."""

    yes: bool


@dataclass(frozen=True, slots=True)
class EndWanted:
    """The customer pressed End session."""


@dataclass(frozen=True, slots=True)
class CloseWanted:
    """The customer closed the window."""


@dataclass(frozen=True, slots=True)
class EndAnswered:
    """The answer to "End this session?"; `id` is a fresh client id."""

    yes: bool
    id: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """The relay took the key."""

    joined: Joined


@dataclass(frozen=True, slots=True)
class JoinRefused:
    """The relay did not take the key."""

    code: ErrorCode


@dataclass(frozen=True, slots=True)
class JoinFailed:
    """There was no answer to the key, or none that can be believed."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Heard:
    """The relay said something."""

    event: AnyFact | AnySignal


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The link is down; it is being dialled again."""


@dataclass(frozen=True, slots=True)
class LinkClosed:
    """The link is down for good."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment that `Controller.due` named has come."""


Input = (
    KeyTyped
    | JoinWanted
    | Said
    | Wrote
    | Shown
    | LinkChosen
    | LinkAnswered
    | EndWanted
    | CloseWanted
    | EndAnswered
    | Admitted
    | JoinRefused
    | JoinFailed
    | Heard
    | LinkLost
    | LinkClosed
    | Tick
)
