"""Takes a file of a release into the folder of downloads, if it is what it says it is.

The checks look at the very bytes that were stored, so nobody can change the file in between.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from relay.config import RelayConfig, origin_of
from relay.domain import minisign, programs
from relay.domain.authenticode import Authenticode, authenticode_of
from relay.domain.notices import System
from relay.domain.programs import Bill, Build, Program
from relay.fault import StartFault
from relay.storage.programs import CHUNK_BYTES, ProgramStore

FOLDER = "downloads"
_BESIDE_BYTES = 16 * 1024 * 1024
"""The largest bill of materials that is read."""


class For(NamedTuple):
    """Whose program it must be: this relay's origin and identity, and the key that vouches for
    releases."""

    origin: str
    identity: str
    key: minisign.Key


class Added(NamedTuple):
    """`authenticode` is None where the system knows no such signatures."""

    program: Program
    authenticode: Authenticode | None


class _Sums(NamedTuple):
    size: int
    sha256: str
    blake2b: bytes


def store_of(config: RelayConfig) -> ProgramStore:
    """The folder of downloads."""
    return ProgramStore(config.data_folder / FOLDER)


def key_in(config: RelayConfig) -> minisign.Key:
    """The key that vouches for releases. Raises `StartFault` when none is set."""
    if not config.release_key:
        raise StartFault("release_key_unset")
    return minisign.key_of(config.release_key)


def add(path: Path, store: ProgramStore, wanted: For, now: int) -> Added:
    """Check and keep the file at `path`, in place of an older one of its name. `now` is in
    milliseconds since 1970. Raises `StartFault`; the folder is then as it was."""
    build = programs.BUILDS.get(path.name)
    if build is None:
        raise StartFault("download_name", name=path.name, known=programs.names())
    try:
        said = _beside(path, ".sha256")
        signature = _beside(path, ".minisig")
        bill = _bill(path, _beside(path, ".cdx.json"), wanted)
        with store.taking() as (file, keep):
            sums = _copied(path, file.write)
            _check_sum(path, said, sums)
            _check_signature(path, signature, sums, wanted.key)
            if bill.sha256 != sums.sha256:
                raise StartFault("download_bill_sum", name=path.name)
            file.seek(0)
            authenticode = _authenticode(build, file.read)
            program = programs.manifest(build, bill, sums.size, now)
            keep(program)
    except OSError as error:
        at = str(error.filename or path)
        raise StartFault("file", path=at, why=error.strerror or str(error)) from None
    return Added(program, authenticode)


def _beside(path: Path, suffix: str) -> bytes:
    """What lies beside the file under its name and `suffix`."""
    beside = path.with_name(path.name + suffix)
    try:
        with beside.open("rb") as file:
            return file.read(_BESIDE_BYTES)
    except FileNotFoundError:
        raise StartFault("download_beside", name=path.name, missing=beside.name) from None


def _copied(path: Path, write: Callable[[bytes], object]) -> _Sums:
    sha256, blake2b, size = hashlib.sha256(), hashlib.blake2b(), 0
    with path.open("rb") as file:
        while some := file.read(CHUNK_BYTES):
            sha256.update(some)
            blake2b.update(some)
            size += len(some)
            write(some)
    return _Sums(size, sha256.hexdigest(), blake2b.digest())


def _check_sum(path: Path, said: bytes, sums: _Sums) -> None:
    wanted = programs.sum_in(said.decode(errors="replace"), path.name)
    if wanted is None:
        raise StartFault("download_sum_line", name=path.name)
    if wanted != sums.sha256:
        raise StartFault("download_sum", name=path.name)


def _check_signature(path: Path, said: bytes, sums: _Sums, key: minisign.Key) -> None:
    try:
        signature = minisign.signature_of(said.decode())
    except ValueError:
        raise StartFault("download_signature_shape", name=path.name) from None
    if signature.number != key.number:
        raise StartFault("download_signature_key", name=path.name)
    try:
        minisign.verify(key, signature, sums.blake2b)
    except minisign.Untrue:
        raise StartFault("download_signature", name=path.name) from None


def _bill(path: Path, said: bytes, wanted: For) -> Bill:
    """The bill of materials, which must name this relay. Raises `StartFault`."""
    bill = programs.bill_of(said)
    if bill is None:
        raise StartFault("download_bill", name=path.name)
    if bill.development:
        raise StartFault("download_development", name=path.name)
    if _origin(bill.relay) != wanted.origin:
        raise StartFault("download_relay", theirs=bill.relay or "?", ours=wanted.origin)
    if not bill.identity:
        raise StartFault("download_no_identity", identity=wanted.identity)
    if bill.identity != wanted.identity:
        raise StartFault("download_identity", theirs=bill.identity, ours=wanted.identity)
    return bill


def _origin(relay: str) -> str:
    try:
        return origin_of(relay)
    except StartFault:
        return ""


def _authenticode(build: Build, read: Callable[[], bytes]) -> Authenticode | None:
    if build.system is not System.WINDOWS:
        return None
    found = authenticode_of(read())
    if found is Authenticode.BROKEN:
        raise StartFault("download_authenticode", name=build.name)
    return found
