"""The gate: what passes it, and that nothing does once it is shut."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial

import pytest

from client.gate import Gate
from client.session.permit import Permit

LATER = float("inf")
SHARE = Permit(
    epoch=3,
    share=1,
    viewers=frozenset({1}),
    controllers={1: LATER},
    copiers={1: LATER},
    pasters={1: LATER},
)
WAYS = ("grabbing", "sending", "injecting", "copying", "pasting")
Way = Callable[[], AbstractContextManager[bool]]


def through(gate: Gate, name: str, epoch: int = 3, sender: int = 1) -> Way:
    """One of the ways through."""
    match name:
        case "grabbing":
            return partial(gate.grabbing, epoch)
        case "sending":
            return partial(gate.sending, epoch)
        case "copying":
            return partial(gate.copying, epoch)
        case "pasting":
            return partial(gate.pasting, epoch, sender)
    return partial(gate.injecting, epoch, sender)


def passes(gate: Gate, name: str, epoch: int = 3, sender: int = 1) -> bool:
    with through(gate, name, epoch, sender)() as allowed:
        return allowed


@pytest.mark.parametrize("way", WAYS)
def test_nothing_passes_before_anything_is_allowed(way: str) -> None:
    assert not passes(Gate(), way)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_allowed_passes_until_it_is_shut(way: str) -> None:
    gate = Gate()
    gate.allow(SHARE)
    assert passes(gate, way)
    gate.shut()
    assert not passes(gate, way)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("epoch", [0, 2, 4, 2**32 - 1])
def test_another_epoch_does_not_pass(way: str, epoch: int) -> None:
    gate = Gate()
    gate.allow(SHARE)
    assert not passes(gate, way, epoch)


@pytest.mark.parametrize("way", WAYS)
def test_epoch_0_is_no_epoch(way: str) -> None:
    gate = Gate()
    gate.allow(replace(SHARE, epoch=0))
    assert not passes(gate, way, 0)


@pytest.mark.parametrize("way", WAYS)
def test_without_a_viewer_nothing_passes(way: str) -> None:
    gate = Gate()
    gate.allow(replace(SHARE, viewers=frozenset()))
    assert not passes(gate, way)


@pytest.mark.parametrize("way", WAYS)
def test_a_shut_epoch_never_opens_again(way: str) -> None:
    gate = Gate()
    gate.allow(SHARE)
    gate.shut()
    gate.allow(SHARE)
    assert not passes(gate, way)
    gate.allow(replace(SHARE, epoch=2))
    assert not passes(gate, way, 2)
    gate.allow(replace(SHARE, epoch=4))
    assert passes(gate, way, 4)


def test_only_those_who_may_act_act_and_only_as_long_as_they_may() -> None:
    gate = Gate()
    gate.allow(replace(SHARE, controllers={1: time.monotonic() - 0.001, 2: LATER}))
    assert not passes(gate, "injecting", sender=1)
    assert passes(gate, "injecting", sender=2)
    assert not passes(gate, "injecting", sender=3)
    gate.allow(replace(SHARE, controllers={}))
    assert not passes(gate, "injecting", sender=2)
    assert passes(gate, "sending")


def test_text_goes_only_as_long_as_somebody_may_have_it_and_comes_only_from_who_may() -> None:
    gate = Gate()
    over = time.monotonic() - 0.001
    gate.allow(replace(SHARE, copiers={1: over}, pasters={1: over, 2: LATER}))
    assert not passes(gate, "copying")
    assert not passes(gate, "pasting", sender=1)
    assert passes(gate, "pasting", sender=2)
    gate.allow(replace(SHARE, copiers={1: over, 2: LATER}, pasters={}))
    assert passes(gate, "copying")
    assert not passes(gate, "pasting", sender=2)
    gate.allow(replace(SHARE, viewers=frozenset()))
    assert not passes(gate, "copying")
    assert not passes(gate, "pasting", sender=1)


@pytest.mark.parametrize("way", WAYS)
def test_shutting_waits_for_what_is_under_way(way: str) -> None:
    gate = Gate()
    gate.allow(SHARE)
    inside, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def act() -> None:
        with through(gate, way)() as allowed:
            assert allowed
            inside.set()
            go_on.wait()
            order.append("acted")

    def shut() -> None:
        gate.shut()
        order.append("shut")

    acting = threading.Thread(target=act)
    acting.start()
    inside.wait()
    shutting = threading.Thread(target=shut)
    shutting.start()
    while gate.permit == SHARE:  # from here on nobody else gets in
        time.sleep(0)
    go_on.set()
    acting.join()
    shutting.join()
    assert order == ["acted", "shut"]


@pytest.mark.parametrize("way", WAYS)
def test_whatever_the_moment_nothing_begins_after_the_shutting(way: str) -> None:
    gate = Gate()
    acts = 0
    now = {"epoch": 0}
    running = threading.Event()
    over = threading.Event()

    def act() -> None:
        nonlocal acts
        while not over.is_set():
            with through(gate, way, now["epoch"])() as allowed:
                if allowed:
                    acts += 1
                    running.set()

    workers = [threading.Thread(target=act) for _ in range(3)]
    for worker in workers:
        worker.start()
    for epoch in range(1, 301):
        running.clear()
        now["epoch"] = epoch
        gate.allow(replace(SHARE, epoch=epoch))
        running.wait()
        gate.shut()
        then = acts
        with through(gate, way)():
            pass
        assert acts == then
    over.set()
    for worker in workers:
        worker.join()
