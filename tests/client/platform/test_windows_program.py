"""What removes the program on Windows: its words, and what it is told. `scripts/windows_smoke.py`
has Wine carry it out."""

from pathlib import Path

import pytest

from client.platform.program import Frozen, lock_file
from client.platform.windows import program
from client.platform.windows.program import FILE, REMOVAL, UNPACKED, WindowsProgram
from client.session.state import Removal


@pytest.fixture
def one_file(tmp_path: Path) -> Frozen:
    """A one-file program with what it has unpacked."""
    unpacked = tmp_path / "temp" / "_MEI12"
    unpacked.mkdir(parents=True)
    (unpacked / "python311.dll").write_bytes(b"")
    file = tmp_path / "Support.exe"
    file.write_bytes(b"")
    return Frozen(file, unpacked)


def test_no_name_of_a_file_is_among_the_words() -> None:
    assert set(REMOVAL.split('"')[1::2]) == {f"!{FILE}!", f"!{UNPACKED}!"}
    assert "%" not in REMOVAL.replace("%i", "")


def test_its_names_may_carry_a_code(one_file: Frozen) -> None:
    assert WindowsProgram(one_file).names() == ("Support.exe", one_file.file.parent.name)


def test_a_file_of_ours_goes_by_itself(one_file: Frozen) -> None:
    assert WindowsProgram(one_file).removal() is Removal.SELF


def test_a_file_that_is_not_there_is_left_to_the_customer(one_file: Frozen) -> None:
    one_file.file.unlink()
    assert WindowsProgram(one_file).removal() is Removal.BY_HAND


def test_what_is_unpacked_is_marked_as_in_use(one_file: Frozen) -> None:
    ours = WindowsProgram(one_file)
    assert lock_file(one_file.unpacked).exists()
    assert ours.names()


def test_what_has_no_lock_is_swept_only_after_a_day(tmp_path: Path) -> None:
    now = tmp_path.stat().st_mtime
    assert not program._is_left(tmp_path, now + program.ABANDONED_S)
    assert program._is_left(tmp_path, now + program.ABANDONED_S + 1)


def test_what_has_a_lock_that_nobody_holds_is_swept(tmp_path: Path) -> None:
    lock_file(tmp_path).touch()
    assert program._is_left(tmp_path, tmp_path.stat().st_mtime)
