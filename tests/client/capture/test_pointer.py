"""The pointer travels apart from the picture, and no more often than it should."""

from dataclasses import dataclass, field, replace

from client.capture.pointer import MOVING_S, RESTING_S, RESTS_AFTER_S, SHAPES_PER_S, Pointer
from client.platform.desktop import CursorPlace, CursorShape
from client.session.geometry import Rect
from protocol.screen import CURSOR_HEAD_BYTES, CursorHead, cursor_head
from tests.client.capture.desk import Desk

AREA = Rect(100, 50, 800, 600)


@dataclass
class Hand(Desk):
    """A desktop on which only the pointer matters."""

    place: CursorPlace | None = field(default_factory=lambda: CursorPlace(110, 60, True, 7))
    size: int = 4

    def cursor(self) -> CursorPlace | None:
        return self.place

    def cursor_shape(self) -> CursorShape | None:
        if self.place is None:
            return None
        side = self.size
        return CursorShape(self.place.serial, side, side, 1, 2, bytes(side * side * 4))

    def move(self, x: int, y: int, serial: int = 7) -> None:
        self.place = CursorPlace(x, y, True, serial)


def look(pointer: Pointer, hand: Hand, now: float, *, shared: bool = True) -> bytes | None:
    return pointer.look(hand, AREA, now, lambda _x, _y: shared)


def told(payload: bytes | None) -> CursorHead:
    assert payload is not None
    return cursor_head(payload)


def test_place_and_shape_come_first_and_then_only_what_is_new() -> None:
    hand, pointer = Hand(), Pointer()
    payload = look(pointer, hand, 1.0)
    assert told(payload) == CursorHead(1, 10, 10, 4, 4, 1, 2, 7)
    assert payload is not None
    assert len(payload) == CURSOR_HEAD_BYTES + 64
    assert look(pointer, hand, 2.0) is None
    hand.move(111, 60)
    assert told(look(pointer, hand, 3.0)) == CursorHead(1, 11, 10, 0, 0, 0, 0, 7)


def test_a_shape_is_sent_once_until_somebody_new_comes() -> None:
    hand, pointer = Hand(), Pointer()
    look(pointer, hand, 1.0)
    hand.move(110, 60, serial=8)
    assert told(look(pointer, hand, 2.0)).width == 4
    hand.move(110, 60, serial=7)
    assert told(look(pointer, hand, 3.0)) == CursorHead(1, 10, 10, 0, 0, 0, 0, 7)
    pointer.begin_anew()
    assert told(look(pointer, hand, 4.0)).width == 4


def test_an_animated_pointer_is_slowed_down() -> None:
    hand, pointer = Hand(), Pointer()
    shapes: list[int] = []
    for step in range(60):
        hand.move(110 + step, 60, serial=100 + step)
        head = told(look(pointer, hand, 1.0 + step / 60))
        if head.width:
            shapes.append(head.serial)
        assert head.serial == shapes[-1], "a shape that was withheld is not named"
    assert len(shapes) == SHAPES_PER_S


def test_outside_of_what_is_shown_it_is_hidden_and_its_place_is_not_told() -> None:
    hand, pointer = Hand(), Pointer()
    look(pointer, hand, 1.0)
    hand.move(99, 60)
    assert told(look(pointer, hand, 2.0))[:3] == (0, 0, 0)
    hand.move(50, 700)
    assert look(pointer, hand, 3.0) is None


def test_over_what_is_not_shared_nothing_is_told_of_it() -> None:
    hand, pointer = Hand(), Pointer()
    assert told(look(pointer, hand, 1.0, shared=False)) == CursorHead(0, 0, 0, 0, 0, 0, 0, 0)
    hand.move(300, 300, serial=9)
    assert look(pointer, hand, 2.0, shared=False) is None
    assert told(look(pointer, hand, 3.0)) == CursorHead(1, 200, 250, 4, 4, 1, 2, 9)


def test_a_hidden_pointer_is_hidden() -> None:
    hand, pointer = Hand(), Pointer()
    assert hand.place is not None
    hand.place = replace(hand.place, visible=False)
    assert told(look(pointer, hand, 1.0)).visible == 0


def test_a_system_that_cannot_tell_says_nothing() -> None:
    assert look(Pointer(), Hand(place=None), 1.0) is None


def test_a_monstrous_shape_is_left_out() -> None:
    hand, pointer = Hand(size=1024), Pointer()
    assert told(look(pointer, hand, 1.0)).width == 0


def test_it_is_looked_at_more_often_while_it_moves() -> None:
    hand, pointer = Hand(), Pointer()
    look(pointer, hand, 10.0)
    look(pointer, hand, 10.1)
    assert pointer.next_look == 10.1 + MOVING_S
    look(pointer, hand, 10.2 + RESTS_AFTER_S)
    assert pointer.next_look == 10.2 + RESTS_AFTER_S + RESTING_S
