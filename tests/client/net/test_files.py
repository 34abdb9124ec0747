"""Files between a whole client without a window and the real relay over TLS."""

import hashlib
import io
import zipfile
from functools import partial
from pathlib import Path

import pytest

from client.session.file_inputs import FileAct, FileActed, FilesChosen
from client.session.file_names import folder_name
from client.session.file_state import FaultKind
from client.session.inputs import EndShareWanted
from client.session.state import ClientState, LinkState
from protocol.file_facts import FileAccepted, FileOffered, FileOver, FileStored, FileTaken
from protocol.file_machine import TransferState
from protocol.file_requests import FileAsk
from protocol.file_snapshot import transfer_of
from protocol.files import FileEnd
from relay.app import BLOBS_FOLDER
from tests.client.net.person import Person, person
from tests.client.net.test_link import accepted, authority
from tests.client.net.wire import wire_to
from tests.conftest import World
from tests.peers import client_id
from tests.relay.carrying import PIECE, End, bytes_of

DATA = bytes_of(3 * PIECE + 4321)
CUTS = 4

AROUND = 256 * 1024
"""What TLS, HTTP and the conversation take beside the file itself."""


def standing(state: ClientState, transfer: str) -> TransferState | None:
    found = transfer_of(state.snapshot.files, transfer) if state.snapshot else None
    return found.state if found else None


def is_there(transfer: str, state: ClientState) -> bool:
    return standing(state, transfer) is not None


async def helper(world: World, somebody: Person) -> End:
    """The representative's end of a talk with `somebody`."""
    ada, socket = await accepted(world, somebody)
    assert somebody.state.snapshot
    return End(ada, socket, somebody.state.snapshot.session)


def offer(somebody: Person, *paths: Path, answers: str = "") -> None:
    somebody.take(FilesChosen(client_id(), tuple(map(str, paths)), answers))


def act(somebody: Person, transfer: str, deed: FileAct) -> None:
    somebody.take(FileActed(client_id(), transfer, deed))


def written(folder: Path, data: bytes = DATA, name: str = "report.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


async def brought(end: End) -> bytes:
    """Accept the next file that is offered, and fetch it."""
    offered = await end.socket.hear(FileOffered)
    await end.accept(offered.id)
    await end.fact(FileStored, offered.id)
    return (await end.fetch(offered.id)).body


def saved_in(downloads: Path, somebody: Person) -> list[str]:
    folder = downloads / folder_name(somebody.state.organisation)
    return sorted(one.name for one in folder.iterdir()) if folder.exists() else []


async def test_the_customer_sends_a_file(world: World, tmp_path: Path) -> None:
    async with person(world.origin, authority(world)) as grace:
        ada = await helper(world, grace)
        offer(grace, written(tmp_path))
        offered = await ada.socket.hear(FileOffered)
        assert (offered.name, offered.size) == ("report.pdf", len(DATA))
        await ada.accept(offered.id)
        fact = await ada.fact(FileStored, offered.id)
        assert fact.sha256 == hashlib.sha256(DATA).hexdigest()
        assert (await ada.fetch(offered.id)).body == DATA


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1])
async def test_files_of_all_sizes(world: World, tmp_path: Path, size: int) -> None:
    data = bytes_of(size)
    async with person(world.origin, authority(world)) as grace:
        ada = await helper(world, grace)
        offer(grace, written(tmp_path, data))
        assert await brought(ada) == data


async def test_the_customer_takes_a_file(world: World, tmp_path: Path) -> None:
    async with person(world.origin, authority(world), downloads=tmp_path) as grace:
        ada = await helper(world, grace)
        transfer = await ada.offer("../../re\u202eport.pdf", len(DATA))
        await grace.until(lambda state: standing(state, transfer) is TransferState.OFFERED)
        act(grace, transfer, FileAct.ACCEPT)
        await ada.fact(FileAccepted, transfer)
        await ada.put_all(transfer, DATA)
        await ada.finish(transfer, DATA)
        await ada.fact(FileTaken, transfer)
        (one,) = grace.state.files.saved
        assert one.name == "_.._report.pdf"
        assert Path(one.folder).parent == tmp_path
        assert (Path(one.folder) / one.name).read_bytes() == DATA
        assert not (Path(one.folder) / one.name).stat().st_mode & 0o111


