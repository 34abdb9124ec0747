"""Photos of those who help: asked for once each, and shown only if they are what was named.

They are decoration: whatever goes wrong leaves the initials where they are.
"""

import re
from dataclasses import replace

from client.session.effects import Effect, FetchPhoto
from client.session.state import ClientState
from client.session.working_inputs import LogoCame, PhotoCame
from protocol.roles import Role

Step = tuple[ClientState, tuple[Effect, ...]]

MOST = 8
"""So many photos are kept; who comes after that is shown by their initials."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


def kept(state: ClientState, _now: float) -> Step:
    """Ask for the photos that are named and not known yet."""
    people = state.snapshot.participants if state.snapshot else ()
    named = dict.fromkeys(one.photo for one in people if one.role is Role.REPRESENTATIVE)
    new = [one for one in named if one not in state.photos and _DIGEST.fullmatch(one)]
    new = new[: MOST - len(state.photos)]
    if not new:
        return state, ()
    photos = {**state.photos, **dict.fromkeys(new, b"")}
    return replace(state, photos=photos), tuple(FetchPhoto(one) for one in new)


def came(state: ClientState, given: PhotoCame, _now: float) -> Step:
    """A photo that was asked for."""
    if state.photos.get(given.sha256) != b"":
        return state, ()
    photos = {**state.photos, given.sha256: given.content}
    return replace(state, photos=photos), ()


def logo_came(state: ClientState, given: LogoCame, _now: float) -> Step:
    """The picture for the watermark, if one is wanted."""
    if state.watermark is None or not state.watermark.logo:
        return state, ()
    return replace(state, logo=given.content), ()
