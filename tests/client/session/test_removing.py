"""When the program is of no more use."""

from dataclasses import replace
from datetime import date

import pytest

from client.session.conversation import Calendar
from client.session.machines import Page
from client.session.present import present
from client.session.removing import halt_of, is_spent, removes_itself
from client.session.state import ClientState, Complaint, Halt, Removal, Trouble, Verdict
from protocol.catalogue import LANGUAGES, load
from protocol.errors import ErrorCode

BUILT = "2026-08-01"
START = ClientState(relay="https://support.example", removal=Removal.SELF, program="Support-X")
ENDED = replace(START, page=Page.ENDED)


@pytest.mark.parametrize(
    ("today", "halt"),
    [
        (date(2026, 7, 30), Halt.CLOCK),
        (date(2026, 7, 31), None),
        (date(2026, 8, 1), None),
        (date(2026, 10, 30), None),
        (date(2026, 10, 31), Halt.EXPIRED),
        (date(2015, 1, 1), Halt.CLOCK),
    ],
)
def test_a_release_lives_for_90_days(today: date, halt: Halt | None) -> None:
    assert halt_of(BUILT, today) is halt


def test_only_a_release_grows_old() -> None:
    assert halt_of("", date(2099, 1, 1)) is None


@pytest.mark.parametrize("page", list(Page))
def test_only_an_ended_session_spends_it(page: Page) -> None:
    assert is_spent(replace(START, page=page)) is (page is Page.ENDED)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_who_may_come_back_keeps_it(verdict: Verdict) -> None:
    stays = verdict in (Verdict.REPLACED, Verdict.REFUSED)
    assert is_spent(replace(ENDED, verdict=verdict)) is not stays


@pytest.mark.parametrize("about", [*ErrorCode, *Trouble])
def test_a_complaint_spends_it_when_its_code_leads_nowhere(about: ErrorCode | Trouble) -> None:
    dead = {
        ErrorCode.CODE_UNKNOWN,
        ErrorCode.UNKNOWN_SESSION,
        ErrorCode.ENDED,
        Trouble.IMPOSTOR,
    }
    assert is_spent(replace(START, complaint=Complaint(about=about))) is (about in dead)


@pytest.mark.parametrize("halt", list(Halt))
def test_a_wrong_clock_is_mended_and_the_program_started_again(halt: Halt) -> None:
    assert is_spent(replace(ENDED, halt=halt)) is (halt is not Halt.CLOCK)


@pytest.mark.parametrize("removal", list(Removal))
def test_it_goes_only_where_it_can(removal: Removal) -> None:
    assert removes_itself(replace(ENDED, removal=removal)) is (removal is Removal.SELF)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_page_says_what_becomes_of_it(language: str) -> None:
    t, today = load(language), Calendar(date(2026, 8, 2))

    def words(state: ClientState) -> str:
        ended = present(state, t, today).ended
        assert ended is not None
        return ended.program

    assert words(ENDED) == t("client.ended.removes")
    assert "Support-X" in words(replace(ENDED, removal=Removal.BY_HAND))
    assert words(replace(ENDED, removal=Removal.NONE)) == ""
    assert words(replace(ENDED, verdict=Verdict.REPLACED)) == ""


@pytest.mark.parametrize("halt", list(Halt))
def test_each_halt_says_what_to_do(halt: Halt) -> None:
    state = replace(ENDED, halt=halt)
    ended = present(state, load("en"), Calendar(date(2026, 8, 2))).ended
    assert ended is not None
    assert ended.title
    assert ended.link == ("" if halt is Halt.CLOCK else START.relay)
