"""Mouse and keyboard of the representative, as they reach the customer's program."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import CDPSession, expect

from protocol.inputs import (
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
from protocol.screen import InputRefusal, InputRefused, InputResting, PointAt
from protocol.share_requests import GrantTake
from protocol.sharing import Grant
from relay.app import Relay
from tests.browser.loop import BROWSER, fixture
from tests.browser.sharer import Scene, colours, scene
from tests.browser.window import Windows
from tests.peers import client_id

pytestmark = BROWSER

LAST = KeyUp(code="F9")
"""Pressed at the end of what a test does, so that it knows that everything has come."""


@fixture
async def here(relay: Relay, windows: Windows) -> AsyncIterator[Scene]:
    """Ada has control of Grace's screen and sees it."""
    async with scene(relay, windows) as opened:
        await opened.share(Grant.VIEW, Grant.CONTROL)
        await opened.see()
        await opened.console.button("console.share_return").wait_for()
        yield opened


async def place(here: Scene, x: float, y: float) -> tuple[float, float]:
    """The point of the window that lies on that place of the picture, shown 1:1."""
    box = await here.canvas.bounding_box()
    assert box
    return box["x"] + x, box["y"] + y


async def enter(here: Scene, x: float = 5.5, y: float = 5.5) -> None:
    """Click into the picture, and see that arrive."""
    await here.console.page.mouse.click(*await place(here, x, y))
    await here.grace.inputs(Release(button=Button.LEFT, x=int(x), y=int(y)))


async def rest(here: Scene) -> list[AnyInput]:
    """All that came up to now, without moves."""
    await here.console.page.keyboard.press("F9")
    events = (await here.grace.inputs(LAST))[:-2]
    return [event for event in events if not isinstance(event, Move)]


def text(events: list[AnyInput]) -> str:
    """What was typed, and nothing else was done."""
    assert all(isinstance(event, Typed) for event in events), events
    return "".join(event.text for event in events if isinstance(event, Typed))


async def wire(here: Scene) -> CDPSession:
    """To press keys of keyboards that Playwright has none of."""
    return await here.console.page.context.new_cdp_session(here.console.page)


async def key(wire: CDPSession, code: str, name: str, written: str = "") -> None:
    """Press and let go one key: its place, what it is called, what it writes."""
    kind = "keyDown" if written else "rawKeyDown"
    named = {"code": code, "key": name}
    pressed = {"type": kind, **named, **({"text": written} if written else {})}
    await wire.send("Input.dispatchKeyEvent", pressed)
    await wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **named})


@pytest.mark.parametrize("scale", [1, 1.5, 2])
async def test_a_click_hits_the_pixel_under_it(
    relay: Relay, windows: Windows, scale: float
) -> None:
    async with scene(relay, windows, scale=scale) as here:
        await here.share(Grant.VIEW, Grant.CONTROL)
        await here.see(colours(1920, 1080))
        await here.console.button("console.share_return").wait_for()
        size = here.console.page.get_by_label(here.console.t("screen.size"))
        for chosen in ("fit", "25", "50", "100", "150", "400"):
            await size.select_option(chosen)
            box = await here.canvas.bounding_box()
            frame = await here.console.page.locator(".screen-frame").bounding_box()
            assert box
            assert frame
            step = box["width"] / 1920
            if chosen != "fit":
                assert step * scale * 100 == pytest.approx(int(chosen), rel=1e-3)
            most = min(frame["width"], box["width"]) / step - 1
            for pixel in (1, 17, int(most / 2), int(most) - 1):
                # The mouse of the page goes by whole CSS pixels and parts of them alike.
                x, y = box["x"] + (pixel + 0.5) * step, box["y"] + 30.5 * step
                await here.console.page.mouse.click(x, y)
                release = (await here.grace.inputs_to(Release))[-1]
                assert isinstance(release, Release)
                assert (release.x, release.y) == (pixel, 30), (chosen, scale)


