"""One-time links that an operator hands out: to set the relay up, or to sign in."""

import secrets

from protocol import limits
from relay.clock import Clock
from relay.domain.accounts import Account, LinkPurpose
from relay.domain.tokens import TOKEN_BYTES, token_hash, token_of
from relay.storage.accounts import AccountStore

_PATHS = {LinkPurpose.SET_UP: "setup", LinkPurpose.SIGN_IN: "sign-in"}


async def setup_link(accounts: AccountStore, clock: Clock, origin: str) -> str:
    """A new link for making the first administrator; the one before it is worth nothing."""
    return await _link(accounts, clock, origin, LinkPurpose.SET_UP, None)


async def sign_in_link(accounts: AccountStore, clock: Clock, origin: str, account: Account) -> str:
    """A link that signs `account` in once, within `limits.SIGN_IN_LINK_S` seconds."""
    return await _link(accounts, clock, origin, LinkPurpose.SIGN_IN, account.id)


async def _link(
    accounts: AccountStore, clock: Clock, origin: str, purpose: LinkPurpose, user_id: str | None
) -> str:
    token = token_of(secrets.token_bytes(TOKEN_BYTES))
    now = clock.now_ms()
    ends = now + limits.SIGN_IN_LINK_S * 1000
    await accounts.make_link(purpose, user_id, token_hash(token), ends, now)
    # In the fragment: it is not sent when the link is opened, and so stands in nobody's log.
    return f"{origin}/{_PATHS[purpose]}#{token}"
