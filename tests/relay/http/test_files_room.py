"""Room for files: given, taken back, and never more than there is."""

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from protocol.errors import ErrorCode
from protocol.file_facts import FileOver
from protocol.file_requests import FileCancel, FileOffer
from protocol.files import FileEnd
from protocol.requests import SessionEnd, SessionLeave
from protocol.signals import Ack
from relay.app import Tuning
from relay.config import RelayConfig
from tests.conftest import CHEAP, Talk, World
from tests.peers import breaks_off, client_id
from tests.relay.carrying import (
    PIECE,
    Ends,
    agreed,
    blobs,
    bytes_of,
    ends_of,
    gone,
    refused,
    stored,
)
from tests.relay.realtime.watching import second
from tests.relay.storage.small_disk import small_disk

DATA = bytes_of(2 * PIECE + 5)
PIECES = [DATA[:PIECE], DATA[PIECE : 2 * PIECE], DATA[2 * PIECE :]]


@pytest.fixture
def quota() -> dict[str, object]:
    """Other settings than usual."""
    return {}


@pytest.fixture
def relay_config(tmp_path: Path, quota: dict[str, object]) -> RelayConfig:
    config = RelayConfig(port=0, data=str(tmp_path / "relay"), development_certificates=True)
    return replace(config, **quota)


@pytest.fixture
def tuning() -> Tuning:
    """Small disks may be filled to the last byte."""
    return Tuning(hasher=CHEAP, tick_s=0.05, free_bytes=0)


@pytest.fixture
async def talk(world: World) -> Talk:
    return await world.talk()


@pytest.fixture
def ends(talk: Talk) -> Ends:
    return ends_of(talk)


async def test_a_cancelled_file_stops_at_once_and_is_deleted(world: World, ends: Ends) -> None:
    for sender, receiver in (ends, reversed(ends)):
        for who in (sender, receiver):
            transfer = await agreed(sender, receiver, DATA)
            await sender.put(transfer, 0, PIECES[0])
            cancel = FileCancel(id=client_id(), transfer=transfer)
            assert isinstance(await who.ask(cancel), Ack)
            told = await sender.put(transfer, 1, PIECES[1])
            assert refused(told) == (409, ErrorCode.NOT_NOW, "over")
            await gone(world)


async def test_a_download_ends_when_the_file_is_taken_back(world: World, ends: Ends) -> None:
    customer, representative = ends
    data = bytes_of(30 * PIECE)
    transfer = await stored(customer, representative, data)
    person = representative.person
    address = f"{person.origin}/files/{representative.session}/{transfer}"
    async with person.http.get(address) as answer:
        await answer.content.readexactly(PIECE)
        cancel = FileCancel(id=client_id(), transfer=transfer)
        await representative.ask(cancel)
        await breaks_off(answer.content.readexactly(29 * PIECE))
    await gone(world)


async def test_when_the_sender_leaves_what_is_not_all_there_goes(
    world: World, talk: Talk, ends: Ends
) -> None:
    customer, ada = ends
    room = world.relay.hub.rooms[talk.session]
    theirs = await second(world, talk)
    coming = await agreed(ada, customer, DATA)
    there = await stored(ada, customer, DATA)
    await ada.put(coming, 0, PIECES[0])
    await talk.theirs.ask(SessionLeave(id=client_id()))
    await talk.theirs.closed()
    assert [one.id for one in room.session.snapshot.files] == [there]
    assert (await customer.fetch(there)).body == DATA
    async with asyncio.timeout(10):
        while len(await asyncio.to_thread(blobs, world)) != len(PIECES):
            pass
    await theirs.close()


async def test_nothing_of_a_file_outlives_its_session(world: World, ends: Ends) -> None:
    customer, representative = ends
    transfer = await stored(customer, representative, DATA)
    assert len(blobs(world)) == 3
    await customer.socket.ask(SessionEnd(id=client_id()))
    await customer.socket.closed()
    assert (await representative.fetch(transfer)).status in {404, 409}
    await gone(world)


@pytest.mark.parametrize("quota", [{"files_session_mb": 3}, {"files_relay_mb": 3}])
async def test_a_file_for_which_there_is_no_room_is_told_when_it_is_offered(
    ends: Ends, world: World
) -> None:
    customer, representative = ends
    await stored(customer, representative, DATA)
    wish = FileOffer(id=client_id(), transfer=client_id(), name="b", size=len(DATA))
    await customer.ask(wish)
    for end in ends:
        over = await end.fact(FileOver, wish.transfer)
        assert (over.why, over.by) == (FileEnd.FULL, "")
    small = await stored(customer, representative, b"small")
    assert (await representative.fetch(small)).body == b"small"


@pytest.mark.parametrize("quota", [{"files_session_mb": 3}])
async def test_room_is_given_to_who_is_accepted_first(ends: Ends, world: World) -> None:
    customer, representative = ends
    both = [await customer.offer(name, len(DATA)) for name in ("a", "b")]
    await representative.accept(both[0])
    assert (await customer.fact(FileOver, both[1])).why is FileEnd.FULL
    await customer.put_all(both[0], DATA)
    assert (await customer.finish(both[0], DATA)).status == 204


@pytest.mark.expect_log("files.unstored")
async def test_a_disk_that_fills_up_ends_the_file_and_nothing_else(
    world: World, ends: Ends
) -> None:
    customer, representative = ends
    folder = world.relay.config.data_folder / "blobs"
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    with small_disk(folder, "3m"):
        small = await stored(customer, representative, b"small")
        data = bytes_of(3 * PIECE - 100_000)
        transfer = await agreed(customer, representative, data)
        await asyncio.to_thread((folder / "filler").write_bytes, bytes(PIECE))
        await customer.put(transfer, 0, data[:PIECE])
        told = await customer.put(transfer, 1, data[PIECE : 2 * PIECE])
        assert refused(told) == (409, ErrorCode.NOT_NOW, "full")
        for end in ends:
            assert (await end.fact(FileOver, transfer)).why is FileEnd.FULL
        assert (await representative.fetch(small)).body == b"small"
        left = [one.name for one in blobs(world) if one.name != "filler"]
        assert set(left) <= {"0"}


@pytest.mark.expect_log("files.lost")
async def test_a_file_that_the_relay_has_lost_is_over(world: World, ends: Ends) -> None:
    customer, representative = ends
    transfer = await stored(customer, representative, DATA)
    for one in blobs(world):
        if one.name == "1":
            one.unlink()
    await breaks_off(representative.fetch(transfer))
    for end in ends:
        assert (await end.fact(FileOver, transfer)).why is FileEnd.LOST
