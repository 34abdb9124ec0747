"""The bodies of the calls about canned messages: what representatives say often, ready to be said.

A message has a `path`: the folders it lies in and its own name, joined by `/`, as `Printers/No
paper`. Its `texts` come by language (`protocol.catalogue.LANGUAGES`) and may hold macros
(`relay.domain.macros.CANNED_MACROS`), which the console fills in for the session it is used in.
Versions and refusals are those of `protocol.site_api`.
"""

from protocol.api import Answer, Body
from protocol.site_api import Id, LanguageName, Typed, Version


class CannedRow(Answer, frozen=True):
    """A canned message. `team` says whose it is among the shared ones, None: everybody's."""

    id: str
    path: str
    texts: dict[str, str]
    team: str | None
    version: str


class CannedTeam(Answer, frozen=True):
    """A team that messages may be for."""

    id: str
    name: str


class CannedMessages(Answer, frozen=True):
    """The answer to GET /api/canned: what the asker may use. `shared` are everybody's and those of
    the asker's `teams`; `most` is how many `own` ones somebody may have."""

    own: tuple[CannedRow, ...]
    shared: tuple[CannedRow, ...]
    teams: tuple[CannedTeam, ...]
    most: int


class SharedMessages(Answer, frozen=True):
    """The answer to GET /api/shared-canned: all that are not somebody's own, and all `teams`. A
    message of a team that is gone names a team that is not among them."""

    messages: tuple[CannedRow, ...]
    teams: tuple[CannedTeam, ...]
    most: int


class CannedWish(Body, frozen=True):
    """Make (POST /api/canned) or change (POST /api/canned/{id}) a message of one's own."""

    path: Typed
    texts: dict[LanguageName, Typed]
    version: Version = ""


class SharedWish(Body, frozen=True):
    """Make (POST /api/shared-canned) or change (POST /api/shared-canned/{id}) a shared one."""

    path: Typed
    texts: dict[LanguageName, Typed]
    team: Id | None
    version: Version = ""
