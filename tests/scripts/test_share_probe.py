"""The benchmark's look at a viewer's page, in a real Chromium."""

import base64
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

from scripts.bench.share import bar_code, plan, quality
from scripts.bench.share.probe import Probe
from scripts.stage.browser import chromium

pytestmark = pytest.mark.browser

PAGE = f"""<!doctype html><body style="margin: 20px">
<canvas width="40" height="40"></canvas>
<canvas width="{plan.WIDTH}" height="{plan.HEIGHT}" style="width: 960px"></canvas>"""

DRAW = """([place, cells, cell]) => {
    const context = document.querySelectorAll("canvas")[1].getContext("2d");
    cells.forEach((white, index) => {
        context.fillStyle = white ? "white" : "black";
        context.fillRect(place.left + index * cell, place.top, cell, cell);
    });
}"""

FLIP_WHEN_PRESSED = """([left, top, width, height]) => {
    const canvas = document.querySelectorAll("canvas")[1];
    const context = canvas.getContext("2d");
    canvas.addEventListener("mousedown", ({ offsetX, offsetY }) => {
        const [x, y] = [offsetX * 2, offsetY * 2];
        if (x < left || y < top || x > left + width || y > top + height) return;
        context.fillStyle = "red";
        context.fillRect(left, top, width, height);
    });
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with a picture at half size below a small one."""
    out: Path = tmp_path_factory.mktemp("probe")
    with chromium(out) as browser:
        shown = browser.window().page
        shown.set_content(PAGE)
        yield shown


def draw(page: Page, number: int) -> None:
    """A step with that number, as a viewer's page would draw it."""
    place = bar_code.place(plan.WIDTH, plan.HEIGHT)._asdict()
    page.evaluate(DRAW, [place, bar_code.cells(number), bar_code.CELL])


def test_each_step_is_seen_once_and_in_the_time_of_the_machine(page: Page) -> None:
    began = time.monotonic()
    probe = Probe(page)
    for number in (7, 8, 4095):
        draw(page, number)
        assert probe.wait_for(number, 20)
    seen = probe.take()
    probe.stop()
    assert [number for number, _ in seen] == [7, 8, 4095]
    times = [began, *(at for _, at in seen), time.monotonic()]
    assert times == sorted(times)


def test_what_was_there_before_begins_the_next_look(page: Page) -> None:
    probe = Probe(page)
    draw(page, 11)
    assert probe.wait_for(11, 20)
    probe.take()
    draw(page, 12)
    assert probe.wait_for(12, 20)
    assert [number for number, _ in probe.take()] == [11, 12]
    assert not probe.wait_for(13, 0)
    probe.stop()


def test_a_press_hits_the_square_of_a_scaled_picture_and_its_flip_is_timed(page: Page) -> None:
    probe = Probe(page)
    page.evaluate(FLIP_WHEN_PRESSED, list(plan.MARKER))
    took = probe.click(20)
    assert took is not None
    assert took > 0
    assert probe.click(0.1) is None, "it is red already"
    probe.stop()


def test_a_picture_is_told_once_it_can_be_read(page: Page) -> None:
    draw(page, 20)
    colour(page, "black")
    probe = Probe(page)
    assert probe.wait_for(20, 20)
    free = quality.whole_but_code()
    black, red = np.zeros((2, plan.HEIGHT, plan.WIDTH, 3), np.uint8)
    red[..., 0] = 255
    probe.expect(20, [spots_of(black), spots_of(red)], free)
    page.wait_for_function("benchProbe.clear.length > 0")
    draw(page, 21)
    assert probe.wait_for(21, 20), "there, but its picture is still the one before"
    colour(page, "#fa0000")
    page.wait_for_function("benchProbe.clear.length > 1")
    assert page.evaluate("benchProbe.drawn.at(-1)[1] < benchProbe.clear[1][1]")
    draw(page, 22)
    assert probe.wait_for(22, 20)
    colour(page, "black")
    page.wait_for_function("benchProbe.clear.length > 2")
    assert [number for number, _ in probe.readable()] == [20, 21, 22]
    probe.stop()


def test_the_whole_picture_is_given_to_the_last_pixel(page: Page) -> None:
    probe = Probe(page)
    colour(page, "#102030")
    draw(page, 5)
    probe.keep()
    colour(page, "white")
    whole = probe.kept()
    probe.stop()
    place = bar_code.place(plan.WIDTH, plan.HEIGHT)
    assert whole.shape == (plan.HEIGHT, plan.WIDTH, 3)
    assert tuple(whole[0, 0]) == tuple(whole[-1, 0]) == (0x10, 0x20, 0x30)
    y = place.top + bar_code.CELL // 2
    cells = whole[y, place.left + bar_code.CELL // 2 :: bar_code.CELL, 1]
    assert bar_code.read([float(one) for one in cells]) == 5


def colour(page: Page, shade: str) -> None:
    """All over the picture, but not over the number."""
    page.evaluate(
        """([{ left, top }, shade]) => {
            const context = document.querySelectorAll("canvas")[1].getContext("2d");
            const { width, height } = context.canvas;
            context.fillStyle = shade;
            context.fillRect(0, 0, width, top);
            context.fillRect(0, top, left, height - top);
            context.fillRect(left, top + 16, width, height);
        }""",
        [bar_code.place(plan.WIDTH, plan.HEIGHT)._asdict(), shade],
    )


def spots_of(pixels: quality.Pixels) -> str:
    """As the scripted desktop tells them."""
    return base64.b64encode(quality.spots(pixels).tobytes()).decode()
