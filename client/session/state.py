"""Everything the client knows, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from client.session.check_state import OwnChecks
from client.session.file_state import OwnFiles
from client.session.machines import Leave, Page
from client.session.outbox import Outbox
from client.session.share_state import OwnShare
from protocol.api import Join, Watermark
from protocol.errors import ErrorCode
from protocol.facts import Participant
from protocol.machines import SessionState
from protocol.roles import Role
from protocol.signals import QueuePlace, SurveyOffered
from protocol.snapshot import Snapshot
from protocol.steps import Step, SurveyReply
from protocol.working import Hurdle


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
    OUTDATED = "outdated"


class Verdict(StrEnum):
    """Why the link will not come back by itself."""

    REPLACED = "replaced"
    OUTDATED = "outdated"
    GONE = "gone"
    IMPOSTOR = "impostor"
    REFUSED = "refused"


class Halt(StrEnum):
    """Why a release does not even try to join."""

    EXPIRED = "expired"
    CLOCK = "clock"
    OUTDATED = "outdated"


class Removal(StrEnum):
    """What becomes of a spent program: nothing (it was never frozen), it goes by itself, or the
    customer has to delete it, because its folder does not let us."""

    NONE = "none"
    SELF = "self"
    BY_HAND = "by_hand"


KEY_SHORT = "key_short"
CODE_SHORT = "code_short"
"""Complaints of our own, beside those of `ErrorCode` and `Trouble`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with the join form; `about` is an error code, a trouble, `KEY_SHORT` or
    `CODE_SHORT`."""

    about: ErrorCode | Trouble | str
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How far the customer has read: `shown` on the screen, `told` to the relay."""

    shown: int = 0
    told: int = 0
    told_at: float = float("-inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """Asking to be let in by a code that was used before; `due` is None while an answer is
    awaited, `tries` counts those that came."""

    join: Join
    tries: int = 0
    due: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """The customer's answer to a question, until the relay has it; `due` when it is told again."""

    id: str
    step: Step
    yes: bool
    due: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A notice that names the customer's own problem: asked about while `id` is empty, then on
    its way. `wrong` says that the address is none; `due` is when it is told again."""

    notice: str
    id: str = ""
    email: str = ""
    wrong: bool = False
    due: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNudge:
    """The newest nudge that was met here. `delivered` and `seen` are the client ids under which
    that was told, empty before it happened. `over`: it came too late to call anybody."""

    nudge: str = ""
    delivered: str = ""
    seen: str = ""
    over: bool = False


class Stage(StrEnum):
    """How far the survey has come."""

    ASKED = "asked"
    SENDING = "sending"
    FAILED = "failed"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The survey after the end. `empty` says that nothing was answered yet, `code` why the relay
    did not take the `replies`."""

    offer: SurveyOffered
    stage: Stage = Stage.ASKED
    replies: tuple[SurveyReply, ...] = ()
    empty: bool = False
    code: ErrorCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientState:
    """The whole client; times in seconds of the caller's monotonic clock.

    `relay` is the relay's https origin, `language` the customer's; `attempt` numbers the uses of
    a key. `ahead` is how far the relay's clock (seconds since 1970) is before the caller's, and
    `left` how many seconds remain for the question that stands now. `declined` says that the
    customer did not accept the agreement: nothing goes on from there. `told_at` is the address
    where the customer is told that the problem of the notice `noted` is solved. `hold` is the
    newest word to those who wait, `folded` are the notices folded away, and `farewell` bounds
    how long an ended session is listened to. `share` is what is shown from here; on a system on
    which nothing can be shown, `unshareable` is the key of the text that says why. `files` are
    those that the customer sends or takes. `checks` is what was found out about the computer,
    `solvable` are the problems for which it has a place where they are solved. `photos` are those
    of representatives by their SHA-256, empty as long as they are not there. `halt` is why this
    program does not join at all; `removal` is what becomes of its file, and `program` its name.
    `watermark` lies over the screen while it is shared, with the picture `logo` once that came.

    `words` are the two that customer and representative compare on the telephone.
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
    relay: str = ""
    language: str = "en"
    complaint: Complaint | None = None
    attempt: int = 0
    knock: Knock | None = None
    token: str = ""
    mail: bool = False
    me: str = ""
    snapshot: Snapshot | None = None
    outbox: Outbox = field(default_factory=Outbox)
    words: tuple[str, ...] = ()
    present: frozenset[str] = frozenset()
    seen: Mapping[str, int] = field(default_factory=dict)
    typing: Mapping[str, float] = field(default_factory=dict)
    typing_told: float | None = None
    reading: Reading = field(default_factory=Reading)
    ahead: float = 0.0
    left: int | None = None
    answer: OwnAnswer | None = None
    declined: bool = False
    place: QueuePlace | None = None
    hold: str = ""
    folded: frozenset[str] = frozenset()
    mine: Mine | None = None
    noted: str = ""
    told_at: str = ""
    survey: Survey | None = None
    farewell: float | None = None
    share: OwnShare = field(default_factory=OwnShare)
    unshareable: str = ""
    checks: OwnChecks = field(default_factory=OwnChecks)
    solvable: frozenset[Hurdle] = frozenset()
    nudge: OwnNudge = field(default_factory=OwnNudge)
    files: OwnFiles = field(default_factory=OwnFiles)
    photos: Mapping[str, bytes] = field(default_factory=dict)
    opening: str = ""
    halt: Halt | None = None
    removal: Removal = Removal.NONE
    program: str = ""
    watermark: Watermark | None = None
    logo: bytes = b""
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

    @property
    def is_over(self) -> bool:
        """Whether the session has ended for everybody, as far as the customer can know."""
        return self.link is LinkState.CLOSED or self.farewell is not None
