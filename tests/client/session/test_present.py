"""What the window says."""

from datetime import UTC, date
from itertools import product

import pytest

from client.session import inputs as given
from client.session.conversation import Calendar, initials_of
from client.session.machines import Page
from client.session.present import present
from client.session.state import Trouble, Verdict
from client.session.view import Level, LineKind, QuestionKind, Tick, ViewState
from protocol.catalogue import LANGUAGES, load
from protocol.errors import ErrorCode
from protocol.facts import AnyFact, EndReason, SessionEnded
from protocol.markup import SpanKind
from protocol.signals import Present, QueuePlace, Refused, Seen, Typing
from protocol.working_facts import LinkPushed, SessionHeld, SessionResumed
from tests.client.mind import ACCEPTED, ADA, AT, GRACE, KEY, OPENED, Mind, line, welcome

DAY = date(2023, 11, 14)


def view(mind: Mind, language: str = "en", today: date = DAY) -> ViewState:
    return present(mind.state, load(language), Calendar(today, UTC))


def talk(*facts: AnyFact, seen: dict[str, int] | None = None) -> Mind:
    mind = Mind().join()
    mind.hear(welcome([OPENED, ACCEPTED, *facts], seen=seen))
    return mind


def test_a_development_build_says_so_in_the_title() -> None:
    state = Mind("Acme").state
    calendar = Calendar(DAY, UTC)
    assert present(state, load("en"), calendar, development=True).window_title == (
        "Acme (development)"
    )
    assert present(state, load("en"), calendar).window_title == "Acme"


@pytest.mark.parametrize(
    ("language", "code"),
    list(product(LANGUAGES, [one for one in ErrorCode if one is not ErrorCode.CODE_USED])),
)
def test_every_refusal_of_a_key_has_a_sentence(language: str, code: ErrorCode) -> None:
    mind = Mind()
    mind.take(given.JoinWanted(KEY, "", ""), given.JoinRefused(code))
    assert view(mind, language).join.problem


@pytest.mark.parametrize(("language", "trouble"), list(product(LANGUAGES, Trouble)))
def test_every_trouble_has_a_sentence(language: str, trouble: Trouble) -> None:
    mind = Mind()
    mind.take(given.JoinWanted(KEY, "", ""), given.JoinFailed(trouble))
    shown = view(mind, language)
    assert shown.ended.text if shown.ended else shown.join.problem


@pytest.mark.parametrize(("language", "verdict"), list(product(LANGUAGES, Verdict)))
def test_every_final_close_has_a_sentence(language: str, verdict: Verdict) -> None:
    mind = Mind().talk()
    mind.take(given.LinkClosed(verdict))
    ended = view(mind, language).ended
    assert ended
    assert ended.text


def test_missing_digits_are_counted() -> None:
    mind = Mind()
    mind.take(given.JoinWanted(KEY[:7], "", ""))
    assert view(mind).join.problem == "One digit is still missing."
    mind.take(given.JoinWanted(KEY[:5], "", ""))
    assert view(mind).join.problem == "3 digits are still missing."


def test_the_place_in_the_queue_in_words() -> None:
    mind = Mind().wait_in_queue()
    waiting = view(mind).waiting
    assert waiting
    assert (waiting.step, waiting.place) == ("Step 2 of 3", "")
    mind.hear(QueuePlace(position=1, on_duty=2))
    waiting = view(mind).waiting
    assert waiting
    assert (waiting.place, waiting.on_duty) == ("You are next.", "2 representatives are available.")
    mind.hear(QueuePlace(position=3, on_duty=0))
    waiting = view(mind).waiting
    assert waiting
    assert (waiting.place, waiting.on_duty) == ("2 people are before you.", "")


@pytest.mark.parametrize(
    ("least_s", "most_s", "on_duty", "words"),
    [
        (None, None, 1, "We don't know yet how long it will take."),
        (None, None, 0, ""),
        (0, 60, 1, "Probably less than a minute."),
        (0, 180, 1, "Probably less than 3 minutes."),
        (180, 540, 2, "Probably 3 to 9 minutes."),
    ],
)
def test_the_wait_in_words(
    least_s: int | None, most_s: int | None, on_duty: int, words: str
) -> None:
    mind = Mind().wait_in_queue()
    mind.hear(QueuePlace(position=1, on_duty=on_duty, least_s=least_s, most_s=most_s))
    waiting = view(mind).waiting
    assert waiting
    assert waiting.wait == words


def test_who_is_there_and_how_the_connection_is() -> None:
    mind = talk()
    header = view(mind).header
    assert (header.title, header.detail, header.initials) == ("Ada Lovelace", "Acme", "AL")
    assert (header.level, header.word, view(mind).notice) == (Level.GOOD, "Connected", "")
    mind.hear(Present(by=ADA.id, on=False))
    assert view(mind).notice == "Ada Lovelace is offline for the moment"
    mind.take(given.LinkLost())
    assert view(mind).header.level is Level.WARN
    assert view(mind).notice == "Connection lost. Trying again…"


