"""Files as the client decides about them: nothing leaves and nothing is written without a yes."""

import pytest
from msgspec import structs

from client.session.effects import Send
from client.session.file_effects import Download, HurryFiles, LookAt, ShowFolder, StopFile, Upload
from client.session.file_inputs import (
    FileAct,
    FileActed,
    FileMoved,
    FileSaved,
    FilesChosen,
    FileSent,
    FilesFound,
    FileStuck,
    PicturePasted,
)
from client.session.file_source import Found, MemorySource, PlainSource, Stamp, Unusable
from client.session.file_state import FaultKind
from client.session.inputs import EndAnswered, EndShareWanted, EndWanted, Heard, LinkLost
from client.session.outbox import RETRY_S
from protocol.errors import ErrorCode
from protocol.facts import AnyFact, CustomerMoved, SessionQueued
from protocol.file_facts import (
    FileAccepted,
    FileAsked,
    FileOffered,
    FileOver,
    FileStored,
    FileTaken,
)
from protocol.file_requests import (
    FileAccept,
    FileCancel,
    FileDecline,
    FileOffer,
    FileTake,
)
from protocol.files import FileEnd, FileRules
from protocol.queues import GENERAL, QueueCause
from protocol.requests import Request
from protocol.signals import AnySignal, FileProgress, Refused
from tests.client.mind import ACCEPTED, ADA, AT, GRACE, OPENED, Mind, welcome
from tests.client.session.hostile_files import hostile_file_facts, hostile_progress

SIZE = 3_000_000
SOURCE = PlainSource("/home/grace/report.pdf", Stamp(SIZE, 1, 1, 1))
REPORT = Found("report.pdf", SIZE, SOURCE)
MINE, THEIRS, SUM = "mine0001-0", "theirs01", "ab" * 32


def talking(rules: FileRules | None = None) -> Mind:
    mind = Mind("Acme").join()
    hello = welcome([OPENED, ACCEPTED])
    mind.hear(structs.replace(hello, files=rules or FileRules()))
    return mind


def choose(mind: Mind, *found: Found | Unusable, answers: str = "") -> None:
    """Choose files, and have them looked at."""
    effects = mind.take(FilesChosen("mine0001", ("/x",), answers))
    assert effects == (LookAt("mine0001", ("/x",)),)
    mind.take(FilesFound("mine0001", found))


def offered(mind: Mind, transfer: str = THEIRS, by: str = ADA.id, name: str = "a.txt") -> None:
    mind.hear(FileOffered(seq=mind.seq, at=AT, by=by, id=transfer, name=name, size=SIZE))


def accepted(mind: Mind, transfer: str, by: str) -> None:
    mind.hear(FileAccepted(seq=mind.seq, at=AT, by=by, id=transfer))


def stored(mind: Mind, transfer: str) -> None:
    mind.hear(FileStored(seq=mind.seq, at=AT, id=transfer, sha256=SUM))


def act(mind: Mind, deed: FileAct, transfer: str = THEIRS) -> None:
    mind.take(FileActed("deed0001", transfer, deed))


def sending() -> Mind:
    """A file of the customer is on its way."""
    mind = talking()
    choose(mind, REPORT)
    offered(mind, MINE, GRACE.id)
    accepted(mind, MINE, ADA.id)
    return mind


def saving() -> Mind:
    """A file of the representative is being saved."""
    mind = talking()
    offered(mind)
    act(mind, FileAct.ACCEPT)
    accepted(mind, THEIRS, GRACE.id)
    stored(mind, THEIRS)
    return mind


def of(mind: Mind, *kinds: type[object]) -> list[object]:
    return [one for one in mind.done if isinstance(one, kinds)]


def asked_for(mind: Mind, *kinds: type[Request]) -> list[Request]:
    return [one for one in mind.sent if isinstance(one, kinds)]


def test_a_chosen_file_is_offered() -> None:
    mind = talking()
    choose(mind, REPORT)
    (offer,) = asked_for(mind, FileOffer)
    assert offer == FileOffer(id=f"{MINE}q", transfer=MINE, name="report.pdf", size=SIZE)
    assert not of(mind, Upload)


