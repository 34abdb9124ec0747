"""A window with a mind behind it, but no network."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date

import pytest
from pytestqt.qtbot import QtBot

from client.platform.base import NoWatermark
from client.session.conversation import Calendar
from client.session.inputs import Input
from client.session.present import present
from client.ui.main_window import MainWindow
from client.ui.theme import Theme
from protocol.catalogue import Catalogue, load
from tests.client.mind import Mind
from tests.client.ui.desk import Desk


class Screen:
    """The window of `mind`; `given` keeps what the window told."""

    def __init__(self, t: Catalogue) -> None:
        self.mind = Mind("Acme")
        self.given: list[Input] = []
        self.theme = Theme()
        self.desk = Desk()
        self._t = t
        numbers = itertools.count()
        self.window = MainWindow(
            t,
            self.theme,
            "Debian 12",
            lambda: f"client{next(numbers):04}",
            self.desk,
            NoWatermark(),
        )
        self.window.intended.connect(self._take)
        self.draw()

    def draw(self) -> None:
        """Show what the mind knows."""
        calendar = Calendar(date(2023, 11, 14), UTC)
        self.window.render_view(present(self.mind.state, self._t, calendar))

    def _take(self, given: Input) -> None:
        self.given.append(given)
        before = self.mind.state
        self.mind.take(given)
        if self.mind.state is not before:
            self.draw()


@pytest.fixture
def screen(qtbot: QtBot) -> Iterator[Screen]:
    """A shown window in English."""
    made = Screen(load("en"))
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.window.share.close()
    made.window.hide()
    made.window.deleteLater()
