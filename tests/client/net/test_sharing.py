"""A share over the real relay, with the client's own gate before everything: what reaches the
representative, and what ends with the connection."""

import asyncio

from client.session.share_inputs import EndShareWanted, ShareAnswer, ShareAnswered
from client.session.share_machines import Mode
from client.session.state import LinkState
from protocol.channel import Flag, Header, Kind
from protocol.picture import Codec
from protocol.screen import Watch, encode
from protocol.share_facts import GrantGiven, ShareEnded, ShareStarted
from protocol.share_requests import GrantAsk
from protocol.sharing import Grant, ShareCause
from tests.client.net.person import Person, person
from tests.client.net.test_link import accepted, authority
from tests.client.net.wire import wire_to
from tests.conftest import World
from tests.peers import Socket, client_id, header


def frame(grace: Person, seq: int, epoch: int | None = None) -> Header:
    """The header of a picture of the running share."""
    own = grace.state.share
    return Header(Kind.FRAME, Flag.KEY, 0, own.epoch if epoch is None else epoch, own.share, seq, 0)


def is_open(grace: Person) -> bool:
    """Whether her gate lets pictures through."""
    return grace.gate.permit.shows


async def shared(grace: Person, theirs: Socket, grant: Grant = Grant.VIEW) -> None:
    """Have the representative ask, and the customer allow it."""
    await theirs.ask(GrantAsk(id=client_id(), grant=grant, reason="to look"))
    await grace.until(lambda state: bool(state.share.asked))
    asked = max(one.seq for one in grace.state.share.asked)
    grace.take(ShareAnswered(client_id(), asked, ShareAnswer.ALLOW))
    assert is_open(grace)  # before the relay has heard of it
    await theirs.hear(ShareStarted)


async def test_a_picture_arrives_as_it_was_given(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await shared(grace, theirs)
        payload = bytes(range(256)) * 300
        assert grace.board
        grace.board.offer(frame(grace, 1), payload)
        head, got = await theirs.receive_channel()
        assert (head.kind, head.sender, head.seq, got) == (Kind.FRAME, 0, 1, payload)


async def test_what_the_viewer_says_is_heard(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await shared(grace, theirs)
        wish = encode(Watch(codecs=(Codec.VP8,)))
        await theirs.send_channel(header(Kind.WISH), wish)
        await theirs.send_channel(header(Kind.ACKNOWLEDGEMENT, 9))
        await grace.until(lambda _: len(grace.heard) == 2)
        assert [(head.kind, head.sender, head.seq) for head, _ in grace.heard] == [
            (Kind.WISH, 1, 1),
            (Kind.ACKNOWLEDGEMENT, 1, 9),
        ]
        assert grace.heard[0][1] == wish


async def test_nothing_leaves_after_the_end_and_the_chat_goes_on(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await shared(grace, theirs, Grant.CONTROL)
        assert grace.board
        grace.board.offer(frame(grace, 1), b"seen")
        await theirs.receive_channel()
        epoch = grace.state.share.epoch
        grace.take(EndShareWanted(client_id()))
        for seq in range(2, 50):
            grace.board.offer(frame(grace, seq, epoch), bytes(10_000))
        grace.say("still here")
        ended = await theirs.hear(ShareEnded)
        assert (ended.by, ended.why) == (grace.state.me, ShareCause.CUSTOMER)
        await grace.until(lambda _: grace.chat == ["still here"])
        assert len(theirs.channel) == 1
        assert grace.state.snapshot
        assert not grace.state.snapshot.sharing.held


async def test_it_works_again_after_the_end(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await shared(grace, theirs)
        grace.take(EndShareWanted(client_id()))
        await theirs.hear(ShareEnded)
        await shared(grace, theirs)
        assert grace.board
        grace.board.offer(frame(grace, 1), b"again")
        head, got = await theirs.receive_channel()
        assert (head.share, head.epoch, got) == (2, 2, b"again")


async def test_control_is_given_to_whom_it_was_said(world: World) -> None:
    async with person(world.origin, authority(world)) as grace:
        _, theirs = await accepted(world, grace)
        await shared(grace, theirs, Grant.CONTROL)
        given = [one for one in theirs.facts if isinstance(one, GrantGiven)]
        assert {one.grant for one in given} == {Grant.VIEW, Grant.CONTROL}
        assert grace.gate.permit.controllers.keys() == {1}


async def test_a_lost_link_shuts_the_gate_and_nothing_goes_on_by_itself(world: World) -> None:
    async with (
        wire_to(int(world.origin.rpartition(":")[2])) as wire,
        person(f"https://localhost:{wire.port}", authority(world)) as grace,
    ):
        _, theirs = await accepted(world, grace)
        await shared(grace, theirs)
        epoch = grace.state.share.epoch
        wire.cut()
        await grace.until(lambda state: state.link is LinkState.LOST)
        assert not is_open(grace)
        ended = await theirs.hear(ShareEnded)
        assert ended.why is ShareCause.LINK_LOST
        wire.mend()
        await grace.until(lambda state: state.link is LinkState.ONLINE)
        assert grace.state.share.mode is Mode.LOST
        assert grace.board
        grace.board.offer(frame(grace, 1, epoch), b"not this")
        grace.say("back")
        await grace.until(lambda _: grace.chat == ["back"])
        assert not theirs.channel


async def test_the_gate_is_shut_although_the_window_has_not_heard_yet(world: World) -> None:
    """The network's own thread does it: a window that hangs keeps nothing open."""
    async with (
        wire_to(int(world.origin.rpartition(":")[2])) as wire,
        person(f"https://localhost:{wire.port}", authority(world)) as grace,
    ):
        _, theirs = await accepted(world, grace)
        await shared(grace, theirs)
        assert is_open(grace)
        grace.deaf = True
        wire.cut()
        async with asyncio.timeout(10):
            while is_open(grace):  # noqa: ASYNC110 - the window hears nothing of it
                await asyncio.sleep(0)
        assert grace.state.share.mode is Mode.ON
        grace.deaf = False
