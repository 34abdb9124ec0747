"""Signatures inside of Windows programs, as osslsigncode makes them."""

from pathlib import Path

import pytest

from relay.domain.authenticode import Authenticode, authenticode_of
from tests.relay import pe


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_a_signature_of_these_bytes_is_known(tmp_path: Path, wide: bool, digest: str) -> None:
    plain = pe.program(wide=wide)
    assert authenticode_of(plain) is Authenticode.NONE
    signed = pe.signed(plain, tmp_path, digest)
    assert authenticode_of(signed) is Authenticode.GOOD


def test_any_other_bytes_break_it(tmp_path: Path) -> None:
    plain = pe.program()
    signed = pe.signed(plain, tmp_path)
    for at in (0x84, len(plain) - 1):
        changed = bytearray(signed)
        changed[at] ^= 1
        assert authenticode_of(bytes(changed)) is Authenticode.BROKEN
    for wrong in (signed + b"!", signed[:-1], signed[: len(plain)], signed[: len(plain) + 100]):
        assert authenticode_of(wrong) is Authenticode.BROKEN


@pytest.mark.parametrize("data", [b"", b"MZ", b"\0" * 1000, b"\xff" * 1000, pe.program()[:200]])
def test_what_is_no_program_is_no_signed_one(data: bytes) -> None:
    assert authenticode_of(data) is Authenticode.BROKEN
