"""Which relay, and how to reach it."""

import ssl
from dataclasses import dataclass

import aiohttp

VOICE = "support-bridge-client"
"""What the client calls itself in requests."""


@dataclass(frozen=True, slots=True)
class Target:
    """`origin` is https://host[:port]; `identity` the pinned key, or empty."""

    http: aiohttp.ClientSession
    origin: str
    identity: str
    tls: ssl.SSLContext

    def url(self, path: str) -> str:
        """The address of `path` (with a leading slash) for HTTPS calls."""
        return self.origin + path

    def socket_url(self, path: str) -> str:
        """The address of `path` for WebSockets."""
        return "wss" + self.origin.removeprefix("https") + path
