"""What the window shows, as frozen values: texts in the customer's language, nothing of Qt."""

from dataclasses import dataclass
from enum import StrEnum

from client.session.file_view import FilesView
from client.session.machines import Page
from client.session.share_view import ShareView
from protocol.markup import Span
from protocol.steps import Step, SurveyQuestion
from protocol.working import Hurdle


class Level(StrEnum):
    """The meaning of a mark; never shown by colour alone."""

    GOOD = "good"
    WARN = "warn"
    QUIET = "quiet"


class LineKind(StrEnum):
    """What a row of the conversation is."""

    DAY = "day"
    SYSTEM = "system"
    THEIRS = "theirs"
    OWN = "own"


class Tick(StrEnum):
    """How far the customer's own line has come."""

    PENDING = "pending"
    STORED = "stored"
    SEEN = "seen"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One row of the conversation.

    `key` stays the same from pending to stored. `first` and `last` tell where a run of lines by
    one person begins and ends; `caption` and `tick` stand below a line, `name` above it.
    `detail` is what a tooltip adds. `spoken` is what a screen reader says. `seq` is the fact's
    number, 0 for a line without.
    """

    key: str
    kind: LineKind
    text: str
    spans: tuple[Span, ...] = ()
    name: str = ""
    initials: str = ""
    photo: bytes = b""
    first: bool = False
    last: bool = False
    caption: str = ""
    tick: Tick | None = None
    detail: str = ""
    spoken: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderView:
    """Who is with the customer, and the state of the connection as a dot and a word. `proof` tells
    how the representative signed in; `words` are compared on the telephone, as `ask` says. They
    are empty where there is nothing to tell or to compare."""

    title: str
    detail: str
    initials: str
    level: Level
    word: str
    photo: bytes = b""
    proof: str = ""
    ask: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinView:
    """The first page; `problem` is empty while nothing is wrong."""

    step: str
    greeting: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectingView:
    """What is under way before there is a session; `cancel` is empty where nothing can be."""

    text: str
    detail: str = ""
    cancel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparingView:
    """A question before the queue; without a `question` the relay decides what comes next.

    `key` names this asking of it. `text` is in light markup. An answer can be given while `open`;
    `hint` says what none means, `countdown` how long there is, `status` what became of an answer.
    `spoken` is said to screen readers when it changes, far less often than the countdown.
    """

    step: str
    question: Step | None = None
    key: str = ""
    title: str = ""
    text: str = ""
    yes: str = ""
    no: str = ""
    open: bool = False
    hint: str = ""
    countdown: str = ""
    status: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """The queue card; what is not known is empty. `words` are the organisation's, in light
    markup; `spoken` is said to screen readers when it changes."""

    step: str
    title: str
    place: str
    wait: str
    on_duty: str
    words: str
    hint: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """What stands in the way on this computer, or, without a `problem`, one quiet line. `fix` opens
    the place where it is solved, `again` checks once more, `skip` puts it aside; what is empty is
    not shown. `status` is what came of checking again, `spoken` is said when it changes."""

    level: Level
    title: str
    problem: Hurdle | None = None
    text: str = ""
    fix: str = ""
    again: str = ""
    skip: str = ""
    status: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A known problem; `text` is in light markup, `act` folds the card or unfolds it."""

    id: str
    title: str
    text: str
    folded: bool
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MineView:
    """The sheet before leaving because of a notice. `field` is the label of the field for an
    address, empty where there is none; `problem` is what is wrong with it. While `busy` the answer
    is on its way, as `status` says."""

    title: str
    text: str
    field: str
    hint: str
    problem: str
    yes: str
    no: str
    busy: bool
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyView:
    """The survey. While `busy` the answers are on their way; once they are `sent`, `thanks` (light
    markup) stands in place of the questions."""

    title: str
    questions: tuple[SurveyQuestion, ...]
    problem: str
    send: str
    busy: bool
    sent: bool
    thanks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedView:
    """The card after the end. `text` is in light markup, `more` is not; `link` is an https
    address where one may go on, `link_text` the button for it; `program` says what becomes of
    the program."""

    title: str
    text: str
    level: Level = Level.GOOD
    more: str = ""
    link: str = ""
    link_text: str = ""
    survey: SurveyView | None = None
    program: str = ""


class QuestionKind(StrEnum):
    """What is asked: to end the session, or to open a link."""

    END = "end"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question over the window; the answer `no` is the safe one and has the focus."""

    kind: QuestionKind
    title: str
    text: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewState:
    """The whole window; a part that is None is not shown. `open` is False once it was closed."""

    window_title: str
    open: bool
    page: Page
    header: HeaderView
    notice: str
    join: JoinView
    connecting: ConnectingView
    preparing: PreparingView | None
    waiting: WaitingView | None
    checks: CheckView | None
    notices: tuple[NoticeView, ...]
    log: tuple[LineView, ...]
    typing: str
    writable: bool
    ended: EndedView | None
    mine: MineView | None
    share: ShareView
    files: FilesView
    question: QuestionView | None
