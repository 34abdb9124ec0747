"""Whether a Windows program carries an Authenticode signature, and of these very bytes. Pure.

As "Windows Authenticode Portable Executable Signature Format" (Microsoft) says: the hash leaves out
the checksum, the entry of the certificate table and the table itself. Whose signature it is, and
whether Windows believes it, is not looked at.
"""

import hashlib
from collections.abc import Callable
from enum import StrEnum

_OPTIONAL_HEADER = 24
_CHECKSUM = _OPTIONAL_HEADER + 64
_CERTIFICATES = {0x10B: _OPTIONAL_HEADER + 128, 0x20B: _OPTIONAL_HEADER + 144}
"""Where the entry of the certificate table stands, by the kind of header (PE32, PE32+)."""

_INDIRECT_DATA = bytes.fromhex("060a2b060104018237020104")
"""The object identifier 1.3.6.1.4.1.311.2.1.4, under which the signed hash stands (DER)."""

_ALGORITHMS = {
    bytes.fromhex("0609608648016503040201"): hashlib.sha256,
    bytes.fromhex("0609608648016503040202"): hashlib.sha384,
    bytes.fromhex("0609608648016503040203"): hashlib.sha512,
}
"""SHA-1 is left out: Windows does not believe it any more."""


class Authenticode(StrEnum):
    NONE = "none"
    GOOD = "good"
    BROKEN = "broken"


def authenticode_of(data: bytes) -> Authenticode:
    """What a Windows program carries; BROKEN also for what cannot be read as one."""
    try:
        return _judged(memoryview(data))
    except (LookupError, ValueError):
        return Authenticode.BROKEN


def _judged(data: memoryview) -> Authenticode:
    head = _number(data, 0x3C, 4)
    entry = head + _CERTIFICATES[_number(data, head + _OPTIONAL_HEADER, 2)]
    at, size = _number(data, entry, 4), _number(data, entry + 4, 4)
    if bytes(data[:2]) != b"MZ" or bytes(data[head : head + 4]) != b"PE\0\0":
        raise ValueError
    if not (at or size):
        return Authenticode.NONE
    if size <= 8 or not entry + 8 <= at or at + size != len(data):
        raise ValueError
    make, told = _signed(bytes(data[at + 8 : at + size]))
    digest = make(data[: head + _CHECKSUM])
    digest.update(data[head + _CHECKSUM + 4 : entry])
    digest.update(data[entry + 8 : at])
    return Authenticode.GOOD if digest.digest() == told else Authenticode.BROKEN


def _signed(table: bytes) -> "tuple[Callable[[memoryview], hashlib._Hash], bytes]":
    """The kind of hash and its value in SpcIndirectDataContent: what it describes, then the
    algorithm and the value."""
    at = table.index(_INDIRECT_DATA) + len(_INDIRECT_DATA)
    content, _ = _inside(table, at)  # [0]
    indirect, _ = _inside(table, content)
    _, after_kind = _inside(table, indirect)
    info, _ = _inside(table, after_kind)
    algorithm, after_algorithm = _inside(table, info)
    value, end = _inside(table, after_algorithm)
    oid_end = algorithm + 2 + table[algorithm + 1]
    return _ALGORITHMS[table[algorithm:oid_end]], table[value:end]


def _inside(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the DER value at `at` begins and ends."""
    length, begins = data[at + 1], at + 2
    if length & 0x80:
        begins += length & 0x7F
        length = int.from_bytes(data[at + 2 : begins], "big")
    if begins + length > len(data):
        raise ValueError
    return begins, begins + length


def _number(data: memoryview, at: int, size: int) -> int:
    if at + size > len(data):
        raise ValueError
    return int.from_bytes(data[at : at + size], "little")