def test_it_is_sent_when_it_is_accepted_and_only_once() -> None:
    mind = sending()
    (upload,) = of(mind, Upload)
    assert isinstance(upload, Upload)
    assert (upload.errand.transfer, upload.source, upload.size) == (MINE, SOURCE, SIZE)
    assert upload.errand.token == mind.state.token
    mind.take(FileMoved(MINE, 1000), FileSent(MINE))
    stored(mind, MINE)
    mind.hear(FileTaken(seq=mind.seq, at=AT, by=ADA.id, id=MINE))
    assert len(of(mind, Upload)) == 1
    assert not of(mind, StopFile)
    assert mind.state.files.offers == ()
    assert not mind.state.files.to_relay


def test_an_answer_to_a_question_is_sent_at_once() -> None:
    mind = talking()
    mind.hear(FileAsked(seq=3, at=AT, by=ADA.id, id=THEIRS, reason="The log"))
    choose(mind, REPORT, answers=THEIRS)
    (offer,) = asked_for(mind, FileOffer)
    assert isinstance(offer, FileOffer)
    assert offer.transfer == THEIRS
    offered(mind, THEIRS, GRACE.id)
    assert len(of(mind, Upload)) == 1


def test_a_question_that_was_taken_back_gets_no_file() -> None:
    mind = talking()
    mind.hear(FileAsked(seq=3, at=AT, by=ADA.id, id=THEIRS))
    mind.take(FilesChosen("mine0001", ("/x",), THEIRS))
    mind.hear(FileOver(seq=4, at=AT, by=ADA.id, id=THEIRS, why=FileEnd.CANCELLED))
    mind.take(FilesFound("mine0001", (REPORT,)))
    assert not asked_for(mind, FileOffer)


def test_a_question_is_denied() -> None:
    mind = talking()
    mind.hear(FileAsked(seq=3, at=AT, by=ADA.id, id=THEIRS))
    act(mind, FileAct.DECLINE)
    assert asked_for(mind, FileDecline) == [FileDecline(id="deed0001", transfer=THEIRS)]
    choose(mind, REPORT, answers=THEIRS)
    assert not asked_for(mind, FileOffer)


def test_an_offer_is_taken_and_saved() -> None:
    mind = saving()
    assert asked_for(mind, FileAccept) == [FileAccept(id="deed0001", transfer=THEIRS)]
    (download,) = of(mind, Download)
    assert isinstance(download, Download)
    assert (download.name, download.size, download.sha256) == ("a.txt", SIZE, SUM)
    assert download.organisation == "Acme"
    mind.take(FileSaved(THEIRS, "/home/grace/Downloads/Acme", "a.txt", SUM))
    (take,) = asked_for(mind, FileTake)
    assert isinstance(take, FileTake)
    assert (take.transfer, take.sha256) == (THEIRS, SUM)
    act(mind, FileAct.SHOW)
    assert of(mind, ShowFolder) == [ShowFolder("/home/grace/Downloads/Acme")]
    act(mind, FileAct.DISMISS)
    assert mind.state.files.saved == ()


def test_nothing_is_saved_that_was_not_accepted_here() -> None:
    mind = talking()
    offered(mind)
    accepted(mind, THEIRS, GRACE.id)
    stored(mind, THEIRS)
    assert not of(mind, Download)
    act(mind, FileAct.ACCEPT)
    assert len(of(mind, Download)) == 1
    assert not asked_for(mind, FileAccept)


@pytest.mark.parametrize("start", [talking, sending, saving])
def test_nothing_that_is_heard_sends_or_saves(start: object) -> None:
    """Every message there is, in every order of two, begins nothing."""
    assert callable(start)
    base: Mind = start()
    before = base.controller.state
    events: list[AnyFact | AnySignal] = [*hostile_file_facts(base.seq), *hostile_progress()]
    for event in events:
        for second in hostile_file_facts(base.seq + 1):
            mind = Mind()
            mind.controller.state = before
            mind.hear(event)
            mind.hear(second)
            begun = of(mind, Upload, Download)
            assert all(one.errand.transfer in (MINE, THEIRS) for one in begun)  # type: ignore[attr-defined]
            if start is talking:
                assert not begun


