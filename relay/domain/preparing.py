"""What a customer is asked before the queue: the agreement, then the recording. Pure.

Each question is asked once, when the customer is there to read it. No answer within its time
counts as a no: no session without a wanted agreement, and nothing recorded.
"""

from typing import NamedTuple

from protocol.acts import SessionClose, SessionQueue, StepAsk, StepTimeOut
from protocol.facts import EndReason
from protocol.queues import QueueCause
from protocol.roles import Door
from protocol.snapshot import Snapshot
from protocol.steps import Reply, Step
from relay.domain.content import SiteSettings

Act = StepAsk | StepTimeOut | SessionQueue | SessionClose


class Asked(NamedTuple):
    """The words of one question."""

    title: str
    text: str


def plan(settings: SiteSettings, door: Door, *, can_record: bool) -> tuple[Step, ...]:
    """The questions for a customer who comes through `door`, in their order."""
    agreement = settings.agreement_client if door is Door.CLIENT else settings.agreement_chat
    wanted = {Step.AGREEMENT: agreement, Step.RECORDING: settings.recording and can_record}
    return tuple(step for step in Step if wanted[step])


def limit_of(settings: SiteSettings, step: Step) -> int:
    """How many seconds an answer may take."""
    limits = {
        Step.AGREEMENT: settings.agreement_limit_s,
        Step.RECORDING: settings.recording_limit_s,
    }
    return limits[step]


def refused(snapshot: Snapshot) -> EndReason | None:
    """Why the session cannot go on, if the agreement was not accepted."""
    reasons = {Reply.NO: EndReason.DECLINED, Reply.NONE: EndReason.UNANSWERED}
    for answer in snapshot.answers:
        if answer.step is Step.AGREEMENT:
            return reasons.get(answer.reply)
    return None


def next_act(
    snapshot: Snapshot,
    steps: tuple[Step, ...],
    settings: SiteSettings,
    words: dict[Step, Asked],
    farewell: str,
    now: int,
    *,
    present: bool,
) -> Act | None:
    """What the relay does next in a session that is being prepared; None: it waits."""
    asked = snapshot.question
    if asked is not None:
        over = now >= asked.at + asked.limit_s * 1000
        return StepTimeOut(step=asked.step) if over else None
    reason = refused(snapshot)
    if reason is not None:
        return SessionClose(reason=reason, text=farewell)
    done = {answer.step for answer in snapshot.answers}
    for step in steps:
        if step not in done:
            if not present:
                return None
            limit_s = limit_of(settings, step)
            return StepAsk(step=step, limit_s=limit_s, **words[step]._asdict())
    return SessionQueue(queue=snapshot.queue, cause=QueueCause.ENTRY)
