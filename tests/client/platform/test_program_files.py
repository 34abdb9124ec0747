"""What is removed of a frozen program, with real folders: its own files and nothing else."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from client.leftovers import IN_USE
from client.platform.linux.program import LinuxProgram
from client.platform.program import Frozen, delete, left_behind, own_files
from client.session.state import Removal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these are Linux' ways")

NAMES = ("base_library.zip", "client", "libz.so.1")


def unpacked(temp: Path, name: str, names: tuple[str, ...] = NAMES) -> Path:
    folder = temp / name
    folder.mkdir()
    for one in names:
        (folder / one).touch()
    return folder


@pytest.fixture
def one_file(tmp_path: Path) -> Frozen:
    file = tmp_path / "Bürö 1" / "Support-X"
    file.parent.mkdir()
    file.touch()
    (tmp_path / "temp").mkdir()
    return Frozen(file, unpacked(tmp_path / "temp", "_MEIown"))


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Within the block another process holds the lock of `folder`."""
    program = (
        "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX);"
        " print('locked', flush=True); sys.stdin.read()"
    )
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", program, str(folder / IN_USE)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        yield
        process.communicate("")


def test_the_name_may_carry_the_code(one_file: Frozen) -> None:
    assert LinuxProgram(one_file).names() == ("Support-X", "Bürö 1")


def test_of_one_file_only_the_file_goes(one_file: Frozen) -> None:
    neighbour = one_file.file.with_name("holiday.jpg")
    neighbour.touch()
    delete(own_files(one_file))
    assert list(one_file.file.parent.iterdir()) == [neighbour]


def test_of_a_folder_the_program_and_its_libraries_go(tmp_path: Path) -> None:
    (tmp_path / "app" / "_internal").mkdir(parents=True)
    file = tmp_path / "app" / "support-bridge"
    file.touch()
    mine = tmp_path / "app" / "my notes.txt"
    mine.touch()
    own = Frozen(file, tmp_path / "app" / "_internal")
    assert not own.is_one_file
    delete(own_files(own))
    assert list((tmp_path / "app").iterdir()) == [mine]


def test_a_link_goes_and_what_it_names_stays(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").touch()
    link = tmp_path / "link"
    link.symlink_to(precious)
    delete([link])
    assert not link.is_symlink()
    assert (precious / "file").exists()


def test_what_was_killed_is_found_and_what_runs_is_not(one_file: Frozen) -> None:
    temp = one_file.unpacked.parent
    whole = unpacked(temp, "_MEIwhole", (*NAMES, IN_USE))
    begun = unpacked(temp, "_MEIbegun", NAMES[:1])
    unpacked(temp, "_MEIforeign", (*NAMES, "theirs.dat"))
    unpacked(temp, "other")
    (temp / "_MEIlink").symlink_to(whole)
    assert sorted(left_behind(temp, one_file)) == [begun, whole]


def test_another_users_folder_is_left_alone(one_file: Frozen) -> None:
    theirs = unpacked(one_file.unpacked.parent, "_MEItheirs")
    try:
        shutil.chown(theirs, 54_321, 54_321)
    except PermissionError:
        pytest.skip("only root can give a folder away")
    assert left_behind(one_file.unpacked.parent, one_file) == []


def test_the_next_start_sweeps_but_never_what_is_in_use(
    one_file: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = one_file.unpacked.parent
    monkeypatch.setattr("tempfile.tempdir", str(temp))
    running = unpacked(temp, "_MEIruns", (*NAMES, IN_USE))
    dead = unpacked(temp, "_MEIdead", (*NAMES, IN_USE))
    program = LinuxProgram(one_file)
    with in_use(running):
        program._sweep()
        assert running.exists()
        assert not dead.exists()
    program._sweep()
    assert not running.exists()
    assert one_file.unpacked.exists()


def test_a_program_that_cannot_go_says_so(one_file: Frozen) -> None:
    program = LinuxProgram(one_file)
    assert program.removal() is Removal.SELF
    one_file.file.parent.chmod(0o500)
    writable = os.access(one_file.file.parent, os.W_OK)  # root may always
    assert program.removal() is (Removal.SELF if writable else Removal.BY_HAND)
    one_file.file.parent.chmod(0o700)
