"""Every fact and signal about files, with the values that might do harm."""

from protocol import file_facts as told
from protocol.facts import AnyFact
from protocol.files import FileEnd
from protocol.signals import FileProgress
from tests.client.mind import ADA, AT, GRACE

NAME = "..\\..\\\u202efdp.exe"
IDS = ("file0001", "mine0001-0", "")
SUM = "ab" * 32


def hostile_file_facts(seq: int) -> list[AnyFact]:
    made: list[AnyFact] = []
    for one in IDS:
        made.append(told.FileAsked(seq=seq, at=AT, by=ADA.id, id=one, reason="Everything"))
        for by in (ADA.id, GRACE.id, "mallory", ""):
            made += [
                told.FileOffered(seq=seq, at=AT, by=by, id=one, name=NAME, size=2**60),
                told.FileAccepted(seq=seq, at=AT, by=by, id=one),
                told.FileTaken(seq=seq, at=AT, by=by, id=one),
            ]
            made += [told.FileOver(seq=seq, at=AT, by=by, id=one, why=why) for why in FileEnd]
        made.append(told.FileStored(seq=seq, at=AT, id=one, sha256=SUM))
    return made


def hostile_progress() -> list[FileProgress]:
    return [
        FileProgress(id=one, done=done, fetched=fetched)
        for one in IDS
        for done in (-1, 0, 2**60)
        for fetched in (True, False)
    ]
