"""A role that lacks a permission gets nothing of it through a socket."""

import itertools

import pytest

from protocol import PROTOCOL
from protocol.errors import CloseCode, ErrorCode
from protocol.queues import QueueKind, QueueWish
from protocol.requests import (
    ALLOWED,
    ChatPost,
    ChatSeen,
    ChatTyping,
    ClientOffer,
    Hello,
    InvitationAccept,
    InvitationMake,
    InvitationWithdraw,
    KeyCancel,
    KeyMake,
    LetIn,
    NotePost,
    NoticeSend,
    Ping,
    PresenceSet,
    Request,
    SessionAccept,
    SessionEnd,
    SessionLeave,
    SessionTransfer,
)
from protocol.roles import Door, Presence
from protocol.signals import DeskWelcome, Pong, Refused
from relay.domain.permissions import (
    CONSOLE_DOORS,
    EVERYTHING,
    NEEDS,
    Permission,
    allows,
    permission_for,
)
from relay.realtime.tickets import TicketHolder
from tests.conftest import Talk, World
from tests.peers import Socket

ID = "request-1"
GENERAL = QueueWish(kind=QueueKind.GENERAL)
EXAMPLES: dict[type[Request], Request] = {
    Ping: Ping(n=7),
    ChatPost: ChatPost(id=ID, text="hello"),
    ChatSeen: ChatSeen(seq=1),
    ChatTyping: ChatTyping(on=True),
    NotePost: NotePost(id=ID, text="a note"),
    SessionEnd: SessionEnd(id=ID),
    SessionAccept: SessionAccept(id=ID, session="0" * 32),
    PresenceSet: PresenceSet(presence=Presence.AWAY),
    SessionTransfer: SessionTransfer(id=ID, queue=QueueWish(kind=QueueKind.TEAM, id="nosuch")),
    SessionLeave: SessionLeave(id=ID),
    InvitationMake: InvitationMake(id=ID, queue=GENERAL),
    InvitationWithdraw: InvitationWithdraw(id=ID, invitation="nosuch"),
    InvitationAccept: InvitationAccept(id=ID, session="0" * 32, invitation="nosuch"),
    NoticeSend: NoticeSend(id=ID, notice="nosuch"),
    ClientOffer: ClientOffer(id=ID),
    LetIn: LetIn(id=ID, session="0" * 32),
    KeyMake: KeyMake(id=ID, queue=GENERAL),
    KeyCancel: KeyCancel(id=ID, key="12345670"),
}
AT_THE_CONSOLE = [one for one in Permission if one in NEEDS.values()]
CASES = [
    (door, lacking, request)
    for door, lacking in itertools.product(sorted(CONSOLE_DOORS), AT_THE_CONSOLE)
    for request in sorted(ALLOWED[door] - {Hello}, key=lambda one: one.__name__)
]


async def opened(world: World, talk: Talk, door: Door, lacking: Permission) -> Socket:
    """A socket of the talk's representative, who has every permission but one."""
    (welcome,) = [one for one in talk.desk.heard if isinstance(one, DeskWelcome)]
    session = talk.session if door is Door.SESSION else None
    permissions = EVERYTHING - {lacking}
    holder = TicketHolder(
        door, welcome.user, welcome.name, session=session, permissions=permissions
    )
    ticket = world.relay.parts.tickets.issue(holder)
    hello = Hello(version=PROTOCOL, ticket=ticket, session=session)
    return await talk.representative.open("/ws/console", hello, page=True)


@pytest.mark.parametrize(("door", "lacking", "request_type"), CASES)
async def test_what_a_role_lacks_is_refused_and_nothing_else(
    world: World, door: Door, lacking: Permission, request_type: type[Request]
) -> None:
    socket = await opened(world, await world.talk(), door, lacking)
    held = EVERYTHING - {lacking}
    if not allows(permission_for(Hello), held):
        assert await socket.closed() == CloseCode.WRONG_ROLE
        return
    await socket.ask(EXAMPLES[request_type])
    await socket.ask(Ping(n=9))
    while (await socket.hear(Pong)).n != 9:
        pass
    forbidden = [
        one for one in socket.heard if isinstance(one, Refused) and one.code is ErrorCode.FORBIDDEN
    ]
    assert bool(forbidden) is not allows(permission_for(request_type), held)


def test_every_request_of_the_console_has_an_example() -> None:
    asked = frozenset[type[Request]]().union(*(ALLOWED[door] for door in CONSOLE_DOORS))
    assert asked - {Hello} == frozenset(EXAMPLES)