async def test_a_click_a_double_click_and_a_drag_keep_their_order(here: Scene) -> None:
    mouse = here.console.page.mouse
    await mouse.move(*await place(here, 50.5, 40.5))
    await mouse.down()
    await mouse.move(*await place(here, 90.5, 40.5), steps=5)
    await mouse.up()
    events = await here.grace.inputs(Release(button=Button.LEFT, x=90, y=40))
    first, *moves, last = events
    assert first == Press(button=Button.LEFT, x=50, y=40)
    assert all(isinstance(event, Move) for event in moves)
    assert moves[-1] == Move(x=90, y=40)
    assert last == Release(button=Button.LEFT, x=90, y=40)
    await mouse.dblclick(*await place(here, 20.5, 20.5))
    found = await rest(here)
    click = [Press(button=Button.LEFT, x=20, y=20), Release(button=Button.LEFT, x=20, y=20)]
    assert found == click * 2


async def test_every_button_is_told_and_none_is_the_browsers(here: Scene) -> None:
    await enter(here)
    for name in ("right", "middle"):
        await here.console.page.mouse.click(*await place(here, 9.5, 9.5), button=name)
    found = await rest(here)
    assert found == [
        event
        for button in (Button.RIGHT, Button.MIDDLE)
        for event in (Press(button=button, x=9, y=9), Release(button=button, x=9, y=9))
    ]


async def test_two_buttons_at_once_are_both_told(here: Scene) -> None:
    mouse = here.console.page.mouse
    await enter(here)
    await mouse.move(*await place(here, 9.5, 9.5))
    await mouse.down(button="left")
    await mouse.down(button="right")
    await mouse.up(button="left")
    await mouse.up(button="right")
    assert await rest(here) == [
        Press(button=Button.LEFT, x=9, y=9),
        Press(button=Button.RIGHT, x=9, y=9),
        Release(button=Button.LEFT, x=9, y=9),
        Release(button=Button.RIGHT, x=9, y=9),
    ]


async def test_a_drag_that_leaves_the_picture_ends_at_its_edge(here: Scene) -> None:
    mouse = here.console.page.mouse
    await enter(here)
    await mouse.move(*await place(here, 30.5, 30.5))
    await mouse.down()
    await mouse.move(2, 2)
    await mouse.up()
    assert (await rest(here))[-1] == Release(button=Button.LEFT, x=0, y=0)


async def test_the_wheel_turns_there_and_not_here(here: Scene) -> None:
    await enter(here)
    await here.console.page.mouse.wheel(0, 200)
    assert await rest(here) == [Wheel(dx=0, dy=240, x=5, y=5)]


async def test_a_batch_says_which_frame_it_was_made_on(here: Scene) -> None:
    await enter(here)
    for turn in (1, 2):
        seq = await here.see(colours(turn=turn), key=False)
        await here.console.page.mouse.down()
        batch = await here.grace.batch()
        assert batch.frame == seq
        assert isinstance(batch.events[-1], Press)
        await here.console.page.mouse.up()
        await here.grace.batch()


async def test_text_arrives_as_text_whatever_it_is(here: Scene) -> None:
    await enter(here)
    await here.console.page.keyboard.type("Ab, 1 zy")
    await here.console.page.keyboard.insert_text("Grüße aus Köln: 5 € 日本語 👩‍💻")
    assert text(await rest(here)) == "Ab, 1 zyGrüße aus Köln: 5 € 日本語 👩‍💻"


async def test_german_keys_write_what_stands_on_them(here: Scene) -> None:
    await enter(here)
    keyboard = await wire(here)
    for code, letter in (("Semicolon", "ö"), ("Minus", "ß"), ("KeyY", "z"), ("KeyZ", "y")):
        await key(keyboard, code, letter, letter)
    await key(keyboard, "AltRight", "AltGraph")
    for code, letter in (("KeyQ", "@"), ("KeyE", "€"), ("Digit7", "{"), ("Minus", "\\")):
        await key(keyboard, code, letter, letter)
    assert text(await rest(here)) == "ößzy@€{\\"


