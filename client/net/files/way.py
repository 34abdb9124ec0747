"""The four addresses of one transfer (see `protocol.files`). Every answer is a value or one of
three exceptions."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import aiohttp
import msgspec

from client.net.target import Target
from client.session.file_effects import Errand
from protocol.api import Problem
from protocol.errors import ErrorCode
from protocol.files import FileStanding, FileSum

STALL_S = 30.0
"""Nothing sent or heard for so long means that the connection is gone."""

FINISH_S = 600.0
"""How long the relay may take to look at a whole file."""

ANSWER_BYTES = 64 * 1024
WRITE_BYTES = 64 * 1024
READ_BYTES = 256 * 1024

Keep = Callable[[bytes], Awaitable[None]]

_PASSING = frozenset({ErrorCode.STORAGE, ErrorCode.INTERNAL, ErrorCode.TOO_OFTEN})
_OK = 200
_PARTIAL = 206
_SERVER_ERROR = 500


class Broken(Exception):
    """No answer, or one that may be another one later: to be tried again."""


class Refused(Exception):
    """The relay does not go on with this transfer."""


class OutOfStep(Exception):
    """The relay has another number of pieces than was thought."""


class Way:
    """The calls for one transfer."""

    def __init__(self, target: Target, http: aiohttp.ClientSession, errand: Errand) -> None:
        self._target = target
        self._http = http
        self._api = f"/api/files/{errand.session}/{errand.transfer}"
        self._whole = f"/files/{errand.session}/{errand.transfer}"
        self._token = {"Authorization": f"Bearer {errand.token}"}

    async def standing(self) -> FileStanding:
        """How much the relay has."""
        async with self._asked("GET", self._api, STALL_S) as answer:
            return await _read_standing(answer)

    async def put(self, number: int, piece: bytes, told: Callable[[int], None]) -> FileStanding:
        """Send a piece; `told` hears how many of its bytes are on their way."""
        limit = asyncio.timeout(STALL_S)

        async def body() -> AsyncIterator[bytes]:
            loop = asyncio.get_running_loop()
            for at in range(0, len(piece), WRITE_BYTES):
                yield piece[at : at + WRITE_BYTES]
                limit.reschedule(loop.time() + STALL_S)
                told(min(at + WRITE_BYTES, len(piece)))

        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(len(piece))}
        path = f"{self._api}/{number}"
        async with self._asked("PUT", path, limit, data=body(), headers=headers) as answer:
            return await _read_standing(answer)

    async def finish(self, sha256: str) -> None:
        """That was all."""
        data = msgspec.json.encode(FileSum(sha256=sha256))
        headers = {"Content-Type": "application/json"}
        async with self._asked("POST", self._api, FINISH_S, data=data, headers=headers):
            pass

    async def fetch(self, start: int, size: int, sha256: str, keep: Keep) -> None:
        """Hand the bytes from `start` on to `keep`, one block after the other, and never more
        than the rest of `size`."""
        headers: dict[str, str] = {}
        if start:
            headers = {"Range": f"bytes={start}-", "If-Range": f'"{sha256}"'}
        loop = asyncio.get_running_loop()
        limit = asyncio.timeout(STALL_S)
        async with self._asked("GET", self._whole, limit, headers=headers) as answer:
            if answer.status != (_PARTIAL if start else _OK):
                raise Refused(str(answer.status))
            left = size - start
            while left:
                some = await answer.content.read(min(READ_BYTES, left))
                if not some:
                    raise Broken
                left -= len(some)
                await keep(some)
                limit.reschedule(loop.time() + STALL_S)

    @asynccontextmanager
    async def _asked(
        self,
        method: str,
        path: str,
        limit: float | asyncio.Timeout,
        *,
        data: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncGenerator[aiohttp.ClientResponse, None]:
        """The good answer. Raises `Broken`, `Refused`, `OutOfStep`."""
        timeout = asyncio.timeout(limit) if isinstance(limit, float) else limit
        try:
            async with (
                timeout,
                self._http.request(
                    method,
                    self._target.url(path),
                    data=data,
                    headers={**self._token, **(headers or {})},
                    ssl=self._target.tls,
                    allow_redirects=False,
                ) as answer,
            ):
                if answer.status // 100 != 2:
                    raise await _problem(answer)
                yield answer
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Broken(type(error).__name__) from error


async def _read_standing(answer: aiohttp.ClientResponse) -> FileStanding:
    try:
        return msgspec.json.decode(await answer.content.read(ANSWER_BYTES), type=FileStanding)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Broken("garbled") from error


async def _problem(answer: aiohttp.ClientResponse) -> Exception:
    try:
        problem = msgspec.json.decode(await answer.content.read(ANSWER_BYTES), type=Problem)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Broken(str(answer.status))  # something in between has answered
    if problem.code in _PASSING or answer.status >= _SERVER_ERROR:
        return Broken(problem.code)
    if problem.code is ErrorCode.CONFLICT and problem.field == "piece":
        return OutOfStep(problem.detail)
    return Refused(problem.code)
