"""A file's bytes through the relay, over real TLS: both ways, whole and in part, saved and never
shown."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import unquote

import pytest

from protocol.file_facts import FileAsked, FileOffered, FileStored, FileTaken
from protocol.file_requests import FileAsk, FileTake
from protocol.files import FileRules
from protocol.signals import Ack, FileProgress
from tests.conftest import World
from tests.peers import client_id, say
from tests.relay.carrying import (
    PIECE,
    Ends,
    agreed,
    bytes_of,
    ends_of,
    stored,
    sum_of,
    visitors_end,
)

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17]
DATA = bytes_of(2 * PIECE + 5)


@pytest.fixture
async def ends(world: World) -> Ends:
    return ends_of(await world.talk())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("from_customer", [True, False])
async def test_a_file_arrives_as_it_was_sent(ends: Ends, size: int, from_customer: bool) -> None:
    sender, receiver = ends if from_customer else reversed(ends)
    data = bytes_of(size)
    transfer = await stored(sender, receiver, data)
    assert (await receiver.fact(FileStored, transfer)).sha256 == sum_of(data)
    fetched = await receiver.fetch(transfer)
    assert (fetched.status, fetched.body == data) == (200, True)
    assert fetched.headers["Content-Length"] == str(size)
    take = FileTake(id=client_id(), transfer=transfer, sha256=sum_of(data))
    assert isinstance(await receiver.ask(take), Ack)
    assert (await sender.fact(FileTaken, transfer)).by == receiver.socket.participant
    told = [one for one in receiver.socket.heard if isinstance(one, FileProgress)]
    assert told[-1] == FileProgress(id=transfer, done=size, fetched=True)


async def test_a_file_that_was_asked_for_is_sent_at_once(ends: Ends) -> None:
    customer, representative = ends
    question = client_id()
    await representative.ask(FileAsk(id=question, reason="The log, please."))
    assert (await customer.fact(FileAsked, question)).reason == "The log, please."
    await customer.offer("system.log", len(DATA), question)
    await representative.fact(FileOffered, question)
    await customer.put_all(question, DATA)
    assert (await customer.finish(question, DATA)).status == 204
    assert (await representative.fetch(question)).body == DATA


async def test_a_browser_sends_and_fetches_by_its_cookie(world: World) -> None:
    ends = await visitors_end(world)
    for sender, receiver in (ends, reversed(ends)):
        transfer = await stored(sender, receiver, DATA)
        assert (await receiver.fetch(transfer)).body == DATA


async def test_what_was_taken_may_be_fetched_once_more_while_the_session_lasts(ends: Ends) -> None:
    customer, representative = ends
    transfer = await stored(customer, representative, DATA)
    take = FileTake(id=client_id(), transfer=transfer, sha256=sum_of(DATA))
    await representative.ask(take)
    assert (await representative.fetch(transfer)).body == DATA


async def test_several_files_and_the_chat_go_at_the_same_time(ends: Ends) -> None:
    customer, representative = ends
    files = [bytes_of(3 * PIECE + 1, seed) for seed in range(4)]
    transfers = [await agreed(customer, representative, data) for data in files]
    await asyncio.gather(
        *(customer.put_all(one, data) for one, data in zip(transfers, files, strict=True)),
        say(representative.socket, "Thank you."),
    )
    for transfer, data in zip(transfers, files, strict=True):
        assert (await customer.finish(transfer, data)).status == 204
    fetched = await asyncio.gather(*(representative.fetch(one) for one in transfers))
    assert [one.body for one in fetched] == files


async def test_the_next_piece_may_come_while_one_still_does(ends: Ends) -> None:
    """It is stored when its turn has come; one that is two ahead is not taken."""
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    begun, more = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield DATA[:1000]
        begun.set()
        await more.wait()
        yield DATA[1000:PIECE]

    first = asyncio.create_task(customer.put(transfer, 0, slow()))
    await begun.wait()
    second = asyncio.create_task(customer.put(transfer, 1, DATA[PIECE : 2 * PIECE]))
    assert (await customer.put(transfer, 2, DATA[2 * PIECE :])).status == 409
    assert (await customer.standing(transfer)).standing.pieces == 0
    more.set()
    assert (await first).standing.pieces >= 1
    assert (await second).standing.pieces == 2
    await customer.put_all(transfer, DATA, first=2)
    assert (await customer.finish(transfer, DATA)).status == 204


async def test_progress_is_told_to_both_as_pieces_come(ends: Ends) -> None:
    customer, representative = ends
    transfer = await agreed(customer, representative, DATA)
    await customer.put(transfer, 0, DATA[:PIECE])
    first = FileProgress(id=transfer, done=PIECE)
    assert await representative.socket.hear(FileProgress) == first
    assert await customer.socket.hear(FileProgress) == first
    await customer.put_all(transfer, DATA, first=1)
    while (await representative.socket.hear(FileProgress)).done != len(DATA):
        pass


async def test_it_is_saved_and_never_shown(ends: Ends) -> None:
    customer, representative = ends
    transfer = await stored(customer, representative, b"<script>alert(1)</script>", "a.html")
    headers = (await representative.fetch(transfer)).headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_the_name_travels_in_any_script(ends: Ends) -> None:
    customer, representative = ends
    name = 'Übersicht "Größe" 日本.pdf\r\nSet-Cookie: a=b'
    transfer = await stored(customer, representative, b"x", name)
    headers = (await representative.fetch(transfer)).headers
    assert "Set-Cookie" not in headers
    star = headers["Content-Disposition"].partition("filename*=UTF-8''")[2]
    assert unquote(star) == "Übersicht _Größe_ 日本.pdfSet-Cookie_ a=b"


@pytest.mark.parametrize(
    ("asked", "start", "after"),
    [
        ("bytes=0-", 0, len(DATA)),
        ("bytes=5-9", 5, 10),
        (f"bytes={PIECE - 2}-{PIECE + 1}", PIECE - 2, PIECE + 2),
        (f"bytes={PIECE}-", PIECE, len(DATA)),
        ("bytes=-7", len(DATA) - 7, len(DATA)),
        (f"bytes=0-{10**15}", 0, len(DATA)),
    ],
)
async def test_a_part_is_the_part(ends: Ends, asked: str, start: int, after: int) -> None:
    customer, representative = ends
    transfer = await stored(customer, representative, DATA)
    part = await representative.fetch(transfer, Range=asked)
    assert (part.status, part.body == DATA[start:after]) == (206, True)
    assert part.headers["Content-Range"] == f"bytes {start}-{after - 1}/{len(DATA)}"
    tag = part.headers["ETag"]
    again = await representative.fetch(transfer, Range=asked, **{"If-Range": tag})
    assert (again.status, again.body) == (206, part.body)
    changed = await representative.fetch(transfer, Range=asked, **{"If-Range": '"another"'})
    assert (changed.status, changed.body == DATA) == (200, True)


async def test_bytes_that_are_not_there_are_said_to_be_not_there(ends: Ends) -> None:
    customer, representative = ends
    transfer = await stored(customer, representative, DATA)
    told = await representative.fetch(transfer, Range=f"bytes={len(DATA)}-")
    assert (told.status, told.headers["Content-Range"]) == (416, f"bytes */{len(DATA)}")
    head = await representative.call("HEAD", f"/files/{representative.session}/{transfer}")
    assert (head.status, head.headers["Content-Length"], head.body) == (200, str(len(DATA)), b"")


async def test_both_are_told_beforehand_what_may_be_sent(world: World) -> None:
    await world.configure(files_to_customer=False, files_mb=7, files_most=3, files_blocked="*.exe")
    talk = await world.talk()
    rules = FileRules(to_customer=False, most_bytes=7_000_000, most_files=3, blocked=("*.exe",))
    _, mine = await talk.customer.connect()
    _, theirs = await talk.representative.session(talk.session)
    assert (mine.files, theirs.files) == (rules, rules)
