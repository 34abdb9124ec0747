"""The part of a session's history that tells of files; and what it comes to, written down from all
of it at once."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from protocol.facts import (
    CustomerMoved,
    RepresentativeLeft,
    SessionEnded,
    SessionFact,
    SessionQueued,
)
from protocol.file_facts import (
    FileAccepted,
    FileAsked,
    FileFact,
    FileOffered,
    FileOver,
    FileStored,
    FileTaken,
)
from protocol.file_machine import TransferState
from protocol.file_snapshot import Transfer
from protocol.files import FileEnd

T = TypeVar("T")
SUM = "ab" * 32
CUSTOMER = "c1"


class FileStory:
    """What happens to the files of one session; `add` writes a fact down."""

    def __init__(self, draw: st.DrawFn, add: Callable[..., None]) -> None:
        self._draw = draw
        self._add = add
        self._number = 0
        self._files: dict[str, tuple[TransferState, set[str]]] = {}
        self._here: Sequence[str] = ()

    def moves(self, here: Sequence[str]) -> Iterator[Callable[[], None]]:
        """What may come next while these representatives are there."""
        self._here = here
        yield from (self._ask_file, self._offer_file)
        yield from [self._answer_file] * bool(self._in(TransferState.ASKED))
        yield from [self._accept_file] * (3 * bool(self._in(TransferState.OFFERED)))
        yield from [self._store_file] * (4 * bool(self._in(TransferState.SENDING)))
        yield from [self._take_file] * (4 * bool(self._in(TransferState.STORED)))
        yield from [self._file_over] * bool(self._files)

    def leave(self, participant: str) -> None:
        """Somebody is gone: what they ask for or send ends, but for what the relay has."""
        self._files = {
            name: (state, people)
            for name, (state, people) in self._files.items()
            if state is TransferState.STORED or participant not in people
        }

    def queue(self) -> None:
        """All representatives are gone."""
        self._files = {name: self._files[name] for name in self._in(TransferState.STORED)}

    def end(self) -> None:
        """Nothing is sent any longer."""
        self._files = {}

    def _in(self, state: TransferState) -> list[str]:
        return [name for name, (at, _) in self._files.items() if at is state]

    def _new(self) -> str:
        self._number += 1
        return f"file-{self._number:04}"

    def _ask_file(self) -> None:
        name, by = self._new(), self._one_of(self._here)
        self._add(FileAsked, by=by, id=name, reason=self._one_of(["", "Why not?"]))
        self._files[name] = (TransferState.ASKED, {by})

    def _offer_file(self) -> None:
        name, by = self._new(), self._one_of([*self._here, CUSTOMER])
        self._add(FileOffered, by=by, id=name, name="a.txt", size=9)
        self._files[name] = (TransferState.OFFERED, {by})

    def _answer_file(self) -> None:
        name = self._one_of(self._in(TransferState.ASKED))
        self._add(FileOffered, by=CUSTOMER, id=name, name="b.txt", size=self._one_of([0, 7]))
        self._files[name] = (TransferState.SENDING, {*self._files[name][1], CUSTOMER})

    def _accept_file(self) -> None:
        name = self._one_of(self._in(TransferState.OFFERED))
        self._add(FileAccepted, by=self._one_of([*self._here, CUSTOMER]), id=name)
        self._files[name] = (TransferState.SENDING, self._files[name][1])

    def _store_file(self) -> None:
        name = self._one_of(self._in(TransferState.SENDING))
        self._add(FileStored, id=name, sha256=SUM)
        self._files[name] = (TransferState.STORED, self._files[name][1])

    def _take_file(self) -> None:
        name = self._one_of(self._in(TransferState.STORED))
        self._add(FileTaken, by=CUSTOMER, id=name)
        del self._files[name]

    def _file_over(self) -> None:
        name = self._one_of(list(self._files))
        self._add(FileOver, by="", id=name, why=self._one_of(list(FileEnd)))
        del self._files[name]

    def _one_of(self, choices: Sequence[T]) -> T:
        return self._draw(st.sampled_from(choices))


def files_of(told: Sequence[SessionFact]) -> tuple[Transfer, ...]:
    """The open transfers as one would write them down from the whole history."""
    stories: dict[str, list[FileFact]] = {}
    for fact in told:
        if isinstance(fact, FileFact):
            stories.setdefault(fact.id, []).append(fact)
    found = (_transfer(story) for story in stories.values() if _stands(story, told))
    return tuple(sorted(found, key=lambda one: one.at))


def _transfer(story: Sequence[FileFact]) -> Transfer:
    asked = next((one for one in story if isinstance(one, FileAsked)), None)
    offered = next((one for one in story if isinstance(one, FileOffered)), None)
    stored = next((one for one in story if isinstance(one, FileStored)), None)
    accepted = any(isinstance(one, FileAccepted) for one in story)
    state = TransferState.ASKED
    if stored:
        state = TransferState.STORED
    elif accepted or (asked and offered):
        state = TransferState.SENDING
    elif offered:
        state = TransferState.OFFERED
    return Transfer(
        id=story[0].id,
        state=state,
        at=story[0].at,
        by=offered.by if offered else "",
        asked=asked.by if asked else "",
        reason=asked.reason if asked else "",
        name=offered.name if offered else "",
        size=offered.size if offered else 0,
        sha256=stored.sha256 if stored else "",
    )


def _stands(story: Sequence[FileFact], told: Sequence[SessionFact]) -> bool:
    """Whether nothing has ended it: no fact of its own, nor a leaving before it was stored."""
    if any(isinstance(one, FileOver | FileTaken) for one in story):
        return False
    kept_from = next((one.seq for one in story if isinstance(one, FileStored)), None)
    for fact in told:
        if fact.seq < story[0].seq:
            continue
        if isinstance(fact, SessionEnded):
            return False
        before = [one for one in story if one.seq < fact.seq]
        people = {one.by for one in before if isinstance(one, FileAsked | FileOffered)}
        gone = isinstance(fact, SessionQueued)
        gone = gone or (isinstance(fact, RepresentativeLeft) and fact.by in people)
        gone = gone or (isinstance(fact, CustomerMoved) and fact.participant.id in people)
        if gone and not (kept_from and kept_from < fact.seq):
            return False
    return True
