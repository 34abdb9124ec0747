"""Signatures of releases: minisign's own, ours in its format, and everything that is neither."""

import hashlib
import os
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from relay.domain import minisign
from tests.relay.releases import Signer

CONTENT = b"a program" * 1000


def judge(key: str, signature: str, content: bytes = CONTENT) -> None:
    """Raises as `minisign.verify` and the two readers."""
    digest = hashlib.blake2b(content).digest()
    minisign.verify(minisign.key_of(key), minisign.signature_of(signature), digest)


def test_what_minisign_itself_signs_is_believed(tmp_path: Path) -> None:
    program, public, secret = tmp_path / "program", tmp_path / "key.pub", tmp_path / "key"
    program.write_bytes(CONTENT)
    environment = os.environ | {"HOME": str(tmp_path)}
    make = ["minisign", "-G", "-W", "-p", str(public), "-s", str(secret)]
    sign = ["minisign", "-S", "-s", str(secret), "-m", str(program), "-t", "version 1 · für alle"]
    for command in (make, sign):
        subprocess.run(command, check=True, env=environment, capture_output=True)
    signature = program.with_name("program.minisig").read_text("utf-8")
    for key in (public.read_text("utf-8"), public.read_text("utf-8").splitlines()[1]):
        judge(key, signature)
    assert minisign.signature_of(signature).comment == "version 1 · für alle"
    with pytest.raises(minisign.Untrue):
        judge(public.read_text("utf-8"), signature, CONTENT + b"!")
    legacy = [*sign[:2], "-l", *sign[2:]]
    subprocess.run(legacy, check=True, env=environment, capture_output=True)
    with pytest.raises(minisign.Malformed):
        judge(public.read_text("utf-8"), program.with_name("program.minisig").read_text("utf-8"))


def test_ours_is_believed_by_minisign_itself(tmp_path: Path) -> None:
    signer, program = Signer(), tmp_path / "program"
    program.write_bytes(CONTENT)
    program.with_name("program.minisig").write_text(signer.signature(CONTENT))
    command = ["minisign", "-V", "-m", str(program), "-P", signer.public]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_changed_file_signature_comment_or_key_is_not_believed() -> None:
    signer, other = Signer(), Signer()
    good = signer.signature(CONTENT)
    judge(signer.public, good)
    lines = good.splitlines()

    def changed(line: int, at: int) -> str:
        raw = bytearray(b64decode(lines[line]))
        raw[at] ^= 1
        return "\n".join([*lines[:line], b64encode(raw).decode(), *lines[line + 1 :]])

    untrue = [
        *(changed(1, at) for at in (2, 9, 10, 73)),
        *(changed(3, at) for at in (0, 63)),
        good.replace("trusted comment: support", "trusted comment: Support"),
        other.signature(CONTENT),
    ]
    for signature in untrue:
        with pytest.raises(minisign.Untrue):
            judge(signer.public, signature)
    with pytest.raises(minisign.Untrue):
        judge(signer.public, good, CONTENT[:-1])


@pytest.mark.parametrize(
    "key", ["", "RWQ", "x" * 56, "untrusted comment: x\n", "a\nb", "a\nb\nc", "RWQ\0", "ü" * 56]
)
def test_what_is_no_key_is_told(key: str) -> None:
    with pytest.raises(minisign.Malformed):
        minisign.key_of(key)


def test_a_key_of_another_kind_or_length_is_none() -> None:
    raw = b64decode(Signer().public)
    for wrong in (b"ED" + raw[2:], raw[:-1], raw + b"x"):
        with pytest.raises(minisign.Malformed):
            minisign.key_of(b64encode(wrong).decode())


def test_what_is_no_signature_is_told() -> None:
    good = Signer().signature(CONTENT)
    lines = good.splitlines()
    wrong = [
        "",
        "\n\n\n\n",
        "\n".join(lines[:3]),
        good + "more\n",
        good.replace("untrusted", "distrusted"),
        good.replace("\ntrusted comment", "\ncomment"),
        "\n".join([lines[0], lines[1][:-8], *lines[2:]]),
        "\n".join([*lines[:3], lines[3][:-8]]),
        "\n".join([lines[0], "?" + lines[1][1:], *lines[2:]]),
        Signer().signature(CONTENT, kind=b"Ed"),
    ]
    for signature in wrong:
        with pytest.raises(minisign.Malformed):
            minisign.signature_of(signature)
