"""The bodies of the calls of administration and account pages; JSON both ways.

`role` is a role's id; permissions travel by their names (`relay.domain.permissions`). Times are
in milliseconds since 1970 (UTC).
"""

from typing import Annotated

from msgspec import Meta

from protocol import limits
from protocol.api import Answer, Body, LoginName, Password

ShownName = Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS, pattern=r"\S")]
RoleId = Annotated[str, Meta(pattern=r"^[a-z0-9]{1,32}\Z")]
Code = Annotated[str, Meta(min_length=1, max_length=40)]
PermissionName = Annotated[str, Meta(max_length=40)]


class CodeWanted(Answer, frozen=True):
    """The answer to `SignIn` and `SignInByLink` where a second factor is on: `SignInCode` next."""

    until: int


class SignInCode(Body, frozen=True):
    """The code of the second factor, or a recovery code (POST /api/login/code)."""

    code: Code


class RoleRow(Answer, frozen=True):
    """A role. `name` is empty for one that is built in; `mine` says that the asker may give it."""

    id: str
    name: str
    permissions: tuple[str, ...]
    people: int
    built_in: bool
    mine: bool


class PersonRow(Answer, frozen=True):
    """Somebody who may sign in; `mine` says that the asker may change them."""

    id: str
    name: str
    shown_name: str
    role: str
    signed_in_at: int | None
    second_factor: bool
    disabled: bool
    mine: bool


class People(Answer, frozen=True):
    """The answer to GET /api/people. `you` is the asker's id."""

    now: int
    you: str
    people: tuple[PersonRow, ...]
    roles: tuple[RoleRow, ...]


class PersonWish(Body, frozen=True):
    """Add (POST /api/people) or change (POST /api/people/{id}) somebody."""

    name: LoginName
    shown_name: ShownName
    role: RoleId


class SignInLink(Answer, frozen=True):
    """A one-time link for somebody, shown once."""

    link: str
    expires_at: int


class Roles(Answer, frozen=True):
    """The answer to GET /api/roles. `permissions` are all there are, `held` those of the asker."""

    roles: tuple[RoleRow, ...]
    permissions: tuple[str, ...]
    held: tuple[str, ...]


class RoleWish(Body, frozen=True):
    """Make (POST /api/roles) or change (POST /api/roles/{id}) a role."""

    name: ShownName
    permissions: Annotated[tuple[PermissionName, ...], Meta(max_length=100)]


class LoginRow(Answer, frozen=True):
    """One browser in which the asker is signed in."""

    created_at: int
    used_at: int
    current: bool


class AccountState(Answer, frozen=True):
    """The answer to GET /api/account. `recovery_codes` is how many are left, `photo` the SHA-256 of
    one's photo (empty: none)."""

    now: int
    name: str
    shown_name: str
    role: RoleRow
    has_password: bool
    second_factor: bool
    recovery_codes: int
    photo: str
    logins: tuple[LoginRow, ...]


class PasswordChange(Body, frozen=True):
    """`old` stays empty where there is no password yet."""

    old: Password
    new: Password


class SecondFactorOffer(Answer, frozen=True):
    """A secret to put into an authenticator app. `qr` holds its QR code, a row of 0 and 1 each."""

    secret: str
    qr: tuple[str, ...]


class SecondFactorConfirm(Body, frozen=True):
    """The first code of the offered secret turns the second factor on."""

    code: Code


class RecoveryCodes(Answer, frozen=True):
    """Each signs in once instead of a code; shown once."""

    codes: tuple[str, ...]


class SecondFactorOff(Body, frozen=True):
    """`password` stays empty where there is none."""

    password: Password
    code: Code
