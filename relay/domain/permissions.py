"""Who may do what: permissions, roles made of them, and who may give them to whom.

Nothing is allowed that is not declared: every route (`relay.http.routes`) and every request of
the console's sockets (`permission_for`) names what it needs. Roles are data; two are built in.
"""

from collections.abc import Iterable
from enum import Enum, StrEnum, auto
from typing import NamedTuple

from protocol.file_requests import (
    FileAccept,
    FileAsk,
    FileCancel,
    FileDecline,
    FileOffer,
    FileTake,
)
from protocol.files import Side
from protocol.requests import (
    ALLOWED,
    ChatPost,
    ChatSeen,
    ChatTyping,
    ClientOffer,
    DeskIdle,
    Hello,
    InvitationAccept,
    InvitationMake,
    InvitationWithdraw,
    KeyCancel,
    KeyMake,
    LetIn,
    NotePost,
    NoticeSend,
    Ping,
    PresenceSet,
    Request,
    SessionAccept,
    SessionEnd,
    SessionLeave,
    SessionTransfer,
)
from protocol.roles import Door
from protocol.share_requests import GrantAsk, GrantReturn, ShareStop
from protocol.sharing import Grant
from protocol.working_requests import (
    LinkPush,
    NudgeSend,
    RepresentativeRemove,
    SessionHold,
    SessionJoin,
    SessionResume,
)


class Permission(StrEnum):
    """What a role may allow. Each has one sentence in every text catalogue."""

    SESSION_ACCEPT = "session.accept"
    SESSION_NOTE = "session.note"
    SESSION_TRANSFER = "session.transfer"
    SESSION_INVITE = "session.invite"
    SESSION_REMOVE = "session.remove"
    SESSION_JOIN = "session.join"
    NOTICE_SEND = "notice.send"
    NUDGE_SEND = "nudge.send"
    LINK_PUSH = "link.push"
    FILE_SEND = "file.send"
    FILE_RECEIVE = "file.receive"
    SCREEN_VIEW = "screen.view"
    SCREEN_CONTROL = "screen.control"
    SCREEN_CLIPBOARD = "screen.clipboard"
    KEY_MAKE = "key.make"
    PEOPLE_MANAGE = "people.manage"
    ROLES_MANAGE = "roles.manage"
    TEXTS_MANAGE = "texts.manage"
    SURVEY_MANAGE = "survey.manage"
    TEAMS_MANAGE = "teams.manage"
    PORTALS_MANAGE = "portals.manage"
    NOTICES_MANAGE = "notices.manage"
    WAITS_VIEW = "waits.view"


class Access(Enum):
    """What somebody needs where no permission is asked for."""

    ANYBODY = auto()
    """Nothing. A short, reviewed list: see tests/relay/http/test_origins.py."""

    SIGNED_IN = auto()
    """To be signed in, whatever the role."""


Need = Permission | Access

Permissions = frozenset[Permission]
EVERYTHING: Permissions = frozenset(Permission)


class UserRole(StrEnum):
    """The roles that are built in, by their ids; any other id is a role somebody made."""

    ADMINISTRATOR = "administrator"
    REPRESENTATIVE = "representative"


BUILT_IN: dict[str, Permissions] = {
    UserRole.ADMINISTRATOR: EVERYTHING,
    UserRole.REPRESENTATIVE: frozenset(
        {
            Permission.SESSION_ACCEPT,
            Permission.SESSION_NOTE,
            Permission.SESSION_TRANSFER,
            Permission.SESSION_INVITE,
            Permission.SESSION_REMOVE,
            Permission.NOTICE_SEND,
            Permission.NUDGE_SEND,
            Permission.LINK_PUSH,
            Permission.FILE_SEND,
            Permission.FILE_RECEIVE,
            Permission.SCREEN_VIEW,
            Permission.SCREEN_CONTROL,
            Permission.SCREEN_CLIPBOARD,
            Permission.KEY_MAKE,
        }
    ),
}


class StaffRole(NamedTuple):
    """A role; `name` is empty for one that is built in: catalogues name it."""

    id: str
    name: str
    permissions: Permissions
    people: int = 0
    """How many have it."""

    @property
    def is_built_in(self) -> bool:
        return self.id in BUILT_IN


