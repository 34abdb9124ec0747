"""What the relay says without a number: answers to one peer, and things that may be dropped.

A signal is never stored. Where it describes something that lasts (presence, the desk, the
place in the queue), a newer one replaces an older one that is still waiting to be sent.
"""

import msgspec

from protocol.errors import ErrorCode
from protocol.files import FileRules
from protocol.queues import Queue, QueueCause
from protocol.roles import Door, Presence
from protocol.snapshot import Snapshot
from protocol.steps import SurveyQuestion
from protocol.working import Checks


class Signal(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", rename="camel"):
    """Base of everything the relay sends that is not a fact."""


class Welcome(Signal, frozen=True, tag="welcome"):
    """The answer to hello.

    With `snapshot` the peer starts from that; without, the facts after its `last` follow.
    `seq` and `desk_seq` tell where the replay will end. `gap` says that facts the peer asked
    for are older than what is kept. `signature` is the relay's Ed25519 signature over the
    peer's nonce (see `protocol.identity`). `present` holds ids of participants, `seen` the
    highest fact number each has had on the screen, `now` the relay's clock in ms since 1970.
    `words` are the two that customer and representative compare by telephone, `files` what may be
    sent.
    """

    participant: str
    snapshot: Snapshot | None
    seq: int
    desk_seq: int = 0
    gap: bool = False
    present: tuple[str, ...] = ()
    seen: dict[str, int] = {}
    identity: str = ""
    signature: str = ""
    now: int = 0
    words: tuple[str, ...] = ()
    files: FileRules = FileRules()


class DeskWelcome(Signal, frozen=True, tag="desk.welcome"):
    """The answer to hello on the desk socket; `desk.state` follows. `permissions` are those of
    the representative's role, by name, so that the page offers nothing that would be refused."""

    user: str
    name: str
    permissions: tuple[str, ...] = ()


class Ack(Signal, frozen=True, tag="ack"):
    """The request `id` is committed; `seq` is its fact's number (0 when it made none)."""

    id: str
    seq: int = 0


class Refused(Signal, frozen=True, tag="refused"):
    """The request `id` changed nothing. `detail` names somebody or something, never a sentence."""

    id: str
    code: ErrorCode
    detail: str = ""


class Pong(Signal, frozen=True, tag="pong"):
    n: int


class Typing(Signal, frozen=True, tag="typing"):
    by: str
    on: bool


class Seen(Signal, frozen=True, tag="seen"):
    by: str
    seq: int


class Present(Signal, frozen=True, tag="present"):
    """A participant's link came up or went down."""

    by: str
    on: bool


class FileProgress(Signal, frozen=True, tag="file.progress"):
    """So many bytes of a transfer have come to the relay, or (`fetched`) to its receiver."""

    id: str
    done: int
    fetched: bool = False


class QueuePlace(Signal, frozen=True, tag="queue.place"):
    """Where a waiting customer stands: 1 is next. `on_duty` counts available representatives.

    From `least_s` to `most_s` seconds more are likely; None while nobody can know. `greeting`
    is the organisation's own text, filled in for this place; empty where it is switched off.
    """

    position: int
    on_duty: int
    least_s: int | None = None
    most_s: int | None = None
    greeting: str = ""


class HoldMessage(Signal, frozen=True, tag="hold.message"):
    """A word to those who wait, every now and then; a newer one replaces an older one."""

    text: str


class SurveyOffered(Signal, frozen=True, tag="survey.offered"):
    """The session is over, and the customer may say how it was (POST /api/survey). `survey` is
    the version of the questions, `thanks` is shown afterwards."""

    title: str
    questions: tuple[SurveyQuestion, ...]
    thanks: str
    survey: int = 0


class CodeMade(Signal, frozen=True, tag="code.made"):
    """The answer to `code.make`: the join code as it is typed; `expires_at` in ms since 1970."""

    id: str
    code: str
    expires_at: int


class QueueEntry(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A customer in a queue as the desk shows it; `since` in ms since 1970.

    `by` names who passed them on or invites into the session, `invitation` is that invitation's
    id. One who is `preparing` still reads the agreement and cannot be taken yet; one who
    `knocks` asks to be let in again (`client.let_in`).
    """

    session: str
    customer: str
    system: str
    door: Door
    since: int
    queue: Queue
    present: bool
    cause: QueueCause = QueueCause.ENTRY
    by: str = ""
    invitation: str = ""
    issue: str = ""
    words: str = ""
    language: str = ""
    preparing: bool = False
    knocks: bool = False
    checks: Checks | None = None


class OpenSession(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A session this representative is in; `knocks` as in `QueueEntry`, `helpers` are the users
    who are in it now. `site` is what its customer calls the organisation, `issue` and `language`
    are as in `QueueEntry`; `accepted` is when (ms) somebody first took it, 0 while unknown."""

    session: str
    customer: str
    since: int
    knocks: bool = False
    helpers: tuple[str, ...] = ()
    site: str = ""
    issue: str = ""
    language: str = ""
    accepted: int = 0


class RunningSession(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A session of others that this representative may join; `since` in ms since 1970, `names` are
    those who help."""

    session: str
    customer: str
    since: int
    names: tuple[str, ...] = ()


class Colleague(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A representative who is signed in."""

    user: str
    name: str
    presence: Presence


class TeamChoice(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A team; `mine` says that this representative is in it, `on_duty` how many of it are."""

    id: str
    name: str
    mine: bool
    on_duty: int


class NoticeChoice(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An active notice, by the name that only representatives see; its `texts` by language."""

    id: str
    name: str
    texts: dict[str, str] = {}


class OpenKey(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One's own session key that nobody has used yet; `expires_at` in ms since 1970."""

    key: str
    queue: Queue
    expires_at: int


class DeskState(Signal, frozen=True, tag="desk.state"):
    """Everything the desk shows, whole; a newer one replaces an older one. `idle` says that one
    is away only because nobody touches any of one's desks (`desk.idle`). `running` is empty for
    those who may not join sessions uninvited."""

    now: int
    presence: Presence
    queue: tuple[QueueEntry, ...]
    sessions: tuple[OpenSession, ...]
    colleagues: tuple[Colleague, ...]
    keys: tuple[OpenKey, ...]
    teams: tuple[TeamChoice, ...] = ()
    notices: tuple[NoticeChoice, ...] = ()
    running: tuple[RunningSession, ...] = ()
    idle: bool = False


class KeyMade(Signal, frozen=True, tag="key.made"):
    """The answer to `key.make`. `qr` holds the link's QR code, a row of 0 and 1 each."""

    id: str
    key: str
    link: str
    qr: tuple[str, ...]
    expires_at: int


AnySignal = (
    Welcome
    | DeskWelcome
    | Ack
    | Refused
    | Pong
    | Typing
    | Seen
    | Present
    | FileProgress
    | QueuePlace
    | HoldMessage
    | SurveyOffered
    | CodeMade
    | DeskState
    | KeyMade
)
