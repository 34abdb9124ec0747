"""Fetch a photo: one HTTPS call. Whatever is not the picture that was named is none."""

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
    try:
        async with (
            asyncio.timeout(ANSWER_S),
            target.http.get(
                target.url(f"/photos/{sha256}"), ssl=target.tls, allow_redirects=False
            ) as answer,
        ):
            content = await _read(answer) if answer.ok else b""
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        _log.info("photo: no answer: %s", type(error).__name__)
        return None
    if not content or hashlib.sha256(content).hexdigest() != sha256:
        _log.info("photo: not the one that was named")
        return None
    return PhotoCame(sha256, content)


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    """The body, unless it is longer than a photo may be."""
    content = bytearray()
    async for some in answer.content.iter_any():
        content += some
        if len(content) > limits.PHOTO_BYTES:
            return b""
    return bytes(content)
