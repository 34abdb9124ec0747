"""The lines of the conversation about the shared screen, in the customer's words."""

from collections.abc import Callable
from typing import Any

from client.session.voice import Voice
from protocol.share_facts import (
    GrantAsked,
    GrantGiven,
    GrantOver,
    ShareEnded,
    SharePaused,
    ShareStarted,
)
from protocol.sharing import Grant, ShareCause


def _asked(fact: GrantAsked, voice: Voice) -> str:
    line = voice.t(f"client.line.asked_{fact.grant}", name=voice.name(fact.by))
    return f"{line}: {fact.reason}" if fact.reason else line


def _given(fact: GrantGiven, voice: Voice) -> str:
    name, lasting = voice.name(fact.to), fact.lasts_s > 0
    if fact.grant is not Grant.VIEW and lasting:
        time = voice.t.count("client.share.lasts_minutes", max(1, round(fact.lasts_s / 60)))
        return voice.t(f"client.line.gave_{fact.grant}_for", name=name, time=time)
    return voice.t(f"client.line.gave_{fact.grant}", name=name)


def _over(fact: GrantOver, voice: Voice) -> str:
    key = f"client.line.{fact.why}_{fact.grant}"
    return voice.t(key, name=voice.name(fact.to))


def _started(fact: ShareStarted, voice: Voice) -> str:
    return voice.t(f"client.line.started_{fact.scope}")


def _paused(fact: SharePaused, voice: Voice) -> str:
    return voice.t(f"client.line.paused_{fact.why}")


def _ended(fact: ShareEnded, voice: Voice) -> str:
    if fact.why in (ShareCause.LINK_LOST, ShareCause.NOBODY):
        return voice.t(f"client.line.share_ended_{fact.why}")
    if fact.by == voice.me:
        return voice.t("client.line.share_ended_you")
    return voice.t("client.line.share_ended", name=voice.name(fact.by))


SHARE_LINES: dict[type[Any], Callable[[Any, Voice], str]] = {
    GrantAsked: _asked,
    GrantGiven: _given,
    GrantOver: _over,
    ShareStarted: _started,
    SharePaused: _paused,
    ShareEnded: _ended,
}
"""A line for each fact about the shared screen."""
