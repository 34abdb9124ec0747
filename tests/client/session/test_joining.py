"""The one field for session keys and join codes, and asking to be let in again."""

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from client.session import inputs as given
from client.session.effects import Connect, UseKey
from client.session.joining import KNOCK_S, chars, is_code, is_right, shown
from client.session.machines import Page
from client.session.state import CODE_SHORT, KEY_SHORT, Trouble
from protocol import joincodes, keys, limits
from protocol.errors import ErrorCode
from tests.client.mind import JOINED, KEY, Mind

RANDOM = "K7PQ2M9XAB"
CODE = RANDOM + joincodes.check(RANDOM)
USED = given.JoinRefused(ErrorCode.CODE_USED)

codes = st.text(joincodes.ALPHABET, min_size=10, max_size=10).map(
    lambda random: random + joincodes.check(random)
)
whole_keys = st.text("0123456789", min_size=7, max_size=7).map(
    lambda digits: digits + keys.check_digit(digits)
)


def knocking() -> Mind:
    mind = Mind()
    mind.take(given.JoinWanted(CODE, "Grace", "Debian 12"), USED)
    assert mind.shows(Page.KNOCKING)
    return mind


@examples(st.one_of(codes, whole_keys), st.sampled_from("- ./\t"))
def test_keys_and_codes_are_read_in_any_grouping_and_case(read: str, between: str) -> None:
    typed = between.join(read.lower())
    assert chars(typed) == read
    assert chars(shown(read)) == read
    assert is_right(read)


@pytest.mark.parametrize(
    "link", ["https://x.example/join/{}", "https://x.example:8443/p/it/join/{}", "/program/{}"]
)
@pytest.mark.parametrize("read", [KEY, CODE])
def test_a_link_to_either_will_do(link: str, read: str) -> None:
    assert chars(link.format(shown(read))) == read


def test_letters_that_people_read_as_digits_count_as_those() -> None:
    assert chars("o0 i1 l1") == "001111"


@pytest.mark.parametrize(("read", "code"), [(KEY, False), (CODE, True), ("1" * 12, True)])
def test_a_key_and_a_code_are_told_apart(read: str, code: bool) -> None:
    assert is_code(read) is code


def test_a_code_goes_to_the_relay_with_the_customers_language() -> None:
    mind = Mind()
    (effect,) = mind.take(given.JoinWanted(shown(CODE).lower(), " Grace ", "Debian 12"))
    assert isinstance(effect, UseKey)
    assert (effect.join.key, effect.join.name) == (CODE, "Grace")
    assert effect.join.language == mind.state.language


@pytest.mark.parametrize(
    ("typed", "about", "missing"),
    [
        ("", KEY_SHORT, 8),
        (KEY[:5], KEY_SHORT, 3),
        ("K7PQ-2M9X", CODE_SHORT, 4),
        (CODE[:-1] + ("0" if CODE[-1] != "0" else "1"), ErrorCode.CODE_MISTYPED, 0),
        (CODE + "0", ErrorCode.CODE_MISTYPED, 0),
        (KEY + "0", ErrorCode.KEY_MISTYPED, 0),
    ],
)
def test_what_is_no_key_never_goes_to_the_relay(typed: str, about: str, missing: int) -> None:
    mind = Mind()
    assert mind.take(given.JoinWanted(typed, "", "")) == ()
    assert mind.state.complaint
    assert (mind.state.complaint.about, mind.state.complaint.missing) == (about, missing)


def test_a_mistyped_code_is_told_as_soon_as_it_is_complete() -> None:
    wrong = CODE[1] + CODE[0] + CODE[2:]
    mind = Mind()
    for end in range(1, len(wrong)):
        mind.take(given.KeyTyped(wrong[:end]))
        assert mind.state.complaint is None
    mind.take(given.KeyTyped(wrong))
    assert mind.state.complaint
    assert mind.state.complaint.about is ErrorCode.CODE_MISTYPED


def test_a_used_code_asks_again_by_itself_ever_more_seldom() -> None:
    mind = knocking()
    pauses = []
    for attempt in range(2, 9):
        due = mind.controller.due()
        assert due is not None
        pauses.append(due - mind.now)
        assert mind.take(given.Tick()) == ()
        mind.now = due
        (effect,) = mind.take(given.Tick())
        assert isinstance(effect, UseKey)
        assert (effect.join.key, effect.attempt) == (CODE, attempt)
        assert mind.controller.due() is None
        mind.take(given.JoinRefused(ErrorCode.CODE_USED, attempt))
    assert pauses[0] == KNOCK_S
    assert pauses == sorted(pauses)
    assert pauses[-1] == pytest.approx(limits.RECONNECT_MOST_S)


def test_being_let_in_leads_into_the_session() -> None:
    mind = knocking()
    mind.now += KNOCK_S
    mind.take(given.Tick())
    assert mind.take(given.Admitted(JOINED, 2)) == (Connect(JOINED.token),)
    assert mind.shows(Page.CONNECTING)
    assert mind.controller.due() is None


@pytest.mark.parametrize(
    "answer",
    [
        given.JoinFailed(Trouble.UNREACHABLE, 2),
        given.JoinRefused(ErrorCode.STORAGE, 2),
        given.JoinRefused(ErrorCode.TOO_MANY_TRIES, 2),
    ],
)
def test_what_passes_does_not_end_the_asking(answer: given.Input) -> None:
    mind = knocking()
    mind.now += KNOCK_S
    mind.take(given.Tick(), answer)
    assert mind.shows(Page.KNOCKING)
    assert mind.controller.due() is not None


def test_a_code_that_is_gone_leads_back_with_the_reason() -> None:
    mind = knocking()
    mind.now += KNOCK_S
    mind.take(given.Tick(), given.JoinRefused(ErrorCode.CODE_UNKNOWN, 2))
    assert mind.shows(Page.JOIN)
    assert mind.state.complaint
    assert mind.state.complaint.about is ErrorCode.CODE_UNKNOWN
    assert mind.controller.due() is None


def test_asking_can_be_ended_and_a_late_refusal_means_nothing_then() -> None:
    mind = knocking()
    mind.now += KNOCK_S
    mind.take(given.Tick(), given.KnockCancelled())
    assert mind.shows(Page.JOIN)
    mind.take(given.JoinRefused(ErrorCode.CODE_USED, 2))
    assert (mind.state.page, mind.state.complaint) == (Page.JOIN, None)
    assert mind.controller.due() is None


def test_a_late_yes_leads_in_since_the_session_is_there() -> None:
    mind = knocking()
    mind.now += KNOCK_S
    mind.take(given.Tick(), given.KnockCancelled())
    assert mind.take(given.Admitted(JOINED, 2)) == (Connect(JOINED.token),)


def test_an_answer_to_an_earlier_try_is_not_taken_for_one_to_the_present() -> None:
    mind = knocking()
    mind.now += KNOCK_S
    mind.take(given.Tick(), given.KnockCancelled(), given.JoinWanted(KEY, "", ""))
    assert mind.take(given.JoinRefused(ErrorCode.CODE_USED, 2)) == ()
    assert mind.take(given.Admitted(JOINED, 2)) == ()
    assert mind.shows(Page.CONNECTING)
    assert mind.take(given.Admitted(JOINED, 3)) == (Connect(JOINED.token),)
