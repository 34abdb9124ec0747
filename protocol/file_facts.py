"""What has happened around files (topic `session`)."""

from protocol.base import Fact
from protocol.files import FileEnd


class FileAsked(Fact, frozen=True, tag="file.asked"):
    """A representative asks the customer for a file; `id` is the transfer's."""

    by: str
    id: str
    reason: str = ""


class FileOffered(Fact, frozen=True, tag="file.offered"):
    """A file is there to be taken; where `id` is that of a question, it is sent at once."""

    by: str
    id: str
    name: str
    size: int


class FileAccepted(Fact, frozen=True, tag="file.accepted"):
    """The offer is taken: the file is sent."""

    by: str
    id: str


class FileStored(Fact, frozen=True, tag="file.stored"):
    """The relay has the whole file: it may be fetched."""

    id: str
    sha256: str


class FileTaken(Fact, frozen=True, tag="file.taken"):
    """The file has arrived at `by`, with the right sum."""

    by: str
    id: str


class FileOver(Fact, frozen=True, tag="file.over"):
    """The question, the offer or the transfer came to nothing; `by` is empty for the relay."""

    by: str
    id: str
    why: FileEnd


FileFact = FileAsked | FileOffered | FileAccepted | FileStored | FileTaken | FileOver