def test_runs_have_one_name_and_one_time() -> None:
    mind = talk(line(3, ADA, "a"), line(4, ADA, "b"), line(5, GRACE, "c"), line(6, ADA, "d"))
    rows = [row for row in view(mind).log if row.kind in (LineKind.THEIRS, LineKind.OWN)]
    assert [(row.first, row.last) for row in rows] == [
        (True, False),
        (False, True),
        (True, True),
        (True, True),
    ]
    assert [row.caption for row in rows] == ["", "22:13", "22:13 · Delivered", "22:13"]
    assert rows[0].spoken == "Ada Lovelace, 22:13: a"


def test_ticks_stand_under_the_last_own_line_only() -> None:
    mind = talk(line(3, GRACE, "a"), line(4, GRACE, "b"))
    ticks = [row.tick for row in view(mind).log if row.kind is LineKind.OWN]
    assert ticks == [None, Tick.STORED]
    mind.hear(Seen(by=ADA.id, seq=4))
    assert [row.tick for row in view(mind).log if row.kind is LineKind.OWN] == [None, Tick.SEEN]
    mind.take(given.Said("client01", "c"))
    ticks = [row.tick for row in view(mind).log if row.kind is LineKind.OWN]
    assert ticks == [None, None, Tick.PENDING]


def test_the_customers_own_reading_is_no_seen() -> None:
    mind = talk(line(3, GRACE, "a"), seen={GRACE.id: 3})
    assert view(mind).log[-1].tick is Tick.STORED


def test_a_line_keeps_its_key_from_pending_to_stored() -> None:
    mind = talk()
    mind.take(given.Said("client01", "hello"))
    before = view(mind).log[-1]
    mind.hear(line(3, GRACE, "hello", "client01"))
    assert view(mind).log[-1].key == before.key


def test_a_refused_line_stays_and_says_why() -> None:
    mind = talk()
    mind.take(given.Said("client01", "hello"))
    mind.hear(Refused(id="client01", code=ErrorCode.NOT_NOW))
    row = view(mind).log[-1]
    assert (row.text, row.tick) == ("hello", Tick.REFUSED)
    assert row.caption == "Not sent: That is not possible right now."


def test_a_held_line_says_that_it_is_kept() -> None:
    mind = talk()
    mind.take(given.Said("client01", "hello"))
    mind.hear(Refused(id="client01", code=ErrorCode.STORAGE))
    row = view(mind).log[-1]
    assert row.tick is Tick.PENDING
    assert "kept here" in row.caption


@pytest.mark.parametrize(
    ("today", "word"),
    [(DAY, "Today"), (date(2023, 11, 15), "Yesterday"), (date(2023, 12, 1), "2023-11-14")],
)
def test_day_lines(today: date, word: str) -> None:
    days = [row.text for row in view(talk(), today=today).log if row.kind is LineKind.DAY]
    assert days == [word]


def test_system_lines_in_german() -> None:
    mind = talk(SessionEnded(seq=3, at=AT, by=ADA.id, reason=EndReason.CLOSED))
    words = [row.text for row in view(mind, "de").log if row.kind is LineKind.SYSTEM]
    assert words[1].startswith("Ada Lovelace ")
    assert len(words) == 3


def test_who_is_writing() -> None:
    mind = talk()
    mind.hear(Typing(by=ADA.id, on=True))
    assert view(mind).typing == "Ada Lovelace is writing…"


def test_the_questions() -> None:
    mind = talk()
    mind.take(given.LinkChosen("https://bank.example@evil.example/x"))
    question = view(mind).question
    assert question
    assert (question.kind, question.title) == (
        QuestionKind.LINK,
        "Open evil.example in your browser?",
    )
    mind.take(given.CloseWanted())
    question = view(mind).question
    assert question
    assert (question.kind, question.no) == (QuestionKind.END, "Keep talking")


def test_letters_that_pose_as_others_are_shown_for_what_they_are() -> None:
    mind = talk()
    mind.take(given.LinkChosen("https://\u0430pple.com/"))
    question = view(mind).question
    assert question
    assert "xn--" in question.title


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://acme.example/driver", ["https://acme.example/driver"]),
        ("javascript:alert(1)", []),
        ("file:///etc/passwd", []),
    ],
)
def test_a_page_that_is_offered_is_said_by_who_offers_it(url: str, links: list[str]) -> None:
    mind = talk(LinkPushed(seq=3, at=AT, by=ADA.id, id="link0001", url=url))
    bubble = view(mind).log[-1]
    assert (bubble.kind, bubble.name) == (LineKind.THEIRS, ADA.name)
    assert bubble.text == f"A page for you: {url}"
    assert [span.text for span in bubble.spans if span.kind is SpanKind.LINK] == links


def test_on_hold_the_window_says_who_comes_back() -> None:
    mind = talk(SessionHeld(seq=3, at=AT, by=ADA.id))
    assert view(mind).notice == "Ada Lovelace is away for a moment and comes back to you"
    mind.hear(SessionResumed(seq=4, at=AT, by=ADA.id))
    assert view(mind).notice == ""


def test_a_closed_window_is_closed() -> None:
    mind = talk()
    assert view(mind).open
    mind.take(given.CloseWanted(), given.EndAnswered(yes=True, id="end00001"))
    assert not view(mind).open
    assert view(mind).page is Page.ENDED


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ada Lovelace", "AL"), ("grace", "G"), ("Ada de la Cruz", "AC"), ("", ""), ("(x) Ada", "A")],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials
