"""Other people's accounts, and the roles they have: what administrators change.

Who changes something `holds` permissions; whether these suffice is decided by
`relay.domain.permissions.may_manage` inside the transaction, with everything locked that the
answer depends on.
"""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from relay.domain.accounts import Account
from relay.domain.permissions import BUILT_IN, Permissions, StaffRole, UserRole, may_manage
from relay.storage.accounts import (
    ACCOUNTS,
    NameTaken,
    account_of,
    end_logins,
    insert,
    role_permissions,
)
from relay.storage.database import Database
from relay.storage.schema import recovery_code, second_factor, staff_role, user

T = TypeVar("T")


class Person(NamedTuple):
    """Somebody as administrators see them; `signed_in_at` in milliseconds since 1970."""

    account: Account
    disabled: bool
    signed_in_at: int | None


class Unknown(Exception):
    """There is no such person or role."""


class NotYours(Exception):
    """It would give or take what the one who asks does not have."""


class LastAdministrator(Exception):
    """Nobody could administer the relay any longer."""


class RoleInUse(Exception):
    """Somebody still has this role."""


class PeopleStore:
    """Every method raises `StorageUnavailable`; those that change something raise `Unknown`,
    `NotYours`, and what their own docstring says. Nothing is changed then."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def everybody(self) -> list[Person]:
        """All people, by their shown names."""
        wanted = ACCOUNTS.add_columns(user.c.disabled, user.c.signed_in_at)
        async with self._database.read() as connection:
            rows = (await connection.execute(wanted)).all()
        people = [Person(account_of(row), row.disabled, row.signed_in_at) for row in rows]
        return sorted(people, key=lambda one: (one.account.shown_name.casefold(), one.account.id))

    async def add(
        self, holds: Permissions, name: str, shown_name: str, role: str, now: int
    ) -> Account:
        """A new person without a password. Raises `NameTaken`."""

        async def work(connection: AsyncConnection) -> Account:
            _require(holds, await _lock_role(connection, role))
            return await insert(connection, name, shown_name, role, None, now)

        return await self._writing(name, work)

    async def change(
        self, holds: Permissions, user_id: str, name: str, shown_name: str, role: str
    ) -> Account:
        """The person as they were before. Raises `NameTaken`, `LastAdministrator`."""

        async def work(connection: AsyncConnection) -> Account:
            administrators = await _lock_administrators(connection)
            account = await _lock_person(connection, holds, user_id)
            if role != account.role:
                _require(holds, await _lock_role(connection, role))
                _spare_last(administrators, user_id)
            values = {"name": name, "shown_name": shown_name, "role": role}
            await connection.execute(sa.update(user).where(user.c.id == user_id).values(values))
            return account

        return await self._writing(name, work)

    async def disable(self, holds: Permissions, user_id: str) -> None:
        """Nothing lets this person in any longer. Raises `LastAdministrator`."""

        async def work(connection: AsyncConnection) -> None:
            administrators = await _lock_administrators(connection)
            await _lock_person(connection, holds, user_id)
            _spare_last(administrators, user_id)
            await connection.execute(
                sa.update(user).where(user.c.id == user_id).values(disabled=True)
            )
            await end_logins(connection, user_id)

        await self._database.write(work)

    async def enable(self, holds: Permissions, user_id: str) -> None:
        """The person may sign in again."""

        async def work(connection: AsyncConnection) -> None:
            await _lock_person(connection, holds, user_id)
            await connection.execute(
                sa.update(user).where(user.c.id == user_id).values(disabled=False)
            )

        await self._database.write(work)

    async def managed(self, holds: Permissions, user_id: str) -> Account:
        """Somebody the asker may act on, who is not disabled. Raises `Unknown`, `NotYours`."""

        async def work(connection: AsyncConnection) -> Account:
            account = await _lock_person(connection, holds, user_id)
            disabled = sa.select(user.c.disabled).where(user.c.id == user_id)
            if (await connection.execute(disabled)).scalar_one():
                raise Unknown(user_id)
            return account

        return await self._database.write(work)

    async def remove_second_factor(self, holds: Permissions, user_id: str) -> None:
        """Password or link alone let the person in again."""

        async def work(connection: AsyncConnection) -> None:
            await _lock_person(connection, holds, user_id)
            for table in (recovery_code, second_factor):
                await connection.execute(sa.delete(table).where(table.c.user_id == user_id))

        await self._database.write(work)

    async def roles(self) -> list[StaffRole]:
        """The roles that are built in, then the others by their names."""
        async with self._database.read() as connection:
            rows = (await connection.execute(sa.select(staff_role))).all()
            counting = sa.select(user.c.role, sa.func.count().label("people"))
            counted = (await connection.execute(counting.group_by(user.c.role))).all()
        people: dict[str, int] = {row.role: row.people for row in counted}
        made = [_staff_role(row, people.get(row.id, 0)) for row in rows]
        return [
            *(StaffRole(one, "", BUILT_IN[one], people.get(one, 0)) for one in BUILT_IN),
            *sorted(made, key=lambda one: (one.name.casefold(), one.id)),
        ]

    async def make_role(self, holds: Permissions, name: str, allowed: Permissions) -> StaffRole:
        """A new role. Raises `NameTaken`."""
        _require(holds, allowed)
        role = StaffRole(secrets.token_hex(8), name, allowed)

        async def work(connection: AsyncConnection) -> StaffRole:
            values = {"id": role.id, "name": name, "permissions": _json(allowed)}
            await connection.execute(sa.insert(staff_role).values(values))
            return role

        return await self._writing(name, work)

    async def change_role(
        self, holds: Permissions, role_id: str, name: str, allowed: Permissions
    ) -> list[str]:
        """The ids of the people who lost a permission by it. Raises `NameTaken`."""

        async def work(connection: AsyncConnection) -> list[str]:
            before = await _lock_made_role(connection, role_id)
            _require(holds, before, allowed)
            values = {"name": name, "permissions": _json(allowed)}
            changing = sa.update(staff_role).where(staff_role.c.id == role_id).values(values)
            await connection.execute(changing)
            if before <= allowed:
                return []
            theirs = sa.select(user.c.id).where(user.c.role == role_id)
            return list((await connection.execute(theirs)).scalars().all())

        return await self._writing(name, work)

    async def delete_role(self, holds: Permissions, role_id: str) -> None:
        """Raises `RoleInUse`."""

        async def work(connection: AsyncConnection) -> None:
            _require(holds, await _lock_made_role(connection, role_id))
            having = sa.select(sa.func.count()).where(user.c.role == role_id)
            if (await connection.execute(having)).scalar_one():
                raise RoleInUse(role_id)
            await connection.execute(sa.delete(staff_role).where(staff_role.c.id == role_id))

        await self._database.write(work)

    async def _writing(self, name: str, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        try:
            return await self._database.write(work)
        except IntegrityError:
            raise NameTaken(name) from None


def _require(holds: Permissions, *others: Permissions) -> None:
    if not may_manage(holds, *others):
        raise NotYours


async def _lock_person(connection: AsyncConnection, holds: Permissions, user_id: str) -> Account:
    """The person, who nobody else changes until the end of the transaction."""
    locking = sa.select(user.c.role).where(user.c.id == user_id).with_for_update()
    role = (await connection.execute(locking)).scalar_one_or_none()
    if role is None:
        raise Unknown(user_id)
    _require(holds, await _lock_role(connection, role))
    return account_of((await connection.execute(ACCOUNTS.where(user.c.id == user_id))).one())


async def _lock_role(connection: AsyncConnection, role_id: str) -> Permissions:
    """What the role allows, and will until the end of the transaction."""
    if role_id in BUILT_IN:
        return BUILT_IN[role_id]
    return await _lock_made_role(connection, role_id)


async def _lock_made_role(connection: AsyncConnection, role_id: str) -> Permissions:
    """As `_lock_role`, for a role that is not built in."""
    wanted = sa.select(staff_role.c.permissions).where(staff_role.c.id == role_id)
    stored = (await connection.execute(wanted.with_for_update())).scalar_one_or_none()
    if stored is None:
        raise Unknown(role_id)
    return role_permissions(role_id, stored)


async def _lock_administrators(connection: AsyncConnection) -> list[str]:
    """The ids of those who can administer. Of two who put each other out at once, the second
    waits here and then finds itself the last. Locked before any person, so that nobody waits in
    a circle."""
    able = (user.c.role == UserRole.ADMINISTRATOR.value, user.c.disabled.is_(False))
    locking = sa.select(user.c.id).where(*able).order_by(user.c.id).with_for_update()
    return list((await connection.execute(locking)).scalars().all())


def _spare_last(administrators: list[str], user_id: str) -> None:
    if administrators == [user_id]:
        raise LastAdministrator


def _json(permissions: Permissions) -> str:
    return msgspec.json.encode(sorted(permissions)).decode()


def _staff_role(row: sa.Row[*tuple[Any, ...]], people: int) -> StaffRole:
    return StaffRole(row.id, row.name, role_permissions(row.id, row.permissions), people)
