"""Whatever happens on the screen: the viewer's picture is readable at once and exact in the end."""

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.capture.encoder import StreamEncoder
from client.capture.motion import Motion
from client.capture.pictures import Pictures
from client.capture.quality import Loss
from client.capture.scene import Seen
from client.capture.terms import Terms
from client.capture.tiles import changed_blocks
from client.capture.vpx_library import Library
from client.session.geometry import Rect
from protocol.picture import Codec, Piece
from tests.client.capture.canvas import Canvas
from tests.client.capture.pages import page, psnr
from tests.client.capture.stories import (
    SIZE,
    dragging,
    film,
    menu,
    photograph,
    scrolling,
    slides,
    typing,
)
from tests.client.capture.studio import Decoders

FAST = Terms(None, 5e7, 39, slow=False)
SLOW = Terms(30_000, 120_000.0, 52, slow=True)
READABLE = 18.0
"""dB of the whole picture; `page` is denser than any real one."""


class Side:
    """Pictures as they are made, and a viewer's canvas."""

    def __init__(self, motion: Motion | None, decoders: Decoders | None, terms: Terms) -> None:
        self.pictures = Pictures(1, Rect(0, 0, *SIZE), motion)
        self.canvas = Canvas(decoders)
        self.terms = terms
        self.now = 0.0
        self.shown = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
        self.kinds: list[Piece] = []

    def begin(self, picture: np.ndarray) -> None:
        payload = self.pictures.whole(self._seen(picture), self.terms, self.now)
        self.shown = picture.copy()
        self._draw(payload, key=True)

    def change(self, picture: np.ndarray, after: float) -> int:
        """Bytes of the frame."""
        self.now += after
        payload = self.pictures.change(self._seen(picture), self.terms, self.now)
        self.shown = picture.copy()
        self._draw(payload, key=False)
        return len(payload)

    def improve(self, until: float = float("inf")) -> None:
        """All that is due by then."""
        while (at := self.pictures.next_improving(self.terms)) is not None and at <= until:
            self.now = max(self.now, at) + 1e-3
            payload = self.pictures.improved(self._seen(self.shown), self.terms, self.now)
            if payload is not None:
                self._draw(payload, key=False)

    @property
    def exact(self) -> bool:
        return bool((self.canvas.picture == self.shown[..., 2::-1]).all())

    def _seen(self, picture: np.ndarray) -> Seen:
        return Seen(picture.copy(), (), changed_blocks(picture, self.shown), self.shown)

    def _draw(self, payload: bytes, *, key: bool) -> None:
        """What is said to be exact must be so after every frame."""
        self.canvas.draw(payload, key=key)
        self.kinds += [kind for kind, _ in self.canvas.drawn]
        loss = self.pictures.quality.loss.repeat(16, axis=0).repeat(16, axis=1)
        exact = loss[: SIZE[1], : SIZE[0]] == Loss.EXACT
        assert (self.canvas.picture == self.shown[..., 2::-1])[exact].all()


@pytest.fixture(params=[None, *Codec])
def motion(request: pytest.FixtureRequest, library: Library) -> Iterator[Motion | None]:
    if request.param is None:
        yield None
        return
    with closing(StreamEncoder(library, request.param, *SIZE)) as encoder:
        yield Motion(encoder, *SIZE)


@pytest.fixture(params=[FAST, SLOW], ids=["fast", "slow"])
def side(request: pytest.FixtureRequest, motion: Motion | None, library: Library) -> Iterator[Side]:
    with closing(Decoders(library)) as decoders:
        yield Side(motion, decoders, request.param)


STORIES = [(typing, 0.1), (scrolling, 0.05), (dragging, 0.033), (film, 0.04), (slides, 1.0)]


@pytest.mark.parametrize(
    ("story", "gap"), [*STORIES, (menu, 1.5)], ids=lambda one: getattr(one, "__name__", None)
)
def test_it_can_be_read_at_once_and_is_exact_in_the_end(
    side: Side, story: "type[Iterator[np.ndarray]]", gap: float
) -> None:
    frames = iter(story())
    side.begin(next(frames))
    side.improve()
    assert side.exact
    side.now += 5
    for picture in frames:
        side.change(picture, gap)
        assert psnr(side.canvas.picture, picture[..., 2::-1]) > READABLE
        side.improve(until=side.now + gap / 2)
    side.improve()
    assert side.exact


def test_each_change_has_its_tool(library: Library) -> None:
    for story, gap in [*STORIES, (menu, 1.5)]:
        with (
            closing(StreamEncoder(library, Codec.VP9_444, *SIZE)) as encoder,
            closing(Decoders(library)) as decoders,
        ):
            side = Side(Motion(encoder, *SIZE), decoders, FAST)
            frames = iter(story())
            side.begin(next(frames))
            side.improve()
            side.now += 5
            side.kinds.clear()
            for picture in frames:
                side.change(picture, gap)
            used = set(side.kinds)
            if story is typing:
                assert used == {Piece.PIXELS}
            wanted = {scrolling: Piece.COPY, dragging: Piece.COPY, film: Piece.STREAM}
            wanted |= {slides: Piece.JPEG, menu: Piece.RECALL}
            assert wanted.get(story, Piece.PIXELS) in used, (story, used)


def test_a_key_press_is_tens_of_bytes(library: Library) -> None:
    with closing(Decoders(library)) as decoders:
        side = Side(None, decoders, FAST)
        frames = iter(typing())
        side.begin(next(frames))
        side.improve()
        side.now += 5
        assert max(side.change(picture, 0.1) for picture in frames) < 400


def test_no_frame_is_larger_than_the_link_bears(library: Library) -> None:
    with closing(Decoders(library)) as decoders:
        side = Side(None, decoders, SLOW)
        side.begin(photograph(0))
        for picture in slides():
            assert side.change(picture, 1.0) <= 30_000


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, SIZE[0] - 1),
            st.integers(0, SIZE[1] - 1),
            st.integers(1, 400),
            st.integers(1, 300),
            st.integers(0, 3),
            st.sampled_from([0.02, 0.3, 1.5]),
        ),
        max_size=9,
    )
)
def test_any_story_ends_exactly(
    steps: list[tuple[int, int, int, int, int, float]],
) -> None:
    side = Side(None, None, FAST)
    picture = page(*SIZE)
    side.begin(picture)
    side.improve()
    grounds = [page(*SIZE), photograph(2), np.full_like(picture, 99), page(*SIZE, seed=6)]
    for x, y, width, height, ground, gap in steps:
        there = slice(y, y + height), slice(x, x + width)
        picture[there] = grounds[ground][there]
        if changed_blocks(picture, side.shown).any():
            side.change(picture, gap)
        side.improve(until=side.now + 0.25)
    side.improve()
    assert side.exact


@pytest.mark.parametrize("codec", [None, Codec.VP8])
def test_what_is_improved_here_and_there_spoils_nothing_between(
    library: Library, codec: Codec | None
) -> None:
    """Too many places for a rectangle each, on a slow link."""
    with closing(Decoders(library)) as decoders:
        motion = Motion(StreamEncoder(library, codec, *SIZE), *SIZE) if codec else None
        side = Side(motion, decoders, SLOW)
        side.begin(page(*SIZE))
        side.improve()
        side.now += 5
        shape = side.pictures.quality.loss.shape
        here_and_there = np.indices(shape).sum(axis=0) % 2 == 0
        side.pictures.quality.drawn(here_and_there, Loss.COARSE)
        side.improve()
        assert side.exact
        side.pictures.close()
