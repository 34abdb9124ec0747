"""What the window says before the talk: knocking, the questions, the queue, known problems."""

from client.session.answering import question_of
from client.session.lines import name_of
from client.session.machines import Page
from client.session.noticing import notices_of
from client.session.state import ClientState, LinkState
from client.session.view import (
    ConnectingView,
    MineView,
    NoticeView,
    PreparingView,
    WaitingView,
)
from protocol.catalogue import Catalogue
from protocol.facts import NoticeTold
from protocol.machines import SessionState
from protocol.signals import QueuePlace
from protocol.steps import Step

STEPS = 3
"""Key, queue, conversation; questions before the queue are one more."""

SPOKEN_AT_S = (10, 30, 60)
"""When the time left for an answer is said aloud."""

_YES = {Step.AGREEMENT: "steps.accept", Step.RECORDING: "steps.allow"}
_NO = {Step.AGREEMENT: "steps.decline", Step.RECORDING: "steps.deny"}
_NONE = {Step.AGREEMENT: "steps.agreement_none", Step.RECORDING: "steps.recording_none"}


def step_text(n: int, state: ClientState, t: Catalogue) -> str:
    """Where one is; `n` counts without the questions, which come second if there are any."""
    session = state.snapshot
    preparing = session is not None and session.state is SessionState.PREPARING
    asked = int(session is not None and (preparing or bool(session.answers)))
    return t("client.step", n=n if n == 1 else n + asked, of=STEPS + asked)


def connecting(state: ClientState, t: Catalogue, organisation: str) -> ConnectingView:
    """On the way into the session, or waiting to be let in."""
    if state.page is Page.KNOCKING:
        return ConnectingView(
            text=t("client.knock.title"),
            detail=t("client.knock.text"),
            cancel=t("client.knock.cancel"),
        )
    return ConnectingView(text=t("client.connecting", organisation=organisation))


def preparing(state: ClientState, t: Catalogue) -> PreparingView:
    """The question that stands, or a moment's patience."""
    question = question_of(state)
    step = t("client.step", n=2, of=STEPS + 1)
    if question is None:
        return PreparingView(step=step, status=t("steps.one_moment"))
    open_ = state.answer is None and bool(state.left)
    return PreparingView(
        step=step,
        question=question.step,
        key=f"{question.step}{question.seq}",
        title=question.title,
        text=question.text,
        yes=t(_YES[question.step]),
        no=t(_NO[question.step]),
        open=open_,
        hint=t(_NONE[question.step]) if open_ else "",
        countdown=t("steps.time_left", time=minutes(state.left or 0)) if open_ else "",
        status="" if open_ else _became_of_answer(state, t),
        spoken=spoken_left(state.left, t) if open_ else "",
    )


def _became_of_answer(state: ClientState, t: Catalogue) -> str:
    if state.answer is None:
        return t("steps.time_up")
    return t("steps.one_moment" if state.link is LinkState.ONLINE else "steps.answer_kept")


def minutes(seconds: int) -> str:
    """Minutes and seconds, as `1:05`."""
    return f"{seconds // 60}:{seconds % 60:02}"


def spoken_left(left: int | None, t: Catalogue) -> str:
    """The last moment worth saying that has passed, of those before the end of a question."""
    passed = [at for at in SPOKEN_AT_S if left is not None and left <= at]
    if not passed:
        return ""
    if passed[0] % 60 == 0:
        return t.count("steps.minutes_left", passed[0] // 60)
    return t.count("steps.seconds_left", passed[0])


def waiting(state: ClientState, t: Catalogue) -> WaitingView:
    """The queue, as far as it is known."""
    place, wait, on_duty, greeting = "", "", "", ""
    if state.place:
        wait = _wait(state.place, t)
        ahead = state.place.position - 1
        place = t("waiting.next") if ahead < 1 else t.count("waiting.ahead", ahead)
        on_duty = t.count("waiting.on_duty", state.place.on_duty) if state.place.on_duty else ""
        greeting = state.place.greeting
    return WaitingView(
        step=step_text(2, state, t),
        title=t("waiting.title"),
        place=place,
        wait=wait,
        on_duty=on_duty,
        words=state.hold or greeting,
        hint=t("waiting.write"),
        spoken=state.hold or place,
    )


def _wait(place: QueuePlace, t: Catalogue) -> str:
    if place.least_s is None or place.most_s is None:
        return t("waiting.unknown") if place.on_duty else ""
    least, most = place.least_s // 60, place.most_s // 60
    if least < 1:
        return t.count("waiting.under", most)
    return t("waiting.range", least=least, most=most)


def notices(state: ClientState, t: Catalogue) -> tuple[NoticeView, ...]:
    """The known problems, the newest first."""
    return tuple(_notice(one, state, t) for one in reversed(notices_of(state)))


def _notice(one: NoticeTold, state: ClientState, t: Catalogue) -> NoticeView:
    people = state.snapshot.participants if state.snapshot else ()
    by = next((person for person in people if person.id == one.by), None)
    title = t("steps.notice_from", name=name_of(by, t)) if by else ""
    is_folded = one.notice in state.folded
    return NoticeView(
        id=one.notice,
        title=" · ".join(part for part in (t("steps.notice"), title) if part),
        text=one.text,
        folded=is_folded,
        act=t("steps.notice_unfold" if is_folded else "steps.notice_fold"),
    )


def mine(state: ClientState, t: Catalogue) -> MineView | None:
    """The question before leaving because of a notice."""
    asked = state.mine
    if asked is None:
        return None
    talking = state.page is Page.TALKING
    busy = bool(asked.id)
    status = t("steps.one_moment" if state.link is LinkState.ONLINE else "steps.answer_kept")
    return MineView(
        title=t("steps.notice_mine_title"),
        text=t("steps.notice_mine_talking" if talking else "steps.notice_mine_waiting"),
        field=t("steps.notice_email") if state.mail else "",
        hint=t("steps.notice_email_hint" if state.mail else "steps.notice_no_mail"),
        problem=t("steps.notice_email_wrong") if asked.wrong else "",
        yes=t("steps.notice_leave_session" if talking else "steps.notice_leave"),
        no=t("steps.notice_stay"),
        busy=busy,
        status=status if busy else "",
    )
