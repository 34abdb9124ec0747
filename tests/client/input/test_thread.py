"""Input passes the gate, event by event, and reaches what it was meant for, and nothing else."""

from PySide6.QtCore import Qt

from client.input.replay import Ignored
from client.input.thread import WAITING
from client.session.geometry import Rect
from client.session.share_inputs import OwnHandMoved
from protocol import limits
from protocol.inputs import (
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
from protocol.screen import InputRefusal, InputRefused, InputResting
from tests.client.input.scene import (
    LEFT,
    PERMIT,
    PLACE,
    Scene,
    click,
    display_name,
    keys_down,
    middle,
    scene,
)
from tests.client.platform.programs import Listener, listener


def test_a_batch_is_carried_out_in_its_order(stage: Scene, editor: Listener) -> None:
    frame = stage.picture()
    stage.send(
        *click(PLACE),
        KeyDown(code="KeyH"),
        KeyUp(code="KeyH"),
        Typed(text="ällo 😀"),
        KeyDown(code="ShiftLeft"),
        KeyDown(code="Digit1"),
        KeyUp(code="Digit1"),
        KeyUp(code="ShiftLeft"),
        frame=frame,
    )
    editor.text("hällo 😀!")
    assert stage.thread.counts == {}


def test_two_clicks_at_once_are_a_double_click(stage: Scene, program: Listener) -> None:
    stage.send(*click(PLACE), *click(PLACE), frame=stage.picture())
    program.wait_until("double", button="LeftButton")
    program.wait_until("release", button="LeftButton")


def test_a_drag_goes_on_although_the_picture_lags(stage: Scene, program: Listener) -> None:
    old = stage.picture(age_s=60)
    stage.picture(age_s=limits.BEHIND_S / 2)
    stage.send(Press(button=LEFT, **middle(PLACE)), frame=old)
    stage.picture(age_s=0)
    stage.send(Move(x=150, y=160), Move(x=160, y=170), frame=old)
    stage.send(Release(button=LEFT, x=160, y=170), frame=old)
    program.wait_until("press", button="LeftButton")
    program.wait_until("move", x=160, y=170)
    program.wait_until("release", button="LeftButton", x=160, y=170)


def test_the_wheel_turns_where_the_pointer_is(stage: Scene, program: Listener) -> None:
    stage.send(Wheel(dx=0, dy=-240, **middle(PLACE)), frame=stage.picture())
    program.wait_until("wheel", dy=120)
    program.wait_until("wheel", dy=120)


def test_a_click_on_an_old_picture_is_refused_and_said(stage: Scene, program: Listener) -> None:
    old = stage.picture(age_s=60)
    stage.picture(age_s=limits.BEHIND_S + 1)
    sent = stage.send(*click(PLACE), frame=old)
    stage.refused(InputRefusal.BEHIND)
    assert InputRefused(to=1, seq=sent.seq, why=InputRefusal.BEHIND) in stage.said
    stage.send(*click(PLACE), frame=stage.picture())
    program.wait_until("release")
    assert stage.thread.counts == {"behind": 1, "not_pressed": 1}


def test_a_click_on_a_window_that_another_has_covered_is_refused(
    stage: Scene, program: Listener
) -> None:
    before = stage.picture()
    with listener(display_name(), PLACE, title="Above") as above:
        stage.send(*click(PLACE), frame=before)
        stage.refused(InputRefusal.MOVED)
        stage.send(*click(PLACE), frame=stage.picture())
        above.wait_until("release")
    assert not [said for said in program.heard() if said["e"] == "press"]


def test_a_click_outside_of_the_picture_is_refused(stage: Scene) -> None:
    stage.send(Press(button=LEFT, x=-1, y=5), frame=stage.picture())
    stage.refused(InputRefusal.OUTSIDE)


def test_a_move_is_never_refused_for_what_is_below(stage: Scene, program: Listener) -> None:
    old = stage.picture(age_s=60)
    stage.picture(age_s=30)
    stage.send(Move(**middle(PLACE)), frame=old)
    program.wait_until("move")
    assert stage.thread.counts == {}


def test_only_chosen_programs_can_be_acted_on(stage: Scene, editor: Listener) -> None:
    with listener(display_name(), Rect(700, 80, 300, 200), "--edit", title="Secret") as secret:
        frame = stage.picture()
        stage.allow(apps=frozenset({stage.window(editor).program}))
        stage.send(KeyDown(code="KeyA"), frame=frame)  # the other one has the focus
        stage.counted(InputRefusal.UNSHARED)
        stage.send(Typed(text="a"), SpecialKey(special=Special.ALT_F4), frame=frame)
        stage.counted(InputRefusal.UNSHARED, 3)
        stage.send(*click(secret.rect), Wheel(dx=0, dy=120, **middle(secret.rect)), frame=frame)
        stage.counted(InputRefusal.UNSHARED, 5)
        stage.send(*click(editor.rect), frame=frame)
        editor.wait_until("release")
        stage.send(Typed(text="ok"), SpecialKey(special=Special.META), frame=frame)
        editor.text("ok")
        stage.counted(InputRefusal.UNSHARED, 6)
        assert not [said for said in secret.heard() if said["e"] in ("press", "down", "wheel")]


def test_nothing_is_dropped_on_what_is_not_shared(stage: Scene, editor: Listener) -> None:
    with listener(display_name(), Rect(700, 80, 300, 200), title="Secret") as secret:
        stage.allow(apps=frozenset({stage.window(editor).program}))
        stage.send(
            Press(button=LEFT, **middle(editor.rect)),
            Move(**middle(secret.rect)),
            Release(button=LEFT, **middle(secret.rect)),
            frame=stage.picture(),
        )
        stage.counted(InputRefusal.UNSHARED)
        editor.wait_until("release", x=middle(PLACE)["x"], y=middle(PLACE)["y"])
        assert not [said for said in secret.heard() if said["e"] in ("move", "release")]


def test_a_shut_gate_lets_nothing_through_and_what_is_down_goes_up(
    stage: Scene, program: Listener
) -> None:
    frame = stage.picture()
    stage.send(
        Press(button=LEFT, **middle(PLACE)),
        KeyDown(code="ControlLeft"),
        KeyDown(code="KeyA"),
        frame=frame,
    )
    program.wait_until("down", text="\x01")
    assert keys_down() == 3
    stage.gate.shut()
    stage.thread.release()
    program.wait_until("up", key=Qt.Key.Key_A)
    program.wait_until("up", key=Qt.Key.Key_Control)
    program.wait_until("release", button="LeftButton")
    assert keys_down() == 0
    stage.send(KeyDown(code="KeyB"), *click(PLACE), frame=frame)
    stage.counted(Ignored.CLOSED, 2)
    assert not [said for said in program.heard() if said["e"] in ("down", "press")]


def test_an_end_in_the_middle_of_a_batch_stops_the_rest_of_it(
    stage: Scene, editor: Listener
) -> None:
    frame = stage.picture()
    stage.send(Typed(text="字" * 100 + "字漢語日本"), *click(PLACE), frame=frame)
    editor.wait_until("text", text="字字")
    stage.gate.shut()
    editor_saw = len(
        max((said["text"] for said in editor.heard() if said["e"] == "text"), default="")
    )
    stage.counted(Ignored.CLOSED)
    assert editor_saw < 105


def test_who_may_not_act_does_not(stage: Scene, program: Listener) -> None:
    frame = stage.picture()
    stage.allow(controllers={1: PERMIT.controllers[1]})
    stage.send(*click(PLACE), frame=frame, sender=2)
    stage.send(*click(PLACE), frame=frame, sender=1, epoch=2)
    stage.counted(Ignored.CLOSED, 2)
    stage.allow(controllers={1: 0.0})
    stage.send(KeyDown(code="KeyA"), frame=frame, epoch=2)
    stage.counted(Ignored.CLOSED, 3)
    assert not [said for said in program.heard() if said["e"] in ("press", "down")]


def test_repeated_and_reordered_batches_are_dropped(stage: Scene, editor: Listener) -> None:
    frame = stage.picture()
    sent = stage.send(Typed(text="a"), frame=frame)
    stage.send(Typed(text="b"), frame=frame)
    editor.text("ab")
    stage.send(Typed(text="x"), frame=frame, seq=sent.seq)
    stage.send(Typed(text="x"), frame=frame, seq=sent.seq + 1)
    stage.counted(Ignored.STALE, 2)
    stage.send(Typed(text="c"), frame=frame)
    editor.text("abc")


def test_what_is_no_batch_is_counted(stage: Scene, editor: Listener) -> None:
    frame = stage.picture()
    header = stage.send(Typed(text="a"), frame=frame)
    for payload in (b"", b"{}", b"\xff" * 40, b'{"frame":1,"events":[]}', b"x" * 20_000):
        stage.thread.heard(header, payload)
    stage.counted(Ignored.MALFORMED, 5)
    stage.send(Typed(text="b"), frame=frame)
    editor.text("ab")


def test_the_own_hand_pauses_everything_and_both_sides_are_told(
    stage: Scene, program: Listener
) -> None:
    frame = stage.picture()
    stage.send(Press(button=LEFT, **middle(PLACE)), frame=frame)
    program.wait_until("press")
    stage.thread.rest()
    program.wait_until("release")
    stage.wait(lambda: OwnHandMoved() in stage.told)
    stage.send(*click(PLACE), frame=frame)
    stage.refused(InputRefusal.RESTING)
    assert InputResting(rest_ms=2000) in stage.said
    stage.wait(lambda: InputResting(rest_ms=0) in stage.said)
    stage.send(*click(PLACE), frame=stage.picture())
    program.wait_until("release")


def test_a_hand_is_nobodys_business_while_nobody_may_act(stage: Scene) -> None:
    stage.allow(controllers={})
    stage.thread.rest()
    stage.thread.stop()
    assert stage.thread.join(20)
    assert (stage.said, stage.told) == ([], [])


def test_a_viewer_that_loses_the_focus_lets_go(stage: Scene, program: Listener) -> None:
    stage.send(KeyDown(code="ShiftLeft"), KeyDown(code="KeyA"), frame=stage.picture())
    program.wait_until("down", text="A")
    stage.send(ReleaseAll(), frame=0)
    program.wait_until("up", key=Qt.Key.Key_A)
    program.wait_until("up", key=Qt.Key.Key_Shift)
    assert keys_down() == 0


def test_after_a_batch_that_was_lost_on_the_way_everything_goes_up(
    stage: Scene, program: Listener
) -> None:
    frame = stage.picture()
    sent = stage.send(KeyDown(code="ShiftLeft"), frame=frame)
    program.wait_until("down", key=Qt.Key.Key_Shift)
    stage.send(Move(**middle(PLACE)), frame=frame, seq=sent.seq + 2)
    program.wait_until("up", key=Qt.Key.Key_Shift)
    assert keys_down() == 0


def test_the_viewers_keyboard_repeats_a_key_and_nothing_else_does(
    stage: Scene, editor: Listener
) -> None:
    frame = stage.picture()
    for _ in range(5):
        stage.send(KeyDown(code="KeyA"), frame=frame)
    stage.send(KeyUp(code="KeyA"), Typed(text="."), frame=frame)
    editor.text("aaaaa.")


def test_while_one_drags_the_other_waits(stage: Scene, program: Listener) -> None:
    frame = stage.picture()
    stage.send(Press(button=LEFT, **middle(PLACE)), frame=frame, sender=1)
    program.wait_until("press")
    stage.send(*click(PLACE), KeyDown(code="KeyA"), frame=frame, sender=2)
    stage.counted(Ignored.OTHER_HAND, 2)
    stage.send(Release(button=LEFT, **middle(PLACE)), frame=frame, sender=1)
    program.wait_until("release")
    stage.send(KeyDown(code="KeyA"), frame=frame, sender=2)
    program.wait_until("down", text="a")
    stage.send(KeyDown(code="KeyB"), frame=frame, sender=1)  # takes over: the other's key goes up
    assert "up" in {said["e"] for said in program.wait_until("down", text="b")}


def test_a_flood_is_dropped_and_counted_and_leaves_nothing_pressed(
    stage: Scene, program: Listener
) -> None:
    frame = stage.picture()
    stage.send(KeyDown(code="ShiftLeft"), frame=frame)
    program.wait_until("down", key=Qt.Key.Key_Shift)
    moves = tuple(Move(x=70 + at, y=90) for at in range(limits.INPUT_EVENTS))
    for _ in range(10_000 // limits.INPUT_EVENTS):
        stage.send(*moves, frame=frame)
    for _ in range(10_000):
        stage.send(Move(x=70, y=90), frame=frame)
    program.wait_until("up", key=Qt.Key.Key_Shift)  # a release may have been among what was dropped
    stage.wait(lambda: stage.thread.counts.get(InputRefusal.TOO_MANY, 0) > 0)
    assert stage.thread.counts[Ignored.FULL] > 10_000 - 2 * WAITING
    said = [one for one in stage.said if isinstance(one, InputRefused)]
    assert len(said) < 100
    assert keys_down() == 0


def test_nothing_stays_pressed_when_the_thread_ends(program: Listener) -> None:
    with scene() as stage:
        stage.send(KeyDown(code="AltLeft"), KeyDown(code="KeyX"), frame=stage.picture())
        program.wait_until("down", key=Qt.Key.Key_X)
    assert keys_down() == 0
