"""Where a request comes from."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from aiohttp import web

from relay.config import RelayConfig
from relay.domain.tries import network_of

Network = IPv4Network | IPv6Network


class Callers:
    """Tells callers apart by address; believes a proxy only where the configuration says so."""

    def __init__(self, config: RelayConfig) -> None:
        proxies = config.trusted_proxies if config.behind_proxy else ()
        self._trusted = [ip_network(proxy) for proxy in proxies]

    def network(self, request: web.Request) -> str:
        """What the caller's tries are counted under (see `relay.domain.tries.network_of`)."""
        forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
        return network_of(caller(request.remote or "", forwarded, self._trusted))


def caller(remote: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """The address of whoever began the request.

    `remote` is the other end of the connection, `forwarded` the X-Forwarded-For header: each
    proxy appended the address it was called from, so only the part that trusted proxies wrote
    (from the right) is believed.
    """
    address = remote
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    while hops and _is_in(address, trusted):
        address = hops.pop()
    return address


def _is_in(address: str, networks: Sequence[Network]) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in networks)
