"""Marks: at the right place whatever the scaling, seen, and never in the way."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

from client.session.inputs import Tick
from client.session.share_hearing import MARK_S
from client.session.share_inputs import Pointed
from client.ui.marks import RING, Area, logical
from tests.client.ui.conftest import Screen

ONE = Area(QRect(0, 0, 1920, 1080), 1.0)


@pytest.mark.parametrize(
    ("place", "screens", "expected"),
    [
        ((960, 540), [ONE], (960, 540)),
        ((960, 540), [Area(QRect(0, 0, 1280, 720), 1.5)], (640, 360)),
        ((3839, 2159), [Area(QRect(0, 0, 1920, 1080), 2.0)], (1919, 1079)),
        ((1920 + 300, 90), [ONE, Area(QRect(1920, 0, 1280, 720), 1.5)], (1920 + 200, 60)),
        ((-1000, -40), [ONE, Area(QRect(-1920, -80, 960, 540), 2.0)], (-1920 + 460, -60)),
        ((5000, -7), [ONE], (1919, 0)),
    ],
)
def test_physical_places_become_logical_ones(
    place: tuple[int, int], screens: list[Area], expected: tuple[int, int]
) -> None:
    assert logical(*place, screens) == QPoint(*expected)


def rings() -> list[QWidget]:
    found = QApplication.topLevelWidgets()
    return [one for one in found if one.objectName() == "shareMark" and one.isVisible()]


def point(screen: Screen, number: int = 1, x: int = 900, y: int = 700) -> None:
    screen.mind.take(Pointed(1, number, x, y))
    screen.draw()


def test_a_ring_stands_around_the_place_and_goes(screen: Screen) -> None:
    screen.theme.still = True
    screen.mind.share()
    point(screen)
    point(screen, 2, 300, 300)
    (first, second) = sorted(rings(), key=lambda one: -one.x())
    assert (first.geometry().center() - QPoint(900, 700)).manhattanLength() <= 2
    assert first.accessibleName() == "Ada Lovelace points here: 1"
    assert not first.mask().contains(first.rect().center())
    assert first.mask().boundingRect().width() >= RING
    screen.mind.now += MARK_S
    screen.mind.take(Tick())
    screen.draw()
    assert rings() == []
    assert not second.isVisible()


def test_the_same_number_moves(screen: Screen) -> None:
    screen.mind.share()
    point(screen)
    point(screen, 1, 500, 500)
    (ring,) = rings()
    assert (ring.geometry().center() - QPoint(500, 500)).manhattanLength() <= 2


def test_a_click_goes_through_and_the_focus_stays(screen: Screen, qtbot: QtBot) -> None:
    if QGuiApplication.platformName() != "xcb":
        pytest.skip("there is nothing to click on")
    screen.theme.still = True
    below = QPushButton("below")
    qtbot.addWidget(below)
    below.resize(300, 300)
    with qtbot.waitExposed(below):
        below.show()
    qtbot.waitUntil(below.isActiveWindow)
    centre = below.mapToGlobal(below.rect().center())
    screen.mind.share()
    point(screen, 1, centre.x(), centre.y())
    (ring,) = rings()
    qtbot.waitUntil(ring.isVisible)
    edge = centre + QPoint(RING // 2 - 3, 0)
    assert ring.mask().contains(ring.mapFromGlobal(edge))
    assert not ring.isActiveWindow()
    with qtbot.waitSignal(below.clicked):
        _click(edge)
    assert below.isActiveWindow()


def _click(place: QPoint) -> None:
    """Click there as a hand would."""
    display = Display()
    xtest.fake_input(display, X.MotionNotify, x=place.x(), y=place.y())
    xtest.fake_input(display, X.ButtonPress, 1)
    xtest.fake_input(display, X.ButtonRelease, 1)
    display.sync()
    display.close()
