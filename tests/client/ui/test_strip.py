"""The strip on a real screen: above everything, without the focus, not to be lost."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from Xlib import X
from Xlib.display import Display

from client.ui.share_strip import WIDTH, ShareStrip
from tests.client.ui.conftest import Screen

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def strip(screen: Screen, qtbot: QtBot) -> ShareStrip:
    made = screen.window.share.strip
    screen.mind.share()
    with qtbot.waitExposed(made):
        screen.draw()
    return made


def states_of(window: int) -> set[str]:
    """What the window manager says of a window (_NET_WM_STATE)."""
    display = Display()
    try:
        atom = display.intern_atom("_NET_WM_STATE")
        found = display.create_resource_object("window", window).get_full_property(
            atom, X.AnyPropertyType
        )
        return {display.get_atom_name(value) for value in found.value} if found else set()
    finally:
        display.close()


def test_it_stands_above_everything_at_the_top_of_the_screen(
    strip: ShareStrip, qtbot: QtBot
) -> None:
    if QGuiApplication.platformName() != "xcb":
        pytest.skip("there is no window manager")
    qtbot.waitUntil(lambda: "_NET_WM_STATE_ABOVE" in states_of(int(strip.winId())))
    area = QGuiApplication.primaryScreen().availableGeometry()
    qtbot.waitUntil(lambda: strip.pos().y() == area.y())
    assert abs(strip.geometry().center().x() - area.center().x()) <= 1


def test_it_takes_no_focus(strip: ShareStrip, screen: Screen, qtbot: QtBot) -> None:
    assert screen.window.isActiveWindow()
    QTest.mouseClick(strip, LEFT, pos=QPoint(WIDTH // 2, 4))
    assert screen.window.isActiveWindow()
    assert not strip.isActiveWindow()


def test_it_cannot_be_closed(strip: ShareStrip) -> None:
    assert not strip.close()
    assert strip.isVisible()


def test_it_stays_where_it_is_put(strip: ShareStrip, screen: Screen) -> None:
    before = strip.pos()
    grip = QPoint(60, 12)
    QTest.mousePress(strip, LEFT, pos=grip)
    QTest.mouseMove(strip, grip + QPoint(30, 40))
    QTest.mouseRelease(strip, LEFT, pos=grip)
    after = strip.pos()
    assert after == before + QPoint(30, 40)
    screen.mind.now += 1
    screen.draw()
    assert strip.pos() == after


def test_it_does_not_get_lost_off_the_screen(strip: ShareStrip) -> None:
    first = strip.pos()
    grip = QPoint(60, 12)
    QTest.mousePress(strip, LEFT, pos=grip)
    QTest.mouseMove(strip, grip + QPoint(0, 9000))
    QTest.mouseRelease(strip, LEFT, pos=grip)
    assert strip.pos() == first


def test_it_comes_back_when_monitors_change(strip: ShareStrip, qtbot: QtBot) -> None:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    strip.hide()
    strip.show()
    with qtbot.waitExposed(strip):
        app.primaryScreenChanged.emit(QGuiApplication.primaryScreen())
    assert strip.isVisible()
