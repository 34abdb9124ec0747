"""The lines of the conversation about nudges and holds, in the customer's words."""

from collections.abc import Callable
from typing import Any

from client.session.voice import Voice
from protocol.working_facts import NudgeSent, SessionHeld, SessionResumed


def _nudged(fact: NudgeSent, voice: Voice) -> str:
    return voice.t("steps.line_nudged", name=voice.name(fact.by))


def _held(fact: SessionHeld, voice: Voice) -> str:
    return voice.t("steps.line_held", name=voice.name(fact.by))


def _resumed(fact: SessionResumed, voice: Voice) -> str:
    return voice.t("steps.line_resumed", name=voice.name(fact.by))


WORKING_LINES: dict[type[Any], Callable[[Any, Voice], str]] = {
    NudgeSent: _nudged,
    SessionHeld: _held,
    SessionResumed: _resumed,
}
"""What became of a nudge the customer knows; a page that is offered is a bubble."""
