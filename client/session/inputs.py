"""Everything that can happen to the client: what the customer does, what the network brings."""

from dataclasses import dataclass

from client.session.check_inputs import CheckInput
from client.session.file_inputs import FileInput
from client.session.share_inputs import EndShareWanted as EndShareWanted
from client.session.share_inputs import ShareInput
from client.session.state import Trouble, Verdict
from client.session.working_inputs import WorkingInput
from protocol.api import Joined
from protocol.errors import ErrorCode
from protocol.facts import AnyFact
from protocol.signals import AnySignal
from protocol.steps import Step, SurveyReply


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
class KnockCancelled:
    """The customer does not want to be let in by that code any longer."""


@dataclass(frozen=True, slots=True)
class StepAnswered:
    """The customer answered the question of `step`; `id` is a fresh client id."""

    id: str
    step: Step
    yes: bool


@dataclass(frozen=True, slots=True)
class NoticeFolded:
    """The customer folded a notice away (`on`), or wants to read it again."""

    notice: str
    on: bool


@dataclass(frozen=True, slots=True)
class MineChosen:
    """The customer says that a notice names the own problem."""

    notice: str


@dataclass(frozen=True, slots=True)
class MineAnswered:
    """The answer to "Is this your problem?"; `email` as it was typed, `id` a fresh client id."""

    yes: bool
    id: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class SurveySent:
    """The customer sends the answers given so far; again, after a try that failed."""

    replies: tuple[SurveyReply, ...]


@dataclass(frozen=True, slots=True)
class SurveySkipped:
    """The customer does not want to answer."""


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
    """The relay took the key; `attempt` as in `UseKey`."""

    joined: Joined
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class JoinRefused:
    """The relay did not take the key; `attempt` as in `UseKey`."""

    code: ErrorCode
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class JoinFailed:
    """There was no answer to the key, or none that can be believed; `attempt` as in `UseKey`."""

    trouble: Trouble
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class SurveyTaken:
    """The relay has the answers."""


@dataclass(frozen=True, slots=True)
class SurveyRefused:
    """The relay does not take the answers."""

    code: ErrorCode


@dataclass(frozen=True, slots=True)
class SurveyFailed:
    """The answers did not reach the relay."""


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
    | KnockCancelled
    | StepAnswered
    | NoticeFolded
    | MineChosen
    | MineAnswered
    | SurveySent
    | SurveySkipped
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
    | SurveyTaken
    | SurveyRefused
    | SurveyFailed
    | Heard
    | LinkLost
    | LinkClosed
    | Tick
    | ShareInput
    | CheckInput
    | WorkingInput
    | FileInput
)
