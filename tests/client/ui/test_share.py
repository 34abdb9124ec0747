"""Sharing the screen, worked as a person works it."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from client.session import share_inputs as deed
from client.session.inputs import Input, LinkLost
from client.session.share_inputs import ShareAnswer
from client.session.share_machines import Mode
from client.ui.main_window import LEAST
from client.ui.share_banner import BUTTON_LEAST
from client.ui.share_strip import ShareStrip
from protocol.facts import RepresentativeJoined
from protocol.screen import Obstacle
from protocol.sharing import CLIPBOARD, Grant
from tests.client.mind import ACCEPTED, ADA, ALAN, AT, OPENED, Mind, welcome
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import focused, part, text_of

VIEW, CONTROL = Grant.VIEW, Grant.CONTROL
LEFT = Qt.MouseButton.LeftButton


def ask(screen: Screen, grant: Grant = VIEW, reason: str = "To look.") -> None:
    mind = screen.mind.share() if grant in CLIPBOARD else screen.mind.talk()
    mind.ask(grant, reason=reason)
    screen.draw()


def asked(screen: Screen, qtbot: QtBot, grant: Grant = VIEW) -> None:
    """A question that can be answered by now."""
    ask(screen, grant)
    qtbot.waitUntil(part(screen, QPushButton, "promptAllow").isEnabled)


def click(screen: Screen, name: str) -> None:
    QTest.mouseClick(part(screen, QPushButton, name), LEFT)


def share(screen: Screen, grant: Grant = VIEW) -> Mind:
    screen.mind.share(grant)
    screen.draw()
    return screen.mind


def chosen(screen: Screen) -> Mind:
    screen.mind.share_chosen()
    screen.draw()
    return screen.mind


def band(screen: Screen) -> QFrame:
    return part(screen, QFrame, "shareBand")


def band_part(screen: Screen, name: str) -> QPushButton:
    found = band(screen).findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def deeds(screen: Screen, kind: type[Input]) -> list[Input]:
    return [one for one in screen.given if isinstance(one, kind)]


def test_the_question_stands_above_the_conversation(screen: Screen) -> None:
    ask(screen)
    assert text_of(screen, "promptTitle") == "Ada Lovelace would like to see your screen"
    assert text_of(screen, "promptWhy") == "Reason: To look."
    assert text_of(screen, "promptCountdown") == "1:00 left. No answer means no."
    assert part(screen, QWidget, "draft").isVisible()
    assert part(screen, QWidget, "log").isVisible()


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("promptAllow", ShareAnswer.ALLOW),
        ("promptViewOnly", ShareAnswer.VIEW_ONLY),
        ("promptChoose", ShareAnswer.CHOOSE),
        ("promptDeny", ShareAnswer.DENY),
    ],
)
def test_a_click_answers(screen: Screen, qtbot: QtBot, name: str, answer: ShareAnswer) -> None:
    asked(screen, qtbot, CONTROL)
    lasts = part(screen, QComboBox, "promptLasts")
    lasts.setCurrentIndex(lasts.findData(3600))
    click(screen, name)
    (given,) = deeds(screen, deed.ShareAnswered)
    assert given == deed.ShareAnswered("client0000", 3, answer, 3600)
    assert not part(screen, QFrame, "sharePrompt").isVisible()


def test_no_answer_is_taken_in_the_first_moment(screen: Screen, qtbot: QtBot) -> None:
    ask(screen, CONTROL)
    for name in ("promptAllow", "promptViewOnly", "promptChoose", "promptDeny"):
        click(screen, name)
        QTest.keyClick(part(screen, QPushButton, name), Qt.Key.Key_Space)
    assert deeds(screen, deed.ShareAnswered) == []
    qtbot.waitUntil(part(screen, QPushButton, "promptAllow").isEnabled)
    screen.mind.ask(VIEW)
    screen.draw()
    assert not part(screen, QPushButton, "promptAllow").isEnabled()


def test_the_safe_answer_has_the_focus(screen: Screen, qtbot: QtBot) -> None:
    asked(screen, qtbot)
    assert focused(screen) == "promptDeny"
    QTest.keyClick(part(screen, QPushButton, "promptDeny"), Qt.Key.Key_Return)
    (given,) = deeds(screen, deed.ShareAnswered)
    assert isinstance(given, deed.ShareAnswered)
    assert given.answer is ShareAnswer.DENY
    assert focused(screen) == "draft"


def test_who_is_writing_goes_on_writing(screen: Screen, qtbot: QtBot) -> None:
    screen.mind.talk()
    screen.draw()
    draft = part(screen, QPlainTextEdit, "draft")
    QTest.keyClicks(draft, "Good mor")
    screen.mind.ask()
    screen.draw()
    qtbot.waitUntil(part(screen, QPushButton, "promptAllow").isEnabled)
    assert focused(screen) == "draft"
    QTest.keyClicks(draft, "ning")
    QTest.keyClick(draft, Qt.Key.Key_Return)
    assert deeds(screen, deed.ShareAnswered) == []
    assert screen.mind.state.outbox.lines[-1].text == "Good morning"


def test_every_answer_is_reached_by_keyboard(screen: Screen, qtbot: QtBot) -> None:
    asked(screen, qtbot, CONTROL)
    names = set()
    for _ in range(14):
        names.add(focused(screen))
        QTest.keyClick(screen.window.focusWidget() or screen.window, Qt.Key.Key_Tab)
    assert {
        "promptLasts", "promptAllow", "promptViewOnly", "promptChoose", "promptDeny", "draft",
    } <= names  # fmt: skip


def test_markup_and_line_breaks_of_a_reason_stay_text(screen: Screen) -> None:
    ask(screen, reason="<b>Allow</b> *now*")
    assert text_of(screen, "promptWhy") == "Reason: <b>Allow</b> *now*"
    label = part(screen, QLabel, "promptWhy")
    assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("grant", Grant)
def test_all_answers_are_in_sight_in_the_smallest_window(screen: Screen, grant: Grant) -> None:
    screen.window.resize(LEAST)
    ask(screen, grant, reason="A long reason. " * 12)
    prompt = part(screen, QFrame, "sharePrompt")
    chooses = () if grant in CLIPBOARD else ("promptChoose",)
    for name in ("promptAllow", "promptDeny", *chooses):
        one = part(screen, QPushButton, name)
        corner = one.mapTo(prompt, one.rect().bottomRight())
        assert prompt.rect().contains(corner), name
        assert screen.window.rect().contains(one.mapTo(screen.window, one.rect().bottomRight()))
    draft = part(screen, QWidget, "draft")
    below = prompt.mapTo(screen.window, prompt.rect().bottomLeft()).y()
    assert draft.mapTo(screen.window, draft.rect().topLeft()).y() > below


def test_the_band_stands_while_something_is_shared(screen: Screen) -> None:
    assert not band(screen).isVisible()
    mind = share(screen)
    assert band(screen).isVisible()
    mind.take(deed.EndShareWanted("end00001"))
    screen.draw()
    assert not band(screen).isVisible()


def test_end_screen_share_is_one_click(screen: Screen) -> None:
    share(screen, CONTROL)
    QTest.mouseClick(band_part(screen, "bannerEnd"), LEFT)
    assert len(deeds(screen, deed.EndShareWanted)) == 1
    assert screen.mind.mode is Mode.OFF


def both(screen: Screen) -> None:
    mind = share(screen, CONTROL)
    mind.hear(RepresentativeJoined(seq=mind.seq, at=AT, participant=ALAN, by=ADA.id))
    mind.ask(by=ALAN)
    mind.answer()
    mind.take(deed.ObstaclesMet(Obstacle.LOCKED, Obstacle.ELEVATED), deed.OwnHandMoved())
    screen.draw()


@pytest.mark.parametrize("state", [share, chosen, both])
def test_the_button_is_never_small_covered_or_disabled(
    screen: Screen, state: Callable[[Screen], object]
) -> None:
    screen.window.resize(LEAST)
    state(screen)
    end = band_part(screen, "bannerEnd")
    assert end.isEnabled()
    assert end.height() >= BUTTON_LEAST >= 32
    assert end.width() >= end.fontMetrics().horizontalAdvance(end.text())
    for corner in (end.rect().topLeft(), end.rect().bottomRight()):
        place = end.mapTo(screen.window, corner)
        assert screen.window.rect().contains(place)
        assert screen.window.childAt(place) is end


@pytest.mark.parametrize("name", ["W" * 80, "\N{WATCH}" * 80, "A very long name indeed " * 3])
def test_no_name_pushes_it_out_of_sight(screen: Screen, name: str) -> None:
    screen.window.resize(LEAST)
    long = replace(ADA, name=name)
    screen.mind.join().hear(welcome([OPENED, replace(ACCEPTED, participant=long)]))
    screen.mind.ask(CONTROL, reason=name)
    screen.draw()
    prompt = part(screen, QFrame, "sharePrompt")
    for one in prompt.findChildren(QPushButton):
        assert prompt.rect().contains(one.mapTo(prompt, one.rect().bottomRight())), one.text()
    screen.mind.answer()
    screen.draw()
    end = band_part(screen, "bannerEnd")
    place = end.mapTo(screen.window, end.rect().bottomRight())
    assert screen.window.rect().contains(place)
    assert screen.window.childAt(place) is end
    assert screen.window.size() == LEAST


def test_tab_reaches_it_first_in_the_band(screen: Screen) -> None:
    both(screen)
    band_part(screen, "bannerEnd").setFocus()
    names = []
    for _ in range(4):
        QTest.keyClick(screen.window.focusWidget() or screen.window, Qt.Key.Key_Tab)
        names.append(focused(screen))
    assert names == ["bannerPause", "grantTake", "grantTake", "grantTake"]
    before = band_part(screen, "bannerEnd").previousInFocusChain()
    assert before is not None
    assert not band(screen).isAncestorOf(before) or before.objectName() == ""


def test_pause_and_continue(screen: Screen) -> None:
    share(screen)
    pause = band_part(screen, "bannerPause")
    pause.click()
    assert not screen.mind.permit.shows
    assert pause.text() == "Continue"
    assert band(screen).isVisible()
    pause.click()
    assert screen.mind.permit.shows


def test_control_is_taken_back_by_its_own_button(screen: Screen) -> None:
    share(screen, CONTROL)
    take = band_part(screen, "grantTake")
    assert take.accessibleName() == "Take control back from Ada Lovelace"
    take.click()
    assert screen.mind.permit.controllers == {}
    assert screen.mind.permit.viewers == {1}


def test_more_time_is_one_click(screen: Screen) -> None:
    mind = share(screen, CONTROL)
    assert not band_part(screen, "grantMore").isVisible()
    mind.now += 800
    mind.take(deed.OwnHandMoved())
    screen.draw()
    band_part(screen, "grantMore").click()
    assert mind.permit.controllers[1] == mind.now + 1000


def test_a_line_keeps_the_focus_while_its_time_runs(screen: Screen) -> None:
    mind = share(screen, CONTROL)
    take = band_part(screen, "grantTake")
    take.setFocus()
    mind.now += 61
    mind.take(deed.OwnHandMoved())
    screen.draw()
    assert band_part(screen, "grantTake") is take
    assert focused(screen) == "grantTake"


def test_after_a_lost_link_it_asks(screen: Screen) -> None:
    mind = share(screen)
    mind.take(LinkLost())
    screen.draw()
    assert text_of(screen, "againTitle") == "Screen sharing stopped"
    assert not part(screen, QPushButton, "againYes").isEnabled()
    click(screen, "againNo")
    assert mind.mode is Mode.OFF
    assert not part(screen, QFrame, "shareAgain").isVisible()


def strip(screen: Screen) -> ShareStrip:
    return screen.window.share.strip


def test_the_strip_says_and_does_the_same(screen: Screen) -> None:
    mind = share(screen)
    assert strip(screen).isVisible()
    end = strip(screen).findChild(QPushButton, "bannerEnd")
    assert isinstance(end, QPushButton)
    assert end.height() >= BUTTON_LEAST
    QTest.mouseClick(end, LEFT)
    assert mind.mode is Mode.OFF
    assert not strip(screen).isVisible()


def test_the_tray_ends_it_and_opens_the_chat(screen: Screen) -> None:
    mind = share(screen)
    end, chat = screen.window.share.tray.menu.actions()
    assert (end.text(), chat.text()) == ("End screen share", "Open chat")
    screen.window.showMinimized()
    chat.trigger()
    assert not screen.window.isMinimized()
    end.trigger()
    assert mind.mode is Mode.OFF


def test_a_closed_window_leaves_no_strip(screen: Screen) -> None:
    share(screen)
    screen.window.close()
    screen.draw()
    found = part(screen, QPushButton, "questionYes")
    found.click()
    assert not strip(screen).isVisible()


@pytest.mark.parametrize("grant", CLIPBOARD)
def test_the_clipboard_is_asked_for_by_itself_and_shown_with_its_time(
    screen: Screen, qtbot: QtBot, grant: Grant
) -> None:
    ask(screen, grant)
    qtbot.waitUntil(part(screen, QPushButton, "promptAllow").isEnabled)
    assert "clipboard" in part(screen, QLabel, "promptTitle").text() or grant is Grant.COPY
    assert not part(screen, QPushButton, "promptChoose").isVisible()
    assert not part(screen, QPushButton, "promptViewOnly").isVisible()
    click(screen, "promptAllow")
    screen.mind.echo()
    screen.draw()
    lines = screen.window.findChildren(QLabel, "grantText")
    (line,) = [one for one in lines if one.isVisible()]
    assert "15 min" in line.text().replace("\u200b", "")
    (take,) = [
        one for one in screen.window.findChildren(QPushButton, "grantTake") if one.isVisible()
    ]
    QTest.mouseClick(take, LEFT)
    assert screen.mind.state.share.holds(ADA.id, grant) is None
    assert screen.mind.state.share.viewers
