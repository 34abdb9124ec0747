"""Files as the relay decides about them: who is what, what is allowed, what is kept."""

from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import limits
from protocol.acts import FileFail, FileStore
from protocol.errors import ErrorCode
from protocol.facts import Participant
from protocol.file_machine import TransferState
from protocol.file_requests import (
    FileAccept,
    FileAsk,
    FileCancel,
    FileDecline,
    FileOffer,
    FileTake,
)
from protocol.file_snapshot import transfer_of
from protocol.files import SAID, FileEnd, FileRules, Side
from protocol.machines import SessionState
from protocol.requests import Request, SessionEnd, SessionLeave
from protocol.signals import Refused
from relay.domain.files import (
    is_blocked,
    kept,
    next_act,
    piece_bytes,
    pieces_of,
    side_of,
)
from relay.domain.given import Given
from relay.domain.session import Answer, Session, decide
from tests.relay.domain.cast import ADA, GRACE, LINUS, RELAY, carried_out, in_state
from tests.relay.domain.requests import FILE, SUM

OFFER = FileOffer(id="offer-0001", transfer=FILE, name="a.log", size=5)
ASK = FileAsk(id=FILE, reason="The log, please.")
ACCEPT = FileAccept(id="accept-001", transfer=FILE)
STORE = FileStore(transfer=FILE, sha256=SUM)
TAKE = FileTake(id="take-00001", transfer=FILE, sha256=SUM)
EVERYBODY = (GRACE, ADA, LINUS)


def talking() -> Session:
    return in_state(SessionState.ACTIVE)


def after(at: Session, *told: tuple[Request, Participant]) -> Session:
    for request, sender in told:
        moved = carried_out(at, request, sender)  # type: ignore[arg-type]
        assert moved.snapshot.seq > at.snapshot.seq, request
        at = moved
    return at


def refusal(
    at: Session, request: Request, sender: Participant, rules: FileRules | None = None
) -> ErrorCode | None:
    """Why it is not carried out; None: it is."""
    given_ = Given(files=rules or FileRules())
    effects = decide(at, request, sender, 9, given_)  # type: ignore[arg-type]
    answers = [one.signal for one in effects if isinstance(one, Answer)]
    return next((one.code for one in answers if isinstance(one, Refused)), None)


def test_a_file_of_the_customers_is_for_every_representative() -> None:
    at = after(talking(), (OFFER, GRACE))
    (file,) = at.snapshot.files
    sides = [side_of(at.snapshot, file, one) for one in (*EVERYBODY, RELAY)]
    assert sides == [Side.SENDER, Side.RECEIVER, Side.RECEIVER, Side.RELAY]


def test_a_file_of_a_representatives_is_for_the_customer_alone() -> None:
    at = after(talking(), (OFFER, ADA))
    (file,) = at.snapshot.files
    sides = [side_of(at.snapshot, file, one) for one in EVERYBODY]
    assert sides == [Side.RECEIVER, Side.SENDER, None]


def test_who_asked_takes_the_question_back_and_nobody_else() -> None:
    at = after(talking(), (ASK, ADA))
    cancel = FileCancel(id="cancel-001", transfer=FILE)
    assert refusal(at, cancel, LINUS) is ErrorCode.NOT_NOW
    assert refusal(at, cancel, ADA) is None
    assert refusal(at, FileDecline(id="decline-01", transfer=FILE), GRACE) is None


def test_an_answered_question_is_sent_at_once() -> None:
    at = after(talking(), (ASK, ADA), (OFFER, GRACE))
    file = transfer_of(at.snapshot.files, FILE)
    assert file is not None
    assert (file.state, file.name, file.by) == (TransferState.SENDING, "a.log", GRACE.id)


