"""From a session key or a join code to a place in the session."""

import re
from dataclasses import replace

from client.session.effects import Connect, Effect, FetchLogo, UseKey
from client.session.inputs import (
    Admitted,
    JoinFailed,
    JoinRefused,
    JoinWanted,
    KeyTyped,
    KnockCancelled,
)
from client.session.machines import Leave, Page, Turn, Wish, take, turn
from client.session.state import (
    CODE_SHORT,
    KEY_SHORT,
    ClientState,
    Complaint,
    Halt,
    Knock,
    LinkState,
    Trouble,
)
from protocol import joincodes, keys, limits
from protocol.api import Join
from protocol.errors import ErrorCode

Step = tuple[ClientState, tuple[Effect, ...]]

_LETTER = re.compile("[A-Za-z]")
_BEFORE = re.compile(r".*/(?:join|program)/", re.DOTALL)
_GROUP = 4

KNOCK_S = 2.0
"""The first pause of somebody who asks to be let in; further ones grow like those of the link."""

_PASSING = frozenset({ErrorCode.STORAGE, ErrorCode.TOO_MANY_TRIES, Trouble.UNREACHABLE})
"""After these somebody who asks to be let in goes on asking."""


def chars(typed: str) -> str:
    """What counts of a typed or pasted key or code; a whole link to either will do as well."""
    bare = _BEFORE.sub("", typed)
    return joincodes.normalise(bare) if _LETTER.search(bare) else keys.normalise(bare)


def is_code(read: str) -> bool:
    """Whether `read` (as `chars` gives it) is meant as a join code: keys have only digits, and
    fewer of them."""
    return _LETTER.search(read) is not None or len(read) >= joincodes.CHARS


def is_right(read: str) -> bool:
    """Whether `read` is whole and its check is right."""
    return joincodes.is_right(read) if is_code(read) else keys.is_right(read)


def shown(read: str) -> str:
    """`read` in groups as people read it: `1234-5678`, `K7PQ-2M9X-AB0C`."""
    return "-".join(read[at : at + _GROUP] for at in range(0, len(read), _GROUP))


def key_typed(state: ClientState, given: KeyTyped, _now: float) -> Step:
    """A mistake is told as soon as the key is complete, without asking the relay."""
    complaint = _complaint(chars(given.text))
    whole = complaint is not None and not complaint.missing
    return replace(state, complaint=complaint if whole else None), ()


def join_wanted(state: ClientState, given: JoinWanted, _now: float) -> Step:
    """Only a key or code with a right check goes to the relay."""
    if state.page is not Page.JOIN:
        return state, ()
    read = chars(given.key)
    complaint = _complaint(read)
    if complaint is not None:
        return replace(state, complaint=complaint), ()
    join = Join(
        key=read,
        language=state.language,
        name=given.name.strip()[: limits.NAME_CHARS],
        system=given.system,
    )
    page = turn(state.page, Turn.SUBMIT)
    return _use(replace(state, page=page, link=LinkState.DIALLING), Knock(join=join))


def admitted(state: ClientState, given: Admitted, _now: float) -> Step:
    """The key was taken; a session exists from here on, so leaving needs a word.

    That holds also when the customer had just given up: the session is theirs by now.
    """
    page = turn(state.page, Turn.ADMIT)
    late = given.attempt != state.attempt or page is not Page.CONNECTING
    if late or state.leave is not Leave.FREE:
        return state, ()
    state = replace(
        state,
        page=page,
        leave=take(state.leave, Wish.BIND),
        link=LinkState.DIALLING,
        complaint=None,
        knock=None,
        token=given.joined.token,
        mail=given.joined.mail,
        watermark=given.joined.watermark,
        me=given.joined.participant,
        organisation=state.organisation or given.joined.organisation,
    )
    mark = given.joined.watermark
    logo = (FetchLogo(mark.logo),) if mark and mark.logo else ()
    return state, (Connect(given.joined.token), *logo)


def join_refused(state: ClientState, given: JoinRefused, now: float) -> Step:
    """A used code may be let in again; with any other reason, back to the key field."""
    return _refused(state, given.code, given.attempt, now)


def join_failed(state: ClientState, given: JoinFailed, now: float) -> Step:
    """Back to the key field, with what went wrong on the way."""
    return _refused(state, given.trouble, given.attempt, now)


def knock_cancelled(state: ClientState, _given: KnockCancelled, _now: float) -> Step:
    """Back to the key field, asking no longer."""
    if state.page is not Page.KNOCKING:
        return state, ()
    page = turn(state.page, Turn.CANCEL)
    return replace(state, page=page, link=LinkState.IDLE, knock=None), ()


def knock_again(state: ClientState, now: float) -> Step:
    """Ask again to be let in, when it is time."""
    knock = state.knock
    if knock is None or knock.due is None or knock.due > now:
        return state, ()
    return _use(state, replace(knock, due=None))


def _use(state: ClientState, knock: Knock) -> Step:
    attempt = state.attempt + 1
    state = replace(state, knock=knock, attempt=attempt, complaint=None)
    return state, (UseKey(knock.join, attempt),)


def _refused(state: ClientState, about: ErrorCode | Trouble, attempt: int, now: float) -> Step:
    knock = state.knock
    if knock is None or attempt != state.attempt:
        return state, ()
    knocking = state.page is Page.KNOCKING and about in _PASSING
    if about is ErrorCode.CODE_USED or knocking:
        pause = min(limits.RECONNECT_MOST_S, KNOCK_S * limits.RECONNECT_GROWTH**knock.tries)
        knock = replace(knock, tries=knock.tries + 1, due=now + pause)
        return replace(state, page=turn(state.page, Turn.KNOCK), knock=knock), ()
    if about is Trouble.OUTDATED:
        page = turn(state.page, Turn.HALT)
        return replace(state, page=page, link=LinkState.IDLE, knock=None, halt=Halt.OUTDATED), ()
    page = turn(state.page, Turn.REFUSE)
    complaint = Complaint(about=about)
    return replace(state, page=page, link=LinkState.IDLE, knock=None, complaint=complaint), ()


def _complaint(read: str) -> Complaint | None:
    """What is wrong with a key or code, if anything."""
    if is_right(read):
        return None
    code = is_code(read)
    missing = max(0, (joincodes.CHARS if code else keys.DIGITS + 1) - len(read))
    if missing:
        return Complaint(about=CODE_SHORT if code else KEY_SHORT, missing=missing)
    return Complaint(about=ErrorCode.CODE_MISTYPED if code else ErrorCode.KEY_MISTYPED)
