"""The capture thread as a whole: a real screen, a real codec, a viewer who decodes."""

from functools import partial

import numpy as np
import pytest

from client.platform.base import Unavailable
from client.platform.desktop import Monitor, Window
from client.session.geometry import Rect
from client.session.share_inputs import CaptureFailed, Watched
from protocol.channel import Flag, Kind
from protocol.screen import (
    Layout,
    Obstacle,
    Obstacles,
    ShowMonitor,
    Unwatch,
)
from tests.client.capture.desk import Desk
from tests.client.capture.studio import (
    AREA,
    GREEN,
    RED,
    Message,
    Studios,
    Wall,
    colour,
    needs_a_screen,
    screen,
)

pytestmark = needs_a_screen


def test_a_viewer_sees_the_screen_and_what_changes_on_it(studio: Studios, wall: Wall) -> None:
    wall.paint(Rect(100, 100, 50, 50), colour(RED))
    show = studio()
    show.allow()
    show.watch()
    show.until_seen(RED, 120, 120)
    wall.paint(Rect(300, 200, 37, 11), colour(GREEN))
    show.until_seen(GREEN, 310, 205)
    assert show.seen(RED, 120, 120)


def test_a_still_screen_becomes_exact(studio: Studios, wall: Wall) -> None:
    for step in range(24):
        wall.paint(Rect(8 + step * 21, 40, 3, 60), colour((10 * step, 255 - 9 * step, 128)))
    show = studio()
    show.allow()
    show.watch()
    show.until(lambda: (show.eye.picture == screen(AREA)).all())


def test_nothing_is_sent_before_somebody_watches(studio: Studios) -> None:
    desk = Desk()
    show = studio(desk)
    show.allow(viewers=(1, 2))
    show.watch(sender=9)
    show.wish(ShowMonitor(id=1))
    show.wish(Unwatch(), sender=2)
    show.watch(sender=1, epoch=7)
    show.watch()
    show.until(lambda: show.drawn is not None)
    kinds = [one.header.kind for one in show.said]
    assert kinds[0] is Kind.SCREEN
    assert isinstance(show.news()[0], Layout)
    first = show.of(Kind.FRAME)[0].header
    assert (first.seq, first.epoch, first.share, first.flags) == (1, 1, 1, Flag.KEY)
    assert show.told[0] == Watched(frozenset({1}))


def test_while_the_picture_is_true_it_says_so(studio: Studios) -> None:
    show = studio()
    show.allow()
    show.watch()
    show.until(lambda: len(show.of(Kind.BEAT)) > 2)
    sent: list[int] = [0]
    for one in show.said:
        if one.header.kind is Kind.FRAME:
            assert one.header.seq == sent[-1] + 1
            sent.append(one.header.seq)
        elif one.header.kind is Kind.BEAT:
            assert one.header.seq == sent[-1]


