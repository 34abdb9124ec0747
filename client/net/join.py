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
from protocol.api import Join, Joined, Problem

ANSWER_S = 15.0
ANSWER_BYTES = 64 * 1024

_log = logging.getLogger(__name__)


def new_nonce() -> str:
    """16 random bytes, base64url without padding, for the relay to sign."""
    return secrets.token_urlsafe(16)


async def use_key(target: Target, join: Join) -> Admitted | JoinRefused | JoinFailed:
    """Post `join` and give the relay's answer; an answer that cannot be believed is a failure."""
    nonce = new_nonce()
    try:
        async with (
            asyncio.timeout(ANSWER_S),
            target.http.post(
                target.url("/api/join"),
                data=msgspec.json.encode(msgspec.structs.replace(join, nonce=nonce)),
                headers={"Content-Type": "application/json"},
                ssl=target.tls,
                allow_redirects=False,
            ) as answer,
        ):
            body = await answer.content.read(ANSWER_BYTES)
            return _read(target, nonce, ok=answer.ok, body=body)
    except aiohttp.ClientSSLError as error:
        _log.warning("join: certificate refused: %s", error)
        return JoinFailed(Trouble.UNTRUSTED)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        _log.info("join: no answer: %s", type(error).__name__)
        return JoinFailed(Trouble.UNREACHABLE)


def _read(
    target: Target, nonce: str, *, ok: bool, body: bytes
) -> Admitted | JoinRefused | JoinFailed:
    try:
        if not ok:
            return JoinRefused(msgspec.json.decode(body, type=Problem).code)
        joined = msgspec.json.decode(body, type=Joined)
        check_identity(target.identity, target.origin, nonce, joined.identity, joined.signature)
    except (msgspec.DecodeError, UnicodeDecodeError):
        _log.warning("join: answer of the wrong form")
        return JoinFailed(Trouble.GARBLED)
    except Impostor as error:
        _log.warning("join: %s", error)
        return JoinFailed(Trouble.IMPOSTOR)
    return Admitted(joined)
