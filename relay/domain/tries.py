"""How often somebody may try: at most so many tries in a sliding window, for each name."""

import math
from collections import deque
from ipaddress import IPv6Address, ip_address

MOST_NAMES = 50_000
"""More than this are not remembered: those who have not tried for longest are forgotten first."""

IPV6_NETWORK_BITS = 64


class Tries:
    """Counts tries by name (an address, an account); times in seconds of a clock without jumps.

    A try is counted before its outcome is known, so that many at once gain nothing; whoever
    turns out to be right gets it back by `give_back`.
    """

    def __init__(self, most: int, window_s: float) -> None:
        self._most = most
        self._window_s = window_s
        self._made: dict[str, deque[float]] = {}

    def wait(self, name: str, now: float) -> int:
        """Whole seconds until `name` may try again; 0 when it may now."""
        made = self._recent(name, now)
        if len(made) < self._most:
            return 0
        return max(1, math.ceil(made[0] + self._window_s - now))

    def take(self, name: str, now: float) -> int:
        """As `wait`; when that is 0, one try is counted."""
        seconds = self.wait(name, now)
        if seconds == 0:
            made = self._made.pop(name, None) or deque()
            made.append(now)
            self._made[name] = made
            if len(self._made) > MOST_NAMES:
                del self._made[next(iter(self._made))]
        return seconds

    def give_back(self, name: str) -> None:
        """The last try was right and does not count."""
        made = self._made.get(name)
        if made:
            made.pop()

    def _recent(self, name: str, now: float) -> deque[float]:
        made = self._made.get(name)
        if made is None:
            return deque()
        while made and made[0] + self._window_s <= now:
            made.popleft()
        if not made:
            del self._made[name]
        return made


def network_of(address: str) -> str:
    """What tries from `address` are counted under: an IPv4 address, or the network of an IPv6 one.

    A single household has a whole /64 and could try from 2**64 addresses.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(IPv6Address(int(ip) >> IPV6_NETWORK_BITS << IPV6_NETWORK_BITS))
