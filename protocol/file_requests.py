"""What people ask for around files. See the table TRANSFER."""

from protocol.base import ClientId, Request
from protocol.files import FileEnd, FileName, FileSize, Sha256
from protocol.share_requests import Reason


class FileAsk(Request, frozen=True, tag="file.ask"):
    """Ask the customer for a file; `id` is that of the transfer from now on."""

    id: ClientId
    reason: Reason = ""


class FileOffer(Request, frozen=True, tag="file.offer"):
    """Offer a file of `size` bytes; `transfer` is its id, or that of the question it answers."""

    id: ClientId
    transfer: ClientId
    name: FileName
    size: FileSize


class FileAccept(Request, frozen=True, tag="file.accept"):
    """Take an offered file: it is sent from now on."""

    id: ClientId
    transfer: ClientId


class FileDecline(Request, frozen=True, tag="file.decline"):
    """Do not take an offered file, or give none that was asked for."""

    id: ClientId
    transfer: ClientId


class FileCancel(Request, frozen=True, tag="file.cancel"):
    """Stop a transfer; see `protocol.files.SAID`."""

    id: ClientId
    transfer: ClientId
    why: FileEnd = FileEnd.CANCELLED


class FileTake(Request, frozen=True, tag="file.take"):
    """The file has arrived, with this sum."""

    id: ClientId
    transfer: ClientId
    sha256: Sha256


FileRequest = FileAsk | FileOffer | FileAccept | FileDecline | FileCancel | FileTake
