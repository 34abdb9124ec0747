"""What is no good of a file is refused clearly, and harms nothing else."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from protocol.errors import ErrorCode
from protocol.file_facts import FileOver, FileStored
from protocol.file_requests import FileOffer
from protocol.files import FileEnd
from protocol.signals import Refused
from relay.domain.permissions import BUILT_IN, Permission, UserRole
from tests.conftest import Talk, World
from tests.peers import client_id
from tests.relay.carrying import (
    PIECE,
    End,
    Ends,
    agreed,
    bytes_of,
    ends_of,
    gone,
    refused,
    stored,
)

DATA = bytes_of(2 * PIECE + 5)
PIECES = [DATA[:PIECE], DATA[PIECE : 2 * PIECE], DATA[2 * PIECE :]]


@pytest.fixture
async def talk(world: World) -> Talk:
    return await world.talk()


@pytest.fixture
def ends(talk: Talk) -> Ends:
    return ends_of(talk)


async def test_nothing_is_taken_before_the_receiver_wants_it(ends: Ends) -> None:
    customer, representative = ends
    transfer = await customer.offer("a.log", len(DATA))
    for told in (
        await customer.put(transfer, 0, PIECES[0]),
        await customer.standing(transfer),
        await customer.finish(transfer, DATA),
    ):
        assert refused(told) == (409, ErrorCode.NOT_NOW, "offered")
    assert refused(await representative.fetch(transfer)) == (409, ErrorCode.NOT_NOW, "offered")


async def test_a_piece_out_of_order_is_told_which_is_next(ends: Ends) -> None:
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    assert refused(await customer.put(transfer, 1, PIECES[1])) == (409, ErrorCode.CONFLICT, "0")
    await customer.put(transfer, 0, PIECES[0])
    assert refused(await customer.put(transfer, 2, PIECES[2])) == (409, ErrorCode.CONFLICT, "1")
    assert (await customer.standing(transfer)).standing.pieces == 1


@pytest.mark.parametrize("piece", [3, 4, 999_999_999])
async def test_a_piece_behind_the_end_is_none(ends: Ends, piece: int) -> None:
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    told = await customer.put(transfer, piece, b"x")
    assert (told.status, told.problem.code, told.problem.field) == (
        400,
        ErrorCode.BAD_INPUT,
        "piece",
    )


@pytest.mark.parametrize("piece", ["-1", "x", "1.5", "00000000000"])
async def test_what_is_no_number_is_no_address(ends: Ends, piece: str) -> None:
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    told = await customer.call("PUT", f"{customer.at(transfer)}/{piece}", b"x")
    assert told.status == 404


@pytest.mark.parametrize("data", [b"", PIECES[0][:-1], PIECES[0] + b"x", PIECES[0] * 3])
@pytest.mark.parametrize("streamed", [False, True])
async def test_more_or_fewer_bytes_than_announced_are_no_piece(
    ends: Ends, data: bytes, streamed: bool
) -> None:
    async def stream() -> AsyncIterator[bytes]:
        for at in range(0, len(data), 50_000):
            yield data[at : at + 50_000]

    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    told = await customer.put(transfer, 0, stream() if streamed else data)
    assert refused(told) == (400, ErrorCode.BAD_INPUT, str(PIECE))
    assert (await customer.standing(transfer)).standing.pieces == 0
    await customer.put_all(transfer, DATA)
    assert (await customer.finish(transfer, DATA)).status == 204


async def test_a_piece_that_is_there_is_not_taken_again(ends: Ends) -> None:
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    await customer.put_all(transfer, DATA)
    told = await customer.put(transfer, 1, b"something else")
    assert told.standing.pieces == 3
    assert (await customer.finish(transfer, DATA)).status == 204
    assert (await representative.fetch(transfer)).body == DATA


async def test_an_end_that_came_too_early_is_told_what_is_missing(ends: Ends) -> None:
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    await customer.put(transfer, 0, PIECES[0])
    assert refused(await customer.finish(transfer, DATA)) == (409, ErrorCode.CONFLICT, "1")
    await customer.put_all(transfer, DATA, first=1)
    assert (await customer.finish(transfer, DATA)).status == 204


async def test_a_wrong_sum_ends_the_transfer_and_nothing_of_it_stays(
    world: World, ends: Ends
) -> None:
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    await customer.put_all(transfer, DATA)
    told = await customer.finish_with(transfer, "0" * 64)
    assert refused(told) == (409, ErrorCode.CONFLICT, "damaged")
    for end in ends:
        over = await end.fact(FileOver, transfer)
        assert (over.why, over.by) == (FileEnd.DAMAGED, "")
    assert refused(await customer.put(transfer, 0, PIECES[0])) == (409, ErrorCode.NOT_NOW, "over")
    await gone(world)


async def test_to_say_the_end_again_does_no_harm(ends: Ends) -> None:
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    await customer.put_all(transfer, DATA)
    told = await asyncio.gather(*(customer.finish(transfer, DATA) for _ in range(4)))
    assert [one.status for one in told] == [204] * 4
    assert (await customer.finish(transfer, DATA)).status == 204
    assert (await customer.finish_with(transfer, "0" * 64)).status == 409
    await representative.fact(FileStored, transfer)
    stored_ = [one for one in representative.socket.facts if isinstance(one, FileStored)]
    assert len(stored_) == 1


@pytest.mark.parametrize("body", [b"", b"{}", b'{"sha256":"x"}', b"[" * 5_000])
async def test_an_end_without_a_sum_is_none(ends: Ends, body: bytes) -> None:
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    headers = {"Content-Type": "application/json"}
    told = await customer.call("POST", customer.at(transfer), body, headers)
    assert (told.status, told.problem.code) == (400, ErrorCode.BAD_INPUT)


async def test_of_two_uploads_of_one_file_the_newer_one_goes_on(ends: Ends) -> None:
    """The older one's link may be dead without anybody knowing."""
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    begun, never = asyncio.Event(), asyncio.Event()

    async def stuck() -> AsyncIterator[bytes]:
        yield PIECES[0][:1000]
        begun.set()
        await never.wait()

    older = asyncio.create_task(customer.put(transfer, 0, stuck()))
    await begun.wait()
    while older.done() is False:
        told = await customer.put(transfer, 0, PIECES[0])
        if told.status == 200:
            break
    assert (await customer.standing(transfer)).standing.pieces == 1
    assert (await older).status == 409
    never.set()
    await customer.put_all(transfer, DATA, first=1)
    assert (await customer.finish(transfer, DATA)).status == 204


