"""Clipboard text over real sockets: each way under its own grant."""

import pytest

from protocol import limits
from protocol.channel import Kind
from protocol.share_requests import GrantGive, GrantTake
from protocol.sharing import CLIPBOARD, Grant
from protocol.signals import Ack
from relay.domain.channel import Drop
from tests.conftest import Talk, World
from tests.peers import carried_out, client_id, header, share
from tests.relay.realtime.watching import dropped, settled

LONG = ("ü" * (limits.CLIPBOARD_BYTES // 2)).encode()


async def give(talk: Talk, *grants: Grant) -> None:
    for grant in grants:
        request = GrantGive(id=client_id(), grant=grant, to=talk.theirs.participant)
        assert isinstance(await carried_out(talk.mine, request), Ack)


async def test_each_way_goes_under_its_own_grant(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    await give(talk, *CLIPBOARD)
    for text in (b"hello", LONG):
        await talk.mine.send_channel(header(Kind.CLIPBOARD), text)
        assert (await talk.theirs.receive_channel())[1] == text
        await talk.theirs.send_channel(header(Kind.CLIPBOARD), text)
        assert (await talk.mine.receive_channel())[1] == text
    assert dropped(world) == {}


@pytest.mark.parametrize("grant", [None, *Grant])
async def test_no_other_grant_opens_it(world: World, grant: Grant | None) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    if grant is not None and grant is not Grant.VIEW:
        await give(talk, grant)
    await talk.mine.send_channel(header(Kind.CLIPBOARD), b"copied")
    await talk.theirs.send_channel(header(Kind.CLIPBOARD), b"pasted")
    if grant is Grant.COPY:
        assert (await talk.theirs.receive_channel())[1] == b"copied"
    if grant is Grant.PASTE:
        assert (await talk.mine.receive_channel())[1] == b"pasted"
    await settled(talk.theirs, talk.mine)
    assert bool(talk.theirs.channel) is (grant is Grant.COPY)
    assert bool(talk.mine.channel) is (grant is Grant.PASTE)
    none = {Drop.NOBODY: 1} if grant is not Grant.COPY else {}
    assert dropped(world) == none | ({Drop.NO_GRANT: 1} if grant is not Grant.PASTE else {})


async def test_what_is_taken_back_stops_at_once_and_the_picture_goes_on(world: World) -> None:
    talk = await world.talk()
    await share(talk.mine, talk.theirs)
    await give(talk, *CLIPBOARD)
    for grant in CLIPBOARD:
        take = GrantTake(id=client_id(), grant=grant, to=talk.theirs.participant)
        assert isinstance(await carried_out(talk.mine, take), Ack)
    await talk.mine.send_channel(header(Kind.CLIPBOARD), b"copied")
    await talk.theirs.send_channel(header(Kind.CLIPBOARD), b"pasted")
    await talk.mine.send_channel(header(Kind.BEAT), b"")
    assert (await talk.theirs.receive_channel())[0].kind is Kind.BEAT
    await settled(talk.theirs, talk.mine)
    assert talk.mine.channel == []