async def test_a_dead_key_writes_with_the_next_one(here: Scene) -> None:
    await enter(here)
    keyboard = await wire(here)
    await key(keyboard, "Equal", "Dead")
    composing = {"text": "^", "selectionStart": 1, "selectionEnd": 1}
    await keyboard.send("Input.imeSetComposition", composing)
    await keyboard.send("Input.insertText", {"text": "ê"})
    await here.console.page.keyboard.type("!")
    assert text(await rest(here)) == "ê!"


async def test_what_is_being_composed_is_sent_when_it_is_done(here: Scene) -> None:
    await enter(here)
    keyboard = await wire(here)
    for part in ("n", "に", "にh", "にほ", "日本"):
        composing = {"text": part, "selectionStart": len(part), "selectionEnd": len(part)}
        await keyboard.send("Input.imeSetComposition", composing)
    await keyboard.send("Input.insertText", {"text": "日本"})
    assert text(await rest(here)) == "日本"


async def test_keys_that_write_nothing_go_by_their_place(here: Scene) -> None:
    await enter(here)
    codes = ["Enter", "Backspace", "Tab", "Escape", "ArrowLeft", "Delete", "F5", "PageDown"]
    for code in codes:
        await here.console.page.keyboard.press(code)
    pressed = [event for code in codes for event in (KeyDown(code=code), KeyUp(code=code))]
    assert await rest(here) == pressed


async def test_chords_go_by_place_with_their_modifiers(here: Scene) -> None:
    await enter(here)
    keyboard = here.console.page.keyboard
    await keyboard.press("Control+KeyC")
    await keyboard.press("Shift+ArrowRight")
    await keyboard.press("Alt")
    names = [
        *("+ControlLeft", "+KeyC", "-KeyC", "-ControlLeft"),
        *("+ShiftLeft", "+ArrowRight", "-ArrowRight", "-ShiftLeft"),
        *("+AltLeft", "-AltLeft"),
    ]
    wanted = [(KeyDown if name[0] == "+" else KeyUp)(code=name[1:]) for name in names]
    assert await rest(here) == wanted


async def test_a_click_with_control_takes_it_along(here: Scene) -> None:
    await enter(here)
    await here.console.page.keyboard.down("Control")
    await here.console.page.mouse.click(*await place(here, 5.5, 5.5))
    await here.console.page.keyboard.up("Control")
    assert await rest(here) == [
        KeyDown(code="ControlLeft"),
        Press(button=Button.LEFT, x=5, y=5),
        Release(button=Button.LEFT, x=5, y=5),
        KeyUp(code="ControlLeft"),
    ]


async def test_the_consoles_own_keys_are_letters_there(here: Scene) -> None:
    await enter(here)
    await here.console.page.keyboard.type("?eq")
    assert text(await rest(here)) == "?eq"
    await expect(here.console.page.get_by_role("dialog")).to_have_count(0)


async def test_what_is_pressed_goes_up_when_the_picture_loses_the_focus(here: Scene) -> None:
    await enter(here)
    await here.console.page.keyboard.down("Control")
    await here.console.page.keyboard.down("ArrowDown")
    await here.console.field("chat.write").focus()
    events = await here.grace.inputs(ReleaseAll())
    assert events[-3:] == [KeyDown(code="ControlLeft"), KeyDown(code="ArrowDown"), ReleaseAll()]


async def test_what_is_pressed_goes_up_when_the_tab_is_hidden(here: Scene) -> None:
    await enter(here)
    await here.console.page.keyboard.down("ArrowDown")
    await here.console.turn("hidden")
    await here.grace.inputs(ReleaseAll())


async def test_a_chord_leads_out_of_the_picture(here: Scene) -> None:
    await enter(here)
    await here.console.page.keyboard.press("Control+Alt+Shift+KeyL")
    await expect(here.console.page.locator(".screen-keys")).not_to_be_focused()
    await expect(here.console.page.locator(".share-words")).to_be_focused()
    await here.console.page.keyboard.press("g")
    await expect(here.console.page.locator(".screen-keys")).to_be_focused()
    assert await rest(here) == []