def test_each_kind_is_counted_by_itself(studio: Studios, wall: Wall) -> None:
    show = studio()
    show.allow()
    show.watch()
    for step in range(5):
        shade = (step * 40, 90, 200 - step * 30)
        wall.paint(Rect(16 * step, 0, 16, 16), colour(shade))
        show.until_seen(shade, 16 * step + 8, 8)
    for kind in (Kind.FRAME, Kind.SCREEN):
        numbers = [one.header.seq for one in show.of(kind)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_what_a_frame_showed_is_written_down(studio: Studios) -> None:
    there = Window(5, 1, "app", "App", "Title", Rect(10, 10, 50, 50))
    desk = Desk(shown=[there])
    show = studio(desk)
    show.allow()
    show.watch()
    show.until(lambda: show.drawn is not None)
    frame = show.frames.get(1)
    assert frame is not None
    assert (frame.area, frame.windows, frame.layout, frame.epoch) == (AREA, (there,), 1, 1)


@pytest.mark.parametrize("count", [1, 3, 7])
def test_once_the_gate_is_shut_nothing_comes(studio: Studios, wall: Wall, count: int) -> None:
    desk = Desk()
    show = studio(desk)
    show.allow()

    def paint(message: Message) -> None:
        step = message.header.seq
        wall.paint(Rect(0, 0, 640, 480), colour((step * 30 % 255, 80, 255 - step * 20 % 255)))

    show.on_frame = paint
    show.watch()
    show.until(lambda: len(show.of(Kind.FRAME)) >= count)
    show.shut()
    said = len(show.said)
    show.watch(epoch=1)
    show.until(lambda: desk.closed and show.told[-1] == Watched(frozenset()))
    assert len(show.said) == said


def test_a_new_epoch_begins_with_a_key_frame_and_everything_else_anew(
    studio: Studios, wall: Wall
) -> None:
    show = studio()
    show.allow(epoch=1)
    show.watch()
    show.until(lambda: len(show.of(Kind.BEAT)) > 0)
    show.shut()
    before = len(show.said)
    wall.paint(AREA, colour(GREEN))
    show.allow(epoch=2)
    show.watch()
    show.until_seen(GREEN, 320, 240)
    fresh = show.said[before:]
    assert {one.header.epoch for one in fresh} == {2}
    assert isinstance(show.news()[-2], Layout)
    first = next(one.header for one in fresh if one.header.kind is Kind.FRAME)
    assert (first.seq, first.flags) == (1, Flag.KEY)


def test_epochs_that_follow_one_another_at_once_are_never_mixed(
    studio: Studios, wall: Wall
) -> None:
    show = studio()
    for epoch in range(1, 12):
        show.allow(epoch=epoch)
        show.watch()
        wall.paint(AREA, colour((epoch * 20, 255 - epoch * 20, 99)))
        show.until(partial(show.has_frame_of, epoch))
    epochs = [one.header.epoch for one in show.said]
    assert epochs == sorted(epochs)
    for epoch in range(1, 12):
        frames = [one.header for one in show.of(Kind.FRAME) if one.header.epoch == epoch]
        assert frames[0].seq == 1
        assert frames[0].flags & Flag.KEY


def test_a_grab_that_fails_is_told_and_tried_again(studio: Studios) -> None:
    desk = Desk(screens=(Monitor(1, "Gone", Rect(5000, 0, 640, 480)),))
    show = studio(desk)
    show.allow()
    show.watch()
    show.until(lambda: any(isinstance(one, CaptureFailed) for one in show.told))
    assert show.of(Kind.FRAME) == []
    desk.screens = (Monitor(1, "Back", AREA),)
    show.until(lambda: show.eye.picture.shape == (480, 640, 3))


def test_without_a_view_nothing_is_shown_and_the_viewers_know(studio: Studios) -> None:
    show = studio(Unavailable("no desktop here"))
    show.allow()
    show.watch()
    show.until(lambda: show.told == [CaptureFailed("no desktop here")])
    show.allow(epoch=2)
    show.until(lambda: show.told == [CaptureFailed("no desktop here")] * 2)
    show.until(lambda: show.news() == [Obstacles(view=Obstacle.SYSTEM)] * 2)
    assert len(show.said) == 2


class Cracked(Desk):
    """A desktop that does what it should not."""

    def windows(self) -> tuple[Window, ...]:
        raise RuntimeError("the display server is gone")


def test_a_view_that_breaks_ends_the_picture_and_not_the_thread(
    studio: Studios, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Cracked()
    show = studio(desk)
    for epoch in (1, 2):
        show.allow(epoch=epoch)
        show.watch()
        show.until(partial(show.was_told, CaptureFailed("RuntimeError"), epoch))
    assert show.of(Kind.FRAME) == []
    assert "the display server is gone" in caplog.text


def test_the_clients_own_windows_are_painted_over(studio: Studios, wall: Wall) -> None:
    wall.paint(AREA, colour(RED))
    own = Window(9, 1, "bridge", "Bridge", "Chat", Rect(100, 100, 200, 150), own=True)
    show = studio(Desk(shown=[own]))
    show.allow()
    show.watch()
    show.until_seen(RED, 20, 20)
    inside: np.ndarray = show.eye.picture[104:246, 104:296].astype(int)
    assert np.abs(inside - RED).max(axis=2).min() > 60


def test_only_chosen_applications_are_ever_seen(studio: Studios, wall: Wall) -> None:
    wall.paint(AREA, colour(RED))
    mine, theirs = Rect(100, 100, 200, 150), Rect(250, 200, 200, 150)
    wall.paint(mine, colour(GREEN))
    wall.paint(theirs, colour(RED))
    shared = Window(5, 50, "app", "App", "Shared", mine)
    secret = Window(6, 60, "other", "Other", "Secret", theirs)
    show = studio(Desk(shown=[secret, shared]))
    outside = np.ones((480, 640), bool)
    outside[100:250, 100:300] = False
    outside[200:350, 250:450] = True

    def check(_message: Message) -> None:
        red = np.abs(show.eye.picture.astype(int) - RED).max(axis=2) < 40
        assert not red[outside].any()

    show.on_frame = check
    show.allow(apps=frozenset({"app"}))
    show.watch()
    show.until_seen(GREEN, 150, 150)


def test_rubbish_from_viewers_changes_nothing(studio: Studios) -> None:
    show = studio()
    show.allow()
    show.watch()
    show.until(lambda: show.drawn is not None)
    assert show.drawn is not None
    header = show.drawn.header
    for payload in (b"", b"{", b"\xff" * 50, b'{"t":"watch","codecs":"all"}'):
        show.thread.heard(header._replace(kind=Kind.WISH, sender=1), payload)
    for seq in (0, 2**32 - 1):
        show.acknowledge(seq)
    show.thread.heard(header._replace(sender=1), b"a frame from a viewer")
    beats = len(show.of(Kind.BEAT))
    show.until(lambda: len(show.of(Kind.BEAT)) > beats + 1)


def test_it_ends_in_the_midst_of_things(studio: Studios, wall: Wall) -> None:
    desk = Desk()
    show = studio(desk)
    show.allow()
    show.watch()
    show.until(lambda: show.drawn is not None)
    wall.paint(AREA, colour(RED))
    show.thread.stop()
    assert show.thread.join(10)
    assert desk.closed


def test_an_idle_thread_ends(studio: Studios) -> None:
    show = studio()
    show.thread.stop()
    assert show.thread.join(10)
