"""What the client does about what happens to it."""

import pytest

from client.session import inputs as given
from client.session.effects import Connect, Disconnect, OpenBrowser, Quit, Send, StartOver, UseKey
from client.session.leaving import FAREWELL_S, LISTEN_S
from client.session.machines import Leave, Page
from client.session.outbox import RETRY_S, Delivery
from client.session.state import KEY_SHORT, LinkState, Trouble, Verdict
from client.session.talking import SEEN_S, TYPING_RENEWAL_S
from protocol import limits
from protocol.errors import ErrorCode
from protocol.facts import EndReason, SessionAccepted, SessionEnded, SessionQueued
from protocol.queues import Queue, QueueCause, QueueKind
from protocol.requests import ChatPost, ChatSeen, ChatTyping, SessionEnd
from protocol.signals import Ack, Present, QueuePlace, Refused, Seen, Typing, Welcome
from tests.client.mind import (
    ACCEPTED,
    ADA,
    ALAN,
    AT,
    GRACE,
    JOINED,
    KEY,
    OPENED,
    Mind,
    line,
    welcome,
)

BILLING = Queue(kind=QueueKind.TEAM, id="b1", name="Billing")
ENDED = SessionEnded(seq=3, at=AT, by=ADA.id, reason=EndReason.CLOSED)


def test_a_good_key_is_used_whatever_its_grouping() -> None:
    (effect,) = Mind().take(given.JoinWanted(f" {KEY[:2]} {KEY[2:]}", " Grace ", "Debian 12"))
    assert isinstance(effect, UseKey)
    assert (effect.join.key, effect.join.name, effect.join.system) == (KEY, "Grace", "Debian 12")


def test_a_whole_link_is_as_good_as_a_key() -> None:
    address = f"https://support.example:8443/join/{KEY[:4]}-{KEY[4:]}"
    (effect,) = Mind().take(given.JoinWanted(address, "", ""))
    assert isinstance(effect, UseKey)
    assert effect.join.key == KEY


def test_a_mistyped_key_is_told_without_asking_the_relay() -> None:
    mind = Mind()
    wrong = KEY[:-1] + str((int(KEY[-1]) + 1) % 10)
    assert mind.take(given.KeyTyped(wrong)) == ()
    assert mind.state.complaint and mind.state.complaint.about is ErrorCode.KEY_MISTYPED
    assert mind.take(given.JoinWanted(wrong, "", "")) == ()
    mind.take(given.KeyTyped(wrong[:-1]))
    assert mind.state.complaint is None


def test_a_short_key_is_told_with_what_is_missing() -> None:
    mind = Mind()
    assert mind.take(given.JoinWanted(KEY[:5], "", "")) == ()
    assert mind.state.complaint
    assert (mind.state.complaint.about, mind.state.complaint.missing) == (KEY_SHORT, 3)


@pytest.mark.parametrize(
    "answer",
    [given.JoinRefused(ErrorCode.KEY_EXPIRED), given.JoinFailed(Trouble.UNREACHABLE)],
)
def test_a_join_that_fails_leads_back_to_the_key(
    answer: given.JoinRefused | given.JoinFailed,
) -> None:
    mind = Mind()
    mind.take(given.JoinWanted(KEY, "", ""), answer)
    assert mind.shows(Page.JOIN)
    assert mind.state.complaint
    assert mind.take(given.CloseWanted()) == (Quit(),)


def test_admission_opens_the_socket_and_names_the_organisation() -> None:
    mind = Mind().join()
    assert mind.done[-1] == Connect(JOINED.token)
    assert mind.state.organisation == "Acme"


def test_a_baked_organisation_is_not_renamed_by_the_relay() -> None:
    assert Mind("Built For").join().state.organisation == "Built For"


def test_the_page_follows_the_session() -> None:
    mind = Mind().wait_in_queue()
    assert mind.shows(Page.WAITING)
    mind.hear(QueuePlace(position=2, on_duty=1), ACCEPTED)
    assert mind.shows(Page.TALKING)
    assert mind.hear(ENDED) == ()
    assert mind.shows(Page.ENDED)
    assert mind.state.link is LinkState.ONLINE
    assert mind.take(given.LinkClosed(Verdict.GONE)) == (Disconnect(),)
    assert (mind.state.link, mind.state.verdict) == (LinkState.CLOSED, None)


def test_a_transfer_leads_back_into_the_queue_and_on_again() -> None:
    mind = Mind().talk()
    mind.hear(SessionQueued(seq=3, at=AT, queue=BILLING, cause=QueueCause.TRANSFER, by=ADA.id))
    assert mind.shows(Page.WAITING)
    assert mind.state.place is None
    mind.hear(QueuePlace(position=1, on_duty=1))
    mind.hear(SessionAccepted(seq=4, at=AT, participant=ALAN))
    assert mind.shows(Page.TALKING)
    assert mind.state.place is None


def test_an_ended_session_is_listened_to_for_a_while_only() -> None:
    mind = Mind().talk()
    mind.hear(ENDED)
    assert mind.controller.due() == mind.now + LISTEN_S
    mind.now += LISTEN_S
    assert mind.take(given.Tick()) == (Disconnect(),)
    assert mind.controller.due() is None


