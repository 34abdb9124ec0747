"""Permissions, roles, and who may give them to whom."""

from itertools import chain, combinations

import pytest

from protocol.requests import ALLOWED, Request
from relay.domain.permissions import (
    BUILT_IN,
    CONSOLE_DOORS,
    EVERYTHING,
    NEEDS,
    Access,
    Permission,
    Permissions,
    Undeclared,
    UserRole,
    allows,
    check_declared,
    known_permissions_of,
    may_manage,
    permission_for,
    permissions_of,
)

SOME = list(Permission)[:5]
"""The rules treat all permissions alike, so every set of a few of them is enough."""

SUBSETS: list[Permissions] = [
    frozenset(some)
    for some in chain.from_iterable(combinations(SOME, size) for size in range(len(SOME) + 1))
]


def test_every_request_of_the_console_declares_what_it_needs() -> None:
    check_declared()
    console = {request for door in CONSOLE_DOORS for request in ALLOWED[door]}
    assert NEEDS.keys() == console
    assert Access.ANYBODY not in NEEDS.values()


def test_a_request_that_declares_nothing_is_refused() -> None:
    class Forgotten(Request, frozen=True, tag="forgotten"):
        pass

    with pytest.raises(Undeclared):
        permission_for(Forgotten)


def test_administrators_may_everything_and_nobody_else_may_by_default() -> None:
    assert BUILT_IN[UserRole.ADMINISTRATOR] == EVERYTHING
    assert not BUILT_IN[UserRole.REPRESENTATIVE] & {
        Permission.PEOPLE_MANAGE,
        Permission.ROLES_MANAGE,
    }


@pytest.mark.parametrize("held", [None, EVERYTHING, *SUBSETS])
def test_only_who_holds_a_permission_may(held: Permissions | None) -> None:
    assert allows(Access.ANYBODY, held)
    assert allows(Access.SIGNED_IN, held) is (held is not None)
    for permission in Permission:
        assert allows(permission, held) is (held is not None and permission in held)


@pytest.mark.parametrize("held", [EVERYTHING, *SUBSETS])
def test_nobody_gives_what_they_lack(held: Permissions) -> None:
    for wanted in SUBSETS:
        assert may_manage(held, wanted) is (not wanted - held)
        assert not may_manage(held, wanted, EVERYTHING) or held == EVERYTHING


def test_unknown_names_are_refused_when_wished_and_nothing_when_stored() -> None:
    names = ["key.make", "moon.land"]
    with pytest.raises(ValueError, match=r"moon\.land"):
        permissions_of(names)
    assert known_permissions_of(names) == {Permission.KEY_MAKE}