def test_what_does_not_fit_is_told_before_anything_is_sent() -> None:
    mind = talking(FileRules(most_bytes=SIZE - 1, blocked=("*.exe",)))
    choose(mind, REPORT, Found("a.EXE", 1, SOURCE), Unusable("b"), Found("c", 1, SOURCE))
    kinds = [one.kind for one in mind.state.files.faults]
    assert kinds == [FaultKind.TOO_LARGE, FaultKind.TYPE, FaultKind.UNUSABLE]
    assert [one.name for one in mind.state.files.offers] == ["c"]
    for one in mind.state.files.faults:
        act(mind, FileAct.DISMISS, one.key)
    assert mind.state.files.faults == ()


def test_nothing_is_offered_where_files_are_off() -> None:
    mind = talking(FileRules(from_customer=False))
    choose(mind, REPORT)
    assert [one.code for one in mind.state.files.faults] == [ErrorCode.FILES_OFF]


def test_what_the_relay_refuses_is_told() -> None:
    mind = talking()
    choose(mind, REPORT)
    mind.hear(Refused(id=f"{MINE}q", code=ErrorCode.TOO_MANY_FILES))
    assert [one.code for one in mind.state.files.faults] == [ErrorCode.TOO_MANY_FILES]
    assert mind.state.files.offers == ()


def test_what_the_relay_cannot_store_is_told_again() -> None:
    mind = talking()
    choose(mind, REPORT)
    mind.hear(Refused(id=f"{MINE}q", code=ErrorCode.STORAGE))
    assert len(asked_for(mind, FileOffer)) == 1
    mind.now += RETRY_S
    assert mind.controller.due() == mind.now
    mind.hear(FileProgress(id="other", done=1))
    assert len(asked_for(mind, FileOffer)) == 2


def test_a_cancellation_stops_here_first() -> None:
    mind = sending()
    effects = mind.take(FileActed("deed0001", MINE, FileAct.CANCEL))
    stop, tell = StopFile(MINE), Send(FileCancel(id="deed0001", transfer=MINE))
    assert set(effects) == {stop, tell}
    mind.hear(FileOver(seq=mind.seq, at=AT, by=GRACE.id, id=MINE, why=FileEnd.CANCELLED))
    assert mind.state.files.offers == ()


def test_a_cancellation_without_a_link_is_told_with_the_next() -> None:
    mind = sending()
    mind.take(LinkLost())
    assert mind.take(FileActed("deed0001", MINE, FileAct.CANCEL)) == (StopFile(MINE),)
    mind.hear(structs.replace(welcome([OPENED, ACCEPTED]), snapshot=mind.state.snapshot))
    assert asked_for(mind, FileCancel) == [FileCancel(id="deed0001", transfer=MINE)]
    assert len(of(mind, Upload)) == 1


def test_an_offer_that_never_left_is_forgotten_without_a_word() -> None:
    mind = talking()
    mind.take(LinkLost())
    choose_offline = (FilesChosen("mine0001", ("/x",)), FilesFound("mine0001", (REPORT,)))
    mind.take(*choose_offline)
    act(mind, FileAct.CANCEL, MINE)
    mind.hear(welcome([OPENED, ACCEPTED]))
    assert not asked_for(mind, FileOffer, FileCancel)


def test_an_offer_without_a_link_is_told_with_the_next() -> None:
    mind = talking()
    mind.take(LinkLost())
    mind.take(FilesChosen("mine0001", ("/x",)), FilesFound("mine0001", (REPORT,)))
    assert not asked_for(mind, FileOffer)
    mind.hear(welcome([OPENED, ACCEPTED]))
    assert len(asked_for(mind, FileOffer)) == 1


def test_ending_the_share_stops_what_goes_out_and_not_what_comes() -> None:
    mind = sending()
    offered(mind)
    act(mind, FileAct.ACCEPT)
    accepted(mind, THEIRS, GRACE.id)
    stored(mind, THEIRS)
    effects = mind.take(EndShareWanted("end00001"))
    assert StopFile(MINE) in effects
    assert StopFile(THEIRS) not in effects
    (cancel,) = asked_for(mind, FileCancel)
    assert isinstance(cancel, FileCancel)
    assert (cancel.transfer, cancel.why) == (MINE, FileEnd.STOPPED)


def test_ending_the_share_stops_what_is_only_looked_at() -> None:
    mind = talking()
    mind.take(FilesChosen("mine0001", ("/x",)), EndShareWanted("end00001"))
    mind.take(FilesFound("mine0001", (REPORT,)))
    assert not asked_for(mind, FileOffer)


