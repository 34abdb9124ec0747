"""What the window says before and after the talk."""

from dataclasses import replace
from datetime import UTC, date
from itertools import product

import pytest
from msgspec.structs import replace as changed

from client.session import inputs as given
from client.session.conversation import Calendar
from client.session.present import present
from client.session.view import EndedView, Level, PreparingView, SurveyView, ViewState
from protocol.catalogue import LANGUAGES, load
from protocol.errors import ErrorCode
from protocol.facts import (
    Departure,
    EndReason,
    QuestionAnswered,
    RepresentativeJoined,
    RepresentativeLeft,
    SessionEnded,
    SessionQueued,
)
from protocol.queues import GENERAL, QueueCause
from protocol.signals import HoldMessage, QueuePlace, SurveyOffered
from protocol.steps import QuestionKind, Reply, Step, SurveyQuestion, SurveyReply
from tests.client.mind import (
    ADA,
    AGREEMENT,
    ALAN,
    AT,
    GRACE,
    OPENED,
    PREPARED,
    Mind,
    asked,
    told,
    welcome,
)
from tests.client.session.test_joining import CODE

RELAY = "https://support.example"


def view(mind: Mind, language: str = "en") -> ViewState:
    return present(mind.state, load(language), Calendar(date(2023, 11, 14), UTC))


def preparing(mind: Mind, language: str = "en") -> PreparingView:
    shown = view(mind, language).preparing
    assert shown
    return shown


def ended(mind: Mind, language: str = "en") -> EndedView:
    shown = view(mind, language).ended
    assert shown
    return shown


def survey(mind: Mind) -> SurveyView:
    shown = ended(mind).survey
    assert shown
    return shown


def end(reason: EndReason, text: str = "", url: str = "") -> SessionEnded:
    return SessionEnded(seq=2, at=AT, by="", reason=reason, text=text, url=url)


def test_the_agreement_with_its_time() -> None:
    shown = preparing(Mind().prepare())
    assert (shown.step, shown.question) == ("Step 2 of 4", Step.AGREEMENT)
    assert (shown.title, shown.text) == (AGREEMENT.title, AGREEMENT.text)
    assert (shown.yes, shown.no, shown.open) == ("Accept", "Decline", True)
    assert (shown.countdown, shown.status) == ("Time to answer: 2:00", "")
    assert "session ends" in shown.hint


def test_the_recording_says_that_no_answer_is_a_no() -> None:
    mind = Mind().join()
    answered = QuestionAnswered(seq=3, at=AT, step=Step.AGREEMENT, reply=Reply.YES)
    mind.hear(welcome([PREPARED, AGREEMENT, answered, asked(4)]))
    shown = preparing(mind)
    assert (shown.yes, shown.no) == ("Allow recording", "Do not record")
    assert shown.hint.startswith("No answer means no")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_countdown_is_said_seldom(language: str) -> None:
    mind = Mind().prepare()
    spoken, shown = [], set()
    for _ in range(121):
        mind.take(given.Tick())
        now = preparing(mind, language)
        shown.add(now.countdown)
        if now.spoken and now.spoken not in spoken:
            spoken.append(now.spoken)
        mind.now += 1
    assert len(spoken) == 3
    assert len(shown) == 121


def test_an_answer_on_its_way_says_so_and_an_offline_one_that_it_is_kept() -> None:
    mind = Mind().prepare()
    mind.take(given.StepAnswered("answer01", Step.AGREEMENT, yes=True))
    assert (preparing(mind).open, preparing(mind).status) == (False, "One moment, please…")
    mind.take(given.LinkLost())
    assert preparing(mind).status.startswith("Your answer is kept")


def test_when_the_time_is_over_nothing_can_be_answered() -> None:
    mind = Mind().prepare()
    mind.now += 121
    mind.take(given.Tick())
    shown = preparing(mind)
    assert (shown.open, shown.countdown) == (False, "")
    assert shown.status == "The time to answer is over."


def test_without_a_question_one_has_a_moments_patience() -> None:
    mind = Mind().join()
    mind.hear(welcome([PREPARED]))
    assert preparing(mind).status == "One moment, please…"
    assert preparing(mind).question is None


def test_the_queue_comes_third_after_questions() -> None:
    mind = Mind().prepare()
    answered = QuestionAnswered(seq=3, at=AT, step=Step.AGREEMENT, reply=Reply.YES)
    mind.hear(answered, SessionQueued(seq=4, at=AT, queue=GENERAL, cause=QueueCause.ENTRY))
    waiting = view(mind).waiting
    assert waiting
    assert waiting.step == "Step 3 of 4"


def test_the_newest_word_stands_until_the_place_it_names_is_another() -> None:
    mind = Mind().wait_in_queue()
    mind.hear(QueuePlace(position=3, on_duty=1, greeting="Welcome, you are 3."))
    assert words_and_spoken(mind) == ("Welcome, you are 3.", "2 people are before you.")
    mind.hear(HoldMessage(text="Still 3."))
    assert words_and_spoken(mind) == ("Still 3.", "Still 3.")
    mind.hear(QueuePlace(position=3, on_duty=2, greeting="Welcome, you are 3."))
    assert words_and_spoken(mind)[0] == "Still 3."
    mind.hear(QueuePlace(position=2, on_duty=2, greeting="Welcome, you are 2."))
    assert words_and_spoken(mind) == ("Welcome, you are 2.", "One person is before you.")


def words_and_spoken(mind: Mind) -> tuple[str, str]:
    waiting = view(mind).waiting
    assert waiting
    return waiting.words, waiting.spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_asking_to_be_let_in(language: str) -> None:
    mind = Mind()
    mind.take(given.JoinWanted(CODE, "", ""), given.JoinRefused(ErrorCode.CODE_USED))
    shown = view(mind, language).connecting
    assert shown.text
    assert shown.detail
    assert shown.cancel


