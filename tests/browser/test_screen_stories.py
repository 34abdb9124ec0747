"""What the customer's program makes of a screen, drawn by the page: scrolled, dragged, played."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, nullcontext

import numpy as np
import pytest

from client.capture.motion import Motion
from client.capture.pictures import Pictures
from client.capture.scene import Seen
from client.capture.terms import Terms
from client.capture.tiles import changed_blocks
from client.session.geometry import Rect
from protocol.picture import Codec
from relay.app import Relay
from tests.browser.loop import BROWSER, fixture
from tests.browser.sharer import Scene, scene
from tests.browser.test_screen_picture import assert_shows, shown
from tests.browser.window import Windows
from tests.client.capture.stories import SIZE, dragging, film, menu, scrolling, slides, typing

pytestmark = BROWSER

TERMS = Terms(None, 5e7, 39, slow=False)
Story = Callable[[], Iterator[np.ndarray]]
STORIES: list[tuple[Story, float]] = [
    *((typing, 0.1), (scrolling, 0.05), (dragging, 0.033)),
    *((film, 0.04), (menu, 1.5), (slides, 1.0)),
]


@fixture
async def here(relay: Relay, windows: Windows) -> AsyncIterator[Scene]:
    """Ada sees Grace's screen."""
    async with scene(relay, windows) as opened:
        await opened.share()
        yield opened


class Program:
    """Sends what the client would, and waits until the page has drawn it."""

    def __init__(self, here: Scene, motion: Motion | None) -> None:
        self._here = here
        self._pictures = Pictures(1, Rect(0, 0, *SIZE), motion)
        self._shown = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
        self.now = 0.0

    async def show(self, picture: np.ndarray, after: float, *, key: bool = False) -> None:
        """The first picture, or the next one."""
        self.now += after
        seen = Seen(picture.copy(), (), changed_blocks(picture, self._shown), self._shown)
        make = self._pictures.whole if key else self._pictures.change
        await self._send(make(seen, TERMS, self.now), key=key)
        self._shown = picture.copy()

    async def improve(self) -> None:
        """Until all is exact."""
        nothing = changed_blocks(self._shown, self._shown)
        seen = Seen(self._shown, (), nothing, self._shown)
        while (at := self._pictures.next_improving(TERMS)) is not None:
            self.now = max(self.now, at) + 1e-3
            payload = self._pictures.improved(seen, TERMS, self.now)
            if payload is not None:
                await self._send(payload, key=False)

    async def _send(self, payload: bytes, *, key: bool) -> None:
        seq = await self._here.grace.send_frame(payload, key=key)
        await self._here.grace.acknowledged(seq)


@pytest.mark.parametrize("codec", [None, *Codec])
async def test_every_story_ends_to_the_last_bit(here: Scene, codec: Codec | None) -> None:
    for story, gap in STORIES:
        frames = story()
        motion = None
        if codec is not None:
            assert here.grace.codecs.available(codec)
            motion = Motion(here.grace.codecs.encoder(codec, *SIZE), *SIZE)
        with closing(motion) if motion is not None else nullcontext():
            program = Program(here, motion)
            await program.show(next(frames), 0, key=True)
            await program.improve()
            program.now += 5
            for picture in frames:
                await program.show(picture, gap)
            if story in (typing, scrolling):
                await assert_shows(here, picture)
            await program.improve()
        found = await shown(here)
        assert (found == picture[..., 2::-1]).all(), (story.__name__, codec)
