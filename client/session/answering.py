"""The questions before the queue: what the customer answers, and how long that may take.

The customer's no is local first. After a declined agreement the window is on its last page at
once, and should the session go on somewhere all the same, it is ended from here.
"""

from dataclasses import replace
from math import ceil

from client.session.effects import Effect, Send
from client.session.inputs import StepAnswered
from client.session.leaving import tell_end
from client.session.machines import Page, Turn, Wish, take, turn
from client.session.outbox import RETRY_S
from client.session.state import ClientState, LinkState, OwnAnswer
from protocol import limits
from protocol.errors import ErrorCode
from protocol.facts import QuestionAsked
from protocol.machines import SessionState
from protocol.requests import StepAnswer
from protocol.signals import Refused
from protocol.steps import Step as Question

Step = tuple[ClientState, tuple[Effect, ...]]

ID_CHARS = limits.ID_CHARS - len("-end")


def question_of(state: ClientState) -> QuestionAsked | None:
    """The question that stands now."""
    return state.snapshot.question if state.snapshot else None


def step_answered(state: ClientState, given: StepAnswered, _now: float) -> Step:
    """The first answer to the question that stands counts, as long as there is time."""
    question = question_of(state)
    if question is None or question.step is not given.step or state.answer or not state.left:
        return state, ()
    answer = OwnAnswer(id=given.id, step=given.step, yes=given.yes)
    state = replace(state, answer=answer, left=None)
    if given.step is Question.AGREEMENT and not given.yes:
        state = replace(
            state,
            declined=True,
            page=turn(state.page, Turn.END),
            leave=take(state.leave, Wish.DECLINE),
            outbox=state.outbox.closed(),
            opening="",
        )
    return tell_answer(state)


def tell_answer(state: ClientState) -> Step:
    """Tell the relay the answer, if there is one and a link."""
    answer = state.answer
    if answer is None or state.link is not LinkState.ONLINE:
        return state, ()
    request = StepAnswer(id=answer.id, step=answer.step, yes=answer.yes)
    return replace(state, answer=replace(answer, due=None)), (Send(request),)


def tell_again(state: ClientState, now: float) -> Step:
    """Tell the answer again that the relay could not store, when it is time."""
    due = state.answer.due if state.answer else None
    return tell_answer(state) if due is not None and due <= now else (state, ())


def answer_refused(state: ClientState, answer: OwnAnswer, refused: Refused, now: float) -> Step:
    """An answer that could not be stored is told again; one that came too late is forgotten."""
    if refused.code is ErrorCode.STORAGE:
        return replace(state, answer=replace(answer, due=now + RETRY_S)), ()
    if state.declined:
        return _end(state, answer)
    return counted(replace(state, answer=None), now), ()


def followed(state: ClientState, now: float) -> Step:
    """After news of the session: forget an answer that the relay has, and hold to a no."""
    answer, question = state.answer, question_of(state)
    if state.declined and answer is not None and not state.end_id and _goes_on(state):
        return _end(state, answer)
    if answer is not None and not state.declined and _is_past(answer, question):
        state = replace(state, answer=None)
    return counted(state, now), ()


def counted(state: ClientState, now: float) -> ClientState:
    """With the seconds that are left for the question that stands."""
    deadline = _deadline(state)
    if deadline is None:
        return state if state.left is None else replace(state, left=None)
    question = question_of(state)
    most = question.limit_s if question else 0
    # A clock that is far off must not show more time than there ever was.
    left = max(0, min(most, ceil(deadline - now)))
    return state if left == state.left else replace(state, left=left)


def count_due(state: ClientState) -> float | None:
    """When one second less is left."""
    deadline = _deadline(state)
    if deadline is None or not state.left:
        return None
    return deadline - (state.left - 1)


def _deadline(state: ClientState) -> float | None:
    question = question_of(state)
    if question is None or state.answer is not None or state.page is not Page.PREPARING:
        return None
    return question.at / 1000 - state.ahead + question.limit_s


def _is_past(answer: OwnAnswer, question: QuestionAsked | None) -> bool:
    return question is None or question.step is not answer.step


def _goes_on(state: ClientState) -> bool:
    """Whether the relay carries on with a session that the customer declined."""
    if state.snapshot is None or state.snapshot.state is SessionState.ENDED:
        return False
    if state.snapshot.state is not SessionState.PREPARING:
        return True
    question = state.snapshot.question
    return question is not None and question.step is not Question.AGREEMENT


def _end(state: ClientState, answer: OwnAnswer) -> Step:
    """End the session under an id of its own: a request is carried out once an id."""
    return tell_end(replace(state, answer=None, end_id=f"{answer.id[:ID_CHARS]}-end"))
