"""What viewers wish: read, and bounded for each of them."""

from client.capture.wishes import PER_S, Wishes
from protocol.picture import Codec
from protocol.screen import ShowMonitor, Unwatch, Watch, encode


def test_wishes_are_read() -> None:
    wishes = Wishes()
    watch = Watch(codecs=(Codec.VP9_420,))
    assert wishes.read(1, encode(watch), 0.0) == watch
    assert wishes.read(1, encode(Unwatch()), 0.0) == Unwatch()


def test_what_cannot_be_read_is_nothing() -> None:
    wishes = Wishes()
    for payload in (b"", b"{}", b"\xff", b'{"t":"watch"}', b'{"t":"watch","codecs":[9]}'):
        assert wishes.read(1, payload, 0.0) is None


def test_too_many_are_dropped_and_nobody_else_is_affected() -> None:
    wishes = Wishes()
    wish = encode(ShowMonitor(id=1))
    read = [wishes.read(1, wish, 0.5) for _ in range(PER_S + 5)]
    assert [one is not None for one in read] == [True] * PER_S + [False] * 5
    assert wishes.read(2, wish, 0.5) is not None
    assert wishes.read(1, wish, 1.5) is not None
