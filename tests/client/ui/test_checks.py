"""What stands in the way on the customer's computer, one thing at a time, while they wait."""

from dataclasses import replace

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from client.session.check_inputs import CheckWanted, FixSkipped, FixWanted, LookedAround
from client.session.check_state import Found
from client.session.present_checks import FIXES
from client.ui.check_card import CheckCard
from protocol.catalogue import load
from protocol.working import Hurdle
from tests.client.mind import ACCEPTED, AT, START
from tests.client.ui.conftest import Screen
from tests.client.ui.finding import focused, part

EN = load("en")


def found(screen: Screen, *problems: Hurdle) -> None:
    mind = screen.mind
    wall = AT / 1000 - START  # the computer's clock agrees with the relay's
    what = Found(system="Debian 12", problems=frozenset(problems), wall=wall)
    mind.take(LookedAround(mind.state.checks.looking, what, "look00001"))
    screen.draw()


def wait(screen: Screen, *problems: Hurdle) -> None:
    screen.mind.wait_in_queue()
    screen.mind.controller.state = replace(
        screen.mind.state, solvable=frozenset({Hurdle.SCREEN_PERMISSION})
    )
    found(screen, *problems)


def card(screen: Screen) -> CheckCard:
    (one,) = screen.window.findChildren(CheckCard)
    assert isinstance(one, CheckCard)
    return one


def title(screen: Screen) -> str:
    return part(screen, QLabel, "checkTitle").text()


def shown(screen: Screen) -> set[str]:
    names = ("checkFix", "checkAgain", "checkSkip")
    return {name for name in names if part(screen, QPushButton, name).isVisible()}


def test_nothing_in_the_way_is_a_quiet_line(screen: Screen) -> None:
    screen.mind.wait_in_queue()
    screen.draw()
    assert title(screen) == EN("client.check.looking")
    found(screen)
    assert title(screen) == EN("client.check.good")
    assert shown(screen) == set()


def test_the_worst_comes_first_and_the_next_after_it(screen: Screen) -> None:
    wait(screen, Hurdle.ELEVATED, Hurdle.SCREEN_PERMISSION)
    assert title(screen) == EN("client.check.screen_permission_title")
    assert shown(screen) == {"checkFix", "checkAgain", "checkSkip"}
    QTest.mouseClick(part(screen, QPushButton, "checkFix"), Qt.MouseButton.LeftButton)
    assert screen.given[-1] == FixWanted(Hurdle.SCREEN_PERMISSION)
    QTest.mouseClick(part(screen, QPushButton, "checkSkip"), Qt.MouseButton.LeftButton)
    assert FixSkipped(Hurdle.SCREEN_PERMISSION) in screen.given
    assert title(screen) == EN("client.check.elevated_title")
    assert shown(screen) == {"checkAgain", "checkSkip"}
    QTest.mouseClick(part(screen, QPushButton, "checkAgain"), Qt.MouseButton.LeftButton)
    assert CheckWanted(Hurdle.ELEVATED) in screen.given
    assert part(screen, QPushButton, "checkAgain").text() == EN("client.check.checking")


@pytest.mark.parametrize("one", [one for one in FIXES if one is not Hurdle.CLOCK])
def test_each_has_words_of_its_own(screen: Screen, one: Hurdle) -> None:
    wait(screen, one)
    assert title(screen) == EN(f"client.check.{one}_title")
    assert part(screen, QLabel, "checkText").text()


def test_it_goes_when_somebody_comes(screen: Screen) -> None:
    wait(screen, Hurdle.WALLPAPER)
    assert card(screen).isVisible()
    part(screen, QPushButton, "checkSkip").setFocus()
    screen.mind.hear(structs.replace(ACCEPTED, seq=screen.mind.seq))
    screen.draw()
    assert not card(screen).isVisible()
    assert focused(screen) == "draft"


def test_all_of_it_goes_by_keyboard(screen: Screen, qtbot: QtBot) -> None:
    wait(screen, Hurdle.SCREEN_PERMISSION)
    one = part(screen, QPushButton, "checkFix")
    one.setFocus()
    qtbot.waitUntil(one.hasFocus)
    QTest.keyClick(one, Qt.Key.Key_Space)
    assert screen.given[-1] == FixWanted(Hurdle.SCREEN_PERMISSION)
    assert one.accessibleDescription() == title(screen)
