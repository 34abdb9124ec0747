"""People who sign in, their logins, and one-time links; secrets only as hashes."""

import secrets
from typing import Any

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
from relay.storage.database import Database
from relay.storage.schema import login, one_time_link, user

_ACCOUNT = (user.c.id, user.c.name, user.c.shown_name, user.c.role)
_ADMINISTRATORS = sa.select(sa.func.count()).where(user.c.role == UserRole.ADMINISTRATOR.value)


class NameTaken(Exception):
    """Somebody else signs in by this name."""


class LinkRefused(Exception):
    """The one-time link is unknown, used or too old, or no longer means anything."""


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
        wanted = sa.select(*_ACCOUNT, user.c.password_hash).where(
            user.c.name == name, user.c.disabled.is_(False)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return None if row is None else (_account(row), row.password_hash)

    async def create(
        self, name: str, shown_name: str, role: UserRole, password_hash: str | None, now: int
    ) -> Account:
        """A new account; without a password it signs in by link only. Raises `NameTaken`."""

        async def work(connection: AsyncConnection) -> Account:
            return await _insert(connection, name, shown_name, role, password_hash, now)

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
            return await _insert(connection, name, shown_name, role, password_hash, now)

        try:
            return await self._database.write(work)
        except IntegrityError:
            raise NameTaken(name) from None

    async def use_sign_in_link(self, token_hash: str, now: int) -> Account:
        """Whose link it was; it is used up. Raises `LinkRefused`."""

        async def work(connection: AsyncConnection) -> Account:
            used = await connection.execute(
                sa.update(one_time_link)
                .where(*_open_link(LinkPurpose.SIGN_IN, token_hash, now))
                .values(used_at=now)
                .returning(one_time_link.c.user_id)
            )
            user_id = used.scalar_one_or_none()
            wanted = sa.select(*_ACCOUNT).where(user.c.id == user_id, user.c.disabled.is_(False))
            row = (await connection.execute(wanted)).one_or_none()
            if row is None:
                raise LinkRefused
            return _account(row)

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

        await self._database.write(work)

    async def signed_in(self, token_hash: str, now: int) -> Account | None:
        """Whose login this is, if it still lives and the account is not disabled."""
        wanted = (
            sa.select(*_ACCOUNT, login.c.created_at, login.c.used_at)
            .join(login, login.c.user_id == user.c.id)
            .where(login.c.token_hash == token_hash, user.c.disabled.is_(False))
        )
        async with self._database.read() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        if row is None or not login_lives(row.created_at, row.used_at, now):
            return None
        if now - row.used_at >= LOGIN_TOUCH_S * 1000:
            await self._touch(token_hash, now)
        return _account(row)

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


async def _insert(
    connection: AsyncConnection,
    name: str,
    shown_name: str,
    role: UserRole,
    password_hash: str | None,
    now: int,
) -> Account:
    account = Account(secrets.token_hex(8), name, shown_name, role)
    await connection.execute(
        sa.insert(user).values(
            id=account.id,
            name=name,
            shown_name=shown_name,
            role=role.value,
            password_hash=password_hash,
            disabled=False,
            created_at=now,
        )
    )
    return account


def _account(row: sa.Row[*tuple[Any, ...]]) -> Account:
    return Account(row.id, row.name, row.shown_name, UserRole(row.role))
