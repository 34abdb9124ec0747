"""Nothing reaches this program's own windows, whatever is sent."""

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from client.input.replay import Ignored
from client.session.geometry import Rect
from protocol import limits
from protocol.inputs import (
    AnyInput,
    Button,
    KeyDown,
    KeyUp,
    Move,
    Press,
    Release,
    Special,
    SpecialKey,
    Typed,
    Wheel,
)
from protocol.screen import InputRefusal
from tests.client.input.scene import LEFT, PLACE, Scene, keys_down, middle
from tests.client.platform.programs import Listener


class Own:
    """Windows of this very program, full of things to press; `acts` are what was done to them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.acts: list[str] = []
        self.window = QWidget()
        self.window.setGeometry(700, 400, 360, 240)
        layout = QVBoxLayout(self.window)
        for name in ("END", "Allow", "Don't allow"):
            button = QPushButton(name)
            button.setMinimumHeight(40)
            button.pressed.connect(lambda name=name: self.acts.append(name))
            layout.addWidget(button)
        self.line = QLineEdit()
        self.line.textChanged.connect(self.acts.append)
        layout.addWidget(self.line)
        self.menu = QMenu(self.window)
        self.menu.addAction("Quit").triggered.connect(lambda: self.acts.append("Quit"))
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.line.setFocus()

    def places(self) -> Rect:
        frame = self.window.frameGeometry()
        return Rect(frame.x(), frame.y(), frame.width(), frame.height())


@pytest.fixture
def own(qtbot: QtBot) -> Iterator[Own]:
    made = Own(qtbot)
    yield made
    made.menu.hide()
    made.window.hide()
    made.window.deleteLater()


def random_event(chance: random.Random, rect: Rect) -> AnyInput:
    place = {
        "x": chance.randrange(rect.x, rect.right),
        "y": chance.randrange(rect.y, rect.bottom),
    }
    button = chance.choice(list(Button))
    code = chance.choice(["Enter", "Space", "Tab", "Escape", "KeyA", "AltLeft", "ArrowDown", "F4"])
    events: list[AnyInput] = [
        Move(**place),
        Press(button=button, **place),
        Release(button=button, **place),
        Wheel(dx=0, dy=chance.choice([-120, 120]), **place),
        KeyDown(code=code),
        KeyUp(code=code),
        Typed(text="y"),
        SpecialKey(special=Special.ALT_F4),
    ]
    return chance.choice(events)


def test_ten_thousand_random_events_do_nothing_to_the_own_windows(
    stage: Scene, own: Own, qtbot: QtBot
) -> None:
    chance = random.Random(20_231_123)  # noqa: S311 - the same events each time
    frame = stage.picture()
    senders = range(1, 26)
    stage.allow(controllers=dict.fromkeys((*senders, 99), float("inf")))
    for sender in senders:  # so many that nothing is dropped for being too much
        for _ in range(4):
            events = [random_event(chance, own.places()) for _ in range(limits.INPUT_EVENTS)]
            stage.send(*events, frame=frame, sender=sender)
    stage.send(Press(button=LEFT, x=-5, y=0), frame=frame, sender=99)

    def is_through() -> bool:
        return stage.thread.counts.get(InputRefusal.OUTSIDE, 0) == 1

    qtbot.waitUntil(is_through, timeout=120_000)
    QApplication.processEvents()
    assert own.acts == []
    assert stage.thread.counts[InputRefusal.OWN] > 5_000
    assert stage.thread.counts.keys() == {
        InputRefusal.OWN,
        InputRefusal.OUTSIDE,
        Ignored.NOT_PRESSED,
        Ignored.OTHER_HAND,
    }
    assert own.window.isVisible()
    assert keys_down() == 0


def test_an_own_menu_that_has_the_keys_gets_none(
    stage: Scene, own: Own, editor: Listener, qtbot: QtBot
) -> None:
    """It has them without the focus, which stays with another program."""
    with qtbot.waitExposed(own.menu):
        own.menu.popup(QPoint(720, 420))
    stage.send(KeyDown(code="ArrowDown"), KeyDown(code="Enter"), frame=stage.picture())
    qtbot.waitUntil(lambda: stage.thread.counts.get(InputRefusal.OWN, 0) == 2)
    QApplication.processEvents()
    assert own.acts == []
    assert not [said for said in editor.heard() if said["e"] == "down"]


def test_nothing_is_dropped_on_an_own_window(
    stage: Scene, own: Own, program: Listener, qtbot: QtBot
) -> None:
    stage.send(
        Press(button=LEFT, **middle(PLACE)),
        Move(**middle(own.places())),
        Release(button=LEFT, **middle(own.places())),
        frame=stage.picture(),
    )
    program.wait_until("release", x=middle(PLACE)["x"], y=middle(PLACE)["y"])
    assert stage.thread.counts == {InputRefusal.OWN: 1}
    assert own.acts == []
