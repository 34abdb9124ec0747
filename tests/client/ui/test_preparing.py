"""The questions before the queue, worked as a person works them."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from client.session.inputs import JoinWanted, KnockCancelled, LinkChosen, StepAnswered
from client.session.machines import Page
from client.ui.main_window import LEAST
from client.ui.rich_text import RichText
from protocol import limits
from protocol.facts import QuestionAnswered, QuestionAsked
from protocol.steps import Reply, Step
from tests.client.mind import AGREEMENT, AT, PREPARED, asked, welcome
from tests.client.session.test_joining import CODE, USED
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import focused, part, text_of, words_of

Key = Qt.Key


def prepare(screen: Screen, qtbot: QtBot) -> None:
    screen.mind.prepare()
    screen.draw()
    qtbot.waitUntil(part(screen, QPushButton, "answerYes").isEnabled)


def agreement(screen: Screen, text: str, title: str = "Before we start") -> None:
    question = QuestionAsked(seq=2, at=AT, step=Step.AGREEMENT, title=title, text=text, limit_s=120)
    screen.mind.join().hear(welcome([PREPARED, question]))
    screen.draw()


def answers(screen: Screen) -> list[StepAnswered]:
    return [one for one in screen.given if isinstance(one, StepAnswered)]


def test_only_the_question_is_there(screen: Screen, qtbot: QtBot) -> None:
    prepare(screen, qtbot)
    assert text_of(screen, "preparingTitle") == "Before we start"
    assert words_of(screen, "preparingText").startswith("We may ask to see your screen.")
    assert text_of(screen, "countdown") == "Time to answer: 2:00"
    assert not part(screen, QWidget, "draft").isVisible()
    assert not part(screen, QWidget, "log").isVisible()


@pytest.mark.parametrize(("name", "yes"), [("answerYes", True), ("answerNo", False)])
def test_a_click_answers(screen: Screen, qtbot: QtBot, name: str, yes: bool) -> None:
    prepare(screen, qtbot)
    QTest.mouseClick(part(screen, QPushButton, name), Qt.MouseButton.LeftButton)
    (answer,) = answers(screen)
    assert (answer.step, answer.yes) == (Step.AGREEMENT, yes)
    assert screen.mind.shows(Page.PREPARING if yes else Page.ENDED)


def test_a_no_shows_the_last_page_at_once(screen: Screen, qtbot: QtBot) -> None:
    prepare(screen, qtbot)
    QTest.mouseClick(part(screen, QPushButton, "answerNo"), Qt.MouseButton.LeftButton)
    assert text_of(screen, "endedTitle") == "You did not accept"
    assert focused(screen) == "close"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Escape, Key.Key_Space])
def test_no_key_answers_by_accident(screen: Screen, qtbot: QtBot, key: Qt.Key) -> None:
    prepare(screen, qtbot)
    assert focused(screen) == "preparingReading"
    QTest.keyClick(part(screen, QScrollArea, "preparingReading"), key)
    assert answers(screen) == []
    assert screen.window.isVisible()


def test_by_keyboard_one_gets_from_the_text_to_the_answers(screen: Screen, qtbot: QtBot) -> None:
    prepare(screen, qtbot)
    order = []
    for _ in range(4):
        order.append(focused(screen))
        widget = screen.window.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, Key.Key_Tab)
    assert order == ["preparingReading", "answerYes", "answerNo", "more"]


def test_a_double_click_does_not_answer_the_next_question(screen: Screen, qtbot: QtBot) -> None:
    prepare(screen, qtbot)
    yes = part(screen, QPushButton, "answerYes")
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    answered = QuestionAnswered(seq=3, at=AT, step=Step.AGREEMENT, reply=Reply.YES)
    screen.mind.hear(answered, asked(4))
    screen.draw()
    assert yes.text() == "Allow recording"
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert [one.step for one in answers(screen)] == [Step.AGREEMENT]
    qtbot.waitUntil(yes.isEnabled)
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert [one.step for one in answers(screen)] == [Step.AGREEMENT, Step.RECORDING]


def test_a_no_is_taken_from_the_first_moment(screen: Screen) -> None:
    agreement(screen, "Do you agree?")
    QTest.mouseClick(part(screen, QPushButton, "answerNo"), Qt.MouseButton.LeftButton)
    assert [one.yes for one in answers(screen)] == [False]


@pytest.mark.parametrize("length", [10, 400, limits.TEXT_CHARS])
def test_the_answers_stay_in_sight_however_long_the_text(
    screen: Screen, qtbot: QtBot, length: int
) -> None:
    screen.window.resize(LEAST)
    text = ("A sentence that goes on and on. " * 200)[:length]
    agreement(screen, text, "A title " * (limits.TITLE_CHARS // 8))
    for name in ("answerYes", "answerNo"):
        one = part(screen, QPushButton, name)
        qtbot.waitUntil(partial(_in_sight, screen, one))
        assert one.height() >= one.sizeHint().height()


def _in_sight(screen: Screen, one: QPushButton) -> bool:
    where = one.rect().translated(one.mapTo(screen.window, QPoint(0, 0)))
    return screen.window.rect().contains(where)


def test_a_long_text_is_read_by_keyboard(screen: Screen) -> None:
    screen.window.resize(LEAST)
    agreement(screen, "A sentence that goes on and on. " * 100)
    reading = part(screen, QScrollArea, "preparingReading")
    assert reading.verticalScrollBar().maximum() > 0
    QTest.keyClick(reading, Key.Key_PageDown)
    assert reading.verticalScrollBar().value() > 0


def test_a_screen_reader_hears_the_question_with_the_focus(screen: Screen, qtbot: QtBot) -> None:
    prepare(screen, qtbot)
    reading = part(screen, QScrollArea, "preparingReading")
    assert reading.accessibleName() == AGREEMENT.title
    assert "Nothing without your yes." in reading.accessibleDescription()


def test_a_link_in_a_question_asks_before_it_opens(screen: Screen, qtbot: QtBot) -> None:
    agreement(screen, "See https://bank.example@evil.example/terms first.")
    text = part(screen, RichText, "preparingText")
    assert text.plain() == "See https://bank.example@evil.example/terms (evil.example) first."
    text.setFocus()
    QTest.keyClick(text, Key.Key_Tab)
    QTest.keyClick(text, Key.Key_Return)
    assert LinkChosen("https://bank.example@evil.example/terms") in screen.given
    assert answers(screen) == []


def test_somebody_with_a_used_code_waits_and_can_cancel(screen: Screen, qtbot: QtBot) -> None:
    screen.mind.take(JoinWanted(CODE, "Grace", "Debian 12"), USED)
    screen.draw()
    assert text_of(screen, "connectingText") == "This code has been used already"
    assert focused(screen) == "connectingCancel"
    QTest.keyClick(part(screen, QPushButton, "connectingCancel"), Key.Key_Return)
    assert KnockCancelled() in screen.given
    assert focused(screen) == "keyField"
    assert part(screen, QLabel, "problem").text() == ""
