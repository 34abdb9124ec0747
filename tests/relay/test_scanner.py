"""Files looked at by a real clamd: what it finds is never delivered, nor what it cannot look at."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from protocol.errors import ErrorCode
from protocol.file_facts import FileOver, FileStored
from protocol.files import FileEnd
from relay.app import Tuning
from relay.config import RelayConfig, checked
from relay.fault import StartFault
from relay.listening import listen, port_of
from relay.scanner import Scanner, is_address
from tests.conftest import world_of
from tests.relay.carrying import Ends, agreed, bytes_of, ends_of, refused, stored
from tests.relay.clamd import EICAR, STREAM_BYTES, running_clamd


async def pieces(*data: bytes) -> AsyncIterator[bytes]:
    for one in data:
        yield one


@pytest.mark.parametrize("tcp", [False, True])
@pytest.mark.expect_log("scanner.found", "scanner.failed")
async def test_clamd_tells_good_from_bad_by_either_socket(tmp_path: Path, tcp: bool) -> None:
    with listen("127.0.0.1", 0) as bound:
        port = port_of(bound) if tcp else None
    async with running_clamd(tmp_path / "clamd", port) as address:
        scanner = Scanner(address)
        assert await scanner.look(pieces(b"good", bytes_of(300_000))) is None
        assert await scanner.look(pieces()) is None
        assert await scanner.look(pieces(EICAR)) is FileEnd.BLOCKED
        assert await scanner.look(pieces(EICAR[:10], EICAR[10:])) is FileEnd.BLOCKED
        much = [bytes_of(1024 * 1024, seed) for seed in range(2 * STREAM_BYTES // 1024**2)]
        assert await scanner.look(pieces(*much)) is FileEnd.UNCHECKED
        assert await scanner.look(pieces(b"and good again")) is None


@pytest.mark.parametrize("answer", [b"", b"stream: OK", b"what?\0", b"x" * 10_000, b"\0"])
@pytest.mark.expect_log("scanner.unreachable", "scanner.failed")
async def test_whatever_is_not_a_plain_yes_is_a_no(answer: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(10)
        writer.write(answer)
        writer.close()
        await reader.read()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        address = f"127.0.0.1:{port_of(server.sockets[0])}"
        assert await Scanner(address).look(pieces(b"good")) is FileEnd.UNCHECKED


@pytest.mark.expect_log("scanner.unreachable")
async def test_a_scanner_that_is_not_there_lets_nothing_pass(tmp_path: Path) -> None:
    for address in (str(tmp_path / "nothing"), "127.0.0.1:1"):
        assert await Scanner(address).look(pieces(b"good")) is FileEnd.UNCHECKED


@pytest.mark.expect_log("scanner.found", "files.refused", "scanner.unreachable")
async def test_a_blocked_file_is_told_to_both_and_never_delivered(
    tmp_path: Path, relay_config: RelayConfig, tuning: Tuning
) -> None:
    async with running_clamd(tmp_path / "clamd") as address:
        config = replace(relay_config, scanner=address)
        async with world_of(config, tuning) as world:
            ends = ends_of(await world.talk())
            transfer = await stored(*ends, b"good")
            await ends.representative.fact(FileStored, transfer)
            await never_delivered(ends, EICAR, FileEnd.BLOCKED)
            data = bytes_of(2_000_000)
            transfer = await stored(ends.representative, ends.customer, data)
            assert (await ends.customer.fetch(transfer)).body == data
            (tmp_path / "clamd" / "socket").unlink()
            await never_delivered(ends, b"good, but nobody could tell", FileEnd.UNCHECKED)
            await world.relay.close()


async def never_delivered(ends: Ends, data: bytes, why: FileEnd) -> None:
    """Send a file that the scanner does not let pass."""
    customer, representative = ends
    transfer = await agreed(customer, representative, data)
    await customer.put_all(transfer, data)
    assert refused(await customer.finish(transfer, data)) == (409, ErrorCode.NOT_NOW, why)
    for end in ends:
        assert (await end.fact(FileOver, transfer)).why is why
    assert (await representative.fetch(transfer)).status == 409


@pytest.mark.parametrize("address", ["/run/clamav/clamd.ctl", "localhost:3310", "[::1]:3310"])
def test_an_address_is_a_path_or_a_port_of_a_host(address: str) -> None:
    assert is_address(address)
    config = RelayConfig(scanner=address)
    assert checked(config) is config


@pytest.mark.parametrize("address", ["clamd", "run/clamd", "localhost:", "host:0", "host:65536"])
def test_anything_else_is_refused_when_the_relay_starts(address: str) -> None:
    with pytest.raises(StartFault, match="scanner"):
        checked(RelayConfig(scanner=address))
