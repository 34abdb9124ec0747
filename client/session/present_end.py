"""What the window says after the end: why, where one may go on, and the survey."""

from dataclasses import replace

from client.session.removing import is_spent
from client.session.state import ClientState, Halt, Removal, Stage, Verdict
from client.session.talking import host_of
from client.session.view import EndedView, Level, SurveyView
from protocol.catalogue import Catalogue
from protocol.facts import EndReason, SessionEnded

_VERDICTS = {
    Verdict.REPLACED: "link.replaced",
    Verdict.OUTDATED: "link.version",
    Verdict.GONE: "error.unknown_session",
    Verdict.IMPOSTOR: "client.join.impostor",
    Verdict.REFUSED: "link.refused",
}

_REASONS = {
    EndReason.DECLINED: ("steps.declined_title", "steps.declined_text"),
    EndReason.UNANSWERED: ("steps.unanswered_title", "steps.unanswered_text"),
    EndReason.ORPHANED: ("steps.orphaned_title", "steps.orphaned_text"),
    EndReason.NOTICE: ("steps.noted_title", "steps.noted_text"),
}
_USUAL = ("session.ended_title", "session.ended_text")

_GOOD = frozenset({EndReason.CLOSED, EndReason.NOTICE})


_HALTS = {
    Halt.EXPIRED: ("client.halt.expired_title", "client.halt.expired_text"),
    Halt.CLOCK: ("client.halt.clock_title", "client.halt.clock_text"),
    Halt.OUTDATED: ("client.halt.outdated_title", "client.halt.outdated_text"),
}

_FATES = {Removal.SELF: "client.ended.removes", Removal.BY_HAND: "client.ended.stays"}


def ended(state: ClientState, t: Catalogue) -> EndedView:
    """The last page, with a word on what becomes of the program."""
    view = _halted(state, state.halt, t) if state.halt else _ended(state, t)
    if state.removal is Removal.NONE or not is_spent(state):
        return view
    return replace(view, program=t(_FATES[state.removal], file=state.program))


def _halted(state: ClientState, halt: Halt, t: Catalogue) -> EndedView:
    """This program does not join; the next one is at the relay's."""
    title, text = _HALTS[halt]
    newer = halt is not Halt.CLOCK and bool(state.relay)
    return EndedView(
        title=t(title),
        text=t(text),
        level=Level.WARN,
        link=state.relay if newer else "",
        link_text=t("client.halt.newest") if newer else "",
    )


def _ended(state: ClientState, t: Catalogue) -> EndedView:
    """Why it is over. The organisation's own word stands in place of ours, where it has one."""
    if state.verdict is not None:
        text = t(_VERDICTS[state.verdict])
        return EndedView(title=t("client.ended.cut_title"), text=text, level=Level.WARN)
    fact = _fact(state)
    reason = fact.reason if fact else _own_reason(state)
    title, text = _REASONS.get(reason, _USUAL)
    link, link_text = _link(state, fact, t)
    return EndedView(
        title=t(title),
        text=(fact.text if fact else "") or t(text),
        level=Level.GOOD if reason in _GOOD else Level.QUIET,
        more=t("steps.noted_told", email=state.told_at) if state.told_at else "",
        link=link,
        link_text=link_text,
        survey=_survey(state, t),
    )


def _fact(state: ClientState) -> SessionEnded | None:
    log = state.snapshot.log if state.snapshot else ()
    return log[-1] if log and isinstance(log[-1], SessionEnded) else None


def _own_reason(state: ClientState) -> EndReason:
    """Why the session ends, before the relay has said so."""
    return EndReason.DECLINED if state.declined else EndReason.CLOSED


def _link(state: ClientState, fact: SessionEnded | None, t: Catalogue) -> tuple[str, str]:
    """Where one may go on, never but by https; and the words on the button."""
    url = fact.url if fact else ""
    if url.startswith("https://") and host_of(url):
        return url, t("steps.go_on", host=host_of(url))
    if state.noted and not state.told_at and state.relay:
        return f"{state.relay}/notice/{state.noted}", t("steps.noted_look")
    return "", ""


def _survey(state: ClientState, t: Catalogue) -> SurveyView | None:
    survey = state.survey
    if survey is None:
        return None
    problem = ""
    if survey.empty:
        problem = t("steps.survey_empty")
    elif survey.stage is Stage.FAILED and survey.code is not None:
        problem = t("steps.survey_refused", why=t(f"error.{survey.code.value}", detail=""))
    elif survey.stage is Stage.FAILED:
        problem = t("steps.survey_failed")
    sending = survey.stage is Stage.SENDING
    again = survey.stage is Stage.FAILED
    send = "steps.survey_again" if again else "steps.survey_send"
    sent = survey.stage is Stage.SENT
    return SurveyView(
        title=t("steps.survey_sent") if sent else survey.offer.title,
        questions=survey.offer.questions,
        problem=problem,
        send=t("steps.survey_sending" if sending else send),
        busy=sending,
        sent=sent,
        thanks=survey.offer.thanks if sent else "",
    )
