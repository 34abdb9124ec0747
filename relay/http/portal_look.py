"""How a portal looks: the organisation's name there, its colours and its logo."""

from typing import NamedTuple

from relay.domain.content import Portal


class Look(NamedTuple):
    """`css` and `logo` are addresses, empty where the portal has none of its own."""

    name: str
    css: str
    logo: str


def look_of(portal: Portal, organisation: str) -> Look:
    """The look of `portal`; `organisation` is what the relay is called."""
    return Look(
        name=portal.name or organisation,
        css=f"/look/{portal.id}.css?v={portal.accent[1:]}" if portal.accent else "",
        logo=f"/look/{portal.id}/logo?v={portal.logo}" if portal.logo else "",
    )
