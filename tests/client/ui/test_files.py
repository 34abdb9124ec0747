"""Files in the window: cards, the paperclip, drops and pastes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from client.session.file_inputs import (
    FileAct,
    FileActed,
    FileMoved,
    FileSaved,
    FilesChosen,
    FilesFound,
    PicturePasted,
)
from client.session.file_source import Found, PlainSource, Stamp, Unusable
from client.ui.chat_log import ChatLog
from client.ui.chat_pane import ChatPane
from client.ui.file_cards import FileCard
from protocol.file_facts import (
    FileAccepted,
    FileAsked,
    FileOffered,
    FileOver,
    FileStored,
    FileTaken,
)
from protocol.files import FileEnd
from tests.client.mind import ADA, AT, GRACE, Mind
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import focused, part

SUM = "0123456789abcdef" * 4
SIZE = 3_000_000
THEIRS, MINE = "theirs01", "mine0001-0"


@pytest.fixture(autouse=True)
def own_dialogs() -> Iterator[None]:
    """Dialogs of Qt itself, which a test can see into."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    yield
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, on=False)


def talk(screen: Screen) -> Mind:
    mind = screen.mind.talk()
    screen.draw()
    return mind


def offered(screen: Screen, name: str = "a.txt", transfer: str = THEIRS) -> Mind:
    mind = screen.mind
    mind.hear(FileOffered(seq=mind.seq, at=AT, by=ADA.id, id=transfer, name=name, size=SIZE))
    screen.draw()
    return mind


def cards(screen: Screen) -> list[FileCard]:
    found = screen.window.findChildren(FileCard)
    return [one for one in found if isinstance(one, FileCard) and one.isVisible()]


def texts(card: QWidget) -> str:
    found = card.findChildren(QLabel)
    return "\n".join(one.text() for one in found if isinstance(one, QLabel) and one.isVisible())


def press(screen: Screen, qtbot: QtBot, act: FileAct) -> None:
    (card,) = cards(screen)
    one = card.findChild(QPushButton, f"file_{act}")
    assert isinstance(one, QPushButton)
    qtbot.waitUntil(one.isEnabled)
    QTest.mouseClick(one, Qt.MouseButton.LeftButton)


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def pane(screen: Screen) -> ChatPane:
    found = screen.window.findChild(ChatPane)
    assert isinstance(found, ChatPane)
    return found