def test_a_line_is_pending_until_its_fact() -> None:
    mind = Mind().talk()
    post = ChatPost(id="client01", text="hello")
    assert mind.take(given.Said("client01", " hello\n")) == (Send(post),)
    assert [one.delivery for one in mind.state.outbox.lines] == [Delivery.SENT]
    mind.hear(Ack(id="client01", seq=3))
    assert mind.state.outbox.lines
    mind.hear(line(3, GRACE, "hello", "client01"))
    assert mind.state.outbox.lines == ()


def test_one_may_write_while_waiting_but_not_before_or_after() -> None:
    mind = Mind().join()
    assert mind.take(given.Said("client01", "early")) == ()
    mind.hear(welcome([OPENED]))
    assert mind.take(given.Said("client02", "waiting"))
    mind.hear(ACCEPTED, ENDED)
    assert mind.take(given.Said("client03", "late")) == ()
    assert "client03" not in {one.id for one in mind.state.outbox.lines}


def test_an_acked_line_that_the_log_has_trimmed_is_stored() -> None:
    mind = Mind().talk()
    mind.take(given.Said("client01", "hello"))
    mind.hear(Ack(id="client01", seq=2))
    assert mind.state.outbox.lines == ()


def test_after_a_lost_link_lines_follow_the_welcome_in_order() -> None:
    mind = Mind().talk()
    mind.take(given.Said("client01", "one"), given.LinkLost(), given.Said("client02", "two"))
    assert mind.state.link is LinkState.LOST
    effects = mind.hear(Welcome(participant=GRACE.id, snapshot=None, seq=2))
    assert effects == (
        Send(ChatPost(id="client01", text="one")),
        Send(ChatPost(id="client02", text="two")),
    )


def test_a_snapshot_that_holds_a_pending_line_settles_it() -> None:
    mind = Mind().talk()
    mind.take(given.Said("client01", "one"), given.LinkLost())
    assert mind.hear(welcome([OPENED, ACCEPTED, line(3, GRACE, "one", "client01")])) == ()
    assert mind.state.outbox.lines == ()


def test_a_full_disk_keeps_the_line_and_tries_again() -> None:
    mind = Mind().talk()
    mind.take(given.Said("client01", "one"))
    mind.hear(Refused(id="client01", code=ErrorCode.STORAGE))
    assert mind.controller.due() == mind.now + RETRY_S
    mind.now += RETRY_S
    assert mind.take(given.Tick()) == (Send(ChatPost(id="client01", text="one")),)


def test_a_missing_fact_asks_for_a_fresh_snapshot() -> None:
    mind = Mind().talk()
    assert mind.hear(line(9, ADA, "from the future")) == (StartOver(),)
    assert mind.hear(line(10, ADA, "and another")) == ()
    mind.hear(welcome([OPENED, ACCEPTED, line(3, ADA, "all of it")]))
    assert mind.state.link is LinkState.ONLINE


def test_nothing_counts_before_the_welcome() -> None:
    mind = Mind().join()
    assert mind.hear(OPENED, Typing(by=ADA.id, on=True)) == ()
    assert (mind.state.snapshot, mind.state.typing) == (None, {})


def test_a_replay_without_anything_to_build_on_starts_over() -> None:
    mind = Mind().join()
    assert mind.hear(Welcome(participant=GRACE.id, snapshot=None, seq=2)) == (StartOver(),)


def test_typing_marks_of_others_expire_by_themselves() -> None:
    mind = Mind().talk()
    mind.hear(Typing(by=ADA.id, on=True))
    assert mind.controller.due() == mind.now + limits.TYPING_S
    mind.now += limits.TYPING_S
    mind.take(given.Tick())
    assert mind.state.typing == {}
    assert mind.controller.due() is None


@pytest.mark.parametrize("event", [Typing(by=ADA.id, on=False), line(3, ADA, "there it is")])
def test_typing_marks_go_with_a_stop_or_a_line(event: Typing) -> None:
    mind = Mind().talk()
    mind.hear(Typing(by=ADA.id, on=True), event)
    assert mind.state.typing == {}


def test_ones_own_typing_is_told_seldom_and_its_end_at_once() -> None:
    mind = Mind().talk()
    on, off = Send(ChatTyping(on=True)), Send(ChatTyping(on=False))
    assert mind.take(given.Wrote(on=True), given.Wrote(on=True)) == (on,)
    mind.now += TYPING_RENEWAL_S
    assert mind.take(given.Wrote(on=True)) == (on,)
    assert mind.take(given.Wrote(on=False), given.Wrote(on=False)) == (off,)


def test_what_is_read_is_told_once_and_not_too_often() -> None:
    mind = Mind().talk()
    mind.hear(line(3, ADA, "a"), line(4, ADA, "b"))
    assert mind.take(given.Shown(3)) == (Send(ChatSeen(seq=3)),)
    assert mind.take(given.Shown(3), given.Shown(4)) == ()
    assert mind.controller.due() == mind.now + SEEN_S
    mind.now += SEEN_S
    assert mind.take(given.Tick()) == (Send(ChatSeen(seq=4)),)
    assert mind.controller.due() is None


