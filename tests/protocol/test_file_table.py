"""The machine TRANSFER, told a second time and compared row by row; then its meaning, in words."""

from itertools import product

import pytest

from protocol.base import Request
from protocol.file_machine import FILE_REQUESTS, TRANSFER, TransferState, step_file
from protocol.file_requests import FileAccept, FileAsk, FileCancel, FileDecline, FileOffer, FileTake
from protocol.files import SAID, FileEnd, Side
from scripts.generate import vocabulary

TOLD = """
    none     file.ask      receiver  asked
    none     file.offer    sender    offered

    asked    file.offer    sender    sending
    asked    file.decline  sender    over
    asked    file.cancel   receiver  over

    offered  file.accept   receiver  sending
    offered  file.decline  receiver  over
    offered  file.cancel   sender    over
    offered  file.fail     relay     over

    sending  file.store    relay     stored
    sending  file.fail     relay     over
    sending  file.cancel   sender    over
    sending  file.cancel   receiver  over

    stored   file.take     receiver  over
    stored   file.cancel   receiver  over
    stored   file.fail     relay     over
"""
ROWS = [line.split() for line in TOLD.split("\n") if line]
LEGAL = {(before, request, side): TransferState(after) for before, request, side, after in ROWS}
COMBINATIONS = list(product(TransferState, FILE_REQUESTS, Side))


@pytest.mark.parametrize(("state", "request_", "side"), COMBINATIONS)
def test_every_combination_is_as_told(
    state: TransferState, request_: type[Request], side: Side
) -> None:
    told = LEGAL.get((state.value, vocabulary.tag(request_), side.value))
    assert step_file(state, request_, side) is told


def test_nothing_is_sent_before_the_receiver_wanted_it() -> None:
    """Either the receiver asked for it, or takes what is offered."""
    ways = {
        (before, request, side)
        for (before, request, side), after in TRANSFER.items()
        if after is TransferState.SENDING
    }
    assert ways == {
        (TransferState.ASKED, FileOffer, Side.SENDER),
        (TransferState.OFFERED, FileAccept, Side.RECEIVER),
    }
    assert step_file(TransferState.NONE, FileAsk, Side.SENDER) is None


@pytest.mark.parametrize("state", [TransferState.OFFERED, TransferState.SENDING])
def test_the_sender_can_always_stop_what_is_not_all_there(state: TransferState) -> None:
    assert step_file(state, FileCancel, Side.SENDER) is TransferState.OVER


@pytest.mark.parametrize(
    "state", [one for one in TransferState if one not in (TransferState.NONE, TransferState.OVER)]
)
def test_the_receiver_can_always_stop(state: TransferState) -> None:
    ways = (FileCancel, FileDecline)
    assert TransferState.OVER in [step_file(state, one, Side.RECEIVER) for one in ways]


@pytest.mark.parametrize(("request_", "side"), list(product(FILE_REQUESTS, Side)))
def test_what_is_over_stays_over(request_: type[Request], side: Side) -> None:
    assert step_file(TransferState.OVER, request_, side) is None


def test_only_the_receiver_says_that_it_has_arrived_and_only_the_relay_that_it_is_there() -> None:
    takes = {side for (_, request, side) in TRANSFER if request in (FileAccept, FileTake)}
    stores = {side for (_, _, side), after in TRANSFER.items() if after is TransferState.STORED}
    assert (takes, stores) == ({Side.RECEIVER}, {Side.RELAY})


def test_every_reason_but_no_can_be_said_by_somebody() -> None:
    assert frozenset().union(*SAID.values()) == {*FileEnd} - {FileEnd.DECLINED}
