"""To whom the conversation's lines are told, and by which names."""

from collections.abc import Mapping
from typing import NamedTuple

from protocol.catalogue import Catalogue
from protocol.facts import Participant
from protocol.roles import Role


def name_of(person: Participant | None, t: Catalogue) -> str:
    """The name to show for a participant, who may have given none."""
    if person is None:
        return t("client.person.somebody")
    if person.role is Role.CUSTOMER:
        return person.name or t("person.customer")
    return person.name or t("client.person.representative")


class Voice(NamedTuple):
    """To whom it is told, and in which words: the participants by id, and who `me` is."""

    people: Mapping[str, Participant]
    me: str
    t: Catalogue

    def name(self, participant: str) -> str:
        """The name of a participant."""
        return name_of(self.people.get(participant), self.t)
