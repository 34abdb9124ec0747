"""Who watches, and when key frames are due."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.capture.viewers import AGAIN_S, KEY_S, Viewers
from protocol.picture import Codec

BOTH = (Codec.VP9_444, Codec.VP8)


def test_nobody_gets_no_key_frame() -> None:
    assert Viewers().due() is None


def test_the_first_is_served_at_once_and_a_second_soon_after() -> None:
    viewers = Viewers()
    viewers.ask(1, BOTH, 10.0)
    assert viewers.due() == 10.0
    assert viewers.admit(10.0) == {1}
    assert viewers.due() is None
    viewers.ask(2, BOTH, 10.1)
    assert viewers.due() == 10.0 + KEY_S
    assert viewers.admit(10.5) == {2}


def test_who_asks_again_waits_longer_and_is_served_with_others() -> None:
    viewers = Viewers()
    viewers.ask(1, BOTH, 0.0)
    viewers.admit(0.0)
    viewers.ask(1, BOTH, 0.1)
    assert viewers.due() == AGAIN_S
    viewers.ask(2, BOTH, 0.2)
    assert viewers.due() == KEY_S
    assert viewers.admit(KEY_S) == {1, 2}
    assert viewers.due() is None


def test_leaving_and_coming_back_does_not_make_somebody_new() -> None:
    viewers = Viewers()
    viewers.ask(1, BOTH, 0.0)
    viewers.admit(0.0)
    viewers.leave(1)
    assert viewers.watching == frozenset()
    viewers.ask(1, BOTH, 0.1)
    assert viewers.due() == AGAIN_S


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from(["ask", "leave"]), st.integers(1, 400)),
        max_size=300,
    )
)
def test_whatever_viewers_do_key_frames_keep_their_distance(
    acts: list[tuple[int, str, int]],
) -> None:
    viewers = Viewers()
    now = 0.0
    keys: list[tuple[float, bool]] = []
    served: set[int] = set()
    for viewer, act, ms in acts:
        if act == "ask":
            viewers.ask(viewer, BOTH, now)
        else:
            viewers.leave(viewer)
        due = viewers.due()
        if due is not None and now >= due:
            asked = viewers.admit(now)
            keys.append((now, bool(asked - served)))
            served |= asked
        now += ms / 1000
    for (earlier, _), (later, new) in pairwise(keys):
        assert later - earlier >= (KEY_S if new else AGAIN_S) - 1e-9


def test_who_may_not_see_any_longer_is_forgotten_with_what_they_asked() -> None:
    viewers = Viewers()
    viewers.ask(1, BOTH, 0.0)
    viewers.ask(2, BOTH, 0.0)
    viewers.keep({2})
    assert viewers.watching == {2}
    assert viewers.admit(0.0) == {2}


@pytest.mark.parametrize(
    ("first", "second", "common"),
    [
        (BOTH, BOTH, [Codec.VP9_444, Codec.VP8]),
        (BOTH, (Codec.VP8,), [Codec.VP8]),
        (BOTH, (), []),
        ((Codec.VP8, Codec.VP9_420), tuple(Codec), [Codec.VP9_420, Codec.VP8]),
    ],
)
def test_the_codecs_are_those_that_all_can_decode_the_better_first(
    first: tuple[Codec, ...], second: tuple[Codec, ...], common: list[Codec]
) -> None:
    viewers = Viewers()
    viewers.ask(1, first, 0.0)
    viewers.ask(2, second, 0.0)
    assert viewers.codecs() == common
