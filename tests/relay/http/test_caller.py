"""Whose tries are counted together, with and without a proxy."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from protocol import limits
from relay.http.caller import caller
from tests.relay.site import relay_at, visiting

TRUSTED = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("::1")]


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # not a proxy of ours: not believed
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # the first was made up
        ("127.0.0.1", "1.2.3.4, 198.51.100.1, 10.1.1.1", "198.51.100.1"),
        ("127.0.0.1", "10.1.1.1", "10.1.1.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "nonsense"),
        ("127.0.0.1", " , ,", "127.0.0.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_only_what_trusted_proxies_wrote_is_believed(
    remote: str, forwarded: str, expected: str
) -> None:
    assert caller(remote, forwarded, TRUSTED) == expected


@pytest.mark.parametrize("behind_proxy", [False, True])
async def test_a_made_up_header_is_no_way_around_the_limits(
    tmp_path: Path, behind_proxy: bool
) -> None:
    """Behind a proxy (loopback here) each address is counted apart; else the header is nothing."""
    async with (
        relay_at(tmp_path, changes={"behind_proxy": behind_proxy}) as relay,
        visiting(relay) as visitor,
    ):
        codes = []
        for n in range(limits.SIGN_INS + 1):
            answer = await visitor.post(
                "/api/login",
                {"name": f"somebody{n}", "password": "x"},
                headers={"X-Forwarded-For": f"203.0.113.{n}"},
            )
            codes.append(answer.code)
    assert codes[:-1] == ["wrong_password"] * limits.SIGN_INS
    assert codes[-1] == ("wrong_password" if behind_proxy else "too_many_tries")
