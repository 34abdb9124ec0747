"""What happened in a session, as one line each in the customer's words."""

from collections.abc import Callable
from typing import Any

from client.session.file_lines import FILE_LINES
from client.session.share_lines import SHARE_LINES
from client.session.voice import Voice as Voice
from client.session.voice import name_of as name_of
from client.session.working_lines import WORKING_LINES
from protocol.facts import (
    CustomerMoved,
    Departure,
    EndReason,
    NoticeOver,
    NoticeTold,
    QuestionAnswered,
    RepresentativeJoined,
    RepresentativeLeft,
    SessionAccepted,
    SessionEnded,
    SessionFact,
    SessionOpened,
    SessionQueued,
)
from protocol.queues import QueueCause
from protocol.roles import Door
from protocol.steps import Reply, Step

_ANSWERED = {
    (Step.AGREEMENT, Reply.YES): "steps.line_agreed",
    (Step.AGREEMENT, Reply.NO): "steps.line_declined",
    (Step.AGREEMENT, Reply.NONE): "steps.line_unanswered",
    (Step.RECORDING, Reply.YES): "steps.line_recording_yes",
    (Step.RECORDING, Reply.NO): "steps.line_recording_no",
    (Step.RECORDING, Reply.NONE): "steps.line_recording_none",
}

_ENDED = {
    EndReason.LINK_LOST: "line.ended_lost",
    EndReason.DECLINED: "session.ended_title",
    EndReason.UNANSWERED: "session.ended_title",
    EndReason.ORPHANED: "steps.line_ended_orphaned",
    EndReason.NOTICE: "steps.line_ended_notice",
}


def system_line(fact: SessionFact, voice: Voice) -> str:
    """The line for a fact that is no chat line; empty when it has none: a question is asked on a
    page of its own, and the offer to go on in the program is not for this door."""
    told = _LINES.get(type(fact))
    return told(fact, voice) if told else ""


def _opened(_: SessionOpened, voice: Voice) -> str:
    return voice.t("line.opened_you")


def _answered(fact: QuestionAnswered, voice: Voice) -> str:
    return voice.t(_ANSWERED[fact.step, fact.reply])


def _accepted(fact: SessionAccepted, voice: Voice) -> str:
    return voice.t("line.accepted", name=name_of(fact.participant, voice.t))


def _queued(fact: SessionQueued, voice: Voice) -> str:
    if fact.cause is QueueCause.LOST:
        return voice.t("steps.line_lost")
    if fact.cause is QueueCause.ENTRY:
        return voice.t("steps.line_queued")
    name = voice.name(fact.by)
    if not fact.queue.name:
        return voice.t("steps.line_passed_on", name=name)
    return voice.t("steps.line_passed", name=name, queue=fact.queue.name)


def _joined(fact: RepresentativeJoined, voice: Voice) -> str:
    name = name_of(fact.participant, voice.t)
    if not fact.by:
        return voice.t("steps.line_joined_alone", name=name)
    return voice.t("steps.line_joined", name=name, by=voice.name(fact.by))


def _left(fact: RepresentativeLeft, voice: Voice) -> str:
    name = voice.name(fact.by)
    if fact.why is Departure.REMOVED:
        return voice.t("steps.line_removed", name=name, by=voice.name(fact.remover))
    lost = fact.why is Departure.LOST
    return voice.t("steps.line_left_lost" if lost else "steps.line_left", name=name)


def _told(fact: NoticeTold, voice: Voice) -> str:
    if fact.by:
        return voice.t("steps.line_notice_by", name=voice.name(fact.by))
    return voice.t("steps.line_notice")


def _over(_: NoticeOver, voice: Voice) -> str:
    return voice.t("steps.line_notice_over")


def _moved(fact: CustomerMoved, voice: Voice) -> str:
    chat = fact.participant.door is Door.CHAT
    return voice.t("steps.line_moved_chat" if chat else "steps.line_moved_client")


def _ended(fact: SessionEnded, voice: Voice) -> str:
    if fact.reason in _ENDED:
        return voice.t(_ENDED[fact.reason])
    if fact.by == voice.me:
        return voice.t("line.ended_you")
    if fact.by not in voice.people:
        return voice.t("session.ended_title")
    return voice.t("line.ended", name=voice.name(fact.by))


_LINES: dict[type[Any], Callable[[Any, Voice], str]] = {
    SessionOpened: _opened,
    QuestionAnswered: _answered,
    SessionAccepted: _accepted,
    SessionQueued: _queued,
    RepresentativeJoined: _joined,
    RepresentativeLeft: _left,
    NoticeTold: _told,
    NoticeOver: _over,
    CustomerMoved: _moved,
    SessionEnded: _ended,
    **SHARE_LINES,
    **WORKING_LINES,
    **FILE_LINES,
}
