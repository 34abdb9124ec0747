"""What wakes the capture thread."""

import os
import threading
from collections.abc import Iterator

import pytest

from client.capture.alarm import Alarm

PATIENCE_S = 20.0


@pytest.fixture
def alarm() -> Iterator[Alarm]:
    made = Alarm()
    yield made
    made.close()


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)
    os.close(writing)


def test_a_ring_from_another_thread_ends_a_wait(alarm: Alarm) -> None:
    thread = threading.Thread(target=alarm.ring)
    thread.start()
    assert alarm.wait(PATIENCE_S, None) is False
    thread.join()


def test_many_rings_before_a_wait_end_one_and_never_block(alarm: Alarm) -> None:
    for _ in range(100_000):
        alarm.ring()
    while not alarm.wait(0, None) and _rings(alarm):
        pass
    assert not _rings(alarm)


def _rings(alarm: Alarm) -> bool:
    try:
        return bool(alarm._near.recv(1))
    except BlockingIOError:
        return False


def test_it_says_when_what_is_watched_can_be_read(alarm: Alarm, pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    assert alarm.wait(0, reading) is False
    os.write(writing, b"x")
    assert alarm.wait(PATIENCE_S, reading) is True
    assert alarm.wait(0, None) is False, "what is not watched wakes nobody"


def test_a_closed_one_is_rung_in_vain() -> None:
    alarm = Alarm()
    alarm.close()
    alarm.ring()
