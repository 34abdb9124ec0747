"""Files of releases are taken when they are what they say they are, and otherwise leave nothing."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from protocol import catalogue
from relay import release
from relay.domain import minisign
from relay.domain.authenticode import Authenticode
from relay.fault import StartFault
from relay.storage.programs import ProgramStore, chunks
from tests.relay import pe
from tests.relay.releases import BESIDE, FOLDER, LINUX, WINDOWS, Signer, write

ORIGIN, IDENTITY = "https://help.example.org", "i" * 43
CONTENT = os.urandom(700_000)


class Desk:
    """Where an operator stands: a release, and a relay's folder that it goes into."""

    def __init__(self, folder: Path) -> None:
        self.signer = Signer()
        self.out = folder / "dist"
        self.store = ProgramStore(folder / "downloads")
        self.folder = folder / "downloads"
        self.wanted = release.For(ORIGIN, IDENTITY, minisign.key_of(self.signer.public))

    def made(self, name: str = LINUX, content: bytes = CONTENT, **said: str) -> Path:
        told = {"relay": ORIGIN, "identity": IDENTITY} | said
        return write(self.out, name, content, self.signer, **told)

    def add(self, path: Path, now: int = 7) -> release.Added:
        return release.add(path, self.store, self.wanted, now)

    def refused(self, path: Path) -> str:
        """The sentence for the operator; what was there before is untouched."""
        before = self.there()
        with pytest.raises(StartFault) as caught:
            self.add(path)
        assert self.there() == before
        return catalogue.load("en")(caught.value.key, **caught.value.fields)

    def there(self) -> dict[str, bytes]:
        """Everything in the folder."""
        found = self.folder.iterdir() if self.folder.is_dir() else ()
        return {one.name: one.read_bytes() for one in found}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def bytes_of(store: ProgramStore, name: str) -> bytes:
    found = store.open(name)
    assert found
    program, file = found
    with file:
        return b"".join([some async for some in chunks(file, 0, program.size)])


async def test_a_right_file_is_kept_with_what_is_known_of_it(desk: Desk) -> None:
    program = desk.add(desk.made()).program
    assert desk.store.all() == {LINUX: program}
    assert (program.name, program.system, program.architecture) == (LINUX, "linux", "x86_64")
    assert (program.size, program.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert (program.version, program.built, program.added) == ("0.1.0", "2026-11-23", 7)
    assert await bytes_of(desk.store, LINUX) == CONTENT
    assert len(desk.there()) == 2
    assert all(one.stat().st_mode & 0o077 == 0 for one in (desk.folder, *desk.folder.iterdir()))


async def test_a_newer_file_takes_the_place_of_an_older_one(desk: Desk) -> None:
    desk.add(desk.made(content=b"old"))
    desk.add(desk.made(FOLDER, content=b"folder"))
    for _ in range(2):
        desk.add(desk.made(content=b"newer"))
    assert await bytes_of(desk.store, LINUX) == b"newer"
    assert await bytes_of(desk.store, FOLDER) == b"folder"
    assert len(desk.there()) == 4


async def test_who_is_fetching_the_older_file_keeps_it(desk: Desk) -> None:
    desk.add(desk.made())
    found = desk.store.open(LINUX)
    assert found
    with found[1] as file:
        reading = chunks(file, 0, found[0].size)
        got = await anext(reading)
        desk.add(desk.made(content=b"newer"))
        got += b"".join([some async for some in reading])
    assert got == CONTENT


async def test_bytes_that_are_missing_are_no_end(desk: Desk) -> None:
    program = desk.add(desk.made()).program
    (desk.folder / f"{LINUX}.{program.sha256[:16]}").write_bytes(b"short")
    with pytest.raises(OSError, match="shorter"):
        await bytes_of(desk.store, LINUX)


def test_what_is_removed_is_gone(desk: Desk) -> None:
    desk.add(desk.made())
    assert desk.store.remove(LINUX)
    assert desk.there() == {}
    assert not desk.store.remove(LINUX)
    assert desk.store.get("../relay.db") is None
    assert desk.store.open(LINUX) is None


def test_a_description_without_its_bytes_or_of_something_else_does_not_count(desk: Desk) -> None:
    program = desk.add(desk.made()).program
    description = desk.folder / f"{LINUX}.json"
    kept = description.read_text()
    for wrong in ("", "[]", kept.replace(program.sha256, "../x"), kept.replace(LINUX, FOLDER)):
        description.write_text(wrong)
        assert desk.store.all() == {}
    description.write_text(kept)
    assert desk.store.get(LINUX) == program
    (desk.folder / f"{LINUX}.{program.sha256[:16]}").unlink()
    assert desk.store.all() == {}


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.write_bytes(CONTENT + b"!"), "is damaged"),
        (lambda path: path.write_bytes(b""), "is damaged"),
        (lambda path: beside(path, ".sha256").write_text("0" * 64 + f"  {LINUX}\n"), "is damaged"),
        (lambda path: beside(path, ".sha256").write_text("0" * 64 + "  other\n"), "one line as"),
        (lambda path: beside(path, ".minisig").write_bytes(b"\xff"), "not a signature as"),
        (lambda path: beside(path, ".cdx.json").write_text("{}"), "not the bill"),
        (lambda path: beside(path, ".cdx.json").write_bytes(b"\xff"), "not the bill"),
        (lambda path: beside(path, ".cdx.json").write_text('{"metadata":{"component":[]}}'), "not"),
        *((lambda path, one=one: beside(path, one).unlink(), "is missing.") for one in BESIDE),
    ],
)
def test_a_fault_is_told_and_leaves_nothing(
    desk: Desk, spoil: Callable[[Path], object], told: str, before: bool
) -> None:
    if before:
        desk.add(desk.made(content=b"older"))
    path = desk.made()
    spoil(path)
    assert told in desk.refused(path)


def beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            {"relay": "https://a.example"},
            "This client is for https://a.example, this relay is https://help.example.org.",
        ),
        ({"relay": ""}, "This client is for ?, this relay is https://help.example.org."),
        ({"relay": "nonsense"}, "This client is for nonsense"),
        ({"identity": "x" * 43}, f"This client knows the relay {'x' * 43}, this relay is"),
        ({"identity": ""}, f"Please build it with --identity {IDENTITY}."),
        ({"development": "true"}, "is a development build"),
    ],
)
def test_a_build_for_somebody_else_is_refused(desk: Desk, said: dict[str, str], told: str) -> None:
    assert told in desk.refused(desk.made(LINUX, CONTENT, **said))


def test_a_bill_of_another_file_is_refused(desk: Desk) -> None:
    path = desk.made()
    bill = json.loads(beside(path, ".cdx.json").read_text())
    bill["metadata"]["component"]["hashes"][0]["content"] = "0" * 64
    beside(path, ".cdx.json").write_text(json.dumps(bill))
    assert "describes another file" in desk.refused(path)


def test_the_address_of_the_relay_is_compared_as_browsers_see_it(desk: Desk) -> None:
    desk.add(desk.made(relay="https://Help.Example.org:443/"))
    assert desk.store.get(LINUX)


def test_a_file_with_another_name_is_refused(desk: Desk) -> None:
    path = desk.made("support-bridge-beos-x86_64")
    assert "It must be one of: support-bridge-windows-x86_64.exe, " in desk.refused(path)


def test_a_signature_of_somebody_else_is_refused(desk: Desk) -> None:
    path = desk.made()
    beside(path, ".minisig").write_text(Signer().signature(CONTENT))
    assert "another key than release_key" in desk.refused(path)
    beside(path, ".minisig").write_text(desk.signer.signature(b"something else"))
    assert "is not the signature of this file" in desk.refused(path)
    beside(path, ".minisig").write_text(desk.signer.signature(CONTENT, kind=b"Ed"))
    assert "not a signature as" in desk.refused(path)


def test_a_file_that_is_not_there_is_told(desk: Desk) -> None:
    path = desk.made()
    path.unlink()
    assert "cannot be used" in desk.refused(path)


def test_the_signature_inside_a_windows_program_is_looked_at(desk: Desk) -> None:
    plain = pe.program()
    assert desk.add(desk.made(WINDOWS, plain)).authenticode is Authenticode.NONE
    signed = pe.signed(plain, desk.out)
    assert desk.add(desk.made(WINDOWS, signed)).authenticode is Authenticode.GOOD
    assert "cannot be right" in desk.refused(desk.made(WINDOWS, signed + b"!"))
    assert desk.add(desk.made(LINUX)).authenticode is None
