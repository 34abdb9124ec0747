"""The bodies of the few HTTP calls that come before a socket; JSON both ways."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from protocol import limits
from protocol.base import SessionId
from protocol.errors import ErrorCode
from protocol.requests import Nonce, Token
from protocol.roles import Door, Way
from protocol.steps import SurveyReply

PersonName = Annotated[str, Meta(max_length=limits.NAME_CHARS)]
LoginName = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._@-]{1,63}\Z")]
Password = Annotated[str, Meta(max_length=limits.PASSWORD_CHARS_MOST)]


class Body(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Base of what is posted to the relay."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of what the relay answers."""


class Join(Body, frozen=True):
    """Use a session key or a join code (POST /api/join from the native client).

    `language` is one of the catalogue's; an unknown one counts as the first.
    """

    key: Annotated[str, Meta(max_length=40)]
    language: Annotated[str, Meta(max_length=20)] = "en"
    name: PersonName = ""
    system: Annotated[str, Meta(max_length=limits.SYSTEM_CHARS)] = ""
    nonce: Nonce | None = None


class Watermark(Answer, frozen=True):
    """What lies over the customer's screen while it is shared: `text`, or the picture at the path
    `logo` of the relay; `percent` strong. `seen`: in the shared picture, too."""

    text: Annotated[str, Meta(max_length=limits.NAME_CHARS)]
    percent: Annotated[int, Meta(ge=5, le=80)]
    seen: bool
    logo: Annotated[
        str, Meta(pattern=r"^(/look/[0-9a-z-]{1,40}/logo(\?v=[0-9A-Za-z_-]{1,64})?)?\Z")
    ] = ""


class Joined(Answer, frozen=True):
    """The way into the session; `token` opens the socket and is given only once. `mail` says
    whether the relay can write to people."""

    session: str
    participant: str
    token: str
    organisation: str
    identity: str
    signature: str
    mail: bool = False
    watermark: Watermark | None = None


class RelayIdentity(Answer, frozen=True):
    """Who the relay is (GET /api/identity?nonce=…), told before a key is shown to it.

    `signature` is over the nonce, see `protocol.identity`. `oldest_client` is the least version
    that may join, as `1.2.3`; empty for any.
    """

    identity: str
    signature: str
    oldest_client: Annotated[str, Meta(pattern=r"^(\d{1,5}\.\d{1,5}\.\d{1,5})?\Z")] = ""


class SignIn(Body, frozen=True):
    name: LoginName
    password: Password


class SignInByLink(Body, frozen=True):
    token: Token


class SetUp(Body, frozen=True):
    """Make the first administrator with the token that the relay's terminal showed."""

    token: Token
    name: LoginName
    shown_name: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS, pattern=r"\S")]
    password: Password


class SignedIn(Answer, frozen=True):
    user: str
    name: str


class TicketWish(Body, frozen=True):
    """Ask for a ticket (POST /api/ticket); the cookie says who asks."""

    door: Door
    session: SessionId | None = None


class Ticket(Answer, frozen=True):
    """Opens one WebSocket within `limits.TICKET_S` seconds."""

    ticket: str


class AvailableRepresentative(Answer, frozen=True):
    name: str


class IssueChoice(Answer, frozen=True):
    """Something that customers need help with; `way` is how its team helps."""

    id: str
    name: str
    way: Way


class ActiveNotice(Answer, frozen=True):
    """A notice in the reader's language, in light markup."""

    id: str
    text: str


class Portal(Answer, frozen=True):
    """What the public page shows."""

    organisation: str
    representatives: tuple[AvailableRepresentative, ...]
    issues: tuple[IssueChoice, ...] = ()
    notices: tuple[ActiveNotice, ...] = ()
    way: Way = Way.CHOICE


class ProgramStep(StrEnum):
    """How far somebody is who was sent to the program with a join code."""

    WAITING = "waiting"
    FETCHED = "fetched"
    JOINED = "joined"
    OVER = "over"


class ProgramState(Answer, frozen=True):
    """What the page about the program asks (GET /api/program/{code}). `over`: the code leads
    nowhere, or never did."""

    step: ProgramStep


class SurveyAnswers(Body, frozen=True):
    """What the customer says about the session (POST /api/survey). `survey` is the version they
    were offered, so that a change in between asks nobody anything else.

    The native client proves itself by its resume `token`, a page by its cookie.
    """

    answers: Annotated[tuple[SurveyReply, ...], Meta(max_length=limits.SURVEY_QUESTIONS)]
    survey: Annotated[int, Meta(ge=0, le=2**53)]
    token: Token | None = None


class Problem(Answer, frozen=True):
    """Every error answer, whatever the route. `field` names the input at fault."""

    code: ErrorCode
    detail: str = ""
    field: str = ""
    retry_after_s: int = 0