def test_known_problems_newest_first_and_who_told() -> None:
    mind = Mind().talk()
    mind.hear(told(3), told(4, "n2", "The shop is closed.", by=ADA.id))
    first, second = view(mind).notices
    assert (first.title, first.text) == ("Known problem · From Ada Lovelace", "The shop is closed.")
    assert (second.title, second.folded, second.act) == ("Known problem", False, "Fold away")
    mind.take(given.NoticeFolded("n1", on=True))
    assert (view(mind).notices[1].folded, view(mind).notices[1].act) == (True, "Show")


@pytest.mark.parametrize(("talking", "mail"), list(product([False, True], [False, True])))
def test_leaving_because_of_a_notice_says_what_it_costs(talking: bool, mail: bool) -> None:
    mind = Mind().talk() if talking else Mind().wait_in_queue()
    mind.controller.state = replace(mind.state, mail=mail)
    mind.hear(told(3 if talking else 2))
    mind.take(given.MineChosen("n1"))
    sheet = view(mind).mine
    assert sheet
    assert sheet.yes == ("End session" if talking else "Leave the queue")
    assert ("for everybody" in sheet.text) is talking
    assert bool(sheet.field) is mail
    assert not sheet.busy
    mind.take(given.MineAnswered(True, "mine0001", "nowhere"))
    sheet = view(mind).mine
    assert sheet
    assert bool(sheet.problem) is mail
    assert sheet.busy is not mail


def test_everybody_who_helps_now_is_named() -> None:
    mind = Mind().talk()
    mind.hear(RepresentativeJoined(seq=3, at=AT, participant=ALAN, by=ADA.id))
    assert view(mind).header.title == "Ada Lovelace and Alan Turing"
    mind.hear(RepresentativeLeft(seq=4, at=AT, by=ADA.id, why=Departure.LEFT))
    assert view(mind).header.title == "Alan Turing"
    mind.hear(SessionQueued(seq=5, at=AT, queue=GENERAL, cause=QueueCause.LOST))
    assert view(mind).header.title == "Acme"


def test_a_test_session_says_so() -> None:
    mind = Mind().join()
    mind.hear(welcome([changed(OPENED, trial=True)]))
    assert view(mind).header.detail == "Test session"


@pytest.mark.parametrize(("language", "reason"), list(product(LANGUAGES, EndReason)))
def test_every_end_has_its_words_and_the_organisations_come_first(
    language: str, reason: EndReason
) -> None:
    mind = Mind().wait_in_queue()
    mind.hear(end(reason))
    plain = ended(mind, language)
    assert plain.title
    assert plain.text
    mind = Mind().wait_in_queue()
    mind.hear(end(reason, "*Own* words."))
    assert (ended(mind, language).title, ended(mind, language).text) == (
        plain.title,
        "*Own* words.",
    )


def test_a_no_is_answered_before_the_relay_speaks() -> None:
    mind = Mind().prepare()
    mind.take(given.StepAnswered("answer01", Step.AGREEMENT, yes=False))
    assert (ended(mind).title, ended(mind).level) == ("You did not accept", Level.QUIET)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://help.example/later?x=1", "help.example"),
        ("https://bank.example@evil.example/", "evil.example"),
        ("http://help.example/", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("file:///etc/passwd", ""),
        (" https://help.example", ""),
    ],
)
def test_where_one_may_go_on_is_named_and_only_https(url: str, host: str) -> None:
    mind = Mind().wait_in_queue()
    mind.hear(end(EndReason.ORPHANED, url=url))
    assert ended(mind).link == (url if host else "")
    assert ended(mind).link_text == (f"Go on at {host}" if host else "")


@pytest.mark.parametrize("mail", [True, False])
def test_after_leaving_one_is_told_or_can_look(mail: bool) -> None:
    mind = Mind().wait_in_queue()
    mind.controller.state = replace(mind.state, mail=mail, relay=RELAY)
    mind.hear(told(2))
    mind.take(given.MineChosen("n1"), given.MineAnswered(True, "mine0001", "grace@navy.example"))
    by_notice = SessionEnded(seq=3, at=AT, by=GRACE.id, reason=EndReason.NOTICE)
    mind.hear(by_notice)
    shown = ended(mind)
    assert ("grace@navy.example" in shown.more) is mail
    assert shown.link == ("" if mail else f"{RELAY}/notice/n1")


def test_the_survey_in_every_stage() -> None:
    question = SurveyQuestion(id="q1", kind=QuestionKind.STARS, text="Our help")
    replies = (SurveyReply(question="q1", number=4),)
    mind = Mind().talk()
    mind.hear(changed(end(EndReason.CLOSED), seq=3))
    assert ended(mind).survey is None
    mind.hear(SurveyOffered(title="How was it?", questions=(question,), thanks="Thanks!"))
    assert (survey(mind).title, survey(mind).send) == ("How was it?", "Send answers")
    mind.take(given.SurveySent(()))
    assert survey(mind).problem == "You have not answered anything yet."
    mind.take(given.SurveySent(replies))
    assert (survey(mind).busy, survey(mind).problem) == (True, "")
    mind.take(given.SurveyFailed())
    assert (survey(mind).busy, survey(mind).send) == (False, "Try again")
    assert "kept here" in survey(mind).problem
    mind.take(given.SurveySent(replies), given.SurveyRefused(ErrorCode.NOT_NOW))
    assert "not possible" in survey(mind).problem
    mind.take(given.SurveySent(replies), given.SurveyTaken())
    assert (survey(mind).sent, survey(mind).thanks) == (True, "Thanks!")