@pytest.mark.parametrize("sender", [GRACE, ADA])
def test_an_id_is_never_used_again(sender: Participant) -> None:
    """Whatever became of it: its bytes may still be under way."""
    receiver = ADA if sender is GRACE else GRACE
    ends: list[list[tuple[Request, Participant]]] = [
        [(FileDecline(id="decline-01", transfer=FILE), receiver)],
        [(FileCancel(id="cancel-001", transfer=FILE), sender)],
        [(ACCEPT, receiver), (STORE, RELAY), (TAKE, receiver)],
        [(FileFail(transfer=FILE, why=FileEnd.FULL), RELAY)],
    ]
    again = msgspec.structs.replace(OFFER, id="offer-0002")
    for end in ends:
        at = after(talking(), (OFFER, sender), *end)
        assert at.snapshot.files == ()
        for one, request in product(EVERYBODY, (again, msgspec.structs.replace(ASK))):
            if not (one is GRACE and isinstance(request, FileAsk)):
                assert refusal(at, request, one) is ErrorCode.NOT_NOW


def test_one_who_left_in_the_middle_leaves_an_id_that_is_used_up() -> None:
    at = after(talking(), (OFFER, ADA), (ACCEPT, GRACE), (SessionLeave(id="leave-0001"), ADA))
    assert at.snapshot.files == ()
    assert kept(at.snapshot, at.transfers) == {}
    assert refusal(at, msgspec.structs.replace(OFFER, id="offer-0002"), LINUS) is not None


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (FileRules(), None),
        (FileRules(from_customer=False, to_customer=False), ErrorCode.FILES_OFF),
        (FileRules(most_bytes=4), ErrorCode.TOO_LARGE),
        (FileRules(most_bytes=5), None),
        (FileRules(blocked=("*.LOG",)), ErrorCode.FILE_TYPE),
        (FileRules(blocked=("*.exe",)), None),
        (FileRules(most_files=0), ErrorCode.TOO_MANY_FILES),
    ],
)
@pytest.mark.parametrize("sender", [GRACE, ADA])
def test_what_the_organisation_does_not_allow_is_refused_before_it_begins(
    sender: Participant, rules: FileRules, code: ErrorCode | None
) -> None:
    assert refusal(talking(), OFFER, sender, rules) is code


def test_each_direction_has_its_switch() -> None:
    only_in, only_out = FileRules(to_customer=False), FileRules(from_customer=False)
    off = ErrorCode.FILES_OFF
    asked = [refusal(talking(), ASK, ADA, rules) for rules in (only_in, only_out)]
    from_customer = [refusal(talking(), OFFER, GRACE, rules) for rules in (only_in, only_out)]
    to_customer = [refusal(talking(), OFFER, ADA, rules) for rules in (only_in, only_out)]
    assert (asked, from_customer, to_customer) == ([None, off], [None, off], [off, None])


def test_an_answer_keeps_to_what_is_allowed_too() -> None:
    at = after(talking(), (ASK, ADA))
    assert refusal(at, OFFER, GRACE, FileRules(most_bytes=4)) is ErrorCode.TOO_LARGE
    assert refusal(at, OFFER, GRACE, FileRules(most_files=1)) is None, "it is counted already"


def test_only_so_many_in_a_session_and_those_that_came_to_nothing_do_not_count() -> None:
    rules = FileRules(most_files=2)
    another = FileOffer(id="offer-0009", transfer="transfer-9", name="z", size=1)
    second = FileOffer(id="offer-0002", transfer="transfer-2", name="b", size=1)
    arrived = after(talking(), (OFFER, GRACE), (ACCEPT, ADA), (STORE, RELAY), (TAKE, ADA))
    assert refusal(arrived, another, GRACE, rules) is None
    crowded = after(arrived, (second, GRACE))
    assert refusal(crowded, another, GRACE, rules) is ErrorCode.TOO_MANY_FILES
    cancel = FileCancel(id="cancel-002", transfer="transfer-2")
    assert refusal(after(crowded, (cancel, GRACE)), another, GRACE, rules) is None


def test_never_more_at_a_time_than_a_snapshot_should_carry() -> None:
    at = talking()
    for number in range(limits.FILES):
        ask = FileAsk(id=f"question-{number}")
        at = after(at, (ask, ADA))
    rules = FileRules(most_files=1000)
    assert refusal(at, FileAsk(id="question-x"), ADA, rules) is ErrorCode.TOO_MANY_FILES
    assert refusal(at, OFFER, GRACE, rules) is ErrorCode.TOO_MANY_FILES


@pytest.mark.parametrize("why", FileEnd)
@pytest.mark.parametrize("somebody", [GRACE, ADA])
def test_everybody_gives_only_reasons_of_their_own(somebody: Participant, why: FileEnd) -> None:
    at = after(talking(), (OFFER, GRACE), (ACCEPT, ADA))
    side = Side.SENDER if somebody is GRACE else Side.RECEIVER
    code = refusal(at, FileCancel(id="cancel-001", transfer=FILE, why=why), somebody)
    assert code is (None if why in SAID[side] else ErrorCode.NOT_NOW)


@pytest.mark.parametrize("why", FileEnd)
def test_the_relay_too_gives_only_reasons_of_its_own(why: FileEnd) -> None:
    at = after(talking(), (OFFER, GRACE), (ACCEPT, ADA))
    ended = carried_out(at, FileFail(transfer=FILE, why=why)).snapshot.files == ()
    assert ended is (why in SAID[Side.RELAY])


def test_another_sum_is_not_the_file() -> None:
    at = after(talking(), (OFFER, GRACE), (ACCEPT, ADA), (STORE, RELAY))
    wrong = msgspec.structs.replace(TAKE, sha256="cd" * 32)
    assert refusal(at, wrong, ADA) is ErrorCode.CONFLICT
    assert refusal(at, TAKE, LINUS) is None


def test_bytes_are_kept_from_the_yes_to_the_end_of_the_session() -> None:
    at = after(talking(), (OFFER, GRACE))
    assert kept(at.snapshot, at.transfers) == {}
    for told in ((ACCEPT, ADA), (STORE, RELAY), (TAKE, ADA)):
        at = after(at, told)
        assert kept(at.snapshot, at.transfers).keys() == {FILE}
    assert after(at, (SessionEnd(id="end-it-now"), GRACE)).state is SessionState.ENDED


def test_what_cannot_go_on_is_ended_with_its_reason_where_the_table_allows() -> None:
    failing = {FILE: FileEnd.FULL, "transfer-x": FileEnd.LOST}
    assert next_act(talking().snapshot, failing) is None
    asked = after(talking(), (ASK, ADA))
    assert next_act(asked.snapshot, failing) is None
    offered = after(talking(), (OFFER, GRACE))
    assert next_act(offered.snapshot, {}) is None
    act = next_act(offered.snapshot, failing)
    assert act == FileFail(transfer=FILE, why=FileEnd.FULL)
    assert carried_out(offered, act).snapshot.files == ()


@given(st.integers(0, limits.FILE_BYTES_MOST))
def test_the_pieces_of_a_file_are_the_file(size: int) -> None:
    count = pieces_of(size)
    lengths = {piece_bytes(size, one) for one in (*range(min(count, 3)), count - 1) if one >= 0}
    assert all(0 < one <= limits.FILE_PIECE_BYTES for one in lengths)
    last = piece_bytes(size, count - 1) if count else 0
    assert (count - 1) * limits.FILE_PIECE_BYTES + last == size or count == 0 == size


@pytest.mark.parametrize(
    "name",
    [
        "setup.exe",
        "SETUP.EXE",
        "setup.exe.",
        "setup.exe . ",
        "setup.exe:stream",
        "setup.exe::$DATA",
        "\uff33etup.\uff25xe",  # full-width letters
        "a b.exe",
        ".exe",
    ],
)
def test_a_pattern_fits_however_the_name_is_dressed_up(name: str) -> None:
    assert is_blocked(name, ("*.Exe",))


@pytest.mark.parametrize("name", ["setup.exe.txt", "exe", "setup.ex", "setupexe"])
def test_a_pattern_fits_nothing_else(name: str) -> None:
    assert not is_blocked(name, ("*.exe",))
