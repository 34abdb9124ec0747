"""From the state to the window: `present(state, …) -> ViewState`. Every word comes from `t`."""

from client.session.conversation import Calendar, initials_of, name_of, rows
from client.session.machines import Leave, Page
from client.session.state import KEY_SHORT, ClientState, Complaint, LinkState, Verdict
from client.session.talking import host_of
from client.session.view import (
    EndedView,
    HeaderView,
    JoinView,
    Level,
    QuestionKind,
    QuestionView,
    ViewState,
    WaitingView,
)
from protocol.catalogue import Catalogue
from protocol.errors import ErrorCode
from protocol.signals import QueuePlace

STEPS = 3
"""Key, queue, conversation."""

_VERDICTS = {
    Verdict.REPLACED: "link.replaced",
    Verdict.OUTDATED: "link.version",
    Verdict.GONE: "error.unknown_session",
    Verdict.IMPOSTOR: "client.join.impostor",
    Verdict.REFUSED: "link.refused",
}

_WORDS = {
    LinkState.IDLE: (Level.QUIET, "client.word.idle"),
    LinkState.DIALLING: (Level.WARN, "link.connecting"),
    LinkState.ONLINE: (Level.GOOD, "link.online"),
    LinkState.LOST: (Level.WARN, "client.word.lost"),
    LinkState.CLOSED: (Level.QUIET, "client.word.closed"),
}


def present(
    state: ClientState, t: Catalogue, calendar: Calendar, *, development: bool = False
) -> ViewState:
    """The window for `state`. `development` builds say so in their title."""
    organisation = state.organisation or t("app.name")
    title = t("client.title.development", title=organisation) if development else organisation
    return ViewState(
        window_title=title,
        open=state.leave not in (Leave.CLOSING, Leave.LEFT),
        page=state.page,
        header=_header(state, t, organisation),
        notice=_notice(state, t),
        join=JoinView(
            step=_step(1, t),
            greeting=t("client.join.greeting", organisation=organisation),
            problem=_problem(state.complaint, t) if state.complaint else "",
        ),
        connecting=t("client.connecting", organisation=organisation),
        waiting=_waiting(state, t) if state.page is Page.WAITING else None,
        log=rows(state, t, calendar),
        typing=_typing(state, t),
        writable=state.runs,
        ended=_ended(state, t) if state.page is Page.ENDED else None,
        question=_question(state, t),
    )


def _step(n: int, t: Catalogue) -> str:
    return t("client.step", n=n, of=STEPS)


def _header(state: ClientState, t: Catalogue, organisation: str) -> HeaderView:
    level, word = _WORDS[state.link]
    if not state.representatives:
        initials = initials_of(organisation)
        return HeaderView(
            title=organisation, detail="", initials=initials, level=level, word=t(word)
        )
    name = name_of(state.representatives[-1], t)
    return HeaderView(
        title=name, detail=organisation, initials=initials_of(name), level=level, word=t(word)
    )


def _notice(state: ClientState, t: Catalogue) -> str:
    """The quiet line below the header: what is amiss with the connection, if anything."""
    if state.link is LinkState.LOST:
        return t("link.lost")
    people = state.representatives
    talking = state.link is LinkState.ONLINE and state.page is Page.TALKING
    if talking and people and not any(person.id in state.present for person in people):
        return t("link.away", name=name_of(people[-1], t))
    return ""


def _problem(complaint: Complaint, t: Catalogue) -> str:
    if complaint.about == KEY_SHORT:
        return t.count("client.join.missing", complaint.missing)
    if isinstance(complaint.about, ErrorCode):
        return t(f"error.{complaint.about.value}", detail="")
    return t(f"client.join.{complaint.about}")


def _waiting(state: ClientState, t: Catalogue) -> WaitingView:
    place, wait, on_duty = "", "", ""
    if state.place:
        wait = _wait(state.place, t)
        ahead = state.place.position - 1
        place = t("waiting.next") if ahead < 1 else t.count("waiting.ahead", ahead)
        on_duty = t.count("waiting.on_duty", state.place.on_duty) if state.place.on_duty else ""
    return WaitingView(
        step=_step(2, t),
        title=t("waiting.title"),
        place=place,
        wait=wait,
        on_duty=on_duty,
        hint=t("waiting.write"),
    )


def _wait(place: QueuePlace, t: Catalogue) -> str:
    if place.least_s is None or place.most_s is None:
        return t("waiting.unknown") if place.on_duty else ""
    least, most = place.least_s // 60, place.most_s // 60
    if least < 1:
        return t.count("waiting.under", most)
    return t("waiting.range", least=least, most=most)


def _typing(state: ClientState, t: Catalogue) -> str:
    for person in state.representatives:
        if person.id in state.typing:
            return t("chat.typing", name=name_of(person, t))
    return ""


def _ended(state: ClientState, t: Catalogue) -> EndedView:
    if state.verdict is None:
        return EndedView(title=t("session.ended_title"), text=t("session.ended_text"))
    return EndedView(title=t("client.ended.cut_title"), text=t(_VERDICTS[state.verdict]))


def _question(state: ClientState, t: Catalogue) -> QuestionView | None:
    if state.leave in (Leave.ASKING_END, Leave.ASKING_CLOSE):
        return QuestionView(
            kind=QuestionKind.END,
            title=t("session.end_title"),
            text=t("session.end_text"),
            yes=t("session.end"),
            no=t("session.end_keep"),
        )
    if state.opening:
        return QuestionView(
            kind=QuestionKind.LINK,
            title=t("chat.open_link", host=host_of(state.opening)),
            text=state.opening,
            yes=t("client.link.open"),
            no=t("client.link.stay"),
        )
    return None
