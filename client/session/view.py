"""What the window shows, as frozen values: texts in the customer's language, nothing of Qt."""

from dataclasses import dataclass
from enum import StrEnum

from client.session.machines import Page
from protocol.markup import Span


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
    `spoken` is what a screen reader says. `seq` is the fact's number, 0 for a line without.
    """

    key: str
    kind: LineKind
    text: str
    spans: tuple[Span, ...] = ()
    name: str = ""
    initials: str = ""
    first: bool = False
    last: bool = False
    caption: str = ""
    tick: Tick | None = None
    spoken: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderView:
    """Who is with the customer, and the state of the connection as a dot and a word."""

    title: str
    detail: str
    initials: str
    level: Level
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinView:
    """The first page; `problem` is empty while nothing is wrong."""

    step: str
    greeting: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """The queue card; what is not known is empty."""

    step: str
    title: str
    place: str
    wait: str
    on_duty: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedView:
    """The card after the end."""

    title: str
    text: str


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
    connecting: str
    waiting: WaitingView | None
    log: tuple[LineView, ...]
    typing: str
    writable: bool
    ended: EndedView | None
    question: QuestionView | None
