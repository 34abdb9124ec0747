"""A role that lacks a permission gets nothing of it through a socket."""

import itertools

import pytest

from protocol import PROTOCOL
from protocol.errors import CloseCode, ErrorCode
from protocol.file_requests import (
    FileAccept,
    FileAsk,
    FileCancel,
    FileDecline,
    FileOffer,
    FileTake,
)
from protocol.queues import QueueKind, QueueWish
from protocol.requests import (
    ALLOWED,
    ChatPost,
    ChatSeen,
    ChatTyping,
    ClientOffer,
    DeskIdle,
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
from protocol.share_facts import GrantAsked, GrantOver, ShareEnded
from protocol.share_requests import GrantAsk, GrantGive, GrantReturn, ShareStop
from protocol.sharing import CLIPBOARD, Grant, GrantEnd, ShareCause
from protocol.signals import Ack, DeskWelcome, Pong, Refused
from protocol.working_requests import (
    LinkPush,
    NudgeSend,
    RepresentativeRemove,
    SessionHold,
    SessionJoin,
    SessionResume,
)
from relay.domain.permissions import (
    BUILT_IN,
    CONSOLE_DOORS,
    EVERYTHING,
    GRANT_NEEDS,
    NEEDS,
    Permission,
    UserRole,
    allows,
    permission_for,
)
from relay.realtime.tickets import TicketHolder
from tests.conftest import Talk, World
from tests.peers import Socket, carried_out, say, share

ID = "request-1"
GENERAL = QueueWish(kind=QueueKind.GENERAL)
EXAMPLES: dict[type[Request], Request] = {
    FileAsk: FileAsk(id="request-f1"),
    FileOffer: FileOffer(id="request-f2", transfer="transfer-1", name="a.log", size=1),
    FileAccept: FileAccept(id="request-f3", transfer="transfer-1"),
    FileDecline: FileDecline(id="request-f4", transfer="transfer-1"),
    FileCancel: FileCancel(id="request-f5", transfer="transfer-1"),
    FileTake: FileTake(id="request-f6", transfer="transfer-1", sha256="0" * 64),
    Ping: Ping(n=7),
    ChatPost: ChatPost(id=ID, text="hello"),
    ChatSeen: ChatSeen(seq=1),
    ChatTyping: ChatTyping(on=True),
    NotePost: NotePost(id=ID, text="a note"),
    SessionEnd: SessionEnd(id=ID),
    SessionAccept: SessionAccept(id=ID, session="0" * 32),
    PresenceSet: PresenceSet(presence=Presence.AWAY),
    DeskIdle: DeskIdle(on=True),
    SessionTransfer: SessionTransfer(id=ID, queue=QueueWish(kind=QueueKind.TEAM, id="nosuch")),
    SessionLeave: SessionLeave(id=ID),
    InvitationMake: InvitationMake(id=ID, queue=GENERAL),
    InvitationWithdraw: InvitationWithdraw(id=ID, invitation="nosuch"),
    InvitationAccept: InvitationAccept(id=ID, session="0" * 32, invitation="nosuch"),
    NoticeSend: NoticeSend(id=ID, notice="nosuch"),
    ClientOffer: ClientOffer(id=ID),
    GrantAsk: GrantAsk(id=ID, grant=Grant.VIEW),
    GrantReturn: GrantReturn(id=ID, grant=Grant.VIEW),
    ShareStop: ShareStop(id=ID),
    NudgeSend: NudgeSend(id=ID),
    LinkPush: LinkPush(id=ID, url="https://acme.example/"),
    SessionHold: SessionHold(id=ID),
    SessionResume: SessionResume(id=ID),
    SessionJoin: SessionJoin(id=ID, session="0" * 32),
    RepresentativeRemove: RepresentativeRemove(id=ID, who="nosuch"),
    LetIn: LetIn(id=ID, session="0" * 32),
    KeyMake: KeyMake(id=ID, queue=GENERAL),
    KeyCancel: KeyCancel(id=ID, key="12345670"),
}
AT_THE_CONSOLE = [one for one in Permission if one in NEEDS.values()]
CASES = list(itertools.product(sorted(CONSOLE_DOORS), AT_THE_CONSOLE))


def asked_at(door: Door) -> list[type[Request]]:
    """Every request of a door; that which ends the session comes last."""
    requests = ALLOWED[door] - {Hello, Ping}
    return sorted(requests, key=lambda one: (one is SessionEnd, one.__name__))


async def opened(world: World, talk: Talk, door: Door, lacking: Permission) -> Socket:
    """A socket of the talk's representative, whose ticket has every permission but one; no ticket
    gives what the role lacks."""
    (welcome,) = [one for one in talk.desk.heard if isinstance(one, DeskWelcome)]
    session = talk.session if door is Door.SESSION else None
    permissions = EVERYTHING - {lacking}
    holder = TicketHolder(
        door, welcome.user, welcome.name, session=session, permissions=permissions
    )
    ticket = world.relay.parts.tickets.issue(holder)
    hello = Hello(version=PROTOCOL, ticket=ticket, session=session)
    return await talk.representative.open("/ws/console", hello, page=True)


@pytest.mark.parametrize(("door", "lacking"), CASES)
async def test_what_a_role_lacks_is_refused_and_nothing_else(
    world: World, door: Door, lacking: Permission
) -> None:
    socket = await opened(world, await world.talk(), door, lacking)
    held = BUILT_IN[UserRole.REPRESENTATIVE] - {lacking}
    if not allows(permission_for(Hello), held):
        assert await socket.closed() == CloseCode.WRONG_ROLE
        return
    for number, request_type in enumerate(asked_at(door)):
        socket.heard.clear()
        await socket.ask(EXAMPLES[request_type])
        await socket.ask(Ping(n=number))
        while (await socket.hear(Pong)).n != number:
            pass
        refused = [one for one in socket.heard if isinstance(one, Refused)]
        forbidden = any(one.code is ErrorCode.FORBIDDEN for one in refused)
        assert forbidden is not allows(permission_for(request_type), held), request_type.__name__


SCREEN = [Permission.SCREEN_VIEW, Permission.SCREEN_CONTROL, Permission.SCREEN_CLIPBOARD]


@pytest.mark.parametrize("lacking", SCREEN)
@pytest.mark.parametrize("grant", Grant)
async def test_who_lacks_a_permission_does_not_ask_for_what_needs_it(
    world: World, lacking: Permission, grant: Grant
) -> None:
    talk = await world.talk()
    if grant in CLIPBOARD:
        await share(talk.mine, talk.theirs)
    socket = await opened(world, talk, Door.SESSION, lacking)
    answer = await carried_out(socket, GrantAsk(id=ID, grant=grant))
    if lacking in GRANT_NEEDS[grant]:
        assert isinstance(answer, Refused)
        assert answer.code is ErrorCode.FORBIDDEN
        await say(talk.mine, "nobody asked me")
        assert not [one for one in talk.mine.facts if isinstance(one, GrantAsked)]
    else:
        assert isinstance(answer, Ack)


@pytest.mark.parametrize("lacking", SCREEN)
async def test_who_loses_a_permission_gives_back_what_needs_it(
    world: World, lacking: Permission
) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs, control=True)
    for grant in CLIPBOARD:
        give = GrantGive(id=f"give-{grant}", grant=grant, to=talk.theirs.participant)
        await carried_out(talk.mine, give)
    await opened(world, talk, Door.SESSION, lacking)
    lost = [grant for grant in reversed(Grant) if lacking in GRANT_NEEDS[grant]]
    for grant in lost:
        over = await talk.mine.hear(GrantOver)
        assert (over.grant, over.why) == (grant, GrantEnd.RETURNED)
    if Grant.VIEW in lost:
        assert (await talk.mine.hear(ShareEnded)).why is ShareCause.NOBODY


def test_every_request_of_the_console_has_an_example() -> None:
    asked = frozenset[type[Request]]().union(*(ALLOWED[door] for door in CONSOLE_DOORS))
    assert asked - {Hello} == frozenset(EXAMPLES)
