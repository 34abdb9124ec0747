"""Ports: bound before anything else, so that a taken one is told at once."""

import asyncio
import errno
import socket
import ssl
import sys

from aiohttp import web

from relay.fault import StartFault

BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises `StartFault`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        both = family == socket.AF_INET6 and host == "::" and socket.has_dualstack_ipv6()
        return socket.create_server(
            (str(address[0]), port), family=family, backlog=BACKLOG, dualstack_ipv6=both
        )
    except socket.gaierror:
        raise StartFault("host_unknown", host=host) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartFault("port_taken", host=host, port=port) from None
        why = error.strerror or str(error)
        raise StartFault("listen", host=host, port=port, why=why) from None


def port_of(bound: socket.socket) -> int:
    """The port a socket is bound to."""
    return int(bound.getsockname()[1])


class FastTlsSite(web.SockSite):
    """A site whose TLS is done by aiofastnet."""

    async def start(self) -> None:
        """Begin to accept. Raises `StartFault` where there is no aiofastnet."""
        if sys.platform == "win32":
            raise StartFault("fast_tls")
        else:
            import aiofastnet

            await web.BaseSite.start(self)
            protocols = self._runner.server
            assert protocols is not None  # noqa: S101 (a site is made after its runner's setup)
            self._server = await aiofastnet.create_server(
                asyncio.get_running_loop(),
                protocols,
                sock=self._sock,
                ssl=self._ssl_context,
                backlog=self._backlog,
            )


def site(
    runner: web.AppRunner, bound: socket.socket, context: ssl.SSLContext | None, *, fast_tls: bool
) -> web.BaseSite:
    """The site that answers on `bound` for `runner`; without a context it speaks plain HTTP."""
    kind = FastTlsSite if fast_tls and context is not None else web.SockSite
    return kind(runner, bound, ssl_context=context, backlog=BACKLOG)
