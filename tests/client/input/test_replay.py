"""Whose input acts, how much of it, and what goes up again."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.input.notes import NOTES_PER_S, Notes
from client.input.reach import leaves_the_programs
from client.input.replay import HAND_S, Ignored, Replay
from protocol import limits
from protocol.channel import Flag, Header, Kind
from protocol.inputs import (
    WHEEL_NOTCH,
    AnyInput,
    Button,
    KeyDown,
    KeyUp,
    Move,
    Press,
    Release,
    ReleaseAll,
    Special,
    SpecialKey,
    Typed,
    Wheel,
)
from protocol.screen import InputRefusal

NOW = 500.0
PRESS = Press(button=Button.LEFT, x=1, y=1)
RELEASE = Release(button=Button.LEFT, x=1, y=1)
MOVE = Move(x=2, y=2)


def header(sender: int = 1, epoch: int = 1, seq: int = 1, time_us: int = 1) -> Header:
    return Header(Kind.INPUT, Flag.FIRST | Flag.LAST, sender, epoch, 1, seq, time_us)


def test_a_batch_that_never_came_is_missed() -> None:
    replay = Replay()
    assert not replay.misses(header(seq=7))  # a viewer may have begun before this client listened
    replay.is_fresh(header(seq=7))
    assert [replay.misses(header(seq=seq)) for seq in (7, 8, 9)] == [False, False, True]
    assert not replay.misses(header(epoch=2, seq=9))
    assert not replay.misses(header(sender=2, seq=9))


def test_each_batch_is_fresh_once_and_the_order_holds() -> None:
    replay = Replay()
    assert [replay.is_fresh(header(seq=seq)) for seq in (1, 2, 2, 1, 5, 4, 6)] == [
        True, True, False, False, True, False, True,
    ]  # fmt: skip


def test_senders_and_epochs_count_apart() -> None:
    replay = Replay()
    assert replay.is_fresh(header(seq=9))
    assert replay.is_fresh(header(sender=2, seq=1))
    assert replay.is_fresh(header(epoch=2, seq=1))
    assert not replay.is_fresh(header(epoch=1, seq=10))


def test_a_viewer_that_was_loaded_again_counts_anew_but_nothing_old_comes_back() -> None:
    replay = Replay()
    assert replay.is_fresh(header(seq=1, time_us=10))
    assert replay.is_fresh(header(seq=50, time_us=60))
    assert replay.is_fresh(header(seq=1, time_us=70))
    assert replay.is_fresh(header(seq=2, time_us=71))
    assert not replay.is_fresh(header(seq=1, time_us=10))
    assert not replay.is_fresh(header(seq=1, time_us=70))


def test_a_release_acts_only_on_what_the_sender_pressed() -> None:
    replay = Replay()
    assert replay.admit(1, RELEASE, NOW) is Ignored.NOT_PRESSED
    assert replay.admit(1, KeyUp(code="KeyA"), NOW) is Ignored.NOT_PRESSED
    replay.pressed(Button.LEFT, 1)
    replay.pressed("KeyA", 1)
    assert replay.admit(2, RELEASE, NOW) is Ignored.NOT_PRESSED
    assert replay.admit(2, KeyUp(code="KeyA"), NOW) is Ignored.NOT_PRESSED
    assert replay.admit(1, RELEASE, NOW) is None
    assert replay.admit(1, KeyUp(code="KeyA"), NOW) is None


def test_more_than_the_limit_in_a_second_is_dropped_and_releases_are_not() -> None:
    replay = Replay()
    times = [NOW + at / 10_000 for at in range(10_000)]
    admitted = [replay.admit(1, MOVE, now) for now in times]
    assert admitted.count(None) == limits.INPUT_EVENTS_PER_S
    assert set(admitted) == {None, InputRefusal.TOO_MANY}
    replay.pressed(Button.LEFT, 1)
    assert replay.admit(1, RELEASE, times[-1]) is None
    assert replay.admit(1, ReleaseAll(), times[-1]) is None
    assert replay.admit(1, MOVE, NOW + 1.1) is None


@given(st.lists(st.tuples(st.floats(0, 0.2), st.integers(1, 200)), max_size=60))
def test_no_second_ever_holds_more_than_the_limit(steps: list[tuple[float, int]]) -> None:
    replay = Replay()
    now, acted = NOW, []
    for pause, length in steps:
        now += pause
        if replay.admit(1, Typed(text="a" * length), now) is None:
            acted.append((now, length))
    for start, _ in acted:
        within = [length for at, length in acted if start <= at < start + 1]
        assert sum(within) <= limits.INPUT_EVENTS_PER_S


def test_a_long_text_and_a_long_turn_of_the_wheel_count_for_what_they_are() -> None:
    replay = Replay()
    turn = Wheel(dx=0, dy=50 * WHEEL_NOTCH, x=1, y=1)
    turns = [replay.admit(1, turn, NOW) for _ in range(20)]
    assert turns.count(None) == limits.INPUT_EVENTS_PER_S // 50


def test_input_rests_after_the_own_hand_but_lets_go() -> None:
    replay = Replay()
    replay.pressed(Button.LEFT, 1)
    replay.rest(NOW)
    for event in (MOVE, PRESS, KeyDown(code="KeyA"), Typed(text="a")):
        assert replay.admit(1, event, NOW + limits.OWN_HAND_S - 0.01) is InputRefusal.RESTING
    assert replay.admit(1, RELEASE, NOW + 0.1) is None
    assert replay.admit(1, MOVE, NOW + limits.OWN_HAND_S) is None


def test_while_one_holds_a_button_no_other_acts() -> None:
    replay = Replay()
    assert replay.admit(1, PRESS, NOW) is None
    replay.pressed(Button.LEFT, 1)
    for event in (MOVE, Press(button=Button.RIGHT, x=1, y=1), KeyDown(code="KeyA"),
                  Typed(text="a"), SpecialKey(special=Special.META)):  # fmt: skip
        assert replay.admit(2, event, NOW + 60) is Ignored.OTHER_HAND
    replay.released(Button.LEFT)
    assert replay.admit(2, PRESS, NOW + 61) is None


def test_who_pressed_last_has_the_pointer_until_they_are_still() -> None:
    replay = Replay()
    assert replay.admit(1, MOVE, NOW) is None
    assert replay.admit(2, MOVE, NOW) is None  # nobody has pressed anything yet
    assert replay.admit(1, PRESS, NOW) is None
    assert replay.admit(2, MOVE, NOW + 0.5) is Ignored.OTHER_HAND
    assert replay.admit(1, MOVE, NOW + 0.9) is None
    assert replay.admit(2, MOVE, NOW + HAND_S + 0.5) is Ignored.OTHER_HAND
    assert replay.admit(2, MOVE, NOW + 0.9 + HAND_S) is None
    assert replay.admit(2, KeyDown(code="KeyA"), NOW + 3) is None
    assert replay.admit(1, MOVE, NOW + 3) is Ignored.OTHER_HAND


def test_a_button_that_is_down_does_not_go_down_again() -> None:
    replay = Replay()
    assert replay.admit(1, PRESS, NOW) is None
    replay.pressed(Button.LEFT, 1)
    assert replay.admit(1, PRESS, NOW) is Ignored.PRESSED
    assert replay.dragging


@dataclass
class Keyboard:
    """What is down on the machine when the decisions are carried out."""

    replay: Replay = field(default_factory=Replay)
    down: set[Button | str] = field(default_factory=set)

    def take(self, sender: int, event: AnyInput, now: float) -> None:
        if self.replay.admit(sender, event, now) is not None:
            return
        match event:
            case Press(button=thing) | KeyDown(code=thing):
                self.up(self.replay.held(but=sender))
                self.down.add(thing)
                self.replay.pressed(thing, sender)
            case Release(button=thing) | KeyUp(code=thing):
                self.up([thing])
            case ReleaseAll():
                self.up(self.replay.held(by=sender))

    def up(self, things: list[Button | str]) -> None:
        for thing in things:
            assert thing in self.down
            self.down.discard(thing)
            self.replay.released(thing)


CODES = st.sampled_from(["KeyA", "ShiftLeft", "Enter"])
BUTTONS = st.sampled_from(Button)
EVENTS = st.one_of(
    st.builds(Press, button=BUTTONS, x=st.just(1), y=st.just(1)),
    st.builds(Release, button=BUTTONS, x=st.just(1), y=st.just(1)),
    st.builds(KeyDown, code=CODES),
    st.builds(KeyUp, code=CODES),
    st.just(ReleaseAll()),
    st.just(MOVE),
)


@given(st.lists(st.tuples(st.integers(1, 3), EVENTS, st.floats(0, 1)), max_size=80))
def test_whatever_happens_what_is_down_is_known_and_one_persons(
    steps: list[tuple[int, AnyInput, float]],
) -> None:
    machine = Keyboard()
    now = NOW
    for sender, event, pause in steps:
        now += pause
        machine.take(sender, event, now)
        held = machine.replay.held()
        assert set(held) == machine.down
        assert sum(bool(machine.replay.held(by=one)) for one in (1, 2, 3)) <= 1
    machine.up(machine.replay.held())
    assert not machine.down


def test_what_was_pressed_last_goes_up_first() -> None:
    replay = Replay()
    for thing in ("ControlLeft", "KeyA", Button.LEFT):
        replay.pressed(thing, 1)
    assert replay.held() == [Button.LEFT, "KeyA", "ControlLeft"]


def test_a_refusal_is_told_only_so_often() -> None:
    notes = Notes()
    told = [notes.may_say(1, InputRefusal.MOVED, NOW + at / 100) for at in range(100)]
    assert told.count(True) == NOTES_PER_S
    assert notes.may_say(1, InputRefusal.OWN, NOW)
    assert notes.may_say(2, InputRefusal.MOVED, NOW)
    assert notes.may_say(1, InputRefusal.MOVED, NOW + 1.5)


@pytest.mark.parametrize(
    ("key", "held", "leaves"),
    [
        ("MetaLeft", [], True),
        ("PrintScreen", [], True),
        (Special.META, [], True),
        (Special.ALT_TAB, [], True),
        (Special.ALT_F4, [], False),
        ("Tab", [], False),
        ("Tab", ["AltLeft"], True),
        ("Tab", ["ShiftLeft", "AltRight"], True),
        ("Tab", ["ControlLeft"], False),
        ("Escape", ["ControlRight"], True),
        ("KeyA", ["ControlLeft", "AltLeft"], False),
    ],
)
def test_keys_that_leave_the_chosen_programs(
    key: str | Special, held: list[Button | str], *, leaves: bool
) -> None:
    assert leaves_the_programs(key, held) == (InputRefusal.UNSHARED if leaves else None)
