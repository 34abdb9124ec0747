"""What is to be done with files."""

from dataclasses import dataclass

from client.session.file_source import Source


@dataclass(frozen=True, slots=True)
class LookAt:
    """Look at what was chosen; answered by `FilesFound`."""

    ticket: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Errand:
    """Which transfer of which session, and the customer's token."""

    session: str
    transfer: str
    token: str


@dataclass(frozen=True, slots=True)
class Upload:
    """Send a file of `size` bytes; answered by `FileMoved`, then `FileSent` or `FileStuck`."""

    errand: Errand
    source: Source
    size: int


@dataclass(frozen=True, slots=True)
class Download:
    """Save a file under a safe form of `name` in the folder for `organisation`; answered by
    `FileMoved`, then `FileSaved` or `FileStuck`."""

    errand: Errand
    organisation: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StopFile:
    """Stop sending or saving, now; nothing of a part is kept."""

    transfer: str


@dataclass(frozen=True, slots=True)
class HurryFiles:
    """There is a link again: what waits to try again tries now."""


@dataclass(frozen=True, slots=True)
class ShowFolder:
    """Show the folder at `path` in the system's own program for files."""

    path: str


FileEffect = LookAt | Upload | Download | StopFile | HurryFiles
