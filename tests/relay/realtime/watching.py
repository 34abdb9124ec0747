"""What tests of the channel have in common: two who watch, and what the relay has counted."""

import asyncio
from socket import SO_RCVBUF, SOL_SOCKET
from typing import TypeVar, cast

from prometheus_client.parser import text_string_to_metric_families

from protocol.channel import Flag, Header, Kind, peek
from protocol.facts import Fact, RepresentativeJoined
from protocol.queues import QueueKind, QueueWish
from protocol.requests import InvitationAccept, InvitationMake, Ping
from protocol.share_requests import GrantGive
from protocol.sharing import Grant
from protocol.signals import Ack, DeskState, DeskWelcome, Pong
from relay.domain.channel import Drop
from relay.realtime.peer import Peer
from tests.conftest import Talk, World
from tests.peers import Socket, carried_out, client_id, header

F = TypeVar("F", bound=Fact)
KEY = Flag.KEY | Flag.FIRST | Flag.LAST


def dropped(world: World) -> dict[Drop, int]:
    """How many messages of the channel went nowhere, by reason; none are left out."""
    found = {}
    for family in text_string_to_metric_families(world.relay.parts.metrics.exposition().decode()):
        if family.name == "bridge_channel_dropped":
            for sample in family.samples:
                if sample.name.endswith("_total") and sample.value:
                    found[Drop(sample.labels["reason"])] = int(sample.value)
    return found


def passed_bytes(world: World) -> int:
    """How many bytes of the channel the relay has passed on."""
    (sample,) = [
        one
        for family in text_string_to_metric_families(
            world.relay.parts.metrics.exposition().decode()
        )
        for one in family.samples
        if one.name == "bridge_channel_bytes_total"
    ]
    return int(sample.value)


async def settled(*sockets: Socket) -> None:
    """The relay has dealt with everything these have sent, and they have what it sent before."""
    for number, socket in enumerate(sockets, start=1_000):
        await socket.ask(Ping(n=number))
        while (await socket.hear(Pong)).n != number:
            pass


async def told(socket: Socket, kind: type[F]) -> F:
    """The newest fact of that kind, be it one that has come already."""
    known = [one for one in socket.facts if isinstance(one, kind)]
    return known[-1] if known else await socket.hear(kind)


async def second(world: World, talk: Talk, *, view: bool = True) -> Socket:
    """A second representative in the talk, who may see when `view` is set."""
    person = await world.representative(f"linus-{client_id()}")
    desk = await world.stack.enter_async_context(await person.desk())
    (welcome,) = [one for one in desk.heard if isinstance(one, DeskWelcome)]
    wish = QueueWish(kind=QueueKind.PERSONAL, id=welcome.user)
    await talk.theirs.ask(InvitationMake(id=client_id(), queue=wish))
    while not (entries := (await desk.hear(DeskState)).queue):
        pass
    invitation = InvitationAccept(
        id=client_id(), session=talk.session, invitation=entries[0].invitation
    )
    await desk.ask(invitation)
    await desk.hear(Ack)
    await talk.mine.hear(RepresentativeJoined)
    socket, _ = await person.session(talk.session)
    if view:
        give = GrantGive(id=client_id(), grant=Grant.VIEW, to=socket.participant)
        assert isinstance(await carried_out(talk.mine, give), Ack)
    return socket


def peer(world: World, talk: Talk, socket: Socket) -> Peer:
    """The relay's side of a socket."""
    return world.relay.hub.rooms[talk.session].peers[socket.participant]


def key(seq: int, **fields: int) -> Header:
    """The header of a key picture."""
    return header(Kind.FRAME, seq, flags=KEY, **fields)


def seqs(socket: Socket, kind: Kind = Kind.FRAME) -> list[int]:
    """The numbers of what has come on the channel so far, part by part."""
    found = [peek(one) for one in socket.channel]
    return [one.seq for one in found if one.kind is kind]


def stop_reading(socket: Socket) -> None:
    """From now on the socket's own machine takes no more from the network than a little."""
    below = transport(socket)
    assert below is not None
    below.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_RCVBUF, 32 * 1024)
    _beneath_tls(below).pause_reading()


def go_on_reading(socket: Socket) -> None:
    """It reads again; nothing to do when it is closed."""
    below = transport(socket)
    if below is not None and not below.is_closing():
        _beneath_tls(below).resume_reading()


def transport(socket: Socket) -> asyncio.Transport | None:
    """What lies below a test's socket, while it is open."""
    connection = socket.socket._response.connection
    return None if connection is None else cast("asyncio.Transport", connection.transport)


def _beneath_tls(above: asyncio.Transport) -> asyncio.Transport:
    """The TLS layer itself would go on reading into buffers of its own."""
    return cast("asyncio.Transport", above._ssl_protocol._transport)  # type: ignore[attr-defined]
