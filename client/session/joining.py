"""From a session key to a place in the queue."""

from dataclasses import replace

from client.session.effects import Connect, Effect, UseKey
from client.session.inputs import Admitted, JoinFailed, JoinRefused, JoinWanted, KeyTyped
from client.session.machines import Leave, Page, Turn, Wish, take, turn
from client.session.state import KEY_SHORT, ClientState, Complaint, LinkState, Trouble
from protocol import keys, limits
from protocol.api import Join
from protocol.errors import ErrorCode

Step = tuple[ClientState, tuple[Effect, ...]]


def digits(typed: str) -> str:
    """The digits of a typed or pasted key; a whole invitation link will do as well."""
    return keys.normalise(typed.rpartition("/join/")[2])


def key_typed(state: ClientState, given: KeyTyped, _now: float) -> Step:
    """A wrong digit is told as soon as the key is complete, without asking the relay."""
    key = digits(given.text)
    wrong = len(key) > keys.DIGITS and not keys.is_right(key)
    complaint = Complaint(about=ErrorCode.KEY_MISTYPED) if wrong else None
    return replace(state, complaint=complaint), ()


def join_wanted(state: ClientState, given: JoinWanted, _now: float) -> Step:
    """Only a key with a right check digit goes to the relay."""
    if state.page is not Page.JOIN:
        return state, ()
    key = digits(given.key)
    if not keys.is_right(key):
        missing = max(0, keys.DIGITS + 1 - len(key))
        about = KEY_SHORT if missing else ErrorCode.KEY_MISTYPED
        return replace(state, complaint=Complaint(about=about, missing=missing)), ()
    join = Join(key=key, name=given.name.strip()[: limits.NAME_CHARS], system=given.system)
    page = turn(state.page, Turn.SUBMIT)
    state = replace(state, page=page, link=LinkState.DIALLING, complaint=None)
    return state, (UseKey(join),)


def admitted(state: ClientState, given: Admitted, _now: float) -> Step:
    """The key was taken; a session exists from here on, so leaving needs a word."""
    if state.page is not Page.CONNECTING or state.leave is not Leave.FREE:
        return state, ()
    state = replace(
        state,
        leave=take(state.leave, Wish.BIND),
        me=given.joined.participant,
        organisation=state.organisation or given.joined.organisation,
    )
    return state, (Connect(given.joined.token),)


def join_refused(state: ClientState, given: JoinRefused, _now: float) -> Step:
    """Back to the key field, with the relay's reason."""
    return _back(state, given.code)


def join_failed(state: ClientState, given: JoinFailed, _now: float) -> Step:
    """Back to the key field, with what went wrong on the way."""
    return _back(state, given.trouble)


def _back(state: ClientState, about: ErrorCode | Trouble) -> Step:
    page = turn(state.page, Turn.REFUSE)
    return replace(state, page=page, link=LinkState.IDLE, complaint=Complaint(about=about)), ()
