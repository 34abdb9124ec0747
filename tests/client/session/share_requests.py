"""What is sent around the shared screen, without the ids."""

import msgspec

from client.session.effects import Effect, Send
from protocol.facts import RepresentativeJoined
from protocol.requests import Request
from protocol.share_requests import GrantGive, ShareStart
from protocol.sharing import Grant, Scope
from tests.client.mind import ADA, ALAN, AT, Mind


def requests(effects: tuple[Effect, ...]) -> list[Request]:
    """What is sent, without the ids."""
    sent = [effect.request for effect in effects if isinstance(effect, Send)]
    return [msgspec.structs.replace(request, id="") for request in sent]


def give(grant: Grant = Grant.VIEW, to: str = ADA.id, lasts_s: int = 0) -> GrantGive:
    return GrantGive(id="", grant=grant, to=to, lasts_s=lasts_s)


def start(share: int = 1, epoch: int = 1, scope: Scope = Scope.ALL) -> ShareStart:
    return ShareStart(id="", share=share, epoch=epoch, scope=scope)


def who(mind: Mind) -> tuple[set[int], dict[int, float]]:
    """Who may see, and until when who may act."""
    return set(mind.permit.viewers), dict(mind.permit.controllers)


def with_alan(mind: Mind) -> Mind:
    mind.hear(RepresentativeJoined(seq=mind.seq, at=AT, participant=ALAN, by=ADA.id))
    return mind
