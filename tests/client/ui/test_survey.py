"""The last page: words, where to go on, and the survey."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from client.session.effects import OpenBrowser, PostSurvey
from client.session.inputs import (
    LinkAnswered,
    LinkChosen,
    SurveyFailed,
    SurveySent,
    SurveyTaken,
)
from client.ui.stars import Star
from client.ui.survey_form import Option
from protocol import limits
from protocol.facts import EndReason, SessionEnded
from protocol.signals import SurveyOffered
from protocol.steps import QuestionKind, SurveyQuestion, SurveyReply
from tests.client.mind import ADA, AT
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import focused, part, text_of, words_of

OFFER = SurveyOffered(
    title="How was our help?",
    questions=(
        SurveyQuestion(id="how", kind=QuestionKind.STARS, text="How satisfied are you?"),
        SurveyQuestion(
            id="solved", kind=QuestionKind.CHOICE, text="Solved?", choices=("Yes", "No")
        ),
        SurveyQuestion(id="more", kind=QuestionKind.TEXT, text="Anything else?"),
    ),
    thanks="Thank you *very* much.",
)


def survey(screen: Screen) -> None:
    screen.mind.talk()
    ended = SessionEnded(seq=3, at=AT, by=ADA.id, reason=EndReason.CLOSED)
    screen.mind.hear(ended, OFFER)
    screen.window.resize(400, 900)
    screen.draw()


def stars(screen: Screen) -> list[Star]:
    return [one for one in screen.window.findChildren(Star) if isinstance(one, Star)]


def choices(screen: Screen) -> list[Option]:
    return [one for one in screen.window.findChildren(Option) if isinstance(one, Option)]


def sent(screen: Screen) -> tuple[SurveyReply, ...]:
    part(screen, QPushButton, "surveySend").click()
    last = screen.given[-1]
    assert isinstance(last, SurveySent)
    return last.replies


def test_without_an_offer_there_is_none(screen: Screen) -> None:
    screen.mind.talk().hear(SessionEnded(seq=3, at=AT, by=ADA.id, reason=EndReason.CLOSED))
    screen.draw()
    assert text_of(screen, "surveyTitle") == ""
    assert text_of(screen, "endedTitle") == "The session has ended"


def test_every_kind_is_answered_and_sent(screen: Screen, qtbot: QtBot) -> None:
    survey(screen)
    assert text_of(screen, "surveyTitle") == "How was our help?"
    QTest.mouseClick(stars(screen)[3], Qt.MouseButton.LeftButton)
    assert [star.full for star in stars(screen)] == [True, True, True, True, False]
    QTest.mouseClick(choices(screen)[1], Qt.MouseButton.LeftButton)
    QTest.keyClicks(part(screen, QPlainTextEdit, "surveyText"), "A *bold* word")
    assert sent(screen) == (
        SurveyReply(question="how", number=4),
        SurveyReply(question="solved", number=1),
        SurveyReply(question="more", text="A *bold* word"),
    )
    assert isinstance(screen.mind.done[-1], PostSurvey)
    screen.mind.take(SurveyTaken())
    screen.draw()
    assert words_of(screen, "surveyThanks") == "Thank you very much."
    assert not part(screen, QPushButton, "surveySend").isVisible()


def test_every_answer_is_optional_and_can_be_taken_back(screen: Screen) -> None:
    survey(screen)
    stars(screen)[0].click()
    choices(screen)[0].radio.click()
    for one in screen.window.findChildren(QPushButton, "surveyClear"):
        assert isinstance(one, QPushButton)
        if one.isVisible():
            one.click()
    assert not any(star.full or star.isChecked() for star in stars(screen))
    assert sent(screen) == ()
    assert text_of(screen, "surveyProblem") == "You have not answered anything yet."
    stars(screen)[4].click()
    assert sent(screen) == (SurveyReply(question="how", number=5),)


def test_stars_are_radio_buttons_with_names_worked_by_arrows(screen: Screen) -> None:
    survey(screen)
    names = [star.accessibleName() for star in stars(screen)]
    assert names[0] == "One star of five"
    assert names[4] == "5 stars of five"
    stars(screen)[0].setFocus()
    QTest.keyClick(stars(screen)[0], Qt.Key.Key_Space)
    QTest.keyClick(stars(screen)[0], Qt.Key.Key_Right)
    assert stars(screen)[1].isChecked()
    assert screen.window.focusWidget() is stars(screen)[1]
    assert all(isinstance(star, QRadioButton) for star in stars(screen))


def test_tab_goes_from_the_end_through_the_questions_to_their_buttons(screen: Screen) -> None:
    survey(screen)
    order: list[str] = []
    while "surveySkip" not in order:
        widget = screen.window.focusWidget()
        assert widget is not None
        name = type(widget).__name__ if isinstance(widget, QRadioButton) else widget.objectName()
        if name not in order:  # Tab comes to a group of radio buttons as a whole, or to each
            order.append(name)
        assert len(order) < 10
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert order == ["close", "Star", "QRadioButton", "surveyText", "surveySend", "surveySkip"]


def test_what_did_not_get_through_is_kept_and_tried_again(screen: Screen) -> None:
    survey(screen)
    stars(screen)[2].click()
    before = sent(screen)
    assert part(screen, QPushButton, "surveySend").text() == "Sending…"
    screen.mind.take(SurveyFailed())
    screen.draw()
    assert "kept here" in text_of(screen, "surveyProblem")
    assert part(screen, QPushButton, "surveySend").text() == "Try again"
    assert sent(screen) == before


def test_too_much_text_is_told_and_not_cut(screen: Screen) -> None:
    survey(screen)
    field = part(screen, QPlainTextEdit, "surveyText")
    field.setPlainText("x" * (limits.SURVEY_TEXT_CHARS + 3))
    shown = [one for one in screen.window.findChildren(QLabel, "surveyTooLong") if one.isVisible()]
    assert [one.text() for one in shown if isinstance(one, QLabel)] == ["3 characters too many"]
    part(screen, QPushButton, "surveySend").click()
    assert not [one for one in screen.given if isinstance(one, SurveySent)]
    assert field.hasFocus()
    field.setPlainText("x" * limits.SURVEY_TEXT_CHARS)
    assert len(sent(screen)) == 1


def test_it_can_be_left_out(screen: Screen) -> None:
    survey(screen)
    part(screen, QPushButton, "surveySkip").click()
    assert text_of(screen, "surveyTitle") == ""
    assert part(screen, QPushButton, "close").isVisible()


def test_the_offer_does_not_take_the_focus(screen: Screen) -> None:
    survey(screen)
    assert focused(screen) == "close"


def test_where_to_go_on_opens_after_the_whole_address_was_seen(
    screen: Screen, qtbot: QtBot
) -> None:
    url = "https://help.example/later?from=chat"
    screen.mind.wait_in_queue().hear(
        SessionEnded(
            seq=2, at=AT, by="", reason=EndReason.ORPHANED, text="*Nobody* is here.", url=url
        )
    )
    screen.draw()
    assert words_of(screen, "endedText") == "Nobody is here."
    go_on = part(screen, QPushButton, "goOn")
    assert go_on.text() == "Go on at help.example"
    go_on.click()
    assert LinkChosen(url) in screen.given
    assert not [one for one in screen.mind.done if isinstance(one, OpenBrowser)]
    question = part(screen, QDialog, "question")
    assert part(screen, QLabel, "questionText").accessibleName() == url
    qtbot.waitUntil(question.isVisible)
    QTest.mouseClick(part(screen, QPushButton, "questionYes"), Qt.MouseButton.LeftButton)
    assert LinkAnswered(yes=True) in screen.given
    assert screen.mind.done[-1] == OpenBrowser(url)


def test_no_button_for_an_address_that_is_not_https(screen: Screen) -> None:
    ended = SessionEnded(seq=2, at=AT, by="", reason=EndReason.ORPHANED, url="http://help.example/")
    screen.mind.wait_in_queue().hear(ended)
    screen.draw()
    assert not part(screen, QPushButton, "goOn").isVisible()
