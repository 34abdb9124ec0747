"""The sounds: those that are kept are those that are made."""

from array import array
from pathlib import Path

import pytest

from scripts import gen_sounds


def test_what_is_kept_is_what_is_made() -> None:
    assert gen_sounds.main(["--check"]) == 0


@pytest.mark.parametrize("name", gen_sounds.SOUNDS)
def test_a_sound_is_short_soft_and_ends_in_silence(name: str) -> None:
    sound = gen_sounds.samples(gen_sounds.SOUNDS[name])
    assert 0 < len(sound) < 1.5 * gen_sounds.RATE
    assert max(abs(one) for one in sound) == round(32767 * gen_sounds.PEAK)
    assert abs(sound[0]) + abs(sound[-1]) < 50, "no click at either end"


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    sound = array("h", [0, 1000, -1000, 32767, -32768])
    path.write_bytes(gen_sounds.written(sound))
    assert gen_sounds.read(path) == sound


@pytest.mark.parametrize("change", [[0, 0, 9], [0, 0], []])
def test_a_sound_that_was_changed_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: list[int]
) -> None:
    path = tmp_path / "arrival.wav"
    path.write_bytes(gen_sounds.written(array("h", change)))
    monkeypatch.setattr(gen_sounds, "SOUNDS", {path.name: gen_sounds.ARRIVAL})
    monkeypatch.setattr(gen_sounds, "ROOT", tmp_path)
    assert gen_sounds.main(["--check"]) == 1
    assert gen_sounds.main([]) == 0
    assert gen_sounds.main(["--check"]) == 0
