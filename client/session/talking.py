"""What the customer does in a session: lines, the typing mark, reading, links."""

from dataclasses import replace
from urllib.parse import urlsplit

from client.session.effects import Effect, OpenBrowser, Send
from client.session.inputs import LinkAnswered, LinkChosen, Said, Shown, Wrote
from client.session.outbox import is_sendable
from client.session.state import ClientState, LinkState
from protocol import limits
from protocol.requests import ChatSeen, ChatTyping

Step = tuple[ClientState, tuple[Effect, ...]]

SEEN_S = 1.0
"""The relay hears at most this often how far the customer has read."""

TYPING_RENEWAL_S = limits.TYPING_S / 2
"""The relay hears at most this often that the customer is writing."""


def said(state: ClientState, given: Said, now: float) -> Step:
    """The line is pending at once; it is sent now, or with the next link."""
    if not state.runs or not is_sendable(given.text):
        return state, ()
    state = replace(state, outbox=state.outbox.add(given.id, given.text), typing_told=None)
    return flush(state, now)


def flush(state: ClientState, now: float) -> Step:
    """Everything in the outbox that may be sent now."""
    if state.link is not LinkState.ONLINE or not state.runs:
        return state, ()
    outbox, posts = state.outbox.send(now)
    return replace(state, outbox=outbox), tuple(Send(post) for post in posts)


def wrote(state: ClientState, given: Wrote, now: float) -> Step:
    """Tell that somebody is writing, seldom; that nobody is any more, at once."""
    if state.link is not LinkState.ONLINE or not state.runs:
        return state, ()
    told = state.typing_told
    if not given.on:
        stop = () if told is None else (Send(ChatTyping(on=False)),)
        return replace(state, typing_told=None), stop
    if told is not None and now - told < TYPING_RENEWAL_S:
        return state, ()
    return replace(state, typing_told=now), (Send(ChatTyping(on=True)),)


def shown(state: ClientState, given: Shown, now: float) -> Step:
    """Remember how far the customer has read, and tell it."""
    if given.seq <= state.reading.shown:
        return state, ()
    return tell_seen(replace(state, reading=replace(state.reading, shown=given.seq)), now)


def tell_seen(state: ClientState, now: float) -> Step:
    """Tell the relay how far the customer has read, if that is new and not too soon."""
    reading = state.reading
    due = seen_due(state)
    if due is None or due > now:
        return state, ()
    told = replace(reading, told=reading.shown, told_at=now)
    return replace(state, reading=told), (Send(ChatSeen(seq=reading.shown)),)


def seen_due(state: ClientState) -> float | None:
    """When the relay is to hear how far the customer has read; None: nothing to tell."""
    reading = state.reading
    if state.link is not LinkState.ONLINE or not state.runs or reading.shown <= reading.told:
        return None
    return reading.told_at + SEEN_S


def host_of(url: str) -> str:
    """The host that `url` really leads to, in ASCII (RFC 3490) so that no letter poses as another.

    Empty when `url` is not a sound http or https address.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        return host if parts.scheme in ("http", "https") and parts.port != 0 else ""
    except ValueError:
        return ""


def link_chosen(state: ClientState, given: LinkChosen, _now: float) -> Step:
    """No link opens by itself: ask first, naming the host."""
    return (replace(state, opening=given.url), ()) if host_of(given.url) else (state, ())


def link_answered(state: ClientState, given: LinkAnswered, _now: float) -> Step:
    """Open the link that was asked about, or let it be."""
    effects = (OpenBrowser(state.opening),) if given.yes and state.opening else ()
    return replace(state, opening=""), effects
