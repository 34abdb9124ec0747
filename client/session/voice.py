"""To whom the conversation's lines are told, and by which names."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from protocol.catalogue import Catalogue
from protocol.facts import Participant
from protocol.roles import Role

if TYPE_CHECKING:
    from client.session.file_lines import ToldFile


def name_of(person: Participant | None, t: Catalogue) -> str:
    """The name to show for a participant, who may have given none."""
    if person is None:
        return t("client.person.somebody")
    if person.role is Role.CUSTOMER:
        return person.name or t("person.customer")
    return person.name or t("client.person.representative")


class Voice(NamedTuple):
    """To whom it is told, and in which words: the participants by id, who `me` is, and
    what is known of files by the ids of their transfers; `photos` by their sums."""

    people: Mapping[str, Participant]
    me: str
    t: Catalogue
    files: "Mapping[str, ToldFile]" = MappingProxyType({})

    photos: Mapping[str, bytes] = MappingProxyType({})

    def photo(self, participant: str) -> bytes:
        """The photo of a participant; empty where there is none."""
        person = self.people.get(participant)
        return self.photos.get(person.photo, b"") if person else b""

    def name(self, participant: str) -> str:
        """The name of a participant."""
        return name_of(self.people.get(participant), self.t)