def test_what_was_read_offline_is_told_with_the_next_link() -> None:
    mind = Mind().talk()
    mind.take(given.Shown(2), given.LinkLost())
    mind.now += 10
    assert mind.hear(welcome([OPENED, ACCEPTED])) == (Send(ChatSeen(seq=2)),)
    mind.take(given.LinkLost())
    assert mind.hear(welcome([OPENED, ACCEPTED], seen={GRACE.id: 2})) == ()


def test_seen_never_goes_back() -> None:
    mind = Mind().talk()
    mind.hear(Seen(by=ADA.id, seq=5), Seen(by=ADA.id, seq=3))
    assert mind.state.seen == {ADA.id: 5}


def test_who_is_there() -> None:
    mind = Mind().talk()
    mind.hear(Present(by=ADA.id, on=False))
    assert mind.state.present == {GRACE.id}
    mind.hear(Present(by=ADA.id, on=True))
    assert mind.state.present == {GRACE.id, ADA.id}


def test_ending_asks_once_and_closes_the_conversation_with_the_click() -> None:
    mind = Mind().talk()
    assert mind.take(given.EndWanted()) == ()
    assert mind.state.leave is Leave.ASKING_END
    assert mind.take(given.EndAnswered(yes=False, id="end00001")) == ()
    assert mind.shows(Page.TALKING)
    mind.take(given.EndWanted())
    assert mind.take(given.EndAnswered(yes=True, id="end00002")) == (
        Send(SessionEnd(id="end00002")),
    )
    assert mind.shows(Page.ENDED)
    assert mind.hear(ENDED) == ()
    assert mind.take(given.CloseWanted()) == (Quit(),)


def test_an_end_without_a_link_is_told_with_the_next_one() -> None:
    mind = Mind().talk()
    mind.take(given.LinkLost(), given.EndWanted(), given.EndAnswered(yes=True, id="end00001"))
    assert mind.shows(Page.ENDED)
    assert mind.hear(welcome([OPENED, ACCEPTED])) == (Send(SessionEnd(id="end00001")),)


def test_an_end_that_cannot_be_stored_is_asked_for_again() -> None:
    mind = Mind().talk()
    mind.take(given.EndWanted(), given.EndAnswered(yes=True, id="end00001"))
    mind.hear(Refused(id="end00001", code=ErrorCode.STORAGE))
    mind.now += RETRY_S
    assert mind.take(given.Tick()) == (Send(SessionEnd(id="end00001")),)
    assert mind.hear(Refused(id="end00001", code=ErrorCode.ENDED)) == (Disconnect(),)


def test_closing_the_window_ends_the_session_and_then_the_program() -> None:
    mind = Mind().talk()
    mind.take(given.CloseWanted())
    assert mind.take(given.EndAnswered(yes=True, id="end00001")) == (
        Send(SessionEnd(id="end00001")),
    )
    assert mind.hear(ENDED) == (Disconnect(), Quit())


def test_a_closed_window_waits_only_a_moment() -> None:
    mind = Mind().talk()
    mind.take(given.LinkLost(), given.CloseWanted(), given.EndAnswered(yes=True, id="end00001"))
    assert mind.controller.due() == mind.now + FAREWELL_S
    mind.now += FAREWELL_S
    assert mind.take(given.Tick()) == (Disconnect(), Quit())
    assert mind.controller.due() is None


def test_the_question_goes_when_somebody_else_ends() -> None:
    mind = Mind().talk()
    mind.take(given.EndWanted())
    mind.hear(ENDED)
    assert mind.state.leave is Leave.FREE
    assert mind.take(given.EndAnswered(yes=True, id="end00001")) == ()


def test_a_final_close_ends_here_and_says_why() -> None:
    mind = Mind().talk()
    mind.take(given.Said("client01", "one"))
    assert mind.take(given.LinkClosed(Verdict.REPLACED)) == (Disconnect(),)
    assert (mind.state.page, mind.state.verdict) == (Page.ENDED, Verdict.REPLACED)
    assert mind.state.outbox.lines[0].code is ErrorCode.ENDED
    assert mind.hear(welcome([OPENED, ACCEPTED])) == ()


def test_a_link_opens_only_after_a_yes() -> None:
    mind = Mind().talk()
    url = "https://example.org/manual"
    assert mind.take(given.LinkChosen(url)) == ()
    assert mind.take(given.LinkAnswered(yes=False)) == ()
    assert mind.take(given.LinkChosen(url), given.LinkAnswered(yes=True)) == (OpenBrowser(url),)
    assert mind.take(given.LinkAnswered(yes=True)) == ()


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "https://", "http://[", "https://x:99999/"]
)
def test_what_is_no_web_address_is_not_even_asked_about(url: str) -> None:
    mind = Mind().talk()
    mind.take(given.LinkChosen(url))
    assert mind.state.opening == ""