@pytest.mark.parametrize("start", [sending, saving])
def test_the_end_of_the_session_stops_everything(start: object) -> None:
    assert callable(start)
    mind: Mind = start()
    (running,) = mind.state.files.running
    effects = mind.take(EndWanted(), EndAnswered(True, "end00001"))
    assert StopFile(running) in effects
    assert mind.state.files.running == frozenset()


def test_a_new_link_hurries_what_waits() -> None:
    mind = sending()
    mind.take(LinkLost())
    hello = structs.replace(welcome([OPENED, ACCEPTED]), snapshot=mind.state.snapshot)
    assert HurryFiles() in mind.hear(hello)
    assert len(of(mind, Upload)) == 1


def test_what_the_relay_did_not_go_on_with_is_tried_with_the_next_link() -> None:
    mind = sending()
    mind.take(FileStuck(MINE))
    assert len(of(mind, Upload)) == 1
    hello = structs.replace(welcome([OPENED, ACCEPTED]), snapshot=mind.state.snapshot)
    mind.hear(hello)
    assert len(of(mind, Upload)) == 2


@pytest.mark.parametrize(
    ("why", "kinds"),
    [(FileEnd.NO_ROOM, [FaultKind.NO_ROOM]), (FileEnd.DAMAGED, [])],
)
def test_what_cannot_be_saved_is_told(why: FileEnd, kinds: list[FaultKind]) -> None:
    mind = saving()
    mind.take(FileStuck(THEIRS, why))
    (cancel,) = asked_for(mind, FileCancel)
    assert isinstance(cancel, FileCancel)
    assert cancel.why is why
    assert [one.kind for one in mind.state.files.faults] == kinds


def test_a_folder_that_cannot_be_written_is_told() -> None:
    mind = saving()
    mind.take(FileStuck(THEIRS, FileEnd.CANCELLED, unwritable=True))
    assert [one.kind for one in mind.state.files.faults] == [FaultKind.UNWRITABLE]
    assert len(asked_for(mind, FileCancel)) == 1


def test_a_file_that_changed_is_told() -> None:
    mind = sending()
    mind.take(FileStuck(MINE, FileEnd.UNREADABLE))
    (cancel,) = asked_for(mind, FileCancel)
    assert isinstance(cancel, FileCancel)
    assert cancel.why is FileEnd.UNREADABLE


def test_what_is_taken_while_passed_on_is_told_when_somebody_is_there() -> None:
    mind = saving()
    queued = SessionQueued(seq=mind.seq, at=AT, queue=GENERAL, cause=QueueCause.TRANSFER, by="ada")
    mind.hear(queued)
    mind.take(FileSaved(THEIRS, "/d", "a.txt", SUM))
    assert not asked_for(mind, FileTake)
    mind.hear(structs.replace(ACCEPTED, seq=mind.seq))
    assert len(asked_for(mind, FileTake)) == 1


def test_who_goes_on_elsewhere_sends_nothing_from_here() -> None:
    mind = sending()
    mind.hear(CustomerMoved(seq=mind.seq, at=AT, participant=GRACE))
    assert of(mind, StopFile) == [StopFile(MINE)]


def test_a_pasted_picture_is_offered() -> None:
    mind = talking()
    mind.take(PicturePasted("mine0001", "Picture.png", b"png"))
    (offer,) = mind.state.files.offers
    assert (offer.name, offer.size, offer.source) == ("Picture.png", 3, MemorySource(b"png"))


def test_nothing_can_be_sent_before_somebody_is_there() -> None:
    mind = Mind().wait_in_queue()
    assert mind.take(FilesChosen("mine0001", ("/x",))) == ()
    mind.take(PicturePasted("mine0001", "Picture.png", b"png"))
    assert mind.state.files.offers == ()


def test_progress_is_told_by_whoever_knows_it() -> None:
    mind = sending()
    mind.take(Heard(FileProgress(id=MINE, done=7)))
    assert not mind.state.files.to_relay
    mind.take(FileMoved(MINE, 1000))
    assert mind.state.files.to_relay[MINE].done == 1000
    mind.hear(FileProgress(id=MINE, done=500, fetched=True))
    assert mind.state.files.from_relay[MINE].done == 500
