"""Errors in one shape: a `Problem` for programs, a page for people, a line in the log for us."""

import secrets

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from protocol.errors import ErrorCode
from relay.http.answers import Refusal, problem
from relay.http.pages import Pages
from relay.storage.database import StorageUnavailable

log = structlog.get_logger("http")

STORAGE_RETRY_S = 5
_OF_STATUS = {
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NOT_FOUND,
    # A path that exists for another method only is as good as none, and betrays nothing.
    405: ErrorCode.NOT_FOUND,
    413: ErrorCode.TOO_LARGE,
}


def middleware(pages: Pages) -> Middleware:
    """Answers for whatever a handler raises."""

    @web.middleware
    async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refusal as refusal:
            return _told(request, refusal, pages)
        except StorageUnavailable as error:
            log.warning("storage.unavailable", route=route_of(request), error=error)
            later = Refusal(ErrorCode.STORAGE, retry_after_s=STORAGE_RETRY_S)
            return _told(request, later, pages)
        except web.HTTPException as error:
            code = _OF_STATUS.get(error.status, ErrorCode.BAD_INPUT)
            return _told(request, Refusal(code), pages)
        except Exception as error:
            return _unexpected(request, error, pages)

    return problems


def route_of(request: web.Request) -> str:
    """The route for the log: its pattern, never the path, which may hold a session key."""
    resource = request.match_info.route.resource
    return "unknown" if resource is None else resource.canonical


def _told(request: web.Request, refusal: Refusal, pages: Pages) -> web.Response:
    if not _wants_page(request):
        return problem(refusal)
    message = pages.texts(request)(f"error.{refusal.code}", detail=refusal.detail)
    return pages.render(
        request, "problem", status=refusal.status, headers=refusal.headers, message=message
    )


def is_page(path: str) -> bool:
    """Whether people read what is answered there."""
    return not path.startswith(("/api/", "/static/", "/ws/", "/healthz", "/readyz"))


def _wants_page(request: web.Request) -> bool:
    """A file is fetched by people who follow a link, and by programs."""
    if request.path.startswith(("/files/", "/download/")):
        return "text/html" in request.headers.get("Accept", "")
    return is_page(request.path)


def _unexpected(request: web.Request, error: Exception, pages: Pages) -> web.Response:
    number = secrets.token_hex(4)
    log.error("http.unexpected", id=number, route=route_of(request), error=error)
    if request.writer.output_size > 0:
        # An answer is under way already (a WebSocket): there is nothing left but to hang up.
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    return _told(request, Refusal(ErrorCode.INTERNAL, detail=number), pages)
