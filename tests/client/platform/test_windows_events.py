"""What Windows would be given for what a hand does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.platform.linux.x11.key_codes import LINUX_KEYS
from client.platform.macos.key_codes import MAC_KEYS
from client.platform.windows import events
from client.platform.windows.events import MARK
from client.platform.windows.key_codes import SCAN_CODES
from client.platform.windows.structures import Input, RawHeader, RawMouse
from client.platform.windows.watch import is_own_hand
from client.platform.windows.windows_list import is_passing
from client.session.geometry import Rect
from protocol.inputs import Button, Special

OTHER_NAMES = {"OSLeft": "MetaLeft", "OSRight": "MetaRight", "Insert": "Help"} | {
    f"Volume{what}": f"AudioVolume{what}" for what in ("Mute", "Down", "Up")
}
"""Older browsers' names for the same key; a Mac's Help key is where others have Insert."""


def keys(inputs: list[Input]) -> list[tuple[int, int]]:
    """Scan code and flags of each."""
    assert all(one.kind == events.KEYBOARD and one.what.key.extra == MARK for one in inputs)
    return [(one.what.key.scan, one.what.key.flags) for one in inputs]


@given(st.integers(1, 20_000), st.data())
def test_windows_finds_the_very_pixel_again(pixels: int, data: st.DataObject) -> None:
    pixel = data.draw(st.integers(0, pixels - 1))
    part = events.part_of(pixel, pixels)
    assert 0 <= part < 65536
    assert part * pixels // 65536 == pixel


def test_places_count_from_the_corner_of_the_whole_desktop() -> None:
    desktop = Rect(-1920, -200, 3840, 1280)
    event = events.moved(-1920, -200, desktop).what.mouse
    assert (event.dx, event.dy) == (65536 // (2 * 3840), 65536 // (2 * 1280))
    beyond = events.moved(5000, 5000, desktop)
    assert beyond.what.mouse.dx == events.part_of(3839, 3840)
    assert event.flags == 0x0001 | 0x8000 | 0x4000
    assert event.extra == MARK


@pytest.mark.parametrize("swapped", [False, True])
def test_the_left_button_is_the_main_one_for_left_handers_too(swapped: bool) -> None:
    down = events.pressed(Button.LEFT, down=True, swapped=swapped).what.mouse
    up = events.pressed(Button.LEFT, down=False, swapped=swapped).what.mouse
    assert (down.flags, up.flags) == ((0x0008, 0x0010) if swapped else (0x0002, 0x0004))


def test_extra_buttons_are_told_apart_by_their_number() -> None:
    found = [
        events.pressed(button, down=True, swapped=False).what.mouse
        for button in (Button.BACK, Button.FORWARD)
    ]
    assert [(one.flags, one.data) for one in found] == [(0x80, 1), (0x80, 2)]


def test_the_wheel_turns_down_as_a_negative_number() -> None:
    down, right = events.turned(120, 240)
    assert (down.what.mouse.flags, down.what.mouse.data) == (0x0800, 2**32 - 240)
    assert (right.what.mouse.flags, right.what.mouse.data) == (0x1000, 120)
    assert events.turned(0, 0) == []


def test_keys_behind_the_prefix_are_marked() -> None:
    assert keys([events.key("ControlRight", down=True)]) == [(0x1D, 0x8 | 0x1)]
    assert keys([events.key("ControlLeft", down=False)]) == [(0x1D, 0x8 | 0x2)]
    with pytest.raises(KeyError):
        events.key("Fn", down=True)


def test_a_chord_goes_up_the_other_way_round() -> None:
    pressed = keys(events.chord(events.SPECIALS[Special.ALT_TAB]))
    assert [(scan, bool(flags & 2)) for scan, flags in pressed] == [
        (0x38, False),
        (0x0F, False),
        (0x0F, True),
        (0x38, True),
    ]
    assert Special.CTRL_ALT_DEL not in events.SPECIALS


def test_text_is_typed_in_halves_of_surrogate_pairs() -> None:
    assert keys(events.typed("€")) == [(0x20AC, 0x4), (0x20AC, 0x4 | 0x2)]
    assert [scan for scan, _ in keys(events.typed("😀"))] == [0xD83D, 0xD83D, 0xDE00, 0xDE00]
    assert keys(events.typed("\n")) == keys(events.chord(("Enter",)))


@pytest.mark.parametrize("table", [SCAN_CODES, LINUX_KEYS, MAC_KEYS])
def test_no_two_places_are_the_same_key(table: dict[str, int]) -> None:
    names = {OTHER_NAMES.get(code, code) for code in table}
    assert len({table[name] for name in names if name in table}) == len(
        {name for name in names if name in table}
    )


def test_the_systems_have_the_same_keys_for_writing() -> None:
    writing = {code for code in LINUX_KEYS if code.startswith(("Key", "Digit", "Arrow", "Numpad"))}
    rare = {"NumpadParenLeft", "NumpadParenRight", "NumpadChangeSign"}
    assert writing - rare <= SCAN_CODES.keys()
    assert writing - rare <= MAC_KEYS.keys()
    assert SCAN_CODES.keys() <= LINUX_KEYS.keys()


def test_scan_codes_without_prefix_are_those_of_linux() -> None:
    """Linux numbers the keys of the first PC keyboards by their scan codes."""
    first = {code: scan for code, scan in SCAN_CODES.items() if scan <= 0x53}
    renamed = {"Pause"}
    assert {code for code, scan in first.items() if LINUX_KEYS[code] != scan} == renamed


@pytest.mark.parametrize(
    ("event", "own"),
    [
        (RawMouse(dx=1), True),
        (RawMouse(buttons=1), True),
        (RawMouse(RawHeader(device=7), dx=1, extra=MARK), False),
        (RawMouse(dx=1, extra=MARK), False),
        (RawMouse(buttons=1, extra=MARK), False),
        (RawMouse(), False),
        (RawMouse(flags=1), True),
    ],
)
def test_a_hand_is_what_moves_without_our_mark(event: RawMouse, own: bool) -> None:
    assert is_own_hand(event) is own


@pytest.mark.parametrize(
    ("kind", "style", "style_ex", "owner", "passing"),
    [
        ("#32768", 0x8480_0000, 0, 0, True),
        ("Notepad", 0x14CF_0000, 0, 0, False),
        ("Qt6QWindowPopup", 0x9600_0000, 0x80, 0, True),
        ("Dialog", 0x94C8_0000, 0, 77, False),
        ("Fullscreen", 0x9400_0000, 0, 0, False),
    ],
)
def test_menus_are_passing_and_dialogs_are_not(
    kind: str, style: int, style_ex: int, owner: int, passing: bool
) -> None:
    assert is_passing(kind, style, style_ex, owner) is passing
