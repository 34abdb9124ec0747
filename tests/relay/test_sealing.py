"""The seal over second factors' secrets."""

from pathlib import Path

import pytest

from relay.fault import StartFault
from relay.sealing import FILE, Seal, Unsealable


def test_what_is_sealed_opens_for_its_owner_also_after_a_restart(tmp_path: Path) -> None:
    sealed = Seal.load(tmp_path).close("ada", "JBSWY3DP")
    assert Seal.load(tmp_path).open("ada", sealed) == "JBSWY3DP"
    assert "JBSWY3DP" not in sealed


def test_the_same_secret_is_never_sealed_alike(tmp_path: Path) -> None:
    seal = Seal.load(tmp_path)
    assert len({seal.close("ada", "JBSWY3DP") for _ in range(50)}) == 50


def test_nothing_opens_for_others_by_another_key_or_when_changed(tmp_path: Path) -> None:
    seal, other = Seal.load(tmp_path), Seal(b"x" * 32)
    sealed = seal.close("ada", "JBSWY3DP")
    changed = ("B" if sealed[20] == "A" else "A").join((sealed[:20], sealed[21:]))
    for using, owner, text in (
        (seal, "eve", sealed),
        (other, "ada", sealed),
        (seal, "ada", changed),
        (seal, "ada", sealed[:8]),
        (seal, "ada", ""),
        (seal, "ada", "no base64 ~"),
    ):
        with pytest.raises(Unsealable):
            using.open(owner, text)


def test_a_damaged_key_is_told_at_the_start(tmp_path: Path) -> None:
    Seal.load(tmp_path)
    (tmp_path / FILE).write_bytes(b"short")
    with pytest.raises(StartFault):
        Seal.load(tmp_path)
