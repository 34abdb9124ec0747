"""Between Qt's thread and the network's."""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from pytestqt.qtbot import QtBot

from client.bridge import Bridge
from client.config import ClientConfig
from client.gate import Gate
from client.net.files.saving import Place
from client.platform import current
from client.session.effects import UseKey
from client.session.inputs import JoinFailed
from client.session.state import Trouble
from protocol.api import Join

EMITS = 10_000


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.given: list[object] = []
        self.threads: set[bool] = set()

    @Slot(object)
    def take(self, given: object) -> None:
        self.given.append(given)
        self.threads.add(QThread.isMainThread())


def bridge_to(relay: str) -> Bridge:
    """A bridge for that relay, with a gate that nobody opens."""
    place = Place(Path(), current().marker.mark)
    return Bridge(
        ClientConfig(relay=relay), Gate(), lambda *_: None, current().sockets.unsent, place
    )


def test_an_answer_comes_back_in_the_main_thread(qtbot: QtBot) -> None:
    bridge = bridge_to("https://127.0.0.1:9")  # nobody listens there
    receiver = Receiver()
    bridge.given.connect(receiver.take, Qt.ConnectionType.QueuedConnection)
    bridge.start()
    bridge.carry_out(UseKey(Join(key="12345671")))
    qtbot.waitUntil(lambda: bool(receiver.given), timeout=10_000)
    bridge.stop()
    assert bridge.join(5)
    assert receiver.given == [JoinFailed(Trouble.UNREACHABLE)]
    assert receiver.threads == {True}


def test_a_bridge_ends_although_a_key_is_under_way() -> None:
    bridge = bridge_to("https://192.0.2.1")  # TEST-NET-1 answers nobody
    bridge.start()
    bridge.carry_out(UseKey(Join(key="12345671")))
    bridge.stop()
    assert bridge.join(5)


class Emitter(QObject):
    told = Signal(bool)


def test_signals_cost_no_references(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to True with every emit."""
    emitter = Emitter()
    heard: list[bool] = []
    emitter.told.connect(heard.append)
    emitter.told.emit(True)
    heard.clear()
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        emitter.told.emit(True)
        heard.clear()
    assert abs(sys.getrefcount(True) - before) < EMITS // 100