async def test_what_is_there_is_not_written_over(world: World, tmp_path: Path) -> None:
    async with person(world.origin, authority(world), downloads=tmp_path) as grace:
        ada = await helper(world, grace)
        for _ in range(2):
            transfer = await ada.offer("a.txt", 3)
            await grace.until(partial(is_there, transfer))
            act(grace, transfer, FileAct.ACCEPT)
            await ada.fact(FileAccepted, transfer)
            await ada.put_all(transfer, b"abc")
            await ada.finish(transfer, b"abc")
            await ada.fact(FileTaken, transfer)
        assert saved_in(tmp_path, grace) == ["a (2).txt", "a.txt"]


async def test_nothing_is_fetched_that_was_not_accepted(world: World, tmp_path: Path) -> None:
    async with person(world.origin, authority(world), downloads=tmp_path) as grace:
        ada = await helper(world, grace)
        transfer = await ada.offer("a.txt", 3)
        await grace.until(lambda state: standing(state, transfer) is not None)
        act(grace, transfer, FileAct.DECLINE)
        assert (await ada.fact(FileOver, transfer)).why is FileEnd.DECLINED
        assert saved_in(tmp_path, grace) == []
        assert grace.state.files.running == frozenset()


async def test_a_question_is_answered_with_a_file(world: World, tmp_path: Path) -> None:
    async with person(world.origin, authority(world)) as grace:
        ada = await helper(world, grace)
        transfer = client_id()
        await ada.ask(FileAsk(id=transfer, reason="The log"))
        await grace.until(lambda state: standing(state, transfer) is TransferState.ASKED)
        offer(grace, written(tmp_path), answers=transfer)
        assert (await ada.fact(FileStored, transfer)).sha256
        assert (await ada.fetch(transfer)).body == DATA


