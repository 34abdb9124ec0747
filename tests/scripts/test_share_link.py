"""The benchmark of the share: the bad line."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from scripts.bench.share.bad_line import BadLine, Quality, running_line
from scripts.bench.share.link import BUFFER

QUICK = Quality(rate=1_000_000, late_ms=50)


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """Where the line leads to."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def called(line: BadLine, server: socket.socket) -> tuple[socket.socket, socket.socket]:
    """Both ends of a connection through the line."""
    caller = socket.create_connection(("127.0.0.1", line.port))
    callee, _ = server.accept()
    return caller, callee


def read(end: socket.socket, count: int) -> bytes:
    """So many bytes."""
    data = b""
    while len(data) < count:
        more = end.recv(65536)
        assert more
        data += more
    return data


def test_everything_comes_in_order_and_no_sooner_than_the_line_can(server: socket.socket) -> None:
    sent = bytes(range(256)) * 1000
    port = server.getsockname()[1]
    with running_line(port, QUICK, viewer_calls=True) as line:
        caller, callee = called(line, server)
        with caller, callee:
            began = time.monotonic()
            sender = threading.Thread(target=callee.sendall, args=[sent])
            sender.start()
            assert read(caller, len(sent)) == sent
            took = time.monotonic() - began
            sender.join()
            callee.shutdown(socket.SHUT_WR)
            assert caller.recv(1) == b"", "the end passes, too"
            caller.sendall(b"still there")
            assert read(callee, 11) == b"still there"
    assert took >= len(sent) / QUICK.rate + QUICK.late_ms / 1000 - 0.001


def test_who_sends_has_to_wait_for_who_does_not_read(server: socket.socket) -> None:
    with running_line(server.getsockname()[1], QUICK, viewer_calls=True) as line:
        caller, callee = called(line, server)
        with caller, callee:
            callee.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)
            callee.settimeout(1)
            accepted = 0
            with pytest.raises(TimeoutError):
                while accepted < 20 * BUFFER:
                    accepted += callee.send(bytes(16_384))
            assert accepted > BUFFER


def test_a_line_that_stops_carries_on_where_it_was(server: socket.socket) -> None:
    with running_line(server.getsockname()[1], QUICK, viewer_calls=False) as line:
        caller, callee = called(line, server)
        with caller, callee:
            caller.sendall(b"one")
            assert read(callee, 3) == b"one"
            stopped = line.stop()
            caller.sendall(b"two")
            callee.settimeout(0.3)
            with pytest.raises(TimeoutError):
                callee.recv(1)
            went_on = line.go_on()
            callee.settimeout(20)
            assert read(callee, 3) == b"two"
    assert stopped < went_on


def test_a_broken_end_breaks_the_other(server: socket.socket) -> None:
    with running_line(server.getsockname()[1], QUICK, viewer_calls=True) as line:
        caller, callee = called(line, server)
        with caller:
            callee.close()
            assert caller.recv(1) == b""
        caller, callee = called(line, server)
        with caller, callee:
            callee.sendall(b"the next one works")
            assert read(caller, 18) == b"the next one works"
