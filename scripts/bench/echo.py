"""The baseline of the chat benchmark: an aiohttp relay that does nothing but pass messages on.

Run as a process: `python -m scripts.bench.echo CERTIFICATE KEY`. It prints its port. Two sockets
that name the same pair in their path get each other's text messages, unread and unstored.
"""

import asyncio
import ssl
import sys

import uvloop
from aiohttp import WSMsgType, web


def application() -> web.Application:
    """Pairs sockets by the number in their path."""
    pairs: dict[str, list[web.WebSocketResponse]] = {}

    async def relay(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False, decode_text=False)
        await socket.prepare(request)
        pair = pairs.setdefault(request.match_info["pair"], [])
        pair.append(socket)
        async for message in socket:
            for other in pair:
                if other is not socket:
                    await other.send_frame(message.data, WSMsgType.TEXT)
        pair.remove(socket)
        return socket

    app = web.Application()
    app.router.add_get("/{pair}", relay)
    return app


async def serve(certificate: str, key: str) -> None:
    """Serve on a free port of this machine until the process is ended."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    runner = web.AppRunner(application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(*sys.argv[1:3]))
