"""Waiting with known problems, and leaving because of one."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from client.session.inputs import LinkChosen, MineAnswered, MineChosen, NoticeFolded
from client.session.machines import Page
from client.ui.chat_log import ChatLog
from client.ui.main_window import LEAST
from client.ui.notice_cards import NoticeCard
from client.ui.rich_text import RichText
from protocol.facts import NoticeOver
from protocol.signals import HoldMessage, QueuePlace
from tests.client.mind import ACCEPTED, ADA, AT, Mind, told
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import focused, part, text_of, words_of

TEXT = "*E-mail* is slow.\n- Sending works.\nSee https://status.example/mail"


def wait(screen: Screen, *, mail: bool = True) -> Mind:
    mind = screen.mind.wait_in_queue()
    mind.controller.state = replace(mind.state, mail=mail)
    mind.hear(QueuePlace(position=2, on_duty=1, greeting="Welcome!"), told(2, text=TEXT))
    screen.draw()
    return mind


def cards(screen: Screen) -> list[NoticeCard]:
    found = screen.window.findChildren(NoticeCard)
    return [one for one in found if isinstance(one, NoticeCard) and one.isVisible()]


def sheet(screen: Screen) -> QDialog:
    found = screen.window.findChildren(QDialog, "noticeSheet")
    (shown,) = [one for one in found if isinstance(one, QDialog) and one.isVisible()]
    return shown


def no_sheet(screen: Screen) -> bool:
    return not [one for one in screen.window.findChildren(QDialog) if one.isVisible()]


def test_words_of_the_organisation_stand_in_the_queue(screen: Screen) -> None:
    mind = wait(screen)
    assert words_of(screen, "waitingWords") == "Welcome!"
    assert text_of(screen, "waitingPlace") == "One person is before you."
    mind.hear(HoldMessage(text="Thank you for your *patience*."))
    screen.draw()
    assert words_of(screen, "waitingWords") == "Thank you for your patience."


def test_a_known_problem_is_a_card_with_its_markup(screen: Screen) -> None:
    wait(screen)
    (card,) = cards(screen)
    text = card.findChild(RichText)
    assert isinstance(text, RichText)
    assert text.plain() == "E-mail is slow.\nSending works.\nSee https://status.example/mail"
    assert card.accessibleName() == "Known problem"


def test_its_link_is_asked_about(screen: Screen) -> None:
    wait(screen)
    text = cards(screen)[0].findChild(RichText)
    assert isinstance(text, RichText)
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Tab)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert LinkChosen("https://status.example/mail") in screen.given


def test_a_notice_that_is_over_goes(screen: Screen) -> None:
    mind = wait(screen)
    mind.hear(told(3, "n2"), NoticeOver(seq=4, at=AT, notice="n1"))
    screen.draw()
    assert len(cards(screen)) == 1


def test_it_is_folded_away_and_shown_again(screen: Screen) -> None:
    wait(screen)
    fold = part(screen, QPushButton, "noticeFold")
    high = cards(screen)[0].height()
    fold.click()
    assert screen.given[-1] == NoticeFolded("n1", on=True)
    assert words_of(screen, "noticeWords") == ""
    assert not part(screen, QPushButton, "noticeMine").isVisible()
    fold.click()
    assert words_of(screen, "noticeWords")
    assert cards(screen)[0].height() == high


def test_the_conversation_keeps_its_room_beside_notices(screen: Screen, qtbot: QtBot) -> None:
    screen.window.resize(LEAST)
    mind = screen.mind.wait_in_queue()
    mind.hear(changed(ACCEPTED, seq=2), *(told(n, f"n{n}", "long " * 200) for n in range(3, 13)))
    screen.draw()
    log = part(screen, ChatLog, "log")
    qtbot.waitUntil(lambda: log.height() >= 80)
    assert part(screen, QPushButton, "send").isVisible()


def test_leaving_asks_and_no_is_no(screen: Screen, qtbot: QtBot) -> None:
    mind = wait(screen)
    part(screen, QPushButton, "noticeMine").click()
    assert screen.given[-1] == MineChosen("n1")
    qtbot.waitUntil(lambda: sheet(screen).isVisible())
    QTest.keyClick(sheet(screen), Qt.Key.Key_Escape)
    assert no_sheet(screen)
    assert mind.shows(Page.WAITING)
    part(screen, QPushButton, "noticeMine").click()
    sheet(screen).close()
    assert no_sheet(screen)
    assert mind.shows(Page.WAITING)
    qtbot.waitUntil(lambda: not screen.window.findChildren(QDialog))


def test_an_address_that_is_none_is_told_and_kept(screen: Screen, qtbot: QtBot) -> None:
    wait(screen)
    part(screen, QPushButton, "noticeMine").click()
    field = part(screen, QLineEdit, "sheetEmail")
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "grace")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert text_of(screen, "sheetProblem") == "This does not look like an e-mail address."
    assert field.accessibleDescription() == text_of(screen, "sheetProblem")
    assert field.text() == "grace"
    QTest.keyClicks(field, "@navy.example")
    QTest.mouseClick(part(screen, QPushButton, "sheetYes"), Qt.MouseButton.LeftButton)
    answer = screen.given[-1]
    assert isinstance(answer, MineAnswered)
    assert (answer.yes, answer.email) == (True, "grace@navy.example")
    assert text_of(screen, "sheetStatus") == "One moment, please…"


def test_without_mail_there_is_no_field_and_staying_has_the_focus(
    screen: Screen, qtbot: QtBot
) -> None:
    wait(screen, mail=False)
    part(screen, QPushButton, "noticeMine").click()
    qtbot.waitUntil(part(screen, QPushButton, "sheetNo").hasFocus)
    assert not part(screen, QLineEdit, "sheetEmail").isVisible()


@pytest.mark.parametrize("talking", [False, True])
def test_the_sheet_is_whole(screen: Screen, talking: bool) -> None:
    mind = wait(screen)
    if talking:
        mind.hear(changed(ACCEPTED, seq=3))
        mind.take(NoticeFolded("n1", on=False))
        screen.draw()
    part(screen, QPushButton, "noticeMine").click()
    for name in ("sheetYes", "sheetNo"):
        one = part(screen, QPushButton, name)
        assert one.height() >= one.sizeHint().height()
        assert one.width() >= one.sizeHint().width()
        assert sheet(screen).rect().contains(one.geometry().translated(0, 0))


def test_one_who_helps_can_tell_of_a_problem_in_the_talk(screen: Screen) -> None:
    mind = screen.mind.talk()
    mind.hear(told(3, by=ADA.id))
    screen.draw()
    assert text_of(screen, "noticeTitle") == "Known problem · From Ada Lovelace"
    assert focused(screen) == "draft"
