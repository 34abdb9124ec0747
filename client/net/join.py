"""Use a session key: one HTTPS call before there is a socket. Every outcome is a value."""

import asyncio
import logging
import secrets

import aiohttp
import msgspec

from client.net.target import Target
from client.net.trust import Impostor, check_identity
from client.session.inputs import Admitted, JoinFailed, JoinRefused
from client.session.state import Trouble
from protocol.api import Join, Joined, Problem, RelayIdentity
from protocol.version import VERSION, is_older

ANSWER_S = 15.0
ANSWER_BYTES = 64 * 1024

_log = logging.getLogger(__name__)


def new_nonce() -> str:
    """16 random bytes, base64url without padding, for the relay to sign."""
    return secrets.token_urlsafe(16)


async def use_key(target: Target, join: Join) -> Admitted | JoinRefused | JoinFailed:
    """Ask the relay who it is, then post `join` and give its answer; an answer that cannot be
    believed is a failure. A relay that is not the one we were built for never sees the key."""
    try:
        async with asyncio.timeout(ANSWER_S):
            stranger = await _ask_who(target)
            return await _post(target, join) if stranger is None else JoinFailed(stranger)
    except aiohttp.ClientSSLError as error:
        _log.warning("join: certificate refused: %s", error)
        return JoinFailed(Trouble.UNTRUSTED)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        _log.info("join: no answer: %s", type(error).__name__)
        return JoinFailed(Trouble.UNREACHABLE)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        _log.warning("join: answer of the wrong form")
        return JoinFailed(Trouble.GARBLED)
    except Impostor as error:
        _log.warning("join: %s", error)
        return JoinFailed(Trouble.IMPOSTOR)


async def _ask_who(target: Target) -> Trouble | None:
    """What keeps us from joining there, if anything. Raises as its caller catches."""
    nonce = new_nonce()
    async with target.http.get(
        target.url("/api/identity"),
        params={"nonce": nonce},
        ssl=target.tls,
        allow_redirects=False,
    ) as answer:
        body = await answer.content.read(ANSWER_BYTES)
    relay = msgspec.json.decode(body, type=RelayIdentity)
    check_identity(target.identity, target.origin, nonce, relay.identity, relay.signature)
    if relay.oldest_client and is_older(VERSION, relay.oldest_client):
        return Trouble.OUTDATED
    return None


async def _post(target: Target, join: Join) -> Admitted | JoinRefused:
    """Show the key. Raises as its caller catches."""
    nonce = new_nonce()
    async with target.http.post(
        target.url("/api/join"),
        data=msgspec.json.encode(msgspec.structs.replace(join, nonce=nonce)),
        headers={"Content-Type": "application/json"},
        ssl=target.tls,
        allow_redirects=False,
    ) as answer:
        body = await answer.content.read(ANSWER_BYTES)
    if not answer.ok:
        return JoinRefused(msgspec.json.decode(body, type=Problem).code)
    joined = msgspec.json.decode(body, type=Joined)
    check_identity(target.identity, target.origin, nonce, joined.identity, joined.signature)
    return Admitted(joined)
