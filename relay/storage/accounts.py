"""People who sign in, their logins, and one-time links; secrets only as hashes."""

import secrets
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.domain.accounts import (
    LOGIN_MOST_S,
    LOGIN_TOUCH_S,
    Account,
    LinkPurpose,
    UserRole,
    login_lives,
)
from relay.domain.permissions import (
    BUILT_IN,
    Permission,
    Permissions,
    known_permissions_of,
)
from relay.storage.database import Database
from relay.storage.schema import login, one_time_link, photo, second_factor, staff_role, user

ACCOUNTS = (
    sa.select(
        user.c.id,
        user.c.name,
        user.c.shown_name,
        user.c.role,
        staff_role.c.permissions,
        second_factor.c.enabled_at,
        photo.c.sha256,
    )
    .select_from(user)
    .outerjoin(staff_role, staff_role.c.id == user.c.role)
    .outerjoin(second_factor, second_factor.c.user_id == user.c.id)
    .outerjoin(photo, photo.c.user_id == user.c.id)
)
"""Everybody, in rows that `account_of` reads."""

_ADMINISTRATORS = sa.select(sa.func.count()).where(user.c.role == UserRole.ADMINISTRATOR.value)


class NameTaken(Exception):
    """Somebody else signs in by this name."""


class LinkRefused(Exception):
    """The one-time link is unknown, used or too old, or no longer means anything."""


class Login(NamedTuple):
    """A browser somebody is signed in with; times in milliseconds since 1970."""

    token_hash: str
    created_at: int
    used_at: int


