"""The capture thread."""

import threading
from functools import partial

from client.capture.loop import CaptureThread


def test_work_is_done_in_order_and_the_thread_ends() -> None:
    thread = CaptureThread()
    done: list[tuple[int, str]] = []

    def note(number: int) -> None:
        done.append((number, threading.current_thread().name))

    thread.start()
    for number in range(3):
        thread.give(partial(note, number))
    thread.stop()
    assert thread.join(5)
    assert done == [(0, "capture"), (1, "capture"), (2, "capture")]


def test_an_idle_thread_ends() -> None:
    thread = CaptureThread()
    thread.start()
    thread.stop()
    assert thread.join(5)
