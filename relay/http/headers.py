"""What every answer carries, so that a browser does only what our pages need."""

from collections.abc import Awaitable, Callable

from aiohttp import web

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "serial=(), hid=(), display-capture=()",
    "Cache-Control": "no-store",
}
SERVER = "Support Bridge"
STRICT_TRANSPORT = "max-age=31536000"
OWN_REFERRER = {"Referrer-Policy": "same-origin"}
"""For pages with a form: without a referrer a browser posts it with `Origin: null`."""

OnPrepare = Callable[[web.Request, web.StreamResponse], Awaitable[None]]


def on_prepare(strict_transport: bool) -> OnPrepare:
    """Sets the headers that an answer does not set itself; `strict_transport` adds HSTS, which
    must not be learned from a certificate made for trying out."""
    headers = dict(HEADERS)
    if strict_transport:
        headers["Strict-Transport-Security"] = STRICT_TRANSPORT

    async def prepare(_request: web.Request, response: web.StreamResponse) -> None:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers["Server"] = SERVER

    return prepare
