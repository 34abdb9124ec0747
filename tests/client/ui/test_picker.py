"""Choosing applications, worked as a person works it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from client.platform.desktop import CursorShape, Window
from client.session import share_inputs as deed
from client.session.inputs import LinkLost
from client.session.share_inputs import ShareAnswer
from client.session.share_machines import Mode
from client.session.share_state import Choice
from client.ui.picker_list import ListedProgram, ListedWindow, choice_of, listed
from client.ui.picker_tree import PickerTree
from protocol.sharing import Grant
from tests.client.ui.conftest import Screen
from tests.client.ui.desk import AREA, window
from tests.client.ui.finding import part, text_of

CHECKED, PARTLY, UNCHECKED = (
    Qt.CheckState.Checked,
    Qt.CheckState.PartiallyChecked,
    Qt.CheckState.Unchecked,
)
LETTER, BUDGET = window(1, title="Letter"), window(2, title="Budget")
INBOX = window(3, "/usr/bin/mail", "Mail", "Inbox")
PHOTO = window(4, "/usr/bin/paint", "Paint", "holiday.png")


def choose(screen: Screen, grant: Grant = Grant.VIEW) -> PickerTree:
    """From a question into the picker."""
    screen.desk.shown, screen.desk.hidden = (LETTER, INBOX, BUDGET), (PHOTO,)
    screen.mind.talk().ask(grant)
    screen.mind.answer(ShareAnswer.CHOOSE)
    screen.draw()
    return part(screen, PickerTree, "pickerList")


def change(screen: Screen) -> PickerTree:
    """From a share of one program into the picker."""
    screen.desk.shown, screen.desk.hidden = (LETTER, INBOX, BUDGET), (PHOTO,)
    mind = screen.mind.share()
    mind.take(deed.ChangeWanted("change01"))
    mind.take(deed.Picked("picked01", Choice(apps=frozenset({"/usr/bin/writer"}))))
    mind.echo()
    mind.take(deed.ChangeWanted("change02"))
    screen.draw()
    return part(screen, PickerTree, "pickerList")


def row(tree: PickerTree, at: int) -> QTreeWidgetItem:
    found = tree.topLevelItem(at)
    assert found is not None
    return found


def child(tree: PickerTree, at: int, number: int) -> QTreeWidgetItem:
    found = row(tree, at).child(number)
    assert found is not None
    return found


def texts(tree: PickerTree) -> list[tuple[str, list[str]]]:
    rows = [row(tree, at) for at in range(tree.topLevelItemCount())]
    return [
        (one.text(0), [found.text(0) for n in range(one.childCount()) if (found := one.child(n))])
        for one in rows
    ]


def button(screen: Screen, name: str) -> QPushButton:
    return part(screen, QPushButton, name)


def test_programs_are_listed_with_their_windows(screen: Screen) -> None:
    assert texts(choose(screen)) == [
        ("Mail", ["Inbox"]),
        ("Paint", ["holiday.png (not on the screen)"]),
        ("Writer", ["Letter", "Budget"]),
    ]


def test_nothing_is_ticked_and_nothing_can_be_shared_at_first(screen: Screen) -> None:
    tree = choose(screen)
    assert tree.ticks() is UNCHECKED
    assert not button(screen, "pickerShare").isEnabled()
    assert text_of(screen, "pickerReason") == "Tick at least one window."
    assert button(screen, "pickerShare").accessibleDescription() == "Tick at least one window."


def test_what_is_ticked_is_shared(screen: Screen) -> None:
    tree = choose(screen)
    row(tree, 2).setCheckState(0, CHECKED)
    child(tree, 1, 0).setCheckState(0, CHECKED)
    assert not text_of(screen, "pickerReason")
    button(screen, "pickerShare").click()
    apps = frozenset({"/usr/bin/writer", "/usr/bin/paint"})
    assert screen.mind.state.share.choice == Choice(apps=apps)
    assert screen.mind.mode is Mode.ON
    assert screen.mind.permit.apps == apps


def test_some_windows_of_a_program_are_single_windows(screen: Screen) -> None:
    tree = choose(screen)
    child(tree, 2, 1).setCheckState(0, CHECKED)
    assert row(tree, 2).checkState(0) is PARTLY
    button(screen, "pickerShare").click()
    assert screen.mind.state.share.choice == Choice(windows=frozenset({BUDGET.key}))


def test_without_new_windows_every_chosen_one_is_named(screen: Screen) -> None:
    tree = choose(screen)
    row(tree, 2).setCheckState(0, CHECKED)
    part(screen, QCheckBox, "pickerNew").click()
    button(screen, "pickerShare").click()
    writer = frozenset({"/usr/bin/writer"})
    choice = Choice(apps=writer, windows=frozenset({LETTER.key, BUDGET.key}), new=False)
    assert screen.mind.state.share.choice == choice


def test_select_all_and_none(screen: Screen) -> None:
    tree = choose(screen)
    every = part(screen, QCheckBox, "pickerAll")
    every.click()
    assert tree.ticks() is CHECKED
    assert every.checkState() is CHECKED
    child(tree, 2, 0).setCheckState(0, UNCHECKED)
    assert every.checkState() is PARTLY
    every.click()
    assert tree.ticks() is CHECKED
    every.click()
    assert tree.ticks() is UNCHECKED
    assert not button(screen, "pickerShare").isEnabled()


def test_the_list_follows_the_windows_and_ticks_stay(screen: Screen, qtbot: QtBot) -> None:
    tree = choose(screen)
    row(tree, 2).setCheckState(0, CHECKED)
    note = window(7, title="Note")
    screen.desk.shown, screen.desk.hidden = (note, LETTER, INBOX), ()
    qtbot.waitUntil(lambda: len(texts(tree)) == 2)
    assert texts(tree) == [("Mail", ["Inbox"]), ("Writer", ["Note", "Letter"])]
    assert row(tree, 1).checkState(0) is CHECKED
    assert child(tree, 1, 0).checkState(0) is CHECKED
    assert row(tree, 0).checkState(0) is UNCHECKED


def test_a_new_window_is_not_ticked_where_new_ones_are_not_wanted(
    screen: Screen, qtbot: QtBot
) -> None:
    tree = choose(screen)
    row(tree, 2).setCheckState(0, CHECKED)
    part(screen, QCheckBox, "pickerNew").click()
    screen.desk.shown = (window(7, title="Note"), LETTER, INBOX, BUDGET)
    qtbot.waitUntil(lambda: row(tree, 2).childCount() == 3)
    assert row(tree, 2).checkState(0) is PARTLY
    assert child(tree, 2, 0).checkState(0) is UNCHECKED


def test_everything_works_by_keyboard(screen: Screen) -> None:
    tree = choose(screen)
    tree.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Space):
        QTest.keyClick(tree, key)
    assert child(tree, 2, 0).checkState(0) is CHECKED
    share = button(screen, "pickerShare")
    share.setFocus()
    QTest.keyClick(share, Qt.Key.Key_Space)
    assert screen.mind.mode is Mode.ON


def test_enter_in_the_list_shares_nothing(screen: Screen) -> None:
    tree = choose(screen)
    row(tree, 0).setCheckState(0, CHECKED)
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert screen.mind.mode is Mode.PICKING


@pytest.mark.parametrize("way", ["cancel", "escape", "close"])
def test_cancelling_leaves_everything_as_it_was(screen: Screen, way: str) -> None:
    change(screen)
    assert not screen.mind.permit.shows
    picker = part(screen, QDialog, "picker")
    if way == "cancel":
        button(screen, "pickerCancel").click()
    elif way == "escape":
        QTest.keyClick(picker, Qt.Key.Key_Escape)
    else:
        picker.close()
    assert screen.mind.mode is Mode.ON
    assert screen.mind.permit.apps == frozenset({"/usr/bin/writer"})
    assert not picker.isVisible()
    assert (screen.desk.opened, screen.desk.closed) == (1, 1)


def test_what_was_chosen_before_is_ticked(screen: Screen) -> None:
    tree = change(screen)
    states = [row(tree, at).checkState(0) for at in range(3)]
    assert states == [UNCHECKED, UNCHECKED, CHECKED]


def test_sharing_is_stopped_completely_from_there(screen: Screen) -> None:
    change(screen)
    stop = button(screen, "pickerStop")
    assert stop.isVisible()
    stop.click()
    assert screen.mind.mode is Mode.OFF


def test_there_is_nothing_to_stop_at_first(screen: Screen) -> None:
    choose(screen)
    assert not button(screen, "pickerStop").isVisible()


def test_control_goes_with_a_tick_of_its_own(screen: Screen) -> None:
    tree = choose(screen, Grant.CONTROL)
    row(tree, 0).setCheckState(0, CHECKED)
    control = part(screen, QCheckBox, "pickerControl")
    assert not control.isChecked()
    control.click()
    button(screen, "pickerShare").click()
    assert screen.mind.permit.controllers == {1: screen.mind.now + 900}


def test_without_a_link_nothing_can_be_shared_and_no_tick_is_lost(screen: Screen) -> None:
    tree = change(screen)
    screen.mind.take(LinkLost())
    screen.draw()
    assert not button(screen, "pickerShare").isEnabled()
    assert text_of(screen, "pickerReason") == "There is no connection just now."
    assert row(tree, 2).checkState(0) is CHECKED


def test_a_system_that_lists_no_windows_says_so(screen: Screen) -> None:
    screen.desk.why = "nothing here"
    choose(screen)
    assert text_of(screen, "pickerReason") == "The windows of this system cannot be listed."
    assert not button(screen, "pickerShare").isEnabled()


def test_icons_are_shown(screen: Screen) -> None:
    red = CursorShape(0, 2, 2, 0, 0, bytes([255, 0, 0, 255] * 4))
    screen.desk.pictures = {3: red}
    tree = choose(screen)
    assert row(tree, 0).icon(0).pixmap(2, 2).toImage().pixelColor(0, 0).red() == 255
    assert row(tree, 1).icon(0).isNull()


def test_the_band_can_still_end_it(screen: Screen) -> None:
    change(screen)
    picker = part(screen, QDialog, "picker")
    assert not picker.isModal()
    screen.window.share.end()
    assert screen.mind.mode is Mode.OFF
    assert not picker.isVisible()


def test_the_strip_covers_nothing_of_it(screen: Screen, qtbot: QtBot) -> None:
    screen.window.move(screen.window.share.strip.pos())
    change(screen)
    strip, picker = screen.window.share.strip, part(screen, QDialog, "picker")
    qtbot.waitUntil(picker.isVisible)
    assert not strip.geometry().intersects(picker.geometry())


def test_left_out_are_our_own_windows_docks_menus_and_dialogs_of_listed_ones() -> None:
    rest = {"pid": 9, "program": "x", "name": "X", "title": "X", "rect": AREA}
    windows = (
        Window(id=11, own=True, **rest),  # type: ignore[arg-type]
        Window(id=12, desktop=True, **rest),  # type: ignore[arg-type]
        Window(id=13, passing=True, **rest),  # type: ignore[arg-type]
        Window(14, 1, LETTER.program, "Writer", "Print", AREA, owner=LETTER.id),
        LETTER,
    )
    assert listed(windows, ()) == (
        ListedProgram("/usr/bin/writer", "Writer", (ListedWindow(LETTER.key, "Letter", True),)),
    )


def test_a_program_is_whole_only_with_all_its_windows() -> None:
    programs = listed((LETTER, BUDGET, INBOX), ())
    ticked = {
        "/usr/bin/writer": frozenset({LETTER.key, PHOTO.key}),
        "/usr/bin/mail": frozenset({INBOX.key}),
    }
    choice = choice_of(programs, ticked, new=True)
    assert choice == Choice(apps=frozenset({"/usr/bin/mail"}), windows=frozenset({LETTER.key}))
    assert not choice_of(programs, {}, new=True)
