"""What the kernel counts: bytes a socket received, processor time of a tree of processes.

Both sides are counted by the same counters, TLS and framing included; headers of TCP and IP are
not. Linux only.
"""

import contextlib
import os
import socket
import struct
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")

SOCK_DIAG_BY_FAMILY = 20
NETLINK_SOCK_DIAG = 4
REQUEST, REQUEST_AND_DUMP = 0x1, 0x301
DONE, ERROR = 3, 2
INFO = 2
"""Number of the attribute that holds `struct tcp_info` (linux/inet_diag.h)."""

ESTABLISHED = 1
BYTES_RECEIVED_AT = 128
"""Offset of `tcpi_bytes_received` in `struct tcp_info` (linux/tcp.h)."""

_HEADER = struct.Struct("=IHHII")
_REQUEST = struct.Struct("=BBBxI48s")
_ENDS = struct.Struct("!HH")
_MESSAGE_LENGTH = 72
_IDENTITY = slice(4, 52)
"""`struct inet_diag_sockid`: in a message where a request has it, too."""
_INODE = struct.Struct("=I")
_ATTRIBUTE = struct.Struct("=HH")

TICKS: int = getattr(os, "sysconf", len)("SC_CLK_TCK")
"""Linux only, as all of this file."""


_NETLINK: int = getattr(socket, "AF_NETLINK", 16)

PROCESS_CLOCK = 2
"""Of the clocks of a process (linux/posix-timers.h) the one in nanoseconds."""


class Connection(NamedTuple):
    """An established TCP socket of this machine: the port it talks to, what it received, and what
    the kernel knows it by."""

    inode: int
    remote_port: int
    received: int
    family: int
    identity: bytes


def connections() -> list[Connection]:
    """All established TCP sockets. Raises `OSError` when the kernel does not tell."""
    found = []
    with asking() as asked:
        for family in (socket.AF_INET, socket.AF_INET6):
            found += _answered(asked, REQUEST_AND_DUMP, family, bytes(48))
    return found


def asking() -> socket.socket:
    """A socket to ask the kernel by, for `received_by`."""
    return socket.socket(_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG)


def received_by(asked: socket.socket, one: Connection) -> int:
    """What `one` has received by now; it costs a tenth of asking for all. Raises `OSError` when it
    is closed."""
    return _answered(asked, REQUEST, one.family, one.identity)[0].received


def of(port: int, processes: Iterable[int]) -> list[Connection]:
    """The connections of `processes` to `port`."""
    theirs = set().union(*(_socket_inodes(process) for process in processes))
    return [one for one in connections() if one.remote_port == port and one.inode in theirs]


def received(port: int, processes: Iterable[int]) -> dict[int, int]:
    """Bytes by socket (its inode) of the connections of `processes` to `port`."""
    return {one.inode: one.received for one in of(port, processes)}


def grown(before: Mapping[int, int], after: Mapping[int, int]) -> int:
    """The bytes that came in between; a socket that is new counts whole."""
    return sum(count - before.get(inode, 0) for inode, count in after.items())


def tree(root: int) -> set[int]:
    """`root` and all processes below it."""
    parents = {process: fields.parent for process, fields in _processes().items()}
    found = {root}
    while True:
        more = {process for process, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more


def processor_s(root: int) -> float:
    """Seconds of processor that `root` and all below it have used, the ended ones included: to the
    nanosecond of those that run, to a hundredth of a second of those that have ended."""
    known = _processes()
    theirs = [process for process in tree(root) if process in known]
    ended = sum(known[process].ended_ticks for process in theirs) / TICKS
    return ended + sum(_clock_s(process) for process in theirs)


def machine_s() -> float:
    """Seconds of processor that anybody on this machine has used, waiting for disks apart."""
    words = (PROC / "stat").read_text("ascii").splitlines()[0].split()
    user, nice, system, _idle, _waiting, hard, soft = (int(word) for word in words[1:8])
    return (user + nice + system + hard + soft) / TICKS


class _Process(NamedTuple):
    """`ended_ticks`: what children that have ended used."""

    parent: int
    ended_ticks: int


def _clock_s(process: int) -> float:
    """What all threads of `process` have used; 0 when it has just ended."""
    read = getattr(time, "clock_gettime", float)
    with contextlib.suppress(OSError):
        return float(read(~process << 3 | PROCESS_CLOCK))
    return 0.0


def _processes() -> dict[int, _Process]:
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found[int(folder.name)] = _parsed((folder / "stat").read_text("utf-8", "replace"))
    return found


def _parsed(stat: str) -> _Process:
    """proc(5): after the name in brackets come state, parent, …, utime, stime, cutime, cstime."""
    fields = stat.rpartition(")")[2].split()
    return _Process(int(fields[1]), int(fields[13]) + int(fields[14]))


def _socket_inodes(process: int) -> set[int]:
    found = set()
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, PermissionError):
        for link in (PROC / str(process) / "fd").iterdir():
            with contextlib.suppress(OSError):
                target = str(link.readlink())
                if target.startswith("socket:["):
                    found.add(int(target[8:-1]))
    return found


def _answered(asked: socket.socket, flags: int, family: int, identity: bytes) -> list[Connection]:
    """All sockets of that family, or the one with that identity."""
    body = _REQUEST.pack(family, socket.IPPROTO_TCP, 1 << INFO - 1, 1 << ESTABLISHED, identity)
    length = _HEADER.size + len(body)
    asked.send(_HEADER.pack(length, SOCK_DIAG_BY_FAMILY, flags, 1, 0) + body)
    found: list[Connection] = []
    while True:
        data = memoryview(asked.recv(1 << 18))
        while data:
            length, kind, *_ = _HEADER.unpack_from(data)
            if kind == DONE:
                return found
            if kind == ERROR:
                raise OSError("the kernel does not tell of its sockets")
            found.append(_connection(data[_HEADER.size : length]))
            data = data[_aligned(length) :]
        if flags == REQUEST:
            return found


def _connection(message: memoryview) -> Connection:
    """`struct inet_diag_msg`: the family, three bytes, the identity, which begins with the two
    ports, …, the inode last; then attributes."""
    _local, remote = _ENDS.unpack_from(message, 4)
    (inode,) = _INODE.unpack_from(message, _MESSAGE_LENGTH - _INODE.size)
    count = 0
    rest = message[_MESSAGE_LENGTH:]
    while len(rest) >= _ATTRIBUTE.size:
        length, kind = _ATTRIBUTE.unpack_from(rest)
        if kind == INFO:
            (count,) = struct.unpack_from("=Q", rest, _ATTRIBUTE.size + BYTES_RECEIVED_AT)
        rest = rest[_aligned(length) :]
    return Connection(inode, remote, count, message[0], bytes(message[_IDENTITY]))


def _aligned(length: int) -> int:
    return length + 3 & ~3
