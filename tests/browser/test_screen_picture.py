"""The customer's picture in the console: exact, never in the wrong order, and gone at once."""

import base64
import io
from collections.abc import AsyncIterator

import numpy as np
import pytest
from PIL import Image
from playwright.async_api import Locator, expect

from client.capture.colour import Picture
from protocol.channel import Flag, Header, Kind
from protocol.errors import CloseCode
from protocol.picture import Codec, PictureHead, Piece, PieceHead, StreamHead
from protocol.screen import Layout, ShowMonitor, Unwatch, Watch, decode_wish
from protocol.share_facts import ShareEnded
from protocol.share_requests import GrantTake
from protocol.sharing import Grant, GrantEnd, Scope
from relay.app import Relay
from tests.browser.loop import BROWSER, fixture
from tests.browser.sharer import MONITORS, Scene, Way, colours, scene
from tests.browser.window import Windows
from tests.peers import client_id

pytestmark = BROWSER

NO_WEB_CODECS = "delete globalThis.VideoDecoder;"
WAYS: list[Way] = [*Codec, Piece.PIXELS, Piece.JPEG]
FULL: list[Way] = [Codec.VP9_444, Piece.PIXELS, Piece.JPEG]
"""With as many colours as pixels."""

PIXELS = "(canvas) => canvas.toDataURL('image/png')"
ONLY_PIXEL = """(canvas) => [canvas.width, canvas.height,
    ...canvas.getContext("2d").getImageData(0, 0, 1, 1).data.slice(0, 3)]"""
"""Of a canvas that shows nothing."""


@fixture
async def here(relay: Relay, windows: Windows) -> AsyncIterator[Scene]:
    """Ada and Grace, and nothing shared yet."""
    async with scene(relay, windows) as opened:
        yield opened


