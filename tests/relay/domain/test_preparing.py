"""The questions before the queue: every combination of settings, answers, presence and time."""

from itertools import product

import pytest

from protocol.acts import SessionClose, SessionQueue, StepAsk, StepTimeOut
from protocol.facts import EndReason, QuestionAnswered, QuestionAsked
from protocol.machines import SessionState
from protocol.queues import QueueCause
from protocol.requests import StepAnswer
from protocol.roles import Door
from protocol.snapshot import Snapshot, apply
from protocol.steps import Reply, Step
from relay.domain.content import SiteSettings
from relay.domain.preparing import Act, Asked, limit_of, next_act, plan, refused
from relay.domain.session import Session
from tests.relay.domain import cast
from tests.relay.domain.cast import BILLING, GRACE, carried_out

SETTINGS = SiteSettings(agreement_limit_s=120, recording_limit_s=60)
WORDS = {step: Asked(f"{step} title", f"{step} text") for step in Step}
CUSTOMER_DOORS = (Door.CLIENT, Door.CHAT)

PLANS = [(), (Step.AGREEMENT,), (Step.RECORDING,), (Step.AGREEMENT, Step.RECORDING)]
REPLIES: list[Reply | None] = [None, *Reply]


def prepared(answers: dict[Step, Reply], standing: Step | None = None) -> Snapshot:
    """A session in which these questions were answered and one may stand, asked at 10 000 ms."""
    at = cast.session(BILLING, preparing=True).snapshot
    for step, reply in answers.items():
        at = apply(at, QuestionAnswered(seq=at.seq + 1, at=5_000, step=step, reply=reply))
    if standing:
        limit_s = limit_of(SETTINGS, standing)
        title, text = WORDS[standing]
        question = {"step": standing, "title": title, "text": text, "limit_s": limit_s}
        at = apply(at, QuestionAsked(seq=at.seq + 1, at=10_000, **question))  # type: ignore[arg-type]
    return at


def told(
    answers: dict[Step, Reply],
    standing: Step | None,
    steps: tuple[Step, ...],
    *,
    over: bool,
    present: bool,
) -> Act | None:
    """The same rules, told as one would to a colleague."""
    if standing:
        return StepTimeOut(step=standing) if over else None
    match answers.get(Step.AGREEMENT):
        case Reply.NO:
            return SessionClose(reason=EndReason.DECLINED, text="Bye.")
        case Reply.NONE:
            return SessionClose(reason=EndReason.UNANSWERED, text="Bye.")
    left = [step for step in steps if step not in answers]
    if not left:
        return SessionQueue(queue=BILLING, cause=QueueCause.ENTRY)
    if not present:
        return None
    limit_s = {Step.AGREEMENT: 120, Step.RECORDING: 60}[left[0]]
    return StepAsk(step=left[0], title=f"{left[0]} title", text=f"{left[0]} text", limit_s=limit_s)


@pytest.mark.parametrize("steps", PLANS, ids="-".join)
@pytest.mark.parametrize("agreement", REPLIES)
@pytest.mark.parametrize("recording", REPLIES)
def test_every_combination_leads_to_the_act_as_told(
    agreement: Reply | None, recording: Reply | None, steps: tuple[Step, ...]
) -> None:
    given = {Step.AGREEMENT: agreement, Step.RECORDING: recording}
    answers = {step: reply for step, reply in given.items() if reply is not None}
    for standing, present in product((None, *Step), (True, False)):
        if standing in answers:
            continue
        limit_ms = limit_of(SETTINGS, standing or Step.AGREEMENT) * 1000
        for now in (10_000, 10_000 + limit_ms - 1, 10_000 + limit_ms, 10**12):
            over = now >= 10_000 + limit_ms
            at = prepared(answers, standing)
            act = next_act(at, steps, SETTINGS, WORDS, "Bye.", now, present=present)
            assert act == told(answers, standing, steps, over=over, present=present)


@pytest.mark.parametrize("door", CUSTOMER_DOORS)
@pytest.mark.parametrize("switches", list(product((True, False), repeat=4)))
def test_what_is_asked_depends_on_the_door_and_the_switches(
    door: Door, switches: tuple[bool, bool, bool, bool]
) -> None:
    client, chat, recording, can_record = switches
    settings = SiteSettings(agreement_client=client, agreement_chat=chat, recording=recording)
    agreement = client if door is Door.CLIENT else chat
    wanted = [Step.AGREEMENT] * agreement + [Step.RECORDING] * (recording and can_record)
    assert list(plan(settings, door, can_record=can_record)) == wanted


def test_a_site_as_delivered_asks_nothing_while_it_cannot_record() -> None:
    for door in CUSTOMER_DOORS:
        assert plan(SiteSettings(), door, can_record=False) == ()


@pytest.mark.parametrize(
    ("reply", "reason"),
    [(Reply.YES, None), (Reply.NO, EndReason.DECLINED), (Reply.NONE, EndReason.UNANSWERED)],
)
def test_a_session_cannot_go_on_without_a_yes_to_the_agreement(
    reply: Reply, reason: EndReason | None
) -> None:
    assert refused(prepared({Step.AGREEMENT: reply})) is reason
    assert refused(prepared({Step.RECORDING: reply})) is None
    assert refused(prepared({})) is None


def asked_until_done(session: Session, replies: dict[Step, Reply]) -> Session:
    """The session once the relay has done all it does by itself, and the customer has answered
    with `replies`; NONE means that they said nothing until the time was up."""
    now = 10_000
    for _ in range(10):
        act = next_act(session.snapshot, tuple(Step), SETTINGS, WORDS, "Bye.", now, present=True)
        if act is not None:
            session = carried_out(session, act, now=now)
        elif (question := session.snapshot.question) is not None:
            reply = replies[question.step]
            if reply is Reply.NONE:
                now = question.at + question.limit_s * 1000
            else:
                yes = reply is Reply.YES
                answer = StepAnswer(id=f"answer-{question.seq}", step=question.step, yes=yes)
                session = carried_out(session, answer, GRACE, now=now)
        if session.state is not SessionState.PREPARING:
            return session
    raise AssertionError("no end of asking")


@pytest.mark.parametrize(("agreement", "recording"), list(product(Reply, Reply)))
def test_whoever_answers_whatever_comes_into_the_queue_or_to_an_end(
    agreement: Reply, recording: Reply
) -> None:
    replies = {Step.AGREEMENT: agreement, Step.RECORDING: recording}
    done = asked_until_done(cast.session(BILLING, preparing=True), replies)
    answers = {one.step: one.reply for one in done.snapshot.answers}
    if agreement is Reply.YES:
        assert done.state is SessionState.WAITING
        assert done.snapshot.queue == BILLING
        assert answers == replies, "each is asked, once"
    else:
        assert done.state is SessionState.ENDED
        assert answers == {Step.AGREEMENT: agreement}, "nothing more is asked"
