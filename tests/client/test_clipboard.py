"""The customer's clipboard: what leaves it, what comes onto it, and that nothing else does."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from client.clipboard import Exchange
from client.gate import Gate
from client.platform.clipboard import QtClipboard
from client.session.permit import NOTHING_ALLOWED, Permit
from client.session.share_inputs import TextPut
from protocol import limits
from protocol.channel import Flag, Header, Kind

LATER = float("inf")
SHARE = Permit(epoch=3, share=1, viewers=frozenset({1, 2}), copiers={1: LATER}, pasters={1: LATER})


class Board:
    """The real clipboard behind a real gate; `sent` went out, `told` to the window."""

    def __init__(self, permit: Permit) -> None:
        self.gate = Gate()
        self.gate.allow(permit)
        self.sent: list[tuple[Header, str]] = []
        self.told: list[TextPut] = []
        self.exchange = Exchange(self.gate, QtClipboard(), self._send, self.told.append)
        self.exchange.start()

    def _send(self, header: Header, payload: bytes) -> None:
        self.sent.append((header, payload.decode()))

    def copy(self, text: str) -> None:
        """Somebody copies on this computer."""
        QGuiApplication.clipboard().setText(text)

    def come(self, payload: bytes, sender: int = 1, epoch: int = 3) -> None:
        """A representative sends."""
        self.exchange.hear(Header(Kind.CLIPBOARD, Flag(0), sender, epoch, 1, 1, 0), payload)

    @property
    def text(self) -> str:
        return QGuiApplication.clipboard().text()


@pytest.fixture
def board(qtbot: QtBot) -> Iterator[Board]:
    QGuiApplication.clipboard().setText("from before")
    made = Board(SHARE)
    yield made
    made.exchange.stop()


def settled(board: Board, qtbot: QtBot) -> None:
    """Everything that was sent before has been looked at."""
    board.gate.allow(SHARE)
    board.come(b"the last")
    qtbot.waitUntil(lambda: board.text == "the last")


def test_what_is_copied_goes_out_and_what_was_there_before_does_not(
    board: Board, qtbot: QtBot
) -> None:
    board.copy("Grüße 👋")
    qtbot.waitUntil(lambda: len(board.sent) == 1)
    ((header, text),) = board.sent
    assert text == "Grüße 👋"
    assert (header.kind, header.epoch, header.share) == (Kind.CLIPBOARD, 3, 1)


@pytest.mark.parametrize(
    "permit",
    [
        NOTHING_ALLOWED,
        replace(SHARE, copiers={}),
        replace(SHARE, copiers={1: 0.0}),
        replace(SHARE, viewers=frozenset()),
    ],
)
def test_without_a_grant_nothing_leaves(board: Board, qtbot: QtBot, permit: Permit) -> None:
    board.gate.allow(permit)
    board.copy("a password")
    settled(board, qtbot)
    assert board.sent == []


def test_no_more_after_the_end(board: Board, qtbot: QtBot) -> None:
    board.gate.shut()
    board.copy("a password")
    board.come(b"evil")
    board.gate.allow(replace(SHARE, epoch=4))
    board.come(b"the last", epoch=4)
    qtbot.waitUntil(lambda: board.text == "the last")
    assert board.sent == []
    assert len(board.told) == 1


@pytest.mark.parametrize("text", ["", "a\0b", "x" * (limits.CLIPBOARD_BYTES + 1)])
def test_what_does_not_fit_stays(board: Board, qtbot: QtBot, text: str) -> None:
    data = QMimeData()
    data.setData("text/plain", text.encode())
    QGuiApplication.clipboard().setMimeData(data)
    settled(board, qtbot)
    assert board.sent == []


def test_what_a_password_manager_hides_stays(board: Board, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setText("a password")
    data.setData("x-kde-passwordManagerHint", b"secret")
    QGuiApplication.clipboard().setMimeData(data)
    settled(board, qtbot)
    assert board.sent == []


def test_a_picture_stays(board: Board, qtbot: QtBot) -> None:
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)
    settled(board, qtbot)
    assert board.sent == []


def test_what_comes_is_put_there_told_and_not_sent_back(board: Board, qtbot: QtBot) -> None:
    board.come("für Sie".encode())
    qtbot.waitUntil(lambda: board.text == "für Sie")
    assert board.told == [TextPut(1)]
    board.copy("my own")
    qtbot.waitUntil(lambda: len(board.sent) == 1)
    assert board.sent[0][1] == "my own"


@pytest.mark.parametrize(
    ("payload", "sender", "epoch"),
    [
        (b"", 1, 3),
        (b"a\0b", 1, 3),
        (b"\xff", 1, 3),
        (b"x" * (limits.CLIPBOARD_BYTES + 1), 1, 3),
        (b"who only sees", 2, 3),
        (b"stranger", 9, 3),
        (b"old", 1, 2),
    ],
)
def test_what_may_not_come_is_dropped(
    board: Board, qtbot: QtBot, payload: bytes, sender: int, epoch: int
) -> None:
    board.come(payload, sender, epoch)
    settled(board, qtbot)
    assert board.told == [TextPut(1)]


def test_of_many_the_newest_is_put_there(board: Board, qtbot: QtBot) -> None:
    for number in range(1000):
        board.come(b"%d" % number)
    qtbot.waitUntil(lambda: board.text == "999")
    assert len(board.told) <= 2
