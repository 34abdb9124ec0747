"""The window, worked as a person works it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from client.session.effects import Quit
from client.session.inputs import JoinWanted, LinkChosen, Said, Shown
from client.session.machines import Page
from client.ui.main_window import LEAST
from client.ui.tokens import Scheme, tokens
from protocol import limits
from protocol.facts import AnyFact, EndReason, SessionEnded
from protocol.signals import Typing
from tests.client.mind import ACCEPTED, ADA, AT, GRACE, KEY, OPENED, Mind, line, told, welcome
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import T, part, text_of

Key = Qt.Key


def talk(screen: Screen) -> Mind:
    screen.mind.talk()
    screen.draw()
    return screen.mind


def test_a_key_is_grouped_as_it_is_typed_and_starts_with_enter(
    screen: Screen, qtbot: QtBot
) -> None:
    field = part(screen, QLineEdit, "keyField")
    assert field.hasFocus()
    QTest.keyClicks(field, KEY)
    assert field.text() == f"{KEY[:4]}-{KEY[4:]}"
    QTest.keyClick(field, Key.Key_Tab)
    name = part(screen, QLineEdit, "nameField")
    assert name.hasFocus()
    QTest.keyClicks(name, "Grace")
    QTest.keyClick(name, Key.Key_Return)
    assert screen.given[-1] == JoinWanted(f"{KEY[:4]}-{KEY[4:]}", "Grace", "Debian 12")
    assert screen.mind.shows(Page.CONNECTING)


def test_correcting_a_key_in_the_middle_keeps_the_cursor_there(
    screen: Screen, qtbot: QtBot
) -> None:
    field = part(screen, QLineEdit, "keyField")
    QTest.keyClicks(field, "12345678")
    field.setCursorPosition(6)
    QTest.keyClick(field, Key.Key_Backspace)
    assert (field.text(), field.cursorPosition()) == ("1234-678", 4)
    QTest.keyClick(field, Key.Key_5)
    assert (field.text(), field.cursorPosition()) == ("1234-5678", 6)


def test_a_pasted_link_becomes_its_key(screen: Screen) -> None:
    QGuiApplication.clipboard().setText(f"https://localhost:8443/join/{KEY}")
    field = part(screen, QLineEdit, "keyField")
    field.paste()
    assert field.text() == f"{KEY[:4]}-{KEY[4:]}"


def test_a_mistyped_key_is_told_at_once(screen: Screen, qtbot: QtBot) -> None:
    wrong = KEY[:-1] + str((int(KEY[-1]) + 1) % 10)
    field = part(screen, QLineEdit, "keyField")
    QTest.keyClicks(field, wrong)
    assert "digit" in text_of(screen, "problem")
    assert field.accessibleDescription() == text_of(screen, "problem")
    QTest.keyClick(field, Key.Key_Backspace)
    assert text_of(screen, "problem") == ""


def test_enter_sends_and_shift_enter_breaks(screen: Screen, qtbot: QtBot) -> None:
    talk(screen)
    draft = part(screen, QPlainTextEdit, "draft")
    assert draft.hasFocus()
    low = draft.height()
    QTest.keyClicks(draft, "one")
    QTest.keyClick(draft, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(draft, "two")
    assert draft.height() > low
    QTest.keyClick(draft, Key.Key_Return)
    assert [one.text for one in screen.given if isinstance(one, Said)] == ["one\ntwo"]
    assert draft.toPlainText() == ""
    assert draft.height() == low


def test_too_long_a_text_is_told_and_kept(screen: Screen, qtbot: QtBot) -> None:
    talk(screen)
    draft = part(screen, QPlainTextEdit, "draft")
    draft.setPlainText("x" * (limits.CHAT_CHARS + 7))
    assert text_of(screen, "tooLong") == "7 characters too many"
    QTest.keyClick(draft, Key.Key_Return)
    QTest.mouseClick(part(screen, QPushButton, "send"), Qt.MouseButton.LeftButton)
    assert not [one for one in screen.given if isinstance(one, Said)]
    assert len(draft.toPlainText()) == limits.CHAT_CHARS + 7


def test_visible_lines_of_an_active_window_are_told(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    mind.hear(*(line(seq, ADA, "text " * 40) for seq in range(3, 40)))
    screen.draw()
    qtbot.waitUntil(lambda: Shown(39) in screen.given)


def test_someone_who_reads_further_up_stays_there(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    mind.hear(*(line(seq, ADA, "text " * 40) for seq in range(3, 40)))
    screen.draw()
    qtbot.waitUntil(lambda: Shown(39) in screen.given)
    log = part(screen, QListView, "log")
    log.verticalScrollBar().setValue(0)
    mind.hear(line(40, ADA, "newer"))
    screen.draw()
    newer = part(screen, QPushButton, "newer")
    qtbot.waitUntil(newer.isVisible)
    assert log.verticalScrollBar().value() == 0
    assert Shown(40) not in screen.given
    newer.click()
    qtbot.waitUntil(lambda: Shown(40) in screen.given)
    assert not newer.isVisible()


def test_lines_are_read_out_and_copied(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    mind.hear(line(3, ADA, "first *line*"), line(4, GRACE, "second"))
    screen.draw()
    log = part(screen, QListView, "log")
    rows = [log.model().index(row, 0) for row in range(log.model().rowCount())]
    spoken = [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    assert spoken[-2:] == ["Ada Lovelace, 22:13: first *line*", "You, 22:13: second — Delivered"]
    log.setFocus()
    log.selectAll()
    QTest.keyClick(log, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().endswith("first *line*\nsecond")


def test_markup_is_never_html(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    mind.hear(line(3, ADA, '<b>x</b><img src="file:///etc/passwd">'))
    screen.draw()
    log = part(screen, QListView, "log")
    last = log.model().index(log.model().rowCount() - 1, 0)
    assert last.data(Qt.ItemDataRole.DisplayRole) == '<b>x</b><img src="file:///etc/passwd">'


def test_a_link_asks_before_it_opens(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    mind.hear(line(3, ADA, "https://support.example/manual"))
    screen.draw()
    log = part(screen, QListView, "log")
    last = log.model().index(log.model().rowCount() - 1, 0)
    qtbot.waitUntil(lambda: log.visualRect(last).height() > 0)
    middle = log.visualRect(last).topLeft() + QPoint(90, log.visualRect(last).height() // 2)
    QTest.mouseClick(log.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert LinkChosen("https://support.example/manual") in screen.given
    question = part(screen, QDialog, "question")
    assert "support.example" in question.windowTitle()
    QTest.keyClick(question, Key.Key_Escape)
    assert mind.state.opening == ""


def test_closing_asks_once_and_the_safe_answer_has_the_focus(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    screen.window.close()
    screen.window.close()
    assert screen.window.isVisible()
    (question,) = screen.window.findChildren(QDialog, "question")
    assert isinstance(question, QDialog)
    stay = part(screen, QPushButton, "questionNo")
    qtbot.waitUntil(stay.hasFocus)
    QTest.keyClick(stay, Key.Key_Return)
    assert mind.shows(Page.TALKING)
    assert screen.window.isVisible()


def test_a_yes_closes_the_window(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    screen.window.close()
    QTest.mouseClick(part(screen, QPushButton, "questionYes"), Qt.MouseButton.LeftButton)
    assert not screen.window.isVisible()
    mind.hear(SessionEnded(seq=3, at=AT, by=GRACE.id, reason=EndReason.CLOSED))
    assert mind.done[-1] == Quit()


def test_the_question_goes_when_the_representative_ends(screen: Screen) -> None:
    mind = talk(screen)
    part(screen, QPushButton, "endSession").click()
    mind.hear(SessionEnded(seq=3, at=AT, by=ADA.id, reason=EndReason.CLOSED))
    screen.draw()
    assert text_of(screen, "endedTitle") == "The session has ended"
    assert not part(screen, QPlainTextEdit, "draft").isVisible()
    assert not [one for one in screen.window.findChildren(QDialog) if one.isVisible()]


def test_the_queue_becomes_the_talk(screen: Screen) -> None:
    screen.mind.wait_in_queue()
    screen.draw()
    assert text_of(screen, "waitingTitle") == "You are in the queue"
    screen.mind.hear(ACCEPTED, Typing(by=ADA.id, on=True))
    screen.draw()
    assert text_of(screen, "waitingTitle") == ""
    assert text_of(screen, "headerTitle") == "Ada Lovelace"
    assert text_of(screen, "connection") == "Connected"
    assert text_of(screen, "typing") == "Ada Lovelace is writing…"


def test_the_whole_talk_by_keyboard(screen: Screen, qtbot: QtBot) -> None:
    talk(screen)
    order = ["draft", "send", "endSession", "more", "log", "attach"]
    for name in order:
        focused = screen.window.focusWidget()
        assert focused is not None
        assert focused.objectName() == name
        QTest.keyClick(focused, Key.Key_Tab)
    focused = screen.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == "draft"


def test_everything_that_takes_the_focus_has_a_name(screen: Screen) -> None:
    mind = talk(screen)
    mind.hear(told(3))
    screen.draw()
    for kind in (QLineEdit, QPlainTextEdit, QListView):
        assert all(one.accessibleName() for one in shown(screen, kind))
    buttons = shown(screen, QPushButton)
    assert all(one.text() or one.accessibleName() for one in buttons)


def shown(screen: Screen, kind: type[T]) -> list[T]:
    return [one for one in screen.window.findChildren(kind) if one.isVisible()]


def test_a_long_log_changes_only_what_changed(screen: Screen) -> None:
    facts: list[AnyFact] = [
        OPENED,
        ACCEPTED,
        *(line(seq, ADA, f"line {seq}") for seq in range(3, 501)),
    ]
    screen.mind.join().hear(welcome(facts))
    screen.draw()
    model = part(screen, QListView, "log").model()
    before = model.rowCount()
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    screen.mind.hear(line(501, ADA, "one more"))
    screen.draw()
    assert model.rowCount() in (before, before + 1)
    assert resets == []
    last = model.index(model.rowCount() - 1, 0)
    assert last.data(Qt.ItemDataRole.DisplayRole) == "one more"


def test_light_and_dark_follow_the_system_live(screen: Screen) -> None:
    hints = QGuiApplication.styleHints()
    for scheme, wished in (
        (Scheme.DARK, Qt.ColorScheme.Dark),
        (Scheme.LIGHT, Qt.ColorScheme.Light),
    ):
        hints.colorSchemeChanged.emit(wished)
        ground = QGuiApplication.palette().color(QPalette.ColorRole.Window).name().upper()
        assert ground == tokens().colours[scheme]["ground"]


def test_a_long_name_leaves_room_for_the_connection(screen: Screen) -> None:
    talk(screen)
    screen.window.resize(LEAST)
    title = part(screen, QLabel, "headerTitle")
    title.setText("Ada " * 30)
    word = part(screen, QLabel, "connection")
    assert word.geometry().right() <= screen.window.width()
    assert screen.window.size() == LEAST


def test_the_menu_of_a_line(screen: Screen, qtbot: QtBot) -> None:
    mind = talk(screen)
    mind.hear(line(3, ADA, "https://support.example/manual"))
    screen.draw()
    log = part(screen, QListView, "log")
    log.setCurrentIndex(log.model().index(log.model().rowCount() - 1, 0))
    middle = log.visualRect(log.currentIndex()).center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, log.mapToGlobal(middle))
    QGuiApplication.sendEvent(log.viewport(), asked)
    menu = log.findChild(QMenu)
    assert menu is not None
    copy, open_, copy_link = menu.actions()
    copy_link.trigger()
    assert QGuiApplication.clipboard().text() == "https://support.example/manual"
    open_.trigger()
    assert LinkChosen("https://support.example/manual") in screen.given
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "https://support.example/manual"
    menu.close()
