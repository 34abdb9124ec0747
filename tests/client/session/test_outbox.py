"""Own lines on their way."""

from client.session.outbox import RETRY_S, WINDOW, Delivery, Outbox, excess, is_sendable
from protocol import limits
from protocol.errors import ErrorCode


def filled(count: int) -> Outbox:
    outbox = Outbox()
    for number in range(count):
        outbox = outbox.add(f"line{number:04}", f"text {number}")
    return outbox


def test_lines_go_out_in_order_and_once() -> None:
    outbox, posts = filled(3).send(0)
    assert [post.id for post in posts] == ["line0000", "line0001", "line0002"]
    assert outbox.send(0)[1] == ()


def test_only_a_window_of_lines_is_under_way() -> None:
    outbox, posts = filled(WINDOW + 2).send(0)
    assert len(posts) == WINDOW
    _, more = outbox.without({"line0000"}).send(0)
    assert [post.id for post in more] == [f"line{WINDOW:04}"]


def test_a_line_that_could_not_be_stored_waits_and_holds_back_those_behind_it() -> None:
    outbox, _ = filled(1).send(0)
    outbox = outbox.refused("line0000", ErrorCode.STORAGE, now=10).add("line0001", "next")
    assert outbox.lines[0].delivery is Delivery.HELD
    assert outbox.send(10 + RETRY_S - 0.1)[1] == ()
    assert outbox.due() == 10 + RETRY_S
    _, posts = outbox.send(10 + RETRY_S)
    assert [post.id for post in posts] == ["line0000", "line0001"]


def test_a_refused_line_stays_with_its_reason_and_is_not_sent_again() -> None:
    outbox, _ = filled(2).send(0)
    outbox = outbox.refused("line0000", ErrorCode.NOT_NOW, now=0).interrupted()
    assert (outbox.lines[0].delivery, outbox.lines[0].code) == (
        Delivery.REFUSED,
        ErrorCode.NOT_NOW,
    )
    assert [post.id for post in outbox.send(0)[1]] == ["line0001"]


def test_a_lost_link_sends_everything_again_under_the_same_ids() -> None:
    first, posts = filled(3).send(0)
    assert first.interrupted().send(0)[1] == posts


def test_the_end_keeps_what_was_not_stored() -> None:
    closed = filled(1).closed()
    assert (closed.lines[0].text, closed.lines[0].code) == ("text 0", ErrorCode.ENDED)


def test_half_a_surrogate_pair_cannot_stop_a_line() -> None:
    assert Outbox().add("line0000", "a\ud83d").lines[0].text == "a?"


def test_what_may_be_sent() -> None:
    longest = "x" * limits.CHAT_CHARS
    assert is_sendable(longest)
    assert not is_sendable(longest + "x")
    assert not is_sendable(" \n ")
    assert excess(longest + "xy") == 2
    assert excess(f"  {longest}\n") == 0
