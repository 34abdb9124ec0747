"""From the state to the window: `present(state, …) -> ViewState`. Every word comes from `t`."""

from client.session import present_checks, present_end, present_files, present_share, present_steps
from client.session.conversation import Calendar, initials_of, rows
from client.session.lines import name_of
from client.session.machines import Leave, Page
from client.session.state import CODE_SHORT, KEY_SHORT, ClientState, Complaint, LinkState
from client.session.talking import host_of
from client.session.view import (
    HeaderView,
    JoinView,
    Level,
    QuestionKind,
    QuestionView,
    ViewState,
)
from protocol.catalogue import Catalogue
from protocol.errors import ErrorCode
from protocol.facts import Participant, SessionOpened
from protocol.snapshot import representatives

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
            step=present_steps.step_text(1, state, t),
            greeting=t("client.join.greeting", organisation=organisation),
            problem=_problem(state.complaint, t) if state.complaint else "",
        ),
        connecting=present_steps.connecting(state, t, organisation),
        preparing=present_steps.preparing(state, t) if state.page is Page.PREPARING else None,
        waiting=present_steps.waiting(state, t) if state.page is Page.WAITING else None,
        checks=present_checks.checks(state, t),
        notices=present_steps.notices(state, t),
        log=rows(state, t, calendar),
        typing=_typing(state, t),
        writable=state.runs,
        ended=present_end.ended(state, t) if state.page is Page.ENDED else None,
        mine=present_steps.mine(state, t),
        share=present_share.share(state, t),
        files=present_files.files(state, t),
        question=_question(state, t),
    )


def _header(state: ClientState, t: Catalogue, organisation: str) -> HeaderView:
    level, word = _WORDS[LinkState.CLOSED if state.is_over else state.link]
    detail = t("steps.trial") if _is_trial(state) else ""
    helpers = _helpers(state)
    compared = state.page in (Page.WAITING, Page.TALKING) and bool(state.words)
    ask, words = (t("chat.words"), " ".join(state.words)) if compared else ("", "")
    if not helpers:
        return HeaderView(
            title=organisation,
            detail=detail,
            initials=initials_of(organisation),
            level=level,
            word=t(word),
            ask=ask,
            words=words,
        )
    names = [name_of(person, t) for person in helpers]
    return HeaderView(
        title=_listed(names, t),
        detail=" · ".join(part for part in (organisation, helpers[-1].team, detail) if part),
        initials=initials_of(names[-1]),
        level=level,
        word=t(word),
        photo=state.photos.get(helpers[-1].photo, b""),
        proof=_proof(helpers[-1], t) if compared else "",
        ask=ask,
        words=words,
    )


def _proof(person: Participant, t: Catalogue) -> str:
    """How a representative signed in."""
    if person.sign_in is None:
        return ""
    return t(f"chat.signed_in_{person.sign_in}", name=name_of(person, t))


def _helpers(state: ClientState) -> tuple[Participant, ...]:
    """Who helps now, longest there first."""
    return representatives(state.snapshot) if state.snapshot else ()


def _is_trial(state: ClientState) -> bool:
    """Whether an administrator only looks at the settings."""
    log = state.snapshot.log if state.snapshot else ()
    return bool(log) and isinstance(log[0], SessionOpened) and log[0].trial


def _listed(names: list[str], t: Catalogue) -> str:
    """`Ada`, `Ada and Alan`, `Ada, Alan and Grace`."""
    if len(names) == 1:
        return names[0]
    return t("steps.and", names=", ".join(names[:-1]), last=names[-1])


def _notice(state: ClientState, t: Catalogue) -> str:
    """The quiet line below the header: what is amiss with the connection, if anything."""
    if state.is_over:
        return ""
    if state.link is LinkState.LOST:
        return t("link.lost")
    people = _helpers(state)
    talking = state.link is LinkState.ONLINE and state.page is Page.TALKING
    if talking and state.snapshot and state.snapshot.holder:
        holder = next((one for one in people if one.id == state.snapshot.holder), None)
        return t("chat.held", name=name_of(holder, t))
    if talking and people and not any(person.id in state.present for person in people):
        return t("link.away", name=name_of(people[-1], t))
    return ""


def _problem(complaint: Complaint, t: Catalogue) -> str:
    if complaint.about == KEY_SHORT:
        return t.count("client.join.missing", complaint.missing)
    if complaint.about == CODE_SHORT:
        return t.count("client.join.missing_code", complaint.missing)
    if isinstance(complaint.about, ErrorCode):
        return t(f"error.{complaint.about.value}", detail="")
    return t(f"client.join.{complaint.about}")


def _typing(state: ClientState, t: Catalogue) -> str:
    for person in _helpers(state):
        if person.id in state.typing:
            return t("chat.typing", name=name_of(person, t))
    return ""


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
