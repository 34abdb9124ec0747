"""The size of text and the sound of a nudge, set in the window for as long as it is open."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListView, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from client.ui.main_window import LEAST
from client.ui.more import More
from client.ui.theme import AROUND_MOST, LARGEST, SMALLEST, USUAL
from tests.client.mind import ADA, line
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import part

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def press(screen: Screen, key: Qt.Key, times: int = 1) -> None:
    target = screen.window.focusWidget() or screen.window
    for _ in range(times):
        QTest.keyClick(target, key, CTRL)


@pytest.fixture
def talk(screen: Screen) -> Screen:
    screen.mind.talk()
    screen.mind.hear(line(3, ADA, "Please read *this* at https://acme.example/help"))
    screen.draw()
    return screen


def size_of(screen: Screen, kind: type[QLabel] | type[QPlainTextEdit], name: str) -> int:
    return part(screen, kind, name).font().pixelSize()


def test_keys_change_the_size_and_stop_at_the_ends(talk: Screen) -> None:
    press(talk, Key.Key_Plus)
    assert talk.theme.percent == USUAL + 10
    press(talk, Key.Key_Equal, 20)
    assert talk.theme.percent == LARGEST
    press(talk, Key.Key_Minus, 30)
    assert talk.theme.percent == SMALLEST
    press(talk, Key.Key_0)
    assert talk.theme.percent == USUAL


def test_what_is_written_follows_and_what_is_around_it_as_far_as_there_is_room(
    talk: Screen, qtbot: QtBot
) -> None:
    written = size_of(talk, QPlainTextEdit, "draft")
    around = size_of(talk, QLabel, "connection")
    draft = part(talk, QPlainTextEdit, "draft")
    high = draft.height()
    log = part(talk, QListView, "log")
    lines = log.sizeHintForRow(log.model().rowCount() - 1)
    press(talk, Key.Key_Plus, 10)
    qtbot.waitUntil(lambda: size_of(talk, QPlainTextEdit, "draft") == 2 * written)
    assert size_of(talk, QLabel, "connection") == round(around * AROUND_MOST / USUAL)
    qtbot.waitUntil(lambda: draft.height() > high)
    assert log.sizeHintForRow(log.model().rowCount() - 1) > lines
    press(talk, Key.Key_0)
    qtbot.waitUntil(lambda: draft.height() == high)
    assert size_of(talk, QLabel, "connection") == around


@pytest.mark.parametrize("percent", [SMALLEST, USUAL, LARGEST])
def test_the_smallest_window_still_holds_everything(
    talk: Screen, qtbot: QtBot, percent: int
) -> None:
    talk.theme.resize(percent)
    talk.window.resize(LEAST)
    qtbot.waitUntil(lambda: talk.window.size() == LEAST)
    inside = talk.window.rect()
    for kind, name in ((QPlainTextEdit, "draft"), (QToolButton, "more"), (QLabel, "connection")):
        found = part(talk, kind, name)
        assert found.isVisible()
        corner = found.mapTo(talk.window, found.rect().bottomRight())
        assert inside.contains(corner), name


def test_the_menu_says_what_can_be_done(talk: Screen) -> None:
    more = part(talk, More, "more")
    actions = {action.text(): action for action in more.menu().actions()}
    assert not actions["Usual size"].isEnabled()
    talk.theme.resize(LARGEST)
    assert not actions["Larger text"].isEnabled()
    assert actions["Usual size"].isEnabled()
    talk.theme.resize(SMALLEST)
    assert not actions["Smaller text"].isEnabled()
    assert more.accessibleName()


def test_the_sound_is_switched_off_and_on(talk: Screen, qtbot: QtBot) -> None:
    more = part(talk, More, "more")
    sound = next(one for one in more.menu().actions() if one.isCheckable())
    assert sound.isChecked()
    for muted in (True, False):
        with qtbot.waitSignal(more.muted) as told:
            sound.trigger()
        assert told.args == [muted]
