"""How a session ends, and the program with it.

The customer's own end is local first: the conversation closes with the click, and the request
follows as soon as there is a link. A closed window waits only a moment for it to be stored. An
ended session is listened to until the relay closes the link: a survey may still be offered.
"""

from dataclasses import replace

from client.session import noticing
from client.session.effects import Disconnect, Effect, Quit, Send
from client.session.inputs import CloseWanted, EndAnswered, EndWanted
from client.session.machines import Leave, Turn, Wish, take, turn
from client.session.state import ClientState, LinkState
from protocol.requests import SessionEnd

Step = tuple[ClientState, tuple[Effect, ...]]

FAREWELL_S = 2.0
"""How long a closed window waits for the end of its session to be stored."""

LISTEN_S = 15.0
"""How long an ended session is listened to, when the relay does not close it."""


def end_wanted(state: ClientState, _given: EndWanted, _now: float) -> Step:
    """End session was pressed: ask once."""
    return replace(state, leave=take(state.leave, Wish.END)), ()


def close_wanted(state: ClientState, _given: CloseWanted, now: float) -> Step:
    """The window was closed: ask once while a session runs, else quit."""
    before, after = state.leave, take(state.leave, Wish.CLOSE)
    state = replace(state, leave=after)
    if after is Leave.LEFT and before is not Leave.LEFT:
        return state, (Quit(),)
    if after is Leave.CLOSING and before is Leave.ENDING:
        return replace(state, wait_until=now + FAREWELL_S), ()
    return state, ()


def end_answered(state: ClientState, given: EndAnswered, now: float) -> Step:
    """Yes: the conversation closes here and now, and the relay is told."""
    before, after = state.leave, take(state.leave, Wish.YES if given.yes else Wish.NO)
    state = replace(state, leave=after)
    if after is before or after not in (Leave.ENDING, Leave.CLOSING):
        return state, ()
    state = replace(
        state,
        page=turn(state.page, Turn.END),
        outbox=state.outbox.closed(),
        typing={},
        opening="",
        mine=None,
        end_id=given.id,
        wait_until=now + FAREWELL_S if after is Leave.CLOSING else None,
    )
    return tell_end(state)


def tell_end(state: ClientState) -> Step:
    """Ask the relay to end the session, if the customer wants that and there is a link."""
    if not state.end_id or state.link is not LinkState.ONLINE:
        return state, ()
    return replace(state, end_retry=None), (Send(SessionEnd(id=state.end_id)),)


def over(state: ClientState, now: float) -> Step:
    """The session is over, by whomever: nothing waits any longer, and a closed window is gone."""
    after = take(state.leave, Wish.OVER)
    state = replace(
        noticing.ended(state),
        page=turn(state.page, Turn.END),
        leave=after,
        outbox=state.outbox.closed(),
        typing={},
        answer=None,
        left=None,
        place=None,
        hold="",
        end_id="",
        end_retry=None,
        wait_until=None,
        farewell=now + LISTEN_S if state.farewell is None else state.farewell,
    )
    if after is not Leave.LEFT:
        return state, ()
    state, effects = hang_up(state)
    return state, (*effects, Quit())


def hang_up(state: ClientState) -> Step:
    """The relay has nothing more to say."""
    return replace(state, link=LinkState.CLOSED, farewell=None), (Disconnect(),)


def heard_out(state: ClientState, now: float) -> Step:
    """The ended session has been listened to for long enough."""
    due = state.farewell
    return hang_up(state) if due is not None and due <= now else (state, ())


def late(state: ClientState, now: float) -> Step:
    """The closed window has waited long enough; the relay ends the session after its grace."""
    if state.wait_until is None or now < state.wait_until:
        return state, ()
    state = replace(state, leave=take(state.leave, Wish.LATE), wait_until=None)
    return state, (Disconnect(), Quit())
