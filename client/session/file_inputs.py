"""Everything that can happen around files: what the customer does, what becomes of the bytes."""

from dataclasses import dataclass
from enum import StrEnum

from client.session.file_source import Found, Unusable
from protocol.files import FileEnd


class FileAct(StrEnum):
    """The buttons of a card. CHOOSE opens a dialog first."""

    DECLINE = "decline"
    ACCEPT = "accept"
    CHOOSE = "choose"
    CANCEL = "cancel"
    SHOW = "show"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class FilesChosen:
    """Files and folders to be sent; `answers` is the question they are for, or empty. `id` is a
    fresh client id."""

    id: str
    paths: tuple[str, ...]
    answers: str = ""


@dataclass(frozen=True, slots=True)
class PicturePasted:
    """A picture to be sent, as PNG; `id` is a fresh client id."""

    id: str
    name: str
    png: bytes


@dataclass(frozen=True, slots=True)
class FilesFound:
    """What `LookAt` found; `ticket` as there."""

    ticket: str
    found: tuple[Found | Unusable, ...]


@dataclass(frozen=True, slots=True)
class FileActed:
    """A button of the card `key` was pressed; `id` is a fresh client id."""

    id: str
    key: str
    act: FileAct


@dataclass(frozen=True, slots=True)
class FileMoved:
    """So many bytes are sent, or saved."""

    transfer: str
    done: int


@dataclass(frozen=True, slots=True)
class FileSent:
    """The relay has all of it."""

    transfer: str


@dataclass(frozen=True, slots=True)
class FileSaved:
    """It is in `folder` under `name`, and its sum is right."""

    transfer: str
    folder: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FileStuck:
    """It does not go on. `why` None: the relay refused, and tells by itself what became of it.
    `unwritable`: it cannot be written here, though there is room."""

    transfer: str
    why: FileEnd | None = None
    unwritable: bool = False


FileInput = (
    FilesChosen
    | PicturePasted
    | FilesFound
    | FileActed
    | FileMoved
    | FileSent
    | FileSaved
    | FileStuck
)