async def shown(here: Scene) -> Picture:
    """The picture on the page, as red, green and blue."""
    url = await here.canvas.evaluate(PIXELS)
    data = base64.b64decode(url.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def rgb(picture: Picture) -> Picture:
    """Of what was grabbed."""
    return picture[..., 2::-1]


async def assert_shows(here: Scene, picture: Picture) -> None:
    """The page shows `picture`, as exactly as the codecs are at their finest level."""
    found, wanted = (one.astype(int) for one in (await shown(here), rgb(picture)))
    assert found.shape == wanted.shape
    away = np.abs(found - wanted)
    assert away.mean() < 2, away.mean()
    assert np.percentile(away, 99.9) < 12


def patches() -> Picture:
    """Full colours side by side, and thin lines of them: what a wrong matrix or halved colours
    would spoil first."""
    picture = np.zeros((400, 640, 4), np.uint8)
    for at in range(8):
        picture[:200, at * 80 : at * 80 + 80, :3] = [255 * (at >> bit & 1) for bit in range(3)]
    picture[200:, ::2, 2] = 255
    picture[200:, 1::2, 0] = 255
    return picture


@pytest.mark.parametrize("codec", WAYS)
async def test_the_page_shows_what_was_on_the_screen(here: Scene, codec: Way) -> None:
    await here.share()
    first, second = colours(), colours(turn=2)
    await here.see(first, codec)
    await assert_shows(here, first)
    second[100:140, 200:280] = (0, 0, 255, 0)
    await here.see(second, codec, key=False)
    await assert_shows(here, second)


@pytest.mark.parametrize("codec", FULL)
async def test_full_colours_and_thin_lines_keep_their_colour(here: Scene, codec: Way) -> None:
    await here.share()
    await here.see(patches(), codec)
    found = (await shown(here)).astype(int)
    for at in range(8):
        wanted = [255 * (at >> bit & 1) for bit in (2, 1, 0)]
        assert np.abs(found[100, at * 80 + 40] - wanted).max() <= 8, (at, found[100, at * 80 + 40])
    assert np.abs(found[300, 320] - (255, 0, 0)).max() <= 24, found[300, 320]
    assert np.abs(found[300, 321] - (0, 0, 255)).max() <= 24, found[300, 321]


@pytest.mark.parametrize("size", [(641, 399), (17, 9), (1920, 1080)])
async def test_any_size_is_shown_whole(here: Scene, size: tuple[int, int]) -> None:
    await here.share()
    for codec in WAYS if min(size) > 16 else FULL:
        await here.see(colours(*size), codec)
        await assert_shows(here, colours(*size))


async def test_the_codec_and_the_size_change_in_the_middle(here: Scene) -> None:
    await here.share()
    await here.see(colours())
    await here.see(colours(320, 200), Piece.PIXELS)
    await assert_shows(here, colours(320, 200))
    await here.see(colours(800, 600))
    await assert_shows(here, colours(800, 600))


@pytest.mark.parametrize("codec", WAYS)
async def test_a_size_that_changes_under_way_breaks_nothing(here: Scene, codec: Way) -> None:
    await here.share()
    await here.see()
    sizes = [(640, 400), (320, 200), (800, 600), (640, 400), (800, 600)]
    for turn, size in enumerate(sizes):
        seq = await here.grace.show(colours(*size, turn=turn), codec, key=True)
    await here.grace.acknowledged(seq)
    await assert_shows(here, colours(*sizes[-1], turn=len(sizes) - 1))
    wishes = [decode_wish(payload) for head, payload in here.grace.heard if head.kind is Kind.WISH]
    assert len(wishes) == 1


async def test_a_browser_that_can_says_so(here: Scene) -> None:
    await here.grace.give(here.ada, Grant.VIEW)
    await here.grace.start()
    assert (await here.grace.watched()).codecs == tuple(Codec)


async def test_without_a_video_decoder_there_are_rectangles(relay: Relay, windows: Windows) -> None:
    async with scene(relay, windows, before=NO_WEB_CODECS) as here:
        await here.grace.give(here.ada, Grant.VIEW)
        await here.grace.start()
        assert (await here.grace.watched()).codecs == ()
        await here.see(colours(), Piece.JPEG)
        await assert_shows(here, colours())


@pytest.mark.parametrize("codec", WAYS)
async def test_after_a_gap_one_key_frame_mends_the_picture(here: Scene, codec: Way) -> None:
    await here.share()
    await here.see(colours(), codec)
    here.grace.skip_frame()
    await here.grace.show(colours(turn=1), codec)
    await here.grace.wish(Watch)
    await assert_shows(here, colours())
    await here.see(colours(turn=2), codec)
    await assert_shows(here, colours(turn=2))


async def test_a_lost_last_frame_is_missed_by_its_beats(here: Scene) -> None:
    await here.share()
    await here.see(colours())
    here.grace.skip_frame()
    await here.grace.beat()
    await here.grace.beat()
    await here.grace.wish(Watch)


@pytest.mark.parametrize("key", [True, False])
@pytest.mark.parametrize("codec", WAYS)
async def test_what_cannot_be_decoded_is_mended_by_one_key_frame(
    here: Scene, codec: Way, key: bool
) -> None:
    await here.share()
    await here.see(colours(), codec)
    noise = np.random.default_rng(4).bytes(300)
    kind = codec if isinstance(codec, Piece) else Piece.STREAM
    if isinstance(codec, Codec):
        area = (0).to_bytes(4, "big") + (640).to_bytes(2, "big") + (400).to_bytes(2, "big")
        noise = StreamHead(codec, int(key), 1).pack() + area + noise
    piece = PieceHead(kind, 0, 0, 640, 400, len(noise)).pack() + noise
    await here.grace.send_frame(PictureHead(1, 640, 400).pack() + piece, key=key)
    await here.grace.wish(Watch)
    await here.see(colours(turn=2), codec)
    await assert_shows(here, colours(turn=2))


HEAD = PictureHead(1, 640, 400).pack()
WRONG = {
    "nothing": b"",
    "half a head": b"\x01\x00",
    "an unknown piece": HEAD + b"\x09" + bytes(12),
    "a monstrous size": b"\x01\xff\xff\xff\xff",
    "a rectangle outside": HEAD + PieceHead(Piece.JPEG, 639, 399, 16, 16, 0).pack(),
    "a rectangle that is cut off": HEAD + PieceHead(Piece.JPEG, 0, 0, 16, 16, 4000).pack() + b"a",
    "pieces out of order": HEAD
    + PieceHead(Piece.RECALL, 0, 0, 16, 16, 0).pack()
    + PieceHead(Piece.KEEP, 0, 0, 16, 16, 0).pack(),
    "a stream of an unknown codec": HEAD
    + PieceHead(Piece.STREAM, 0, 0, 640, 400, 5).pack()
    + b"\x09\x01\x00\x00x",
    "a copy from outside": HEAD
    + PieceHead(Piece.COPY, 0, 0, 16, 16, 4).pack()
    + b"\x02\x7f\x00\x00",
}


@pytest.mark.parametrize("what", WRONG)
async def test_a_senseless_frame_costs_a_key_frame_and_nothing_else(here: Scene, what: str) -> None:
    await here.share()
    await here.see(colours())
    await here.grace.send_frame(WRONG[what], key=True)
    await here.grace.wish(Watch)
    await assert_shows(here, colours())
    await here.see(colours(turn=1))
    await assert_shows(here, colours(turn=1))


async def test_senseless_news_and_pointers_are_passed_over(here: Scene) -> None:
    await here.share()
    await here.see(colours())
    for payload in (b"", b"{", b"null", b'{"t":"layout"}', b'{"t":"input.refused","why":"x"}'):
        await here.grace.send(Kind.SCREEN, payload)
        await here.grace.send(Kind.CURSOR, payload)
    await here.see(colours(turn=1), key=False)
    await assert_shows(here, colours(turn=1))


async def test_frames_of_a_start_that_is_over_are_not_shown(here: Scene) -> None:
    await here.share()
    await here.see(colours())
    old = here.grace.encoded(colours(turn=3), Piece.PIXELS, key=True)
    await here.grace.start(anew=False)
    await here.grace.watched()
    head = Header(Kind.FRAME, Flag.KEY | Flag.FIRST | Flag.LAST, 0, 1, 1, 9, 0)
    await here.grace.socket.send_channel(head, old)
    await here.see(colours(turn=1))
    await assert_shows(here, colours(turn=1))


async def assert_gone(here: Scene) -> None:
    """Nothing is to be seen, and nothing of the picture is left."""
    canvas = here.console.page.locator("canvas.screen-picture")
    await expect(canvas).to_be_hidden()
    assert await canvas.evaluate(ONLY_PIXEL) == [1, 1, 0, 0, 0]


async def test_the_end_leaves_nothing_of_the_picture(here: Scene) -> None:
    await here.share(Grant.VIEW, Grant.CONTROL)
    await here.see()
    await here.grace.end()
    await assert_gone(here)
    await expect(here.console.page.locator(".share-words")).to_contain_text(
        here.console.t("line.share_ended_customer", customer="Grace")
    )
    await expect(here.console.button("console.share_see")).to_be_visible()
    await here.share()
    await here.see(colours(turn=1))
    await assert_shows(here, colours(turn=1))


async def test_a_pause_leaves_nothing_of_the_picture_and_ends_by_itself(here: Scene) -> None:
    await here.share()
    await here.see()
    await here.grace.pause()
    await assert_gone(here)
    told = here.console.page.locator(".screen-middle")
    await expect(told).to_have_text(here.console.t("screen.paused_customer", name="Grace"))
    await here.grace.start(Scope.CHOSEN, anew=False)
    await here.grace.watched()
    await here.see(colours(turn=1))
    await assert_shows(here, colours(turn=1))
    await expect(here.console.words("console.share_chosen")).to_be_visible()


async def test_who_may_not_see_any_longer_sees_nothing(here: Scene) -> None:
    await here.share()
    await here.see()
    await here.grace.ask(GrantTake(id=client_id(), grant=Grant.VIEW, to=here.ada))
    await assert_gone(here)
    key = f"line.view_{GrantEnd.TAKEN}"
    await expect(here.console.page.locator(".share-words")).to_contain_text(
        here.console.t(key, customer="Grace")
    )


async def test_a_lost_customer_leaves_nothing_of_the_picture(here: Scene) -> None:
    await here.share()
    await here.see()
    await here.grace.socket.close()
    await assert_gone(here)
    await expect(here.console.page.locator(".share-words")).to_contain_text(
        here.console.t("line.share_ended_link_lost", customer="Grace")
    )


async def test_a_hidden_tab_is_sent_nothing_and_begins_anew(here: Scene) -> None:
    await here.share()
    await here.see()
    await here.console.turn("hidden")
    await here.grace.wish(Unwatch)
    await here.console.turn("visible")
    await here.grace.watched()
    await here.see(colours(turn=1))
    await assert_shows(here, colours(turn=1))


async def test_after_a_lost_link_the_page_asks_for_the_picture_again(here: Scene) -> None:
    await here.share()
    await here.see()
    (room,) = here.relay.hub.rooms.values()
    room.peers[here.ada].close(CloseCode.RESTART)
    await here.grace.watched()
    await here.see(colours(turn=1))
    await assert_shows(here, colours(turn=1))


async def test_a_picture_that_nobody_vouches_for_shows_its_age(here: Scene) -> None:
    await here.share()
    await here.see()
    age = here.console.page.locator(".screen-age")
    await expect(age).to_have_text(here.console.t.count("screen.age", 1))
    await expect(age).to_have_text(here.console.t.count("screen.age", 2))
    await here.grace.beat()
    await expect(age).to_be_hidden()
    await expect(age).to_have_text(here.console.t.count("screen.age", 1))
    await here.see(colours(turn=1), key=False)
    await expect(age).to_be_hidden()


async def test_a_beat_for_a_frame_that_is_not_drawn_vouches_for_nothing(here: Scene) -> None:
    await here.share()
    await here.see()
    age = here.console.page.locator(".screen-age")
    await expect(age).to_have_text(here.console.t.count("screen.age", 1))
    here.grace.skip_frame()
    await here.grace.beat()
    await here.grace.beat()
    await here.grace.wish(Watch)
    await expect(age).to_be_visible()


async def from_corner(here: Scene, element: Locator) -> tuple[float, float]:
    """How far right and down of the picture's corner `element` stands."""
    at, picture = await element.bounding_box(), await here.canvas.bounding_box()
    assert at
    assert picture
    return at["x"] - picture["x"], at["y"] - picture["y"]


async def test_the_pointer_has_its_own_shape_and_place(here: Scene) -> None:
    await here.share()
    await here.see()
    await here.grace.point(100, 60, size=20)
    cursor = here.console.page.locator(".screen-cursor canvas")
    await expect(cursor).to_be_visible()
    assert await from_corner(here, cursor) == pytest.approx((100, 60), abs=1)
    before = await cursor.locator("..").get_attribute("style")
    assert before
    await here.grace.point(200, 160)
    await expect(cursor.locator("..")).not_to_have_attribute("style", before)
    assert await from_corner(here, cursor) == pytest.approx((200, 160), abs=1)
    await here.grace.end()
    await expect(cursor).to_be_hidden()


async def test_monitors_are_chosen_by_name(here: Scene) -> None:
    await here.share()
    await here.see()
    page, t = here.console.page, here.console.t
    choice = page.get_by_label(t("screen.monitors"))
    await expect(choice).to_have_value("1")
    names = await choice.locator("option").all_inner_texts()
    unnamed = t("screen.monitor_unnamed", n=2, width=640, height=400)
    assert names == [
        t("screen.monitors_all"),
        t("screen.monitor", n=1, name=MONITORS[0].name, width=640, height=400),
        unnamed,
    ]
    await choice.select_option("2")
    assert (await here.grace.wish(ShowMonitor)).id == 2
    await here.grace.tell(Layout(number=2, monitors=MONITORS, shown=0, width=1280, height=400))
    await expect(choice).to_have_value("0")
    one = Layout(number=3, monitors=MONITORS[:1], shown=1, width=640, height=400)
    await here.grace.tell(one)
    await expect(choice).to_be_hidden()


async def test_ending_it_oneself_takes_one_click(here: Scene) -> None:
    await here.share()
    await here.see()
    await here.console.button("console.share_stop").click()
    assert (await here.grace.socket.hear(ShareEnded)).by == here.ada
    await assert_gone(here)