NEEDS: dict[type[Request], Need] = {
    Hello: Permission.SESSION_ACCEPT,
    Ping: Access.SIGNED_IN,
    ChatPost: Permission.SESSION_ACCEPT,
    ChatSeen: Permission.SESSION_ACCEPT,
    ChatTyping: Permission.SESSION_ACCEPT,
    NotePost: Permission.SESSION_NOTE,
    SessionEnd: Permission.SESSION_ACCEPT,
    SessionAccept: Permission.SESSION_ACCEPT,
    SessionTransfer: Permission.SESSION_TRANSFER,
    SessionLeave: Permission.SESSION_ACCEPT,
    InvitationMake: Permission.SESSION_INVITE,
    InvitationWithdraw: Permission.SESSION_INVITE,
    InvitationAccept: Permission.SESSION_ACCEPT,
    NoticeSend: Permission.NOTICE_SEND,
    ClientOffer: Permission.SESSION_ACCEPT,
    GrantAsk: Permission.SCREEN_VIEW,
    GrantReturn: Permission.SCREEN_VIEW,
    ShareStop: Permission.SCREEN_VIEW,
    LetIn: Permission.SESSION_ACCEPT,
    PresenceSet: Permission.SESSION_ACCEPT,
    DeskIdle: Permission.SESSION_ACCEPT,
    KeyMake: Permission.KEY_MAKE,
    KeyCancel: Permission.KEY_MAKE,
    FileAsk: Permission.FILE_RECEIVE,
    FileOffer: Permission.FILE_SEND,
    FileAccept: Permission.FILE_RECEIVE,
    FileDecline: Permission.SESSION_ACCEPT,
    FileCancel: Permission.SESSION_ACCEPT,
    FileTake: Permission.FILE_RECEIVE,
    NudgeSend: Permission.NUDGE_SEND,
    LinkPush: Permission.LINK_PUSH,
    SessionHold: Permission.SESSION_ACCEPT,
    SessionResume: Permission.SESSION_ACCEPT,
    SessionJoin: Permission.SESSION_JOIN,
    RepresentativeRemove: Permission.SESSION_REMOVE,
}
"""What each request needs when it comes through a door of the console. Customers have no role:
what they may ask is decided by their door and by the session's table alone."""

GRANT_NEEDS: dict[Grant, frozenset[Permission]] = {
    Grant.VIEW: frozenset({Permission.SCREEN_VIEW}),
    Grant.CONTROL: frozenset({Permission.SCREEN_VIEW, Permission.SCREEN_CONTROL}),
    Grant.COPY: frozenset({Permission.SCREEN_VIEW, Permission.SCREEN_CLIPBOARD}),
    Grant.PASTE: frozenset({Permission.SCREEN_VIEW, Permission.SCREEN_CLIPBOARD}),
}
"""What a role must allow so that a customer's grant is of any use."""

FILE_NEEDS: dict[Side, frozenset[Permission]] = {
    Side.SENDER: frozenset({Permission.FILE_SEND}),
    Side.RECEIVER: frozenset({Permission.FILE_RECEIVE}),
}
"""What a role must allow whoever moves the bytes of a file, on that side."""

CONSOLE_DOORS = frozenset({Door.DESK, Door.SESSION})


class Undeclared(Exception):
    """A request of the console that names no permission."""


def permission_for(request: type[Request]) -> Need:
    """What somebody at the console needs for `request`. Raises `Undeclared`."""
    try:
        return NEEDS[request]
    except KeyError:
        raise Undeclared(request.__name__) from None


def check_declared() -> None:
    """Called when the doors are made. Raises `Undeclared` when a console request has no need."""
    for door in CONSOLE_DOORS:
        for request in ALLOWED[door]:
            permission_for(request)


def allows(need: Need, held: Permissions | None) -> bool:
    """Whether somebody with the permissions `held` (None: not signed in) meets `need`."""
    if need is Access.ANYBODY:
        return True
    if held is None:
        return False
    return need is Access.SIGNED_IN or need in held


def may_manage(held: Permissions, *others: Permissions) -> bool:
    """Whether who holds `held` may give, take or act on all of `others`.

    Nobody can give what they lack, nor get at it through somebody who has it: a new sign-in link
    for an administrator is as good as being one.
    """
    return all(other <= held for other in others)


def permissions_of(names: Iterable[str]) -> Permissions:
    """The permissions of these names. Raises `ValueError` for one that does not exist."""
    return frozenset(Permission(name) for name in names)


def known_permissions_of(names: Iterable[str]) -> Permissions:
    """As `permissions_of`; a name that only another version knows counts nothing."""
    known = {str(one): one for one in Permission}
    return frozenset(known[name] for name in names if name in known)
