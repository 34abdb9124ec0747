"""The watermark: seen over everything, in nobody's way, and never an opaque screen."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date

import pytest
from msgspec import structs
from mss import MSS
from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from Xlib.display import Display

from client.session.conversation import Calendar
from client.session.effects import FetchLogo
from client.session.inputs import Admitted, JoinWanted
from client.session.present import present
from client.session.share_view import WatermarkView
from client.session.working_inputs import LogoCame
from client.ui.faces import drawn
from client.ui.watermark import HEIGHT, WIDTH, Watermarks, mark_of
from protocol.api import Watermark
from protocol.catalogue import load
from scripts.processes import started
from tests.client.mind import JOINED, KEY, Mind
from tests.client.ui.test_marks import _click as click
from tests.relay.pictures import png

VIEW = WatermarkView(text="Acme Support", logo=b"", percent=50, seen=True)
COMPOSITOR_S = 10
BELOW = bytes((0x30, 0x80, 0xC0))


class Way:
    """A system that shows watermarks; `prepared` keeps what it was told."""

    def __init__(self, *, translucent: bool, wanted: bool = True) -> None:
        self.prepared: list[tuple[int, bool]] = []
        self._translucent = translucent
        self._wanted = wanted

    def wanted(self) -> bool:
        return self._wanted

    def translucent(self) -> bool:
        return self._translucent

    def prepare(self, window: int, *, seen: bool) -> None:
        self.prepared.append((window, seen))


def sheets() -> list[QWidget]:
    found = QApplication.topLevelWidgets()
    return [one for one in found if one.objectName() == "watermark" and one.isVisible()]


def pixels() -> tuple[bytes, int]:
    """The screen as it is, and how many bytes a row has."""
    with MSS() as screen:
        shot = screen.grab(screen.monitors[0])
        return bytes(shot.rgb), shot.width * 3


def share_changed(before: bytes, after: bytes) -> float:
    pairs = zip(before[::3], after[::3], strict=True)
    return sum(a != b for a, b in pairs) / (len(before) // 3)


def whites(picture: bytes) -> int:
    return sum(picture[at : at + 3] == b"\xff\xff\xff" for at in range(0, len(picture), 3))


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """No sheet is there before a test, nor after it."""
    assert sheets() == []
    yield
    for sheet in sheets():
        sheet.hide()


@pytest.fixture
def desk(qtbot: QtBot) -> QPushButton:
    """A window over the screen, so that it is not black to begin with."""
    if QGuiApplication.platformName() != "xcb":
        pytest.skip("there is no screen to look at")
    button = QPushButton("below")
    button.setStyleSheet("background: #3080c0; border: none")
    qtbot.addWidget(button)
    with qtbot.waitExposed(button):
        button.showMaximized()
    qtbot.waitUntil(button.isActiveWindow)
    qtbot.waitUntil(lambda: pixels()[0].count(BELOW) > len(pixels()[0]) // 8)
    return button


@contextmanager
def compositor(qtbot: QtBot) -> Iterator[None]:
    """Within the block what is translucent is."""
    with started(["picom", "--backend", "xrender", "--config", os.devnull]):
        qtbot.waitUntil(lambda: has_compositor() is True, timeout=COMPOSITOR_S * 1000)
        yield
    qtbot.waitUntil(lambda: has_compositor() is False, timeout=COMPOSITOR_S * 1000)


def has_compositor() -> bool:
    display = Display()
    try:
        owner = display.get_selection_owner(display.intern_atom("_NET_WM_CM_S0"))
        return bool(owner)
    finally:
        display.close()


def test_without_a_compositor_only_the_letters_are_there(desk: QPushButton, qtbot: QtBot) -> None:
    before, _ = pixels()
    marks = Watermarks(Way(translucent=False), QObject(desk))
    marks.render_view(VIEW)
    qtbot.waitUntil(lambda: pixels()[0] != before)
    QTest.qWait(100)
    changed = share_changed(before, pixels()[0])
    marks.render_view(None)
    assert 0.002 < changed < 0.1, "an opaque screen would change all of it"


def test_with_a_compositor_what_lies_below_shines_through(desk: QPushButton, qtbot: QtBot) -> None:
    with compositor(qtbot):
        before, row = pixels()
        marks = Watermarks(Way(translucent=True), QObject(desk))
        marks.render_view(VIEW)
        qtbot.waitUntil(lambda: pixels()[0] != before)
        QTest.qWait(300)
        after, _ = pixels()
        marks.render_view(None)
    assert after[row * 5 : row * 6] == before[row * 5 : row * 6]
    assert 0.005 < share_changed(before, after) < 0.2
    assert whites(after) - whites(before) < 100, "half of the white letters is blue"


def test_a_click_goes_through_and_the_focus_stays(desk: QPushButton, qtbot: QtBot) -> None:
    marks = Watermarks(Way(translucent=False), QObject(desk))
    marks.render_view(VIEW)
    (sheet,) = sheets()
    inside = next(
        QPoint(x, y)
        for y in range(sheet.height() // 2, sheet.height())
        for x in range(sheet.width() // 3, sheet.width(), 3)
        if sheet.mask().contains(QPoint(x, y))
    )
    with qtbot.waitSignal(desk.clicked):
        click(sheet.mapToGlobal(inside))
    assert desk.isActiveWindow()
    assert not sheet.isActiveWindow()
    marks.render_view(None)


def test_one_lies_over_each_monitor_and_goes(qtbot: QtBot) -> None:
    way = Way(translucent=False)
    marks = Watermarks(way, QObject())
    marks.render_view(VIEW)
    found = sheets()
    assert len(found) == len(QGuiApplication.screens())
    assert [(int(one.winId()), True) for one in found] == way.prepared
    for sheet in found:
        assert sheet.geometry() == sheet.screen().geometry()
    marks.render_view(None)
    assert sheets() == []


def test_a_system_without_them_shows_none(qtbot: QtBot) -> None:
    marks = Watermarks(Way(translucent=True, wanted=False), QObject())
    marks.render_view(VIEW)
    assert sheets() == []


@pytest.mark.parametrize("text", ["", "\n", "A", "Acme Support", "W" * 60, "ÄÖÜ \U0001f600"])
@pytest.mark.parametrize("screen", [QSize(1920, 1080), QSize(800, 600), QSize(1080, 1920)])
def test_the_text_always_fits(qtbot: QtBot, text: str, screen: QSize) -> None:
    view = WatermarkView(text=text, logo=b"", percent=15, seen=True)
    mark = mark_of(view, screen, 1.5)
    assert 0 < mark.width() <= round(screen.width() * WIDTH * 1.5)
    assert 0 < mark.height() <= round(screen.height() * HEIGHT * 1.5)


def test_a_logo_takes_the_place_of_the_text(qtbot: QtBot) -> None:
    logo = png(40, 40)
    assert drawn(logo) is not None
    with_logo = WatermarkView(text="Acme", logo=logo, percent=15, seen=True)
    broken = WatermarkView(text="Acme", logo=b"no picture", percent=15, seen=True)
    size = QSize(1000, 1000)
    assert mark_of(with_logo, size, 1.0).size() != mark_of(broken, size, 1.0).size()


def test_it_is_there_exactly_while_something_is_shared() -> None:
    mark = Watermark(text="Acme", percent=15, seen=False)
    calendar = Calendar(date(2023, 11, 14), UTC)

    def shown(mind: Mind) -> WatermarkView | None:
        state = replace(mind.state, watermark=mark)
        return present(state, load("en"), calendar).share.watermark

    assert shown(Mind("Acme").talk()) is None
    assert shown(Mind("Acme").share()) == WatermarkView(
        text="Acme", logo=b"", percent=15, seen=False
    )


def test_its_picture_is_fetched_when_the_relay_names_one() -> None:
    path = "/look/main/logo?v=0123456789abcdef"
    mark = Watermark(text="Acme", percent=15, seen=True, logo=path)
    mind = Mind("Acme")
    mind.take(JoinWanted(KEY, "", ""), Admitted(structs.replace(JOINED, watermark=mark)))
    assert FetchLogo(path) in mind.done
    mind.take(LogoCame(b"picture"))
    assert mind.state.logo == b"picture"


def test_a_picture_nobody_asked_for_is_not_kept() -> None:
    mind = Mind("Acme").talk()
    mind.take(LogoCame(b"picture"))
    assert mind.state.logo == b""
