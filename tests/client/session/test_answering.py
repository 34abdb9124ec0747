"""The questions before the queue."""

from itertools import product

import pytest
from msgspec.structs import replace

from client.session import inputs as given
from client.session.effects import Effect, Send
from client.session.machines import Leave, Page
from client.session.outbox import RETRY_S
from client.session.state import LinkState, Verdict
from protocol.errors import ErrorCode
from protocol.facts import AnyFact, EndReason, QuestionAnswered, SessionEnded, SessionQueued
from protocol.queues import GENERAL, QueueCause
from protocol.requests import SessionEnd, StepAnswer
from protocol.signals import Refused
from protocol.steps import Reply, Step
from tests.client.mind import ACCEPTED, AGREEMENT, AT, PREPARED, Mind, asked, welcome

YES = given.StepAnswered("answer01", Step.AGREEMENT, yes=True)
NO = given.StepAnswered("answer01", Step.AGREEMENT, yes=False)
END = Send(SessionEnd(id="answer01-end"))


def answered(seq: int, reply: Reply, step: Step = Step.AGREEMENT) -> QuestionAnswered:
    return QuestionAnswered(seq=seq, at=AT, step=step, reply=reply)


def sent(yes: bool, step: Step = Step.AGREEMENT) -> Effect:
    return Send(StepAnswer(id="answer01", step=step, yes=yes))


def queued(seq: int) -> SessionQueued:
    return SessionQueued(seq=seq, at=AT, queue=GENERAL, cause=QueueCause.ENTRY)


def declined(seq: int) -> SessionEnded:
    return SessionEnded(seq=seq, at=AT, by="", reason=EndReason.DECLINED, text="See you.")


def test_an_agreement_comes_before_the_queue() -> None:
    mind = Mind().prepare()
    assert mind.shows(Page.PREPARING)
    assert mind.take(given.Said("client01", "let me in")) == ()
    assert mind.take(YES) == (sent(True),)
    assert mind.shows(Page.PREPARING)
    mind.hear(answered(3, Reply.YES), queued(4))
    assert mind.shows(Page.WAITING)
    assert mind.state.answer is None


def test_each_question_takes_one_answer() -> None:
    mind = Mind().prepare()
    assert mind.take(YES) == (sent(True),)
    assert mind.take(YES, NO) == ()
    assert mind.shows(Page.PREPARING)


def test_an_answer_to_another_question_counts_for_nothing() -> None:
    mind = Mind().prepare()
    assert mind.take(given.StepAnswered("answer01", Step.RECORDING, yes=True)) == ()
    assert Mind().wait_in_queue().take(YES) == ()


@pytest.mark.parametrize("yes", [True, False])
def test_the_recording_leads_on_whatever_is_answered(yes: bool) -> None:
    mind = Mind().prepare()
    mind.take(YES)
    mind.hear(answered(3, Reply.YES), asked(4))
    assert mind.state.left == 60
    answer = given.StepAnswered("answer01", Step.RECORDING, yes=yes)
    assert mind.take(answer) == (sent(yes, Step.RECORDING),)
    mind.hear(answered(5, Reply.YES if yes else Reply.NO, Step.RECORDING), queued(6))
    assert mind.shows(Page.WAITING)


def test_declining_is_the_end_at_once_and_needs_no_second_word() -> None:
    mind = Mind().prepare()
    assert mind.take(NO) == (sent(False),)
    assert (mind.state.page, mind.state.leave) == (Page.ENDED, Leave.ENDING)
    mind.hear(answered(3, Reply.NO), declined(4))
    assert mind.state.leave is Leave.FREE


def test_declining_while_offline_is_told_with_the_next_link() -> None:
    mind = Mind().prepare()
    mind.take(given.LinkLost())
    assert mind.take(NO) == ()
    assert mind.shows(Page.ENDED)
    assert mind.hear(welcome([PREPARED, AGREEMENT])) == (sent(False),)


GOING_ON: list[list[AnyFact]] = [
    [answered(3, Reply.YES), queued(4)],
    [answered(3, Reply.YES), asked(4)],
    [replace(ACCEPTED, seq=3)],
]


