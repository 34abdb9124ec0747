"""Fetch a picture: one HTTPS call. Whatever is not the picture that was named is none."""

import asyncio
import hashlib
import logging

import aiohttp

from client.net.target import Target
from client.session.working_inputs import PhotoCame
from protocol import limits

ANSWER_S = 15.0

_log = logging.getLogger(__name__)


async def fetch_photo(target: Target, sha256: str) -> PhotoCame | None:
    """The picture with that SHA-256, or None."""
    content = await fetch_picture(target, f"/photos/{sha256}", limits.PHOTO_BYTES)
    if not content or hashlib.sha256(content).hexdigest() != sha256:
        _log.info("photo: not the one that was named")
        return None
    return PhotoCame(sha256, content)


async def fetch_picture(target: Target, path: str, most: int) -> bytes:
    """The file at `path` (with a query, if it has one) of the relay; empty where there is none,
    or it is larger than `most` bytes."""
    try:
        async with (
            asyncio.timeout(ANSWER_S),
            target.http.get(target.url(path), ssl=target.tls, allow_redirects=False) as answer,
        ):
            return await _read(answer, most) if answer.ok else b""
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        _log.info("picture: no answer: %s", type(error).__name__)
        return b""


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """The body, unless it is longer than `most` bytes."""
    content = bytearray()
    async for some in answer.content.iter_any():
        content += some
        if len(content) > most:
            return b""
    return bytes(content)