async def test_nothing_goes_there_before_the_picture_has_the_focus(here: Scene) -> None:
    await here.console.field("chat.write").focus()
    await here.console.page.mouse.move(*await place(here, 50.5, 50.5))
    await here.console.page.mouse.wheel(0, 100)
    await here.console.page.keyboard.type("hello")
    await expect(here.console.field("chat.write")).to_have_value("hello")
    await here.console.page.mouse.click(*await place(here, 60.5, 60.5))
    events = await here.grace.inputs(Release(button=Button.LEFT, x=60, y=60))
    assert events[0] == Press(button=Button.LEFT, x=60, y=60)


async def test_nothing_goes_there_without_control(here: Scene) -> None:
    await enter(here)
    await here.grace.ask(GrantTake(id=client_id(), grant=Grant.CONTROL, to=here.ada))
    await expect(here.console.button("console.share_control")).to_be_visible()
    await here.console.page.keyboard.type("hello")
    await here.console.page.mouse.click(*await place(here, 30.5, 30.5))
    # The mark proves that the click was for the picture.
    mark = await here.grace.wish(PointAt)
    assert (mark.x, mark.y, mark.number, mark.layout) == (30, 30, 1, 1)
    await here.grace.give(here.ada, Grant.CONTROL)
    await here.console.button("console.share_return").wait_for()
    await here.console.page.mouse.click(*await place(here, 31.5, 31.5))
    events = await here.grace.inputs(Release(button=Button.LEFT, x=31, y=31))
    assert events[0] == Press(button=Button.LEFT, x=31, y=31)


async def test_one_can_point_while_one_has_control(here: Scene) -> None:
    point = here.console.button("screen.point")
    await point.click()
    await expect(point).to_have_attribute("aria-pressed", "true")
    for number, x in ((1, 40), (2, 80)):
        await here.console.page.mouse.click(*await place(here, x + 0.5, 20.5))
        mark = await here.grace.wish(PointAt)
        assert (mark.number, mark.x, mark.y) == (number, x, 20)
    await expect(here.console.page.locator(".screen-mark")).to_have_text(["1", "2"])
    await point.click()
    await enter(here)


async def test_the_menu_has_the_keys_that_a_browser_keeps(here: Scene) -> None:
    t = here.console.t
    for special in Special:
        await here.console.button("screen.keys").click()
        await here.console.page.get_by_role("menuitem", name=t(f"screen.key_{special}")).click()
        assert await rest(here) == [SpecialKey(special=special)]
    await here.console.button("screen.keys").click()
    await here.console.page.keyboard.press("ArrowUp")
    await here.console.page.keyboard.press("Enter")
    assert (await rest(here))[:2] == [KeyDown(code="Escape"), KeyUp(code="Escape")]


async def test_a_refused_click_is_told_in_words(here: Scene) -> None:
    told = here.console.page.locator(".screen-words")
    for why in InputRefusal:
        if why is InputRefusal.RESTING:
            continue
        await here.grace.tell(InputRefused(to=1, seq=1, why=why))
        await expect(told).to_have_text(here.console.t(f"screen.refused_{why}"))


async def test_a_click_of_somebody_else_is_not_ones_own(here: Scene) -> None:
    told = here.console.page.locator(".screen-words")
    await here.grace.tell(InputRefused(to=1, seq=1, why=InputRefusal.MOVED))
    await here.grace.tell(InputRefused(to=2, seq=1, why=InputRefusal.BEHIND))
    await expect(told).to_have_text(here.console.t("screen.refused_moved"))


async def test_the_customers_own_hand_is_told_until_it_rests(here: Scene) -> None:
    told = here.console.page.locator(".screen-words")
    await here.grace.tell(InputResting(rest_ms=60_000))
    await expect(told).to_have_text(here.console.t("screen.resting", name="Grace"))
    await here.grace.tell(InputResting(rest_ms=0))
    await expect(told).to_have_text("")