class AccountStore:
    """All methods raise `StorageUnavailable`. Times are milliseconds since 1970."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def has_administrator(self) -> bool:
        """Whether the relay has been set up."""
        async with self._database.read() as connection:
            return bool((await connection.execute(_ADMINISTRATORS)).scalar_one())

    async def by_name(self, name: str) -> tuple[Account, str | None] | None:
        """The account that signs in by `name`, unless disabled, and its password hash."""
        wanted = ACCOUNTS.add_columns(user.c.password_hash).where(
            user.c.name == name, user.c.disabled.is_(False)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return None if row is None else (account_of(row), row.password_hash)

    async def permissions(self, user_id: str) -> Permissions | None:
        """What somebody may do; None when there is no such account or it is disabled."""
        wanted = ACCOUNTS.where(user.c.id == user_id, user.c.disabled.is_(False))
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return None if row is None else account_of(row).permissions

    async def helper_name(self, user_id: str) -> str:
        """The shown name of somebody who may take customers; empty when nobody such is there."""
        wanted = ACCOUNTS.where(user.c.id == user_id, user.c.disabled.is_(False))
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        account = None if row is None else account_of(row)
        able = account is not None and Permission.SESSION_ACCEPT in account.permissions
        return account.shown_name if account and able else ""

    async def create(
        self, name: str, shown_name: str, role: UserRole, password_hash: str | None, now: int
    ) -> Account:
        """A new account with a role that is built in; without a password it signs in by link
        only. Raises `NameTaken`."""

        async def work(connection: AsyncConnection) -> Account:
            return await insert(connection, name, shown_name, role, password_hash, now)

        try:
            return await self._database.write(work)
        except IntegrityError:
            raise NameTaken(name) from None

    async def make_link(
        self, purpose: LinkPurpose, user_id: str | None, token_hash: str, expires_at: int, now: int
    ) -> None:
        """Store a one-time link. A link for setting up replaces the one before it."""

        async def work(connection: AsyncConnection) -> None:
            old = one_time_link.c.expires_at <= now
            if purpose is LinkPurpose.SET_UP:
                old |= one_time_link.c.purpose == purpose.value
            await connection.execute(sa.delete(one_time_link).where(old))
            await connection.execute(
                sa.insert(one_time_link).values(
                    token_hash=token_hash,
                    purpose=purpose.value,
                    user_id=user_id,
                    expires_at=expires_at,
                )
            )

        await self._database.write(work)

    async def is_open_link(self, purpose: LinkPurpose, token_hash: str, now: int) -> bool:
        """Whether the link could be used now."""
        wanted = sa.select(sa.func.count()).where(*_open_link(purpose, token_hash, now))
        async with self._database.read() as connection:
            return bool((await connection.execute(wanted)).scalar_one())

    async def set_up(
        self, token_hash: str, name: str, shown_name: str, password_hash: str, now: int
    ) -> Account:
        """Make the first administrator with the set-up link, all in one transaction.

        Raises `LinkRefused` when the link is not open or there is an administrator, and
        `NameTaken`; nothing is changed then, and the link can still be used.
        """

        async def work(connection: AsyncConnection) -> Account:
            # All set-up links are used up first: that locks their rows, so of several set-ups
            # on several nodes the later ones wait here, and then find every link used.
            used = await connection.execute(
                sa.update(one_time_link)
                .where(
                    one_time_link.c.purpose == LinkPurpose.SET_UP.value,
                    one_time_link.c.used_at.is_(None),
                    one_time_link.c.expires_at > now,
                )
                .values(used_at=now)
                .returning(one_time_link.c.token_hash)
            )
            if token_hash not in used.scalars().all():
                raise LinkRefused
            if (await connection.execute(_ADMINISTRATORS)).scalar_one():
                raise LinkRefused
            role = UserRole.ADMINISTRATOR
            return await insert(connection, name, shown_name, role, password_hash, now)

        try:
            return await self._database.write(work)
        except IntegrityError:
            raise NameTaken(name) from None

    async def link_owner(self, purpose: LinkPurpose, token_hash: str, now: int) -> Account | None:
        """Whose link it is, if it could be used now."""
        owner = sa.select(one_time_link.c.user_id).where(*_open_link(purpose, token_hash, now))
        wanted = ACCOUNTS.where(user.c.id.in_(owner), user.c.disabled.is_(False))
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return None if row is None else account_of(row)

    async def use_link(self, purpose: LinkPurpose, token_hash: str, now: int) -> Account:
        """Whose link it was; it is used up. Raises `LinkRefused`."""

        async def work(connection: AsyncConnection) -> Account:
            used = await connection.execute(
                sa.update(one_time_link)
                .where(*_open_link(purpose, token_hash, now))
                .values(used_at=now)
                .returning(one_time_link.c.user_id)
            )
            user_id = used.scalar_one_or_none()
            wanted = ACCOUNTS.where(user.c.id == user_id, user.c.disabled.is_(False))
            row = (await connection.execute(wanted)).one_or_none()
            if row is None:
                raise LinkRefused
            return account_of(row)

        return await self._database.write(work)

    async def password_hash(self, user_id: str) -> str | None:
        """The hash of somebody's password; None when they sign in by link only."""
        wanted = sa.select(user.c.password_hash).where(user.c.id == user_id)
        async with self._database.read() as connection:
            return (await connection.execute(wanted)).scalar_one_or_none()

    async def change_password(
        self, user_id: str, old: str | None, new: str, keep_token_hash: str
    ) -> bool:
        """Replace the stored hash `old` by `new` and end every login but one.

        False, and nothing is changed, when `old` is no longer the stored one.
        """
        still = user.c.password_hash.is_(None) if old is None else user.c.password_hash == old

        async def work(connection: AsyncConnection) -> bool:
            changed = await connection.execute(
                sa.update(user).where(user.c.id == user_id, still).values(password_hash=new)
            )
            if changed.rowcount:
                others = (login.c.user_id == user_id, login.c.token_hash != keep_token_hash)
                await connection.execute(sa.delete(login).where(*others))
                await forget_links(connection, user_id)
            return bool(changed.rowcount)

        return await self._database.write(work)

    async def open_login(self, user_id: str, token_hash: str, now: int) -> None:
        """Store a login; those that are over are forgotten."""

        async def work(connection: AsyncConnection) -> None:
            over = login.c.created_at <= now - LOGIN_MOST_S * 1000
            await connection.execute(sa.delete(login).where(over))
            await connection.execute(
                sa.insert(login).values(
                    token_hash=token_hash, user_id=user_id, created_at=now, used_at=now
                )
            )
            await connection.execute(
                sa.update(user).where(user.c.id == user_id).values(signed_in_at=now)
            )

        await self._database.write(work)

    async def logins(self, user_id: str, now: int) -> list[Login]:
        """Somebody's logins that still live, the last used first."""
        wanted = (
            sa.select(login.c.token_hash, login.c.created_at, login.c.used_at)
            .where(login.c.user_id == user_id)
            .order_by(login.c.used_at.desc(), login.c.created_at.desc())
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(wanted)).all()
        return [Login(*row) for row in rows if login_lives(row.created_at, row.used_at, now)]

    async def close_logins(self, user_id: str) -> None:
        """Forget every login of somebody, and the links that would begin one."""

        async def work(connection: AsyncConnection) -> None:
            await end_logins(connection, user_id)

        await self._database.write(work)

    async def signed_in(self, token_hash: str, now: int) -> Account | None:
        """Whose login this is, if it still lives and the account is not disabled."""
        wanted = (
            ACCOUNTS.add_columns(login.c.created_at, login.c.used_at)
            .join(login, login.c.user_id == user.c.id)
            .where(login.c.token_hash == token_hash, user.c.disabled.is_(False))
        )
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        if row is None or not login_lives(row.created_at, row.used_at, now):
            return None
        if now - row.used_at >= LOGIN_TOUCH_S * 1000:
            await self._touch(token_hash, now)
        return account_of(row)

    async def close_login(self, token_hash: str) -> None:
        """Forget a login."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(sa.delete(login).where(login.c.token_hash == token_hash))

        await self._database.write(work)

    async def _touch(self, token_hash: str, now: int) -> None:
        async def work(connection: AsyncConnection) -> None:
            await connection.execute(
                sa.update(login).where(login.c.token_hash == token_hash).values(used_at=now)
            )

        await self._database.write(work)


def _open_link(
    purpose: LinkPurpose, token_hash: str, now: int
) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        one_time_link.c.token_hash == token_hash,
        one_time_link.c.purpose == purpose.value,
        one_time_link.c.used_at.is_(None),
        one_time_link.c.expires_at > now,
    )


async def insert(
    connection: AsyncConnection,
    name: str,
    shown_name: str,
    role: str,
    password_hash: str | None,
    now: int,
) -> Account:
    """A new account. Raises `IntegrityError` when its name is taken."""
    user_id = secrets.token_hex(8)
    await connection.execute(
        sa.insert(user).values(
            id=user_id,
            name=name,
            shown_name=shown_name,
            role=role,
            password_hash=password_hash,
            disabled=False,
            created_at=now,
        )
    )
    return account_of((await connection.execute(ACCOUNTS.where(user.c.id == user_id))).one())


async def end_logins(connection: AsyncConnection, user_id: str) -> None:
    """Forget every login of somebody, and the links that would begin one."""
    await connection.execute(sa.delete(login).where(login.c.user_id == user_id))
    await forget_links(connection, user_id)


async def forget_links(connection: AsyncConnection, user_id: str) -> None:
    """Make every one-time link of somebody worthless."""
    await connection.execute(sa.delete(one_time_link).where(one_time_link.c.user_id == user_id))


def account_of(row: sa.Row[*tuple[Any, ...]]) -> Account:
    """The account in a row of `ACCOUNTS`."""
    permissions = role_permissions(row.role, row.permissions)
    second = row.enabled_at is not None
    return Account(
        row.id, row.name, row.shown_name, row.role, permissions, second, row.sha256 or ""
    )


def role_permissions(role: str, stored: str | None) -> Permissions:
    """What a role allows: `stored` is its JSON, None for one that is built in (or is gone)."""
    if stored is None:
        return BUILT_IN.get(role, frozenset())
    return known_permissions_of(msgspec.json.decode(stored, type=list[str]))
