"""A nudge brings the window to the front, moves it and puts it back where it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.platform.players import Players
from client.ui.nudge import SHAKE_PX, Nudger, sound_file
from client.ui.theme import Theme
from tests.client.ui.conftest import Screen

HEARD = """#!/bin/sh
echo "$1" >> "$(dirname "$0")/heard"
"""
"""A player of sounds that only writes down what it would play."""


class Called:
    """The nudger of `screen`, and where its window has been meanwhile."""

    def __init__(self, screen: Screen, folder: Path) -> None:
        player = folder / "player"
        player.write_text(HEARD)
        player.chmod(0o755)
        self.heard = folder / "heard"
        self.window = screen.window
        self.nudger = Nudger(screen.window, screen.theme, Players([[str(player)]]))
        self.places: list[QPoint] = []
        self.nudger._shake.valueChanged.connect(self._note)

    def _note(self) -> None:
        self.places.append(self.window.pos())

    def ring(self, qtbot: QtBot) -> None:
        """Ring and wait for the rest after it."""
        with qtbot.waitSignal(self.nudger._pulse.finished):
            self.nudger.ring()

    @property
    def edge(self) -> QWidget:
        found = self.window.findChild(QWidget, "nudgeEdge")
        assert isinstance(found, QWidget)
        return found


@pytest.fixture
def called(screen: Screen, tmp_path: Path, qtbot: QtBot) -> Iterator[Called]:
    screen.window.move(200, 120)
    qtbot.waitUntil(lambda: screen.window.pos() == QPoint(200, 120))
    made = Called(screen, tmp_path)
    yield made
    made.nudger.close()


def test_the_window_moves_and_rests_exactly_where_it_was(called: Called, qtbot: QtBot) -> None:
    size = called.window.size()
    called.ring(qtbot)
    moved = {place.x() - 200 for place in called.places}
    assert any(by < 0 for by in moved)
    assert any(by > 0 for by in moved)
    assert all(abs(by) <= SHAKE_PX for by in moved)
    qtbot.waitUntil(lambda: called.window.pos() == QPoint(200, 120))
    assert called.window.size() == size
    assert not called.edge.isVisible()


def test_a_second_nudge_in_the_middle_ends_at_the_same_place(called: Called, qtbot: QtBot) -> None:
    called.nudger.ring()
    qtbot.waitUntil(lambda: any(place.x() != 200 for place in called.places))
    called.ring(qtbot)
    qtbot.waitUntil(lambda: called.window.pos() == QPoint(200, 120))


def test_it_stays_on_its_monitor(called: Called, qtbot: QtBot) -> None:
    screen = called.window.screen().availableGeometry()
    right = screen.right() + 1 - called.window.frameGeometry().width()
    called.window.move(right, 120)
    qtbot.waitUntil(lambda: called.window.pos() == QPoint(right, 120))
    called.ring(qtbot)
    assert all(place.x() <= right for place in called.places)
    assert any(place.x() < right for place in called.places)
    qtbot.waitUntil(lambda: called.window.pos() == QPoint(right, 120))


def test_a_minimised_window_comes_back(called: Called, qtbot: QtBot) -> None:
    called.window.showMinimized()
    qtbot.waitUntil(called.window.isMinimized)
    called.ring(qtbot)
    qtbot.waitUntil(lambda: not called.window.isMinimized() and called.window.isActiveWindow())
    qtbot.waitUntil(lambda: called.window.pos() == QPoint(200, 120))


def test_a_maximised_window_stays_and_its_edge_pulses(called: Called, qtbot: QtBot) -> None:
    called.window.showMaximized()
    place = called.window.screen().availableGeometry().topLeft()
    qtbot.waitUntil(lambda: called.window.isMaximized() and called.window.pos() == place)
    called.nudger.ring()
    qtbot.waitUntil(called.edge.isVisible)
    qtbot.waitUntil(lambda: not called.edge.isVisible())
    assert called.window.isMaximized()
    assert called.window.pos() == place
    assert called.places == []


def test_without_motion_only_the_edge_pulses(screen: Screen, tmp_path: Path, qtbot: QtBot) -> None:
    screen.theme.still = True
    called = Called(screen, tmp_path)
    called.nudger.ring()
    qtbot.waitUntil(called.edge.isVisible)
    assert called.edge.size() == called.window.size()
    assert called.edge.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    qtbot.waitUntil(lambda: not called.edge.isVisible())
    assert called.places == []
    called.nudger.close()


def test_it_is_heard_unless_muted(called: Called, qtbot: QtBot) -> None:
    called.nudger.muted = True
    called.ring(qtbot)
    assert not called.heard.exists()
    called.nudger.muted = False
    called.nudger.ring()
    qtbot.waitUntil(lambda: called.heard.exists() and called.heard.read_text().endswith("\n"))
    assert called.heard.read_text().splitlines() == [str(sound_file())]
    assert sound_file().read_bytes()[:4] == b"RIFF"


def test_the_first_use_after_it_is_told_once(called: Called, qtbot: QtBot) -> None:
    told: list[str] = []
    called.nudger.used.connect(lambda: told.append("used"))
    QTest.keyClick(called.window, Qt.Key.Key_Shift)
    assert told == [], "nobody has called yet"
    called.ring(qtbot)
    assert told == [], "what the window does by itself is no use of it"
    QTest.mouseClick(called.window, Qt.MouseButton.LeftButton)
    QTest.keyClick(called.window, Qt.Key.Key_Shift)
    assert told == ["used"]


def test_using_the_window_stops_its_motion(called: Called, qtbot: QtBot) -> None:
    called.nudger.ring()
    qtbot.waitUntil(lambda: any(place.x() != 200 for place in called.places))
    QTest.mouseClick(called.window, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: called.window.pos() == QPoint(200, 120))
    count = len(called.places)
    qtbot.waitUntil(lambda: not called.edge.isVisible())
    assert len(called.places) == count


def test_a_theme_knows_whether_to_be_still(qtbot: QtBot) -> None:
    assert Theme(still=True).still
    assert not Theme().still
