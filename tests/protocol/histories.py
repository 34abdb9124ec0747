"""Histories of sessions for hypothesis: every kind of fact, at a time when it may happen."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from hypothesis import strategies as st

from protocol.facts import (
    AnyFact,
    ChatPosted,
    ClientOffered,
    CustomerMoved,
    Departure,
    EndReason,
    InvitationMade,
    InvitationOver,
    NotePosted,
    NoticeOver,
    NoticeTold,
    Participant,
    QuestionAnswered,
    QuestionAsked,
    RepresentativeJoined,
    RepresentativeLeft,
    SessionAccepted,
    SessionEnded,
    SessionOpened,
    SessionQueued,
    Topic,
    topic_of,
)
from protocol.machines import SessionState
from protocol.queues import GENERAL, Queue, QueueCause, QueueKind
from protocol.roles import Door, Role
from protocol.steps import Reply, Step
from protocol.working import Checks, Hurdle, NudgeMark
from protocol.working_facts import (
    CustomerReported,
    LinkPushed,
    NudgeSent,
    NudgeTold,
    SessionHeld,
    SessionResumed,
)
from tests.protocol.file_histories import FileStory
from tests.protocol.share_histories import ShareStory

T = TypeVar("T")

GRACE = Participant(id="c1", role=Role.CUSTOMER, name="Grace", door=Door.CHAT, system="Linux")
ADA, LINUS, KEN = (
    Participant(id=f"r-{name.lower()}", role=Role.REPRESENTATIVE, name=name, door=Door.SESSION)
    for name in ("Ada", "Linus", "Ken")
)
STAFF = (ADA, LINUS, KEN)
QUEUES = (
    GENERAL,
    Queue(kind=QueueKind.TEAM, id="b1", name="Billing"),
    Queue(kind=QueueKind.PERSONAL, id="ada", name="Ada"),
)
MOST_MOVES = 25
TEXTS = st.text(min_size=1, max_size=20)


class Story:
    """A session that goes on fact by fact; `draw` decides whatever the rules leave open."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.facts: list[AnyFact] = []
        preparing = draw(st.booleans())
        self.state = SessionState.PREPARING if preparing else SessionState.WAITING
        self.here: list[Participant] = []
        self._asked: Step | None = None
        self._steps = list(Step)
        self._shown: list[str] = []
        self._open: list[str] = []
        self._sharing = ShareStory(draw, self._add)
        self._files = FileStory(draw, self._add)
        queue = self._one_of(QUEUES)
        self._add(SessionOpened, participant=GRACE, queue=queue, preparing=preparing)

    def go_on(self) -> None:
        """One more fact, of any kind that may come now."""
        self._one_of(sorted(self._next(), key=lambda move: move.__name__))()

    def _next(self) -> Iterator[Callable[[], None]]:
        yield self._note
        if self.state is SessionState.ENDED:
            return
        yield from (self._end, self._move, self._report)
        if self.state is SessionState.PREPARING:
            if self._asked:
                yield self._answer
            else:
                yield from [self._ask] * bool(self._steps)
                yield self._queue
            return
        yield from (self._chat, self._tell, self._queue)
        yield from [self._notice_over] * bool(self._shown)
        if self.state is SessionState.WAITING:
            yield self._accept
            return
        yield from (self._invite, self._offer)
        yield from [self._invitation_over] * bool(self._open)
        yield from [self._join] * (len(self.here) < len(STAFF))
        yield from [self._leave] * (len(self.here) > 1)
        yield from (self._nudge, self._told, self._push, self._hold, self._resume)
        yield from self._sharing.moves([one.id for one in self.here])
        yield from self._files.moves([one.id for one in self.here])

    def _ask(self) -> None:
        self._asked = self._steps.pop(0)
        self._add(QuestionAsked, step=self._asked, title="T", text=self._draw(TEXTS), limit_s=60)

    def _answer(self) -> None:
        self._add(QuestionAnswered, step=self._asked, reply=self._one_of(Reply))
        self._asked = None

    def _queue(self) -> None:
        self._add(SessionQueued, queue=self._one_of(QUEUES), cause=self._one_of(QueueCause))
        self.state, self.here = SessionState.WAITING, []
        self._sharing.end()
        self._files.queue()

    def _accept(self) -> None:
        self.here = [self._one_of(STAFF)]
        self.state = SessionState.ACTIVE
        self._add(SessionAccepted, participant=self.here[0])

    def _join(self) -> None:
        newcomer = self._one_of([one for one in STAFF if one not in self.here])
        self._add(RepresentativeJoined, participant=newcomer, by=self.here[0].id)
        self.here.append(newcomer)

    def _leave(self) -> None:
        leaver = self._one_of(self.here)
        self._add(RepresentativeLeft, by=leaver.id, why=self._one_of(Departure))
        self.here.remove(leaver)
        self._sharing.leave(leaver.id)
        self._files.leave(leaver.id)

    def _chat(self) -> None:
        speaker = self._one_of([GRACE, *self.here])
        self._add(ChatPosted, by=speaker.id, id=f"line-{len(self.facts):04}", text=self._text())

    def _tell(self) -> None:
        """The same notice may be sent a second time."""
        notice = self._one_of(["n1", "n2", "n3"])
        self._add(NoticeTold, notice=notice, text=self._text())
        self._shown = [*(one for one in self._shown if one != notice), notice]

    def _notice_over(self) -> None:
        self._add(NoticeOver, notice=self._shown.pop(self._place_in(self._shown)))

    def _offer(self) -> None:
        self._add(ClientOffered, by=self.here[0].id)

    def _move(self) -> None:
        there = Participant(
            id=GRACE.id,
            role=GRACE.role,
            name=GRACE.name,
            door=Door.CLIENT,
            system=self._one_of(["Debian 12", "Windows 11"]),
        )
        self._add(CustomerMoved, participant=there)
        self._sharing.end()
        self._files.leave(GRACE.id)

    def _end(self) -> None:
        by = self._one_of([GRACE.id, ""])
        self._add(SessionEnded, by=by, reason=self._one_of(EndReason))
        self.state = SessionState.ENDED
        self._sharing.end()
        self._files.end()

    def _report(self) -> None:
        checks = Checks(sees=self._one_of([True, False]), problems=(self._one_of(Hurdle),))
        self._add(CustomerReported, checks=checks)

    def _nudge(self) -> None:
        self._add(NudgeSent, by=self.here[0].id, id=f"nudge-{len(self.facts):03}")

    def _told(self) -> None:
        self._add(NudgeTold, id="nudge-001", mark=self._one_of(NudgeMark))

    def _push(self) -> None:
        url = "https://example.org/help"
        self._add(LinkPushed, by=self.here[0].id, id=f"link-{len(self.facts):04}", url=url)

    def _hold(self) -> None:
        self._add(SessionHeld, by=self._one_of(self.here).id)

    def _resume(self) -> None:
        self._add(SessionResumed, by=self._one_of(self.here).id)

    def _note(self) -> None:
        self._add(NotePosted, by=ADA.id, id=f"note-{len(self.facts):04}", text=self._text())

    def _invite(self) -> None:
        invitation = f"i{len(self.facts)}"
        self._add(InvitationMade, by=ADA.id, id=invitation, queue=self._one_of(QUEUES))
        self._open.append(invitation)

    def _invitation_over(self) -> None:
        invitation = self._open.pop(self._place_in(self._open))
        self._add(InvitationOver, by=self._one_of([LINUS.id, ""]), id=invitation)

    def _add(self, kind: type[AnyFact], **fields: object) -> None:
        """The fact, under the next number of its topic."""
        of_desk = kind in (NotePosted, InvitationMade, InvitationOver)
        topic = Topic.DESK if of_desk else Topic.SESSION
        seq = 1 + sum(topic_of(fact) is topic for fact in self.facts)
        self.facts.append(kind(seq=seq, at=1000 * len(self.facts), **fields))  # type: ignore[arg-type]

    def _one_of(self, choices: Iterable[T]) -> T:
        return self._draw(st.sampled_from(list(choices)))

    def _place_in(self, things: list[str]) -> int:
        return self._draw(st.integers(0, len(things) - 1))

    def _text(self) -> str:
        return self._draw(TEXTS)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A session up to some moment."""
    story = Story(draw)
    for _ in range(draw(st.integers(0, MOST_MOVES))):
        story.go_on()
    return story


def histories() -> st.SearchStrategy[list[AnyFact]]:
    """Its facts as they happened."""
    return stories().map(lambda story: story.facts)


@st.composite
def mixed_histories(draw: st.DrawFn) -> list[AnyFact]:
    """Histories whose two topics come in any order; within a topic the order stays."""
    facts = draw(histories())
    waiting = {topic: [fact for fact in facts if topic_of(fact) is topic] for topic in Topic}
    order = draw(st.permutations([topic_of(fact) for fact in facts]))
    return [waiting[topic].pop(0) for topic in order]
