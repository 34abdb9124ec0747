"""The capture thread and its viewers: several of them, slow ones, and what each may wish."""

from functools import partial
from pathlib import Path

import pytest

from client.capture import pacer
from client.capture.pacer import FRAMES
from client.platform.desktop import Monitor
from client.session.geometry import Rect
from client.session.share_inputs import ObstaclesMet, Pointed, Watched
from protocol.channel import Flag, Kind
from protocol.picture import Codec
from protocol.screen import (
    Obstacle,
    Obstacles,
    PointAt,
    ShowMonitor,
    Unwatch,
)
from tests.client.capture.desk import Desk
from tests.client.capture.pages import psnr
from tests.client.capture.studio import (
    AREA,
    GREEN,
    RED,
    Studio,
    Studios,
    Wall,
    colour,
    needs_a_screen,
    screen,
)

pytestmark = needs_a_screen


@pytest.mark.parametrize("worse", [Codec.VP9_420, Codec.VP8, None])
def test_the_stream_is_one_that_all_decode(studio: Studios, worse: Codec | None) -> None:
    show = studio()
    show.allow(viewers=(1, 2))
    show.watch(sender=1)
    show.until(lambda: show.eye.codec is Codec.VP9_444)
    show.watch(sender=2, codecs=() if worse is None else (worse,))
    show.until(lambda: count_keys(show) == 2 and show.eye.codec is worse)
    show.until(lambda: psnr(show.eye.picture, screen(AREA)) > 60)
    assert show.eye.codec is worse


def count_keys(show: Studio) -> int:
    return sum(1 for one in show.of(Kind.FRAME) if one.header.flags & Flag.KEY)


def test_without_the_library_there_are_rectangles(
    studio: Studios, tmp_path: Path, wall: Wall
) -> None:
    show = studio(vpx=tmp_path / "libvpx.so")
    show.allow()
    show.watch()
    wall.paint(Rect(50, 50, 100, 100), colour(RED))
    show.until_seen(RED, 100, 100)
    assert show.eye.codec is None


def test_one_monitor_is_shown_when_a_viewer_wants_it(studio: Studios, wall: Wall) -> None:
    left, right = Rect(0, 0, 320, 480), Rect(320, 100, 320, 300)
    show = studio(Desk(screens=(Monitor(1, "L", left), Monitor(2, "R", right))))
    wall.paint(Rect(400, 150, 20, 20), colour(RED))
    show.allow()
    show.watch()
    show.until_seen(RED, 405, 155)
    show.wish(ShowMonitor(id=2))
    show.until_seen(RED, 85, 55)
    assert show.eye.picture.shape == (300, 320, 3)
    shown = show.layouts()[-1]
    assert (shown.number, shown.shown, shown.width, shown.height) == (2, 2, 320, 300)
    assert show.eye.head is not None
    assert show.eye.head.layout == 2
    assert show.drawn is not None
    frame = show.frames.get(show.drawn.header.seq)
    assert frame is not None
    assert (frame.area, frame.layout) == (right, 2)
    show.allow(epoch=2)
    show.watch()
    show.until(lambda: show.drawn is not None and show.drawn.header.epoch == 2)
    assert show.layouts()[-1].shown == 2, "the choice holds for the whole share"


def test_a_monitor_that_comes_is_shown_with_the_others(studio: Studios) -> None:
    desk = Desk(screens=(Monitor(1, "L", Rect(0, 0, 320, 200)),))
    show = studio(desk)
    show.allow()
    show.watch()
    show.until(lambda: show.eye.picture.shape == (200, 320, 3))
    desk.screens = (*desk.screens, Monitor(2, "R", Rect(320, 0, 320, 300)))
    show.until(lambda: show.eye.picture.shape == (300, 640, 3))
    assert [one.number for one in show.layouts()] == [1, 2]


