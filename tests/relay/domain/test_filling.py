"""What the macros stand for in one session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.queues import GENERAL, Queue
from protocol.requests import SessionLeave, SessionTransfer
from relay.domain.estimate import Range, spoken
from relay.domain.filling import lasting, wait_words, waiting
from relay.domain.given import Given
from relay.domain.macros import LASTING_MACROS, QUEUE_MACROS, Macro
from tests.relay.domain import cast
from tests.relay.domain.cast import (
    ADA,
    ADAS,
    BILLING,
    CATALOGUES,
    LINUS,
    LINUSS,
    SITE,
    WISH,
    accepted,
    carried_out,
    joined,
)

SECONDS = st.floats(0, 50_000)


def test_the_macros_that_hold_at_any_time_all_have_a_value() -> None:
    session = cast.session(issue="i1", key="1234-5671")
    assert lasting(session, SITE).keys() == LASTING_MACROS


def test_site_issue_and_key_are_those_of_the_session() -> None:
    session = cast.session(key="1234-5671")
    found = lasting(session, SITE)
    assert (found[Macro.SITE], found[Macro.KEY], found[Macro.ISSUE]) == (SITE, "1234-5671", "")


@pytest.mark.parametrize(
    ("queue", "name"), [(GENERAL, ""), (BILLING, ""), (ADAS, "Ada")], ids=lambda one: str(one)
)
def test_who_waits_for_one_representative_reads_their_name(queue: Queue, name: str) -> None:
    assert lasting(cast.session(queue), SITE)[Macro.REP] == name


def test_who_helps_is_named_longest_there_first_and_only_while_there() -> None:
    talk = joined(accepted(cast.session(ADAS)), LINUS)
    assert lasting(talk, SITE)[Macro.REP] == "Ada, Linus"
    left = carried_out(talk, SessionLeave(id="leave-0001"), ADA)
    assert lasting(left, SITE)[Macro.REP] == "Linus"
    passed = carried_out(
        talk, SessionTransfer(id="pass-0001", queue=WISH), ADA, Given(queue=LINUSS)
    )
    assert lasting(passed, SITE)[Macro.REP] == "Linus"
    general = carried_out(talk, SessionTransfer(id="pass-0002", queue=WISH), ADA, Given())
    assert lasting(general, SITE)[Macro.REP] == ""


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_macros_of_a_place_are_position_and_wait(language: str) -> None:
    texts = CATALOGUES[language]
    found = waiting(3, Range(180, 540), texts)
    assert found.keys() == QUEUE_MACROS
    assert found == {Macro.POSITION: "3", Macro.WAIT: wait_words(Range(180, 540), texts)}


@pytest.mark.parametrize(
    ("wait", "english", "german"),
    [
        (None, "not known yet", "noch nicht bekannt"),
        (Range(0, 60), "less than a minute", "weniger als eine Minute"),
        (Range(0, 120), "less than 2 minutes", "weniger als 2 Minuten"),
        (Range(60, 120), "1-2 minutes", "1-2 Minuten"),
        (Range(180, 540), "3-9 minutes", "3-9 Minuten"),
        (Range(600, 900), "10-15 minutes", "10-15 Minuten"),
    ],
)
def test_a_wait_as_it_is_said(wait: Range | None, english: str, german: str) -> None:
    assert wait_words(wait, CATALOGUES["en"]) == english
    assert wait_words(wait, CATALOGUES["de"]) == german


@given(least=SECONDS, more=SECONDS)
def test_no_wait_is_said_as_nothing_or_backwards(least: float, more: float) -> None:
    said = wait_words(spoken(least, least + more), CATALOGUES["en"])
    numbers = [int(part) for part in said.replace("-", " ").split() if part.isdigit()]
    assert said == "less than a minute" or numbers
    assert numbers == sorted(set(numbers))
    assert 0 not in numbers