@pytest.mark.parametrize(("news", "offline"), list(product(GOING_ON, [False, True])))
def test_after_a_no_nothing_goes_on_whatever_the_relay_says(
    news: list[AnyFact], offline: bool
) -> None:
    mind = Mind().prepare()
    mind.take(NO)
    if offline:
        mind.take(given.LinkLost())
        effects = mind.hear(welcome([PREPARED, AGREEMENT, *news]))
    else:
        effects = mind.hear(*news)
    assert effects.count(END) == 1
    assert mind.shows(Page.ENDED)
    assert mind.take(given.Said("client01", "hello")) == ()


def test_a_no_that_came_too_late_for_the_question_ends_the_session() -> None:
    mind = Mind().prepare()
    mind.take(NO)
    assert mind.hear(Refused(id="answer01", code=ErrorCode.NOT_NOW)) == (END,)
    assert mind.hear(Refused(id="answer01-end", code=ErrorCode.ENDED))
    assert (mind.state.leave, mind.state.link) == (Leave.FREE, LinkState.CLOSED)


@pytest.mark.parametrize("answer", [YES, NO])
def test_an_answer_that_cannot_be_stored_is_told_again(answer: given.StepAnswered) -> None:
    mind = Mind().prepare()
    mind.take(answer)
    mind.hear(Refused(id="answer01", code=ErrorCode.STORAGE))
    assert mind.controller.due() == mind.now + RETRY_S
    mind.now += RETRY_S
    assert mind.take(given.Tick()) == (sent(answer.yes),)


def test_an_answer_on_its_way_follows_the_next_link_once() -> None:
    mind = Mind().prepare()
    mind.take(YES, given.LinkLost())
    assert mind.hear(welcome([PREPARED, AGREEMENT])) == (sent(True),)
    mind.take(given.LinkLost())
    assert mind.hear(welcome([PREPARED, AGREEMENT, answered(3, Reply.YES)])) == ()
    assert mind.state.answer is None


def test_the_seconds_are_counted_by_the_relays_clock() -> None:
    mind = Mind().join()
    later = welcome([PREPARED, AGREEMENT])
    mind.hear(replace(later, now=AT + 30_500))
    assert mind.state.left == 90
    assert mind.controller.due() == pytest.approx(mind.now + 0.5)
    mind.now += 0.5
    mind.take(given.Tick())
    assert mind.state.left == 89
    assert mind.controller.due() == pytest.approx(mind.now + 1)


def test_time_runs_out_here_as_it_does_there() -> None:
    mind = Mind().prepare()
    mind.now += 120
    mind.take(given.Tick())
    assert mind.state.left == 0
    assert mind.controller.due() is None
    assert mind.take(YES) == ()
    over = SessionEnded(seq=4, at=AT, by="", reason=EndReason.UNANSWERED)
    mind.hear(answered(3, Reply.NONE), over)
    assert mind.shows(Page.ENDED)


@pytest.mark.parametrize("skew_s", [-10_000_000, -60, 0, 60, 10_000_000])
def test_a_clock_that_is_far_off_shows_no_more_time_than_there_ever_was(skew_s: int) -> None:
    mind = Mind().join()
    off = welcome([PREPARED, AGREEMENT])
    mind.hear(replace(off, now=AT + skew_s * 1000))
    assert mind.state.left is not None
    assert 0 <= mind.state.left <= 120


def test_taking_over_in_the_middle_of_a_question_asks_nothing_twice() -> None:
    facts: list[AnyFact] = [PREPARED, AGREEMENT, answered(3, Reply.YES), asked(4)]
    mind = Mind().join()
    mind.hear(welcome(facts))
    assert mind.state.snapshot
    assert mind.state.snapshot.question == asked(4)
    mind.take(given.StepAnswered("answer01", Step.RECORDING, yes=False))
    mind.hear(answered(5, Reply.NO, Step.RECORDING), queued(6))
    assert mind.shows(Page.WAITING)


def test_a_closed_window_in_the_middle_of_a_question_asks_once() -> None:
    mind = Mind().prepare()
    assert mind.take(given.CloseWanted()) == ()
    assert mind.state.leave is Leave.ASKING_CLOSE
    assert mind.take(given.EndAnswered(yes=True, id="end00001")) == (
        Send(SessionEnd(id="end00001")),
    )


def test_a_final_close_after_a_no_is_no_accident() -> None:
    mind = Mind().prepare()
    mind.take(NO, given.LinkClosed(Verdict.GONE))
    assert mind.state.verdict is None
    assert mind.state.leave is Leave.FREE