def enter(screen: Screen, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(pane(screen), event)
    return event.isAccepted()


def drop(screen: Screen, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(pane(screen), event)


def test_an_offer_is_a_card_that_says_where_it_goes(screen: Screen, qtbot: QtBot) -> None:
    talk(screen)
    offered(screen, "re\u202epdf.exe")
    (card,) = cards(screen)
    said = texts(card)
    assert "repdf.exe" in said
    assert "3\u00a0MB" in said
    assert "Ada Lovelace" in said
    assert "“Acme”" in said
    assert "\u202e" not in said
    press(screen, qtbot, FileAct.ACCEPT)
    assert screen.given[-1] == FileActed("client0000", THEIRS, FileAct.ACCEPT)


def test_a_yes_that_comes_under_a_click_is_none(screen: Screen) -> None:
    talk(screen)
    offered(screen)
    yes = part(screen, QPushButton, "file_accept")
    assert not yes.isEnabled()
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert not [one for one in screen.given if isinstance(one, FileActed)]
    assert part(screen, QPushButton, "file_decline").isEnabled()


def test_a_card_does_not_take_the_cursor(screen: Screen) -> None:
    talk(screen)
    QTest.keyClicks(part(screen, QPlainTextEdit, "draft"), "hel")
    offered(screen)
    assert focused(screen) == "draft"


def test_declining_takes_the_card_away_at_once(screen: Screen, qtbot: QtBot) -> None:
    talk(screen)
    offered(screen)
    press(screen, qtbot, FileAct.DECLINE)
    assert cards(screen) == []
    assert focused(screen) == "draft"


def test_progress_speed_and_time_left(screen: Screen) -> None:
    mind = talk(screen)
    source = PlainSource("/x", Stamp(SIZE, 1, 1, 1))
    mind.take(FilesChosen("mine0001", ("/x",)))
    mind.take(FilesFound("mine0001", (Found("report.pdf", SIZE, source),)))
    mind.hear(
        FileOffered(seq=3, at=AT, by=GRACE.id, id=MINE, name="report.pdf", size=SIZE),
        FileAccepted(seq=4, at=AT, by=ADA.id, id=MINE),
    )
    mind.take(FileMoved(MINE, 0))
    mind.now += 2
    mind.take(FileMoved(MINE, 2_000_000))
    screen.draw()
    (card,) = cards(screen)
    assert "66 % · 1\u00a0MB/s · 1 s left" in texts(card)
    bar = card.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert (bar.isVisible(), bar.value()) == (True, 66)
    assert bar.accessibleName() == "Progress of report.pdf"
    button = part(screen, QPushButton, "file_cancel")
    assert button.accessibleName() == "Cancel report.pdf"


def test_what_arrived_can_be_shown_and_has_its_sum_in_the_log(screen: Screen) -> None:
    mind = talk(screen)
    offered(screen)
    mind.take(FileActed("deed0001", THEIRS, FileAct.ACCEPT))
    mind.hear(
        FileAccepted(seq=4, at=AT, by=GRACE.id, id=THEIRS),
        FileStored(seq=5, at=AT, id=THEIRS, sha256=SUM),
    )
    mind.take(FileSaved(THEIRS, "/d/Acme", "a (2).txt", SUM))
    mind.hear(FileTaken(seq=6, at=AT, by=GRACE.id, id=THEIRS))
    screen.draw()
    (card,) = cards(screen)
    assert "a (2).txt" in texts(card)
    assert part(screen, QPushButton, "file_show").isVisible()
    log = part(screen, ChatLog, "log")
    last = log.model().index(log.model().rowCount() - 1, 0)
    assert "SHA\u2011256 0123456789ab…" in last.data()
    assert last.data(Qt.ItemDataRole.ToolTipRole) == f"SHA-256 {SUM}"


def test_a_question_opens_a_dialog_that_goes_with_it(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    mind.hear(FileAsked(seq=3, at=AT, by=ADA.id, id=THEIRS, reason="The log"))
    screen.draw()
    (card,) = cards(screen)
    assert "Ada Lovelace asks you for a file" in texts(card)
    assert "The log" in texts(card)
    assert "Up to 100\u00a0MB a file." in texts(card)
    press(screen, qtbot, FileAct.CHOOSE)
    dialog = screen.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    mind.hear(FileOver(seq=4, at=AT, by=ADA.id, id=THEIRS, why=FileEnd.CANCELLED))
    screen.draw()
    assert not dialog.isVisible()
    assert not [one for one in screen.given if isinstance(one, FilesChosen)]


def test_a_file_is_chosen_by_the_paperclip(screen: Screen, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"x")
    talk(screen)
    clip = part(screen, QPushButton, "attach")
    assert "Up to 100\u00a0MB" in clip.toolTip()
    QTest.keyClick(clip, Qt.Key.Key_Space)
    menu = part(screen, QMenu, "attachMenu")
    qtbot.waitUntil(menu.isVisible)
    menu.actions()[0].trigger()
    menu.close()
    dialog = screen.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.filesSelected.emit([str(path)])
    dialog.accept()
    assert FilesChosen("client0000", (str(path),)) in screen.given


def test_files_are_dropped_on_the_conversation(screen: Screen, tmp_path: Path) -> None:
    talk(screen)
    area = part(screen, QLabel, "dropArea")
    assert enter(screen, mime(tmp_path))
    assert area.isVisible()
    QApplication.sendEvent(pane(screen), QDragLeaveEvent())
    assert not area.isVisible()
    assert enter(screen, mime(tmp_path))
    drop(screen, mime(tmp_path))
    assert not area.isVisible()
    assert screen.given[-1] == FilesChosen("client0000", (str(tmp_path),))


def test_nothing_is_dropped_while_nobody_is_there(screen: Screen, tmp_path: Path) -> None:
    screen.mind.wait_in_queue()
    screen.draw()
    assert not enter(screen, mime(tmp_path))
    assert not part(screen, QPushButton, "attach").isVisible()


def test_what_is_not_on_this_computer_is_not_taken(screen: Screen) -> None:
    talk(screen)
    data = QMimeData()
    data.setUrls([QUrl("https://elsewhere.example/a.txt")])
    assert not enter(screen, data)


def test_words_are_dropped_into_the_draft(screen: Screen) -> None:
    talk(screen)
    data = QMimeData()
    data.setText("error 42")
    assert enter(screen, data)
    drop(screen, data)
    assert part(screen, QPlainTextEdit, "draft").toPlainText() == "error 42"


def test_a_picture_is_pasted(screen: Screen) -> None:
    talk(screen)
    picture = QImage(20, 10, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QApplication.clipboard().setImage(picture)
    draft = part(screen, QPlainTextEdit, "draft")
    QTest.keyClick(draft, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (pasted,) = [one for one in screen.given if isinstance(one, PicturePasted)]
    assert pasted.name.startswith("Picture ")
    assert pasted.name.endswith(".png")
    back = QImage.fromData(pasted.png)
    assert (back.width(), back.height(), back.pixelColor(3, 3)) == (20, 10, QColor("red"))
    assert draft.toPlainText() == ""


def test_a_file_is_pasted_and_words_are_written(screen: Screen, tmp_path: Path) -> None:
    talk(screen)
    draft = part(screen, QPlainTextEdit, "draft")
    QApplication.clipboard().setMimeData(mime(tmp_path))
    QTest.keyClick(draft, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert screen.given[-1] == FilesChosen("client0000", (str(tmp_path),))
    QApplication.clipboard().setText("words")
    QTest.keyClick(draft, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert draft.toPlainText() == "words"


def test_what_cannot_be_sent_is_told_and_closed(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    mind.take(FilesChosen("mine0001", ("/x",)), FilesFound("mine0001", (Unusable("x\u202e"),)))
    screen.draw()
    (card,) = cards(screen)
    assert "This cannot be read on your computer." in texts(card)
    press(screen, qtbot, FileAct.DISMISS)
    assert cards(screen) == []


def test_cards_come_between_conversation_and_draft_by_keyboard(screen: Screen) -> None:
    talk(screen)
    offered(screen)
    part(screen, QPushButton, "file_accept").setEnabled(True)
    part(screen, ChatLog, "log").setFocus()
    order = []
    for _ in range(4):
        QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Tab)
        order.append(focused(screen))
    assert order == ["file_decline", "file_accept", "attach", "draft"]


def test_many_cards_leave_room_for_the_conversation(screen: Screen) -> None:
    talk(screen)
    for n in range(12):
        offered(screen, transfer=f"theirs{n:02}")
    QApplication.processEvents()
    assert part(screen, ChatLog, "log").height() >= 96
    assert part(screen, QPlainTextEdit, "draft").isVisible()
