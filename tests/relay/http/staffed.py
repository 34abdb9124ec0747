"""A relay with people of several roles, each as somebody the tests can ask as."""

import secrets
from typing import NamedTuple

import sqlalchemy as sa

from relay.app import Relay
from relay.domain.accounts import Account, LinkPurpose
from relay.domain.permissions import EVERYTHING, Permission, Permissions, UserRole
from relay.domain.tokens import token_hash, token_of
from relay.domain.waiting import QueueKey
from relay.http import cookies
from relay.storage.schema import user
from tests.relay.site import PASSWORD, Answer, Visitor

LEAD = frozenset({Permission.PEOPLE_MANAGE, Permission.ROLES_MANAGE, Permission.KEY_MAKE})
"""A role somebody made: administers, yet may not talk with customers."""

BELOW = frozenset({Permission.KEY_MAKE})


class Actor(NamedTuple):
    """Somebody who asks; `holds` is None for those who are nobody to the administration."""

    name: str
    holds: Permissions | None
    account: Account | None = None
    cookie: str = ""


class Staffed:
    """A running relay with an administrator to spare, so that nobody is the last."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.parts = visitor.relay.parts

    @property
    def relay(self) -> Relay:
        return self.visitor.relay

    async def person(self, role: str = UserRole.REPRESENTATIVE) -> Account:
        """Somebody new, who has a password."""
        name = f"p{secrets.token_hex(6)}"
        now = self.parts.clock.now_ms()
        made = await self.parts.people.add(EVERYTHING, name, name.title(), role, now)
        password = await self.parts.passwords.hash(PASSWORD)
        await self.parts.accounts.change_password(made.id, None, password, "")
        return made

    async def role(self, permissions: Permissions) -> str:
        """The id of a new role."""
        name = secrets.token_hex(4)
        return (await self.parts.people.make_role(EVERYTHING, name, permissions)).id

    async def login(self, account: Account) -> str:
        """A Cookie header by which `account` is signed in."""
        token = token_of(secrets.token_bytes(32))
        now = self.parts.clock.now_ms()
        await self.parts.accounts.open_login(account.id, token_hash(token), now)
        return f"{cookies.LOGIN}={token}"

    async def halfway(self, account: Account) -> str:
        """A Cookie header of somebody who has given the password and not yet the code."""
        token = token_of(secrets.token_bytes(32))
        now = self.parts.clock.now_ms()
        make = self.parts.accounts.make_link
        await make(LinkPurpose.CODE, account.id, token_hash(token), now + 60_000, now)
        return f"{cookies.STEP}={token}"

    async def customer(self) -> str:
        """A Cookie header of somebody who waits in the web chat."""
        account = await self.person()
        key, _ = await self.parts.keys.make(account.id, QueueKey(), self.parts.clock.now_ms())
        form = {"key": key, "name": "Grace"}
        headers = {"Origin": self.relay.origin}
        answer = await self.visitor.ask("POST", "/join", data=form, headers=headers)
        return answer.set_cookies()[0].partition(";")[0]

    async def disabled(self) -> Actor:
        """An administrator who was disabled behind our back: the login itself is still stored."""
        account = await self.person(UserRole.ADMINISTRATOR)
        cookie = await self.login(account)
        off = sa.update(user).where(user.c.id == account.id).values(disabled=True)
        await self.relay.database.write(lambda connection: connection.execute(off))
        return Actor("disabled", None, account, cookie)

    async def actor(self, name: str, role: str, holds: Permissions) -> Actor:
        """Somebody new of that role, signed in."""
        account = await self.person(role)
        return Actor(name, holds, account, await self.login(account))

    async def as_(self, actor: Actor, method: str, path: str, body: object = None) -> Answer:
        """What `actor` is answered, in a browser that holds nothing but the actor's cookie."""
        headers = {"Cookie": actor.cookie} if actor.cookie else {}
        if method == "POST":
            headers["Origin"] = self.relay.origin
        json = body if method == "POST" else None
        return await self.visitor.ask(method, path, json=json, headers=headers)
