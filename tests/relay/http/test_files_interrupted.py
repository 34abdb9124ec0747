"""Lost links and relays that are started again: what is stored is never sent again."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from protocol.file_facts import FileStored
from relay.app import Relay, Tuning, running
from relay.config import RelayConfig
from tests.conftest import CHEAP, World
from tests.relay.carrying import PIECE, End, Ends, agreed, bytes_of, ends_of, stored

INTERRUPTIONS = 18
DATA = bytes_of(12 * PIECE + 4321)
TUNING = Tuning(hasher=CHEAP, tick_s=0.05)


class Interrupted:
    """A relay that is stopped and started again on the same port, and two who go on."""

    def __init__(self, relay: Relay, ends: Ends) -> None:
        self._config: RelayConfig = relay.config
        self._relay = relay
        self._stack = AsyncExitStack()
        self._ends = ends

    async def restart(self) -> None:
        """Stop the relay, start it, and connect both again."""
        closing = asyncio.create_task(self._relay.close())
        await asyncio.gather(*(one.socket.closed() for one in self._ends))
        await closing
        await self._stack.aclose()
        self._relay = await self._stack.enter_async_context(running(self._config, tuning=TUNING))
        customer, representative = self._ends
        mine, _ = await customer.person.connect()  # type: ignore[union-attr]
        theirs, _ = await representative.person.session(representative.session)  # type: ignore[union-attr]
        self._ends = Ends(
            End(customer.person, mine, customer.session),
            End(representative.person, theirs, representative.session),
        )

    @property
    def ends(self) -> Ends:
        return self._ends

    async def close(self) -> None:
        await asyncio.gather(*(one.socket.close() for one in self._ends))
        await self._stack.aclose()


class Sending:
    """Sends pieces and counts the bytes that leave for the network."""

    def __init__(self) -> None:
        self.sent = 0

    async def piece(self, end: End, transfer: str, piece: int, stop_at: int | None) -> bool:
        """Send a piece; with `stop_at` the link is lost after so many bytes of it. Whether it is
        stored."""
        data = DATA[piece * PIECE : (piece + 1) * PIECE]
        reached = asyncio.Event()

        async def body() -> AsyncIterator[bytes]:
            for at in range(0, len(data), 60_000):
                if stop_at is not None and at >= stop_at:
                    reached.set()
                    await asyncio.Event().wait()
                part = data[at : at + 60_000]
                self.sent += len(part)
                yield part

        sending = asyncio.create_task(end.put(transfer, piece, body()))
        if stop_at is None:
            return (await sending).status == 200
        await reached.wait()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        return False


async def test_eighteen_interruptions_cost_no_byte_beyond_a_piece_each(world: World) -> None:
    chance = random.Random(5)  # noqa: S311 (only chooses where it breaks)
    talk = await world.talk()
    await talk.desk.close()
    ends = ends_of(talk)
    transfer = await agreed(*ends, DATA)
    relay = Interrupted(world.relay, ends)
    sending, breaks, at = Sending(), INTERRUPTIONS, 0
    try:
        while at < 13:
            if breaks and chance.random() < 0.8:
                breaks -= 1
                whole = len(DATA) - at * PIECE >= PIECE
                stop_at = chance.choice((0, 60_000, 500_000, PIECE - 60_000)) if whole else 0
                await sending.piece(relay.ends.customer, transfer, at, stop_at)
                if breaks % 3 == 0:
                    await relay.restart()
            else:
                await sending.piece(relay.ends.customer, transfer, at, None)
            at = (await relay.ends.customer.standing(transfer)).standing.pieces
        assert breaks == 0
        assert sending.sent <= len(DATA) + INTERRUPTIONS * PIECE
        assert (await relay.ends.customer.finish(transfer, DATA)).status == 204
        assert (await relay.ends.representative.fetch(transfer)).body == DATA
    finally:
        await relay.close()


async def test_a_download_goes_on_where_it_broke_off_even_after_a_restart(world: World) -> None:
    chance = random.Random(7)  # noqa: S311 (only chooses where it breaks)
    talk = await world.talk()
    await talk.desk.close()
    transfer = await stored(*ends_of(talk), DATA)
    relay = Interrupted(world.relay, ends_of(talk))
    received = bytearray()
    try:
        for number in range(INTERRUPTIONS):
            end = relay.ends.representative
            address = f"{end.person.origin}/files/{end.session}/{transfer}"
            headers = {"Range": f"bytes={len(received)}-"}
            async with end.person.http.get(address, headers=headers) as answer:
                assert answer.status == 206
                wanted = chance.randrange(1, len(DATA) // INTERRUPTIONS)
                received += await answer.content.readexactly(wanted)
                answer.close()  # whatever else has come is lost
            if number % 6 == 5:
                await relay.restart()
        rest = await relay.ends.representative.fetch(transfer, Range=f"bytes={len(received)}-")
        assert received + rest.body == DATA
    finally:
        await relay.close()


async def test_a_relay_that_was_killed_while_it_wrote_has_no_half_piece(world: World) -> None:
    talk = await world.talk()
    await talk.desk.close()
    ends = ends_of(talk)
    transfer = await agreed(*ends, DATA)
    await ends.customer.put_all(transfer, DATA[: 3 * PIECE])
    relay = Interrupted(world.relay, ends)
    folder = next(world.relay.config.data_folder.glob("blobs/*/*/2")).parent
    try:
        await relay.restart()
        (folder / "2").write_bytes(DATA[2 * PIECE : 2 * PIECE + 99])  # as a power cut leaves it
        (folder / "3.new").write_bytes(b"half")
        await relay.restart()
        customer, representative = relay.ends
        assert (await customer.standing(transfer)).standing.pieces == 2
        await customer.put_all(transfer, DATA, first=2)
        assert (await customer.finish(transfer, DATA)).status == 204
        await representative.fact(FileStored, transfer)
        assert (await representative.fetch(transfer)).body == DATA
    finally:
        await relay.close()


async def test_after_a_start_only_what_belongs_to_somebody_is_left(world: World) -> None:
    talk = await world.talk()
    await talk.desk.close()
    transfer = await stored(*ends_of(talk), DATA)
    relay = Interrupted(world.relay, ends_of(talk))
    blobs = world.relay.config.data_folder / "blobs"
    nobodys = blobs / "ab" / ("ab" * 16)
    try:
        nobodys.mkdir(parents=True)
        (nobodys / "0").write_bytes(b"of a session that is over")
        await relay.restart()
        async with asyncio.timeout(10):
            while await asyncio.to_thread(nobodys.exists):
                pass
        assert (await relay.ends.representative.fetch(transfer)).body == DATA
    finally:
        await relay.close()
