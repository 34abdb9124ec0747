"""Somebody who may do everything, signed in."""

from relay.domain.accounts import Account, UserRole
from tests.relay.site import PASSWORD, Visitor


async def sign_in(visitor: Visitor, name: str = "root") -> Account:
    """A new administrator, whose cookie `visitor` keeps from now on."""
    parts = visitor.relay.parts
    hashed = await parts.passwords.hash(PASSWORD)
    now = parts.clock.now_ms()
    account = await parts.accounts.create(name, name.title(), UserRole.ADMINISTRATOR, hashed, now)
    await visitor.post("/api/login", {"name": name, "password": PASSWORD})
    return account
