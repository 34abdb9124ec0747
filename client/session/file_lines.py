"""The lines of the conversation about files, in the customer's words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from client.session.file_names import shown_name
from client.session.file_words import short_sum, size_text
from client.session.voice import Voice
from protocol.catalogue import Catalogue
from protocol.facts import SessionFact
from protocol.file_facts import FileAsked, FileOffered, FileOver, FileStored, FileTaken
from protocol.files import FileEnd


class ToldFile(NamedTuple):
    """What the log tells of a transfer: its name and size, who sends and who asked, and the sum."""

    name: str = ""
    size: int = 0
    by: str = ""
    asked: str = ""
    sha256: str = ""


def files_in(log: Sequence[SessionFact]) -> Mapping[str, ToldFile]:
    """Every transfer that `log` tells of, by its id."""
    told: dict[str, ToldFile] = {}
    for fact in log:
        match fact:
            case FileAsked():
                told[fact.id] = ToldFile(asked=fact.by)
            case FileOffered():
                before = told.get(fact.id, ToldFile())
                told[fact.id] = before._replace(name=fact.name, size=fact.size, by=fact.by)
            case FileStored():
                before = told.get(fact.id, ToldFile())
                told[fact.id] = before._replace(sha256=fact.sha256)
            case _:
                pass
    return told


def detail(fact: SessionFact, voice: Voice) -> str:
    """What a tooltip adds to the line: the whole sum."""
    if not isinstance(fact, FileTaken):
        return ""
    sha256 = _of(fact, voice).sha256
    return f"SHA-256 {sha256}" if sha256 else ""


def over_words(why: FileEnd, file: ToldFile, by: str, voice: Voice) -> str:
    """Why a file did not arrive; `by` is who said so, or empty: the relay."""
    if why is FileEnd.DECLINED and not file.by:
        mine = by == voice.me
        key = "file.over_declined_ask_you" if mine else "file.over_declined_ask"
        return voice.t(key, name=voice.name(by))
    if why in (FileEnd.DECLINED, FileEnd.CANCELLED):
        mine = by == voice.me
        return voice.t(f"file.over_{why}_you" if mine else f"file.over_{why}", name=voice.name(by))
    return voice.t(f"file.over_{why}", name=voice.name(by))


def _of(fact: Any, voice: Voice) -> ToldFile:
    return voice.files.get(fact.id, ToldFile())


def _name(file: ToldFile, t: Catalogue) -> str:
    return shown_name(file.name) if file.name else t("file.asked_title")


def _asked(fact: FileAsked, voice: Voice) -> str:
    line = voice.t("client.file.line_asked", name=voice.name(fact.by))
    return f"{line}: {fact.reason}" if fact.reason else line


def _offered(fact: FileOffered, voice: Voice) -> str:
    words = {"file": shown_name(fact.name), "size": size_text(fact.size, voice.t)}
    if fact.by == voice.me:
        answer = bool(_of(fact, voice).asked)
        return voice.t(
            "client.file.line_sent" if answer else "client.file.line_offered_you", **words
        )
    return voice.t("client.file.line_offered", name=voice.name(fact.by), **words)


def _taken(fact: FileTaken, voice: Voice) -> str:
    file = _of(fact, voice)
    return voice.t("file.line_taken", file=_name(file, voice.t), sum=short_sum(file.sha256))


def _over(fact: FileOver, voice: Voice) -> str:
    file = _of(fact, voice)
    words = over_words(fact.why, file, fact.by, voice)
    return voice.t("file.line_over", file=_name(file, voice.t), words=words)


FILE_LINES: dict[type[Any], Callable[[Any, Voice], str]] = {
    FileAsked: _asked,
    FileOffered: _offered,
    FileTaken: _taken,
    FileOver: _over,
}
"""A line for each fact about files that the customer should know of."""
