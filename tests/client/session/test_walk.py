"""Whatever happens in whatever order: nothing breaks, time always passes, and a no stays a no."""

from datetime import UTC, date
from typing import NamedTuple

from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from client.session import inputs as given
from client.session.conversation import Calendar
from client.session.effects import Effect, PostSurvey, Quit, Send
from client.session.machines import Page
from client.session.present import present
from client.session.state import Trouble, Verdict
from protocol.catalogue import load
from protocol.errors import ErrorCode
from protocol.facts import (
    AnyFact,
    EndReason,
    Fact,
    NoticeOver,
    QuestionAnswered,
    SessionEnded,
    SessionQueued,
)
from protocol.queues import GENERAL, QueueCause
from protocol.requests import ChatPost, StepAnswer
from protocol.signals import AnySignal, HoldMessage, QueuePlace, Refused, Signal, SurveyOffered
from protocol.steps import QuestionKind, Reply, Step, SurveyQuestion, SurveyReply
from tests.client.mind import (
    ACCEPTED,
    ADA,
    AGREEMENT,
    AT,
    JOINED,
    KEY,
    PREPARED,
    Mind,
    asked,
    line,
    told,
    welcome,
)
from tests.client.session.test_joining import CODE

ENGLISH = load("en")
CALENDAR = Calendar(date(2023, 11, 14), UTC)
OFFER = SurveyOffered(
    title="How?", questions=(SurveyQuestion(id="q1", kind=QuestionKind.TEXT, text="?"),), thanks=""
)

FACTS: list[AnyFact] = [
    AGREEMENT,
    asked(2),
    asked(2, limit_s=1),
    *(QuestionAnswered(seq=2, at=AT, step=step, reply=Reply.YES) for step in Step),
    *(SessionQueued(seq=2, at=AT, queue=GENERAL, cause=cause, by=ADA.id) for cause in QueueCause),
    ACCEPTED,
    told(2),
    told(2, "n2", by=ADA.id),
    NoticeOver(seq=2, at=AT, notice="n1"),
    line(2, ADA, "hello"),
    *(SessionEnded(seq=2, at=AT, by=ADA.id, reason=reason) for reason in EndReason),
]
SIGNALS: list[AnySignal] = [
    QueuePlace(position=2, on_duty=1, greeting="Hello"),
    HoldMessage(text="Hold"),
    OFFER,
    *(Refused(id=id_, code=code)
      for id_ in ("step0001", "mine0001", "end00001", "step0001-end")
      for code in (ErrorCode.STORAGE, ErrorCode.NOT_NOW)),
]  # fmt: skip
DEEDS: list[given.Input] = [
    given.JoinWanted(KEY, "", ""),
    given.JoinWanted(CODE, "", ""),
    given.KnockCancelled(),
    *(given.StepAnswered("step0001", step, yes) for step in Step for yes in (True, False)),
    given.MineChosen("n1"),
    given.MineAnswered(True, "mine0001", "grace@navy.example"),
    given.MineAnswered(True, "mine0001", "nowhere"),
    given.MineAnswered(False, "mine0001"),
    given.NoticeFolded("n1", on=True),
    given.SurveySent((SurveyReply(question="q1", text="good"),)),
    given.SurveySkipped(),
    given.SurveyTaken(),
    given.SurveyFailed(),
    given.Said("client01", "hello"),
    given.EndWanted(),
    given.CloseWanted(),
    given.EndAnswered(yes=True, id="end00001"),
    given.EndAnswered(yes=False, id="end00001"),
    given.LinkLost(),
    given.LinkClosed(Verdict.GONE),
]


class Welcomed(NamedTuple):
    """The link is up."""


class Joins(NamedTuple):
    """The answer to the key; None: it was taken."""

    answer: Trouble | ErrorCode | None


Event = Welcomed | Joins | AnyFact | AnySignal | given.Input | float


class Walk:
    """A mind to which things happen; the relay numbers its facts as it should."""

    def __init__(self) -> None:
        self.mind = Mind()
        self.facts: list[AnyFact] = [PREPARED]

    def step(self, event: Event) -> None:
        """One thing happens; whatever follows must make sense."""
        known, declined = len(self.mind.done), self.mind.state.declined
        match event:
            case Welcomed():
                self.mind.hear(welcome(self.facts))
            case Joins():
                self._answer(event.answer)
            case Fact():
                self.facts.append(replace(event, seq=len(self.facts) + 1))
                self.mind.hear(self.facts[-1])
            case Signal():
                self.mind.hear(event)
            case float():
                self._pass(event)
            case _:
                self.mind.take(event)
        self._check(self.mind.done[known:], declined=declined)

    def _answer(self, answer: Trouble | ErrorCode | None) -> None:
        attempt = self.mind.state.attempt
        if isinstance(answer, ErrorCode):
            self.mind.take(given.JoinRefused(answer, attempt))
        elif isinstance(answer, Trouble):
            self.mind.take(given.JoinFailed(answer, attempt))
        else:
            self.mind.take(given.Admitted(JOINED, attempt))

    def _pass(self, seconds: float) -> None:
        until = self.mind.now + seconds
        for _ in range(500):
            due = self.mind.controller.due()
            if due is None or due > until:
                self.mind.now = until
                return
            self.mind.now = max(self.mind.now, due)
            self.mind.take(given.Tick())
        raise AssertionError("time does not pass")

    def _check(self, effects: list[Effect], *, declined: bool) -> None:
        state = self.mind.state
        present(state, ENGLISH, CALENDAR)
        sent = [effect.request for effect in effects if isinstance(effect, Send)]
        if declined:
            assert state.page is Page.ENDED
            assert not any(isinstance(one, ChatPost) for one in sent)
            assert not any(isinstance(one, StepAnswer) and one.yes for one in sent)
        if any(isinstance(effect, Quit) for effect in effects):
            assert not present(state, ENGLISH, CALENDAR).open
        if any(isinstance(effect, PostSurvey) for effect in effects):
            assert state.page is Page.ENDED


EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.just(Welcomed()),
    st.sampled_from([None, *Trouble, ErrorCode.CODE_USED]).map(Joins),
    st.sampled_from(FACTS),
    st.sampled_from(SIGNALS),
    st.sampled_from(DEEDS),
    st.sampled_from([0.5, 3.0, 20.0, 200.0]),
)
INTO_A_SESSION: list[Event] = [DEEDS[0], Joins(None), Welcomed()]


@settings(deadline=None, max_examples=300)
@examples(st.booleans(), st.lists(EVENTS, max_size=30))
def test_a_walk_through_everything(joined: bool, events: list[Event]) -> None:
    walk = Walk()
    for event in [*(INTO_A_SESSION if joined else []), *events, 600.0]:
        walk.step(event)