async def test_sending_goes_on_after_the_wire_was_cut(world: World, tmp_path: Path) -> None:
    data = bytes_of(12 * PIECE)
    async with wire_to(world.relay.port) as wire:
        origin = f"https://localhost:{wire.port}"
        async with person(origin, authority(world)) as grace:
            ada = await helper(world, grace)
            offer(grace, written(tmp_path, data))
            offered = await ada.socket.hear(FileOffered)
            before = wire.carried
            wire.cut_after(2 * PIECE)
            await ada.accept(offered.id)
            for left in reversed(range(CUTS)):
                await wire.broken()
                if left:
                    wire.cut_after(2 * PIECE + PIECE // 3)
                wire.mend()
            await ada.fact(FileStored, offered.id)
            assert (await ada.fetch(offered.id)).body == data
            assert wire.carried - before < len(data) + CUTS * PIECE + AROUND


async def test_saving_goes_on_after_the_wire_was_cut(world: World, tmp_path: Path) -> None:
    data = bytes_of(24 * PIECE)
    async with wire_to(world.relay.port) as wire:
        origin = f"https://localhost:{wire.port}"
        async with person(origin, authority(world), downloads=tmp_path) as grace:
            ada = await helper(world, grace)
            transfer = await ada.offer("big.bin", len(data))
            await grace.until(lambda state: standing(state, transfer) is not None)
            act(grace, transfer, FileAct.ACCEPT)
            await ada.fact(FileAccepted, transfer)
            await ada.put_all(transfer, data)
            wire.hold()
            await ada.finish(transfer, data)
            wire.release()
            await grace.until(lambda state: transfer in state.files.running)
            wire.cut()
            await grace.until(lambda state: state.link is LinkState.LOST)
            wire.mend()
            await ada.fact(FileTaken, transfer)
            (one,) = grace.state.files.saved
            assert (Path(one.folder) / one.name).read_bytes() == data
            assert saved_in(tmp_path, grace) == ["big.bin"]


async def test_a_file_that_changes_meanwhile_is_not_sent(world: World, tmp_path: Path) -> None:
    async with person(world.origin, authority(world)) as grace:
        ada = await helper(world, grace)
        path = written(tmp_path)
        offer(grace, path)
        offered = await ada.socket.hear(FileOffered)
        path.write_bytes(DATA[:-1] + b"!!")
        await ada.accept(offered.id)
        assert (await ada.fact(FileOver, offered.id)).why is FileEnd.UNREADABLE


async def test_ending_the_share_stops_what_goes_out(world: World, tmp_path: Path) -> None:
    async with person(world.origin, authority(world)) as grace:
        ada = await helper(world, grace)
        offer(grace, written(tmp_path))
        offered = await ada.socket.hear(FileOffered)
        grace.take(EndShareWanted(client_id()))
        assert (await ada.fact(FileOver, offered.id)).why is FileEnd.STOPPED
        assert grace.state.files.offers == ()


async def test_nothing_is_left_of_what_was_cancelled(world: World, tmp_path: Path) -> None:
    data = bytes_of(20 * PIECE)
    async with wire_to(world.relay.port) as wire:
        origin = f"https://localhost:{wire.port}"
        async with person(origin, authority(world), downloads=tmp_path) as grace:
            ada = await helper(world, grace)
            transfer = await stored_for(grace, ada, data)
            await grace.until(lambda state: transfer in state.files.from_relay)
            wire.hold()
            act(grace, transfer, FileAct.CANCEL)
            assert transfer not in grace.state.files.running
            wire.release()
            await ada.fact(FileOver, transfer)
    assert saved_in(tmp_path, grace) == []


async def stored_for(somebody: Person, ada: End, data: bytes) -> str:
    transfer = await ada.offer("big.bin", len(data))
    await somebody.until(lambda state: standing(state, transfer) is not None)
    act(somebody, transfer, FileAct.ACCEPT)
    await ada.fact(FileAccepted, transfer)
    await ada.put_all(transfer, data)
    await ada.finish(transfer, data)
    return transfer


async def test_a_folder_is_a_zip_made_on_the_way(world: World, tmp_path: Path) -> None:
    secret = written(tmp_path, b"secret", "secret.txt")
    folder = tmp_path / "Logs"
    (folder / "empty").mkdir(parents=True)
    (folder / "link").symlink_to(secret)
    (folder / "away").symlink_to(tmp_path, target_is_directory=True)
    written(folder, DATA, "large.bin")
    many = folder / "many"
    many.mkdir()
    for n in range(10_000):
        (many / f"{n}.txt").write_bytes(b"%d" % n)
    async with person(world.origin, authority(world)) as grace:
        ada = await helper(world, grace)
        offer(grace, folder)
        packed = await brought(ada)
    with zipfile.ZipFile(io.BytesIO(packed)) as made:
        assert made.testzip() is None
        names = made.namelist()
        assert len(names) == 10_004
        assert not any("link" in name or "away" in name for name in names)
        assert made.read("Logs/large.bin") == DATA
        assert made.read("Logs/many/9999.txt") == b"9999"
        assert made.getinfo("Logs/empty/").is_dir()


async def test_what_the_relay_does_not_take_is_told(world: World, tmp_path: Path) -> None:
    async with person(world.origin, authority(world)) as grace:
        await helper(world, grace)
        offer(grace, tmp_path / "gone.txt")
        await grace.until(lambda state: bool(state.files.faults))
        assert [one.kind for one in grace.state.files.faults] == [FaultKind.UNUSABLE]


async def test_a_damaged_file_is_thrown_away(world: World, tmp_path: Path) -> None:
    async with person(world.origin, authority(world), downloads=tmp_path) as grace:
        ada = await helper(world, grace)
        transfer = await ada.offer("a.bin", len(DATA))
        await grace.until(lambda state: standing(state, transfer) is not None)
        act(grace, transfer, FileAct.ACCEPT)
        await ada.fact(FileAccepted, transfer)
        await ada.put_all(transfer, DATA)
        (piece,) = (world.relay.config.data_folder / BLOBS_FOLDER).rglob("2")
        piece.write_bytes(piece.read_bytes()[:-1] + b"!")
        await ada.finish(transfer, DATA)
        assert (await ada.fact(FileOver, transfer)).why is FileEnd.DAMAGED
        await grace.until(lambda state: not state.files.running)
        assert saved_in(tmp_path, grace) == []