def test_who_does_not_draw_gets_little_and_then_the_newest(studio: Studios, wall: Wall) -> None:
    desk = Desk()
    show = studio(desk)
    show.acknowledges = False
    show.allow()
    show.watch()
    show.until(lambda: show.drawn is not None)
    for step in range(20):
        wall.paint(AREA, colour((step * 10, 10, 10)))
        desk.hindrance = Obstacle.LOCKED if step < 10 else None
        if step % 10 == 5:
            show.until(partial(show.was_told, ObstaclesMet(view=desk.hindrance), 1))
    wall.paint(AREA, colour(GREEN))
    assert len(show.of(Kind.FRAME)) <= FRAMES
    show.acknowledges = True
    assert show.drawn is not None
    show.acknowledge(show.drawn.header.seq)
    show.until_seen(GREEN, 320, 240)


def test_a_viewer_who_does_not_answer_is_gone_until_it_watches_again(
    studio: Studios, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacer, "ANSWER_S", 0.1)
    monkeypatch.setattr(pacer, "SLOWEST_BYTES_S", 10**9)
    show = studio()
    show.acknowledges = False
    show.allow()
    show.watch()
    show.until(lambda: show.told[-1:] == [Watched(frozenset())])
    show.acknowledges = True
    show.watch()
    show.until(lambda: len(show.of(Kind.BEAT)) > 0)
    assert show.told[-1] == Watched(frozenset({1}))


def test_who_leaves_or_may_not_see_any_longer_is_told_to_the_window(studio: Studios) -> None:
    show = studio()
    show.allow(viewers=(1, 2))
    show.watch(sender=1)
    show.until(lambda: show.told[-1:] == [Watched(frozenset({1}))])
    show.watch(sender=2)
    show.until(lambda: show.told[-1:] == [Watched(frozenset({1, 2}))])
    show.wish(Unwatch(), sender=1)
    show.until(lambda: show.told[-1:] == [Watched(frozenset({2}))])
    show.allow(viewers=(1,))
    show.until(lambda: show.told[-1:] == [Watched(frozenset())])


def test_a_second_viewer_gets_a_key_frame_and_all_it_must_know(studio: Studios) -> None:
    show = studio()
    show.allow(viewers=(1, 2))
    show.watch(sender=1)
    show.until(lambda: len(show.of(Kind.BEAT)) > 0)
    before = len(show.said)
    show.watch(sender=2)
    show.until(lambda: any(one.header.flags & Flag.KEY for one in show.said[before:]))
    later = [one for one in show.said[before:] if one.header.kind is not Kind.BEAT]
    kinds = [one.header.kind for one in later]
    assert kinds[: kinds.index(Kind.FRAME) + 1] == [Kind.SCREEN, Kind.SCREEN, Kind.FRAME]


def test_pointing_is_told_where_on_the_desktop(studio: Studios) -> None:
    show = studio(Desk(screens=(Monitor(1, "One", Rect(200, 100, 300, 200)),)))
    show.allow()
    show.watch()
    show.until(lambda: show.drawn is not None)
    show.wish(PointAt(layout=1, number=3, x=300, y=0))
    show.wish(PointAt(layout=4, number=3, x=0, y=0))
    show.wish(PointAt(layout=1, number=3, x=7, y=9))
    show.until(lambda: isinstance(show.told[-1], Pointed))
    assert [one for one in show.told if isinstance(one, Pointed)] == [Pointed(1, 3, 207, 109)]


def test_obstacles_are_told_to_both_sides_when_they_change(studio: Studios) -> None:
    desk = Desk()
    show = studio(desk)
    show.allow()
    show.watch()
    show.until(lambda: show.drawn is not None)
    desk.hindrance = Obstacle.LOCKED
    show.until(lambda: show.told[-1] == ObstaclesMet(view=Obstacle.LOCKED))
    show.until(lambda: show.news()[-1] == Obstacles(view=Obstacle.LOCKED))
    desk.hindrance = None
    show.until(lambda: show.told[-1] == ObstaclesMet())
    assert next(one for one in show.news() if isinstance(one, Obstacles)) == Obstacles()
