"""A picture as the body of a request, which may be larger than other bodies."""

import asyncio

from aiohttp import web

from protocol.errors import ErrorCode
from relay.http.answers import Refusal

BODY_S = 30.0


async def read_picture(request: web.Request, field: str, most: int) -> bytes:
    """The body, of at most `most` bytes. Raises `Refusal`."""
    content = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for part in request.content.iter_any():
                content += part
                if len(content) > most:
                    raise unfit(field, "logo_large")
    except TimeoutError:
        raise Refusal(ErrorCode.BAD_INPUT, field=field) from None
    return bytes(content)


def unfit(field: str, why: str) -> Refusal:
    """The refusal of what is no picture of ours; `why` as of `relay.domain.pictures.Unfit`."""
    code = ErrorCode.TOO_LARGE if why == "logo_large" else ErrorCode.BAD_INPUT
    return Refusal(code, field=field, detail=why)
