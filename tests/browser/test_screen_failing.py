"""A browser whose decoder gives up: the picture goes on, at last by another codec."""

from collections.abc import AsyncIterator

import pytest

from protocol.picture import Codec, Piece
from protocol.screen import Watch
from relay.app import Relay
from tests.browser.loop import BROWSER, fixture
from tests.browser.sharer import Scene, colours, scene
from tests.browser.test_screen_picture import assert_shows
from tests.browser.window import Windows

pytestmark = BROWSER

GIVES_UP = """
const Native = globalThis.VideoDecoder;
globalThis.VideoDecoder = class extends Native {
  #error;
  #codec = "";
  constructor(given) {
    super(given);
    this.#error = given.error;
  }
  configure(config) {
    this.#codec = config.codec;
    super.configure(config);
  }
  decode(chunk) {
    if (chunk.type === "key" || !this.#codec.startsWith("vp09.01")) return super.decode(chunk);
    queueMicrotask(() => this.#error(new DOMException("gave up", "EncodingError")));
  }
};
"""
"""VP9 4:4:4 breaks with its second frame, as a driver may."""


@fixture
async def here(relay: Relay, windows: Windows) -> AsyncIterator[Scene]:
    """Ada's browser has such a decoder."""
    async with scene(relay, windows, before=GIVES_UP) as opened:
        yield opened


@pytest.mark.parametrize("rest", [Codec.VP9_420, Codec.VP8, Piece.PIXELS])
async def test_a_decoder_that_gives_up_twice_is_done_without(
    here: Scene, rest: Codec | Piece
) -> None:
    await here.share()
    wishes: list[tuple[Codec, ...]] = []
    for turn in range(2):
        await here.see(colours(turn=turn), Codec.VP9_444)
        await here.grace.show(colours(turn=turn + 1), Codec.VP9_444)
        wishes.append((await here.grace.wish(Watch)).codecs)
        await assert_shows(here, colours(turn=turn))
    assert wishes == [tuple(Codec), (Codec.VP9_420, Codec.VP8)]
    for turn in range(3):
        await here.see(colours(turn=turn), rest, key=turn == 0)
        await assert_shows(here, colours(turn=turn))
