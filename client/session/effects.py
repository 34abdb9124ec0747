"""What the client wants done; thin shells carry it out."""

from dataclasses import dataclass

from client.session.file_effects import FileEffect, ShowFolder
from protocol.api import Join, SurveyAnswers
from protocol.requests import Request
from protocol.working import Hurdle


@dataclass(frozen=True, slots=True)
class UseKey:
    """Post `join` to the relay; answered by `Admitted`, `JoinRefused` or `JoinFailed`.

    `attempt` comes back in the answer, so that a late one is known for what it is.
    """

    join: Join
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Connect:
    """Open the socket with `token` and keep it open; answered by what is heard on it."""

    token: str


@dataclass(frozen=True, slots=True)
class Send:
    """Send `request` on the socket, if it is up."""

    request: Request


@dataclass(frozen=True, slots=True)
class PostSurvey:
    """Post `answers`; answered by `SurveyTaken`, `SurveyRefused` or `SurveyFailed`."""

    answers: SurveyAnswers


@dataclass(frozen=True, slots=True)
class DropPictures:
    """Throw away what of the screen is not sent yet; what is stuck on its way costs the
    connection."""


@dataclass(frozen=True, slots=True)
class StartOver:
    """Drop the socket and dial again for a fresh snapshot: facts are missing."""


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Close the socket and leave it closed."""


@dataclass(frozen=True, slots=True)
class FetchLogo:
    """Fetch the picture at this path of the relay; answered by `LogoCame`, or by nothing."""

    path: str


@dataclass(frozen=True, slots=True)
class FetchPhoto:
    """Fetch the photo with that SHA-256; answered by `PhotoCame`, or by nothing at all."""

    sha256: str


@dataclass(frozen=True, slots=True)
class OpenBrowser:
    """Show `url` (http or https) in the system's browser."""

    url: str


@dataclass(frozen=True, slots=True)
class Ring:
    """Call the customer to the window because of `nudge`; answered by `Rang`, later by `Used`."""

    nudge: str


@dataclass(frozen=True, slots=True)
class LookAround:
    """Look what stands in the way on this computer; answered by `LookedAround` with the same
    number. `picture`: a trial picture may be taken; `asked`: the customer wants it."""

    number: int
    picture: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """Show the place in the system's settings where `problem` is solved."""

    problem: Hurdle


@dataclass(frozen=True, slots=True)
class Quit:
    """End the program."""


NetEffect = (
    UseKey
    | Connect
    | Send
    | DropPictures
    | PostSurvey
    | FetchLogo
    | FetchPhoto
    | StartOver
    | Disconnect
    | FileEffect
)
PlaceEffect = OpenBrowser | ShowFolder | Ring | LookAround | OpenPlace
"""What is done on the computer itself, outside the window."""

Effect = NetEffect | PlaceEffect | Quit