async def test_two_who_send_the_same_at_once_send_one_file(ends: Ends) -> None:
    customer, representative = ends
    data = bytes_of(6 * PIECE)
    transfer = await agreed(customer, representative, data)

    async def send() -> None:
        there = 0
        while there < 6:
            told = await customer.put(transfer, there, data[there * PIECE : (there + 1) * PIECE])
            assert told.status in {200, 409}
            there = (await customer.standing(transfer)).standing.pieces

    await asyncio.gather(send(), send(), send())
    assert (await customer.finish(transfer, data)).status == 204
    assert (await representative.fetch(transfer)).body == data


async def test_only_its_sender_sends_it_and_only_its_receiver_fetches_it(
    world: World, ends: Ends
) -> None:
    customer, representative = ends
    other = ends_of(await world.talk())
    transfer = await stored(customer, representative, DATA)
    forbidden = (403, ErrorCode.FORBIDDEN, "")
    assert refused(await customer.fetch(transfer)) == forbidden
    assert refused(await representative.standing(transfer)) == forbidden
    assert refused(await representative.put(transfer, 0, PIECES[0])) == forbidden
    assert refused(await representative.finish(transfer, DATA)) == forbidden
    for stranger in other:
        there = End(stranger.person, stranger.socket, customer.session)
        for told in (
            await there.standing(transfer),
            await there.put(transfer, 0, PIECES[0]),
            await there.finish(transfer, DATA),
            await there.fetch(transfer),
        ):
            assert told.status in {401, 404}
    assert (await customer.standing(client_id())).status == 404


async def test_a_token_is_worth_nothing_from_a_page(ends: Ends) -> None:
    customer, representative = ends
    transfer = await stored(customer, representative, DATA)
    for headers in ({"Origin": customer.person.origin}, {"Cookie": "a=b"}):
        told = await customer.call("GET", customer.at(transfer), headers=headers)
        assert told.status == 401
    told = await customer.call("GET", customer.at(transfer), headers={"Authorization": "Bearer x"})
    assert told.status == 401


async def test_a_role_without_files_moves_none(world: World, talk: Talk, ends: Ends) -> None:
    """Even what was agreed before the role lost them."""
    customer, representative = ends
    there = await stored(customer, representative, DATA)
    coming = await agreed(representative, customer, DATA)
    parts = world.relay.parts
    without = BUILT_IN[UserRole.REPRESENTATIVE] - {Permission.FILE_SEND, Permission.FILE_RECEIVE}
    everything = BUILT_IN[UserRole.ADMINISTRATOR]
    role = await parts.people.make_role(everything, "No files", without)
    account = next(one for one in world.relay.hub.rooms[talk.session].session.users)
    await parts.people.change(everything, account, "ada", "Ada", role.id)
    forbidden = (403, ErrorCode.FORBIDDEN, "")
    assert refused(await representative.fetch(there)) == forbidden
    assert refused(await representative.put(coming, 0, PIECES[0])) == forbidden


async def test_what_is_not_allowed_is_refused_when_it_is_offered(world: World) -> None:
    await world.configure(files_from_customer=False, files_mb=1, files_blocked="*.EXE, *.bat")
    customer, representative = ends_of(await world.talk())

    async def code(end: End, name: str, size: int) -> ErrorCode | None:
        wish = FileOffer(id=client_id(), transfer=client_id(), name=name, size=size)
        answer = await end.ask(wish)
        return answer.code if isinstance(answer, Refused) else None

    assert await code(customer, "a.log", 1) is ErrorCode.FILES_OFF
    assert await code(representative, "a.log", 1_000_001) is ErrorCode.TOO_LARGE
    assert await code(representative, "setup.Exe", 1) is ErrorCode.FILE_TYPE
    assert await code(representative, "a.log", 1_000_000) is None


async def test_hostile_transfers_are_no_addresses(ends: Ends) -> None:
    customer, _ = ends
    for name in ("../../x", "%2e%2e%2fpasswd", "a" * 41, "short", "with space", "%00" * 8):
        told = await customer.call("GET", f"/api/files/{customer.session}/{name}")
        assert told.status == 404, name
