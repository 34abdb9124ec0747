"""Photos from elsewhere: drawn when they are pictures, and initials otherwise."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from client.session.working_inputs import PhotoCame
from client.ui.faces import face
from client.ui.parts import Disc
from protocol import limits
from tests.client.session.test_picturing import SUM, talk
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import part
from tests.relay.pictures import WEBP_MOVING


def picture(width: int = 64, height: int = 64, kind: str = "PNG") -> bytes:
    drawn = QImage(width, height, QImage.Format.Format_RGB32)
    drawn.fill(QColor("#00aa00"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.mark.parametrize("kind", ["PNG", "JPG", "WEBP"])
def test_a_picture_of_a_usual_kind_is_one(qtbot: QtBot, kind: str) -> None:
    found = face(picture(kind=kind))
    assert found is not None
    assert (found.width(), found.height()) == (64, 64)


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        picture(kind="BMP"),
        picture(limits.PHOTO_PIXELS + 1, 2),
        picture()[:-20],
        WEBP_MOVING,
    ],
)
def test_what_is_none_leaves_the_initials(qtbot: QtBot, content: bytes) -> None:
    assert face(content) is None


def test_it_is_shown_beside_the_name(screen: Screen, qtbot: QtBot) -> None:
    screen.mind = talk()[0]
    screen.draw()
    disc = screen.window.findChildren(Disc)[0]
    before = disc.grab().toImage()
    screen.mind.take(PhotoCame(SUM, picture()))
    screen.draw()
    qtbot.waitUntil(lambda: disc.grab().toImage() != before)
    shown = disc.grab().toImage()
    middle = shown.pixelColor(shown.width() // 2, shown.height() // 2)
    assert (middle.red(), middle.green(), middle.blue()) == (0, 0xAA, 0)
    assert part(screen, Disc, "").isVisible()
