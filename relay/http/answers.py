"""Bodies in and out: JSON by the Structs of `protocol.api`, and the one shape of errors."""

import asyncio
import re
from typing import TypeVar

import msgspec
from aiohttp import web

from protocol.api import Problem
from protocol.errors import ErrorCode

_B = TypeVar("_B", bound=msgspec.Struct)

BODY_BYTES = 64 * 1024
BODY_S = 15.0
"""A body that has not come by then does not come."""

STATUS: dict[ErrorCode, int] = {
    ErrorCode.NOT_NOW: 409,
    ErrorCode.TAKEN: 409,
    ErrorCode.ENDED: 410,
    ErrorCode.UNKNOWN_SESSION: 404,
    ErrorCode.UNKNOWN_KEY: 404,
    ErrorCode.KEY_MISTYPED: 400,
    ErrorCode.KEY_EXPIRED: 410,
    ErrorCode.KEY_USED: 410,
    ErrorCode.KEY_FOR_CLIENT: 409,
    ErrorCode.KEY_FOR_CHAT: 409,
    ErrorCode.CODE_MISTYPED: 400,
    ErrorCode.CODE_UNKNOWN: 404,
    ErrorCode.CODE_USED: 410,
    ErrorCode.NOBODY: 409,
    ErrorCode.CONFLICT: 409,
    ErrorCode.TOO_MANY_TRIES: 429,
    ErrorCode.TOO_OFTEN: 429,
    ErrorCode.WRONG_PASSWORD: 401,
    ErrorCode.LINK_EXPIRED: 410,
    ErrorCode.SIGNED_OUT: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.BAD_INPUT: 400,
    ErrorCode.PASSWORD_WEAK: 400,
    ErrorCode.NAME_TAKEN: 409,
    ErrorCode.STORAGE: 503,
    ErrorCode.TOO_LARGE: 413,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.FILES_OFF: 403,
    ErrorCode.FILE_TYPE: 415,
    ErrorCode.TOO_MANY_FILES: 409,
    ErrorCode.INTERNAL: 500,
}


class Refusal(Exception):
    """Answered to the caller as a `Problem` or as a page; changes nothing."""

    def __init__(
        self, code: ErrorCode, *, detail: str = "", field: str = "", retry_after_s: int = 0
    ) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.field = field
        self.retry_after_s = retry_after_s

    @property
    def status(self) -> int:
        """The HTTP status it is answered with."""
        return STATUS[self.code]

    @property
    def headers(self) -> dict[str, str]:
        """`Retry-After` where it applies."""
        return {"Retry-After": str(self.retry_after_s)} if self.retry_after_s else {}


def answer(value: msgspec.Struct) -> web.Response:
    """200 with `value` as JSON."""
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")


def problem(refusal: Refusal) -> web.Response:
    """The refusal as a `Problem`."""
    value = Problem(
        code=refusal.code,
        detail=refusal.detail,
        field=refusal.field,
        retry_after_s=refusal.retry_after_s,
    )
    return web.Response(
        body=msgspec.json.encode(value),
        status=refusal.status,
        headers=refusal.headers,
        content_type="application/json",
    )


async def read(request: web.Request) -> bytes:
    """The whole body. Raises `Refusal` when it is too large or does not come in time."""
    try:
        async with asyncio.timeout(BODY_S):
            return await request.read()
    except TimeoutError:
        raise Refusal(ErrorCode.BAD_INPUT) from None
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(ErrorCode.TOO_LARGE) from None


async def read_json(request: web.Request, shape: type[_B]) -> _B:
    """The body as `shape`. Raises `Refusal`: BAD_INPUT (naming the field) or TOO_LARGE."""
    if request.content_type != "application/json":
        raise Refusal(ErrorCode.BAD_INPUT, field="Content-Type")
    body = await read(request)
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise Refusal(ErrorCode.BAD_INPUT, field=_field_at_fault(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refusal(ErrorCode.BAD_INPUT) from None


def _field_at_fault(message: str) -> str:
    """The field that msgspec names: "… - at `$.name`", or "missing required field `name`"."""
    found = re.search(r"`\$\.(\w+)", message) or re.search(r"field `(\w+)`", message)
    return found[1] if found else ""
