"""The site's content as this node holds it, and what the realtime parts ask about it."""

from collections.abc import Mapping

from protocol import catalogue
from protocol.queues import GENERAL, Queue, QueueKind
from protocol.roles import Way
from relay.domain.content import Content, Portal, in_language
from relay.domain.waiting import QueueKey
from relay.realtime.room import Room
from relay.storage.accounts import AccountStore
from relay.storage.content import ContentStore


class Site:
    """`organisation` is what customers call it where a portal has no name of its own."""

    def __init__(self, store: ContentStore, accounts: AccountStore, organisation: str) -> None:
        self._store = store
        self._accounts = accounts
        self._organisation = organisation
        self.catalogues: Mapping[str, catalogue.Catalogue] = store.catalogues
        self.content = store.empty()

    async def load(self) -> None:
        """Read everything again. Raises `StorageUnavailable`; the old content then stays."""
        self.content = await self._store.read()

    def content_for(self, room: Room) -> Content:
        """What a session goes by: the site's content, or a trial's own."""
        return room.content or self.content

    def texts_for(self, room: Room) -> catalogue.Catalogue:
        """The catalogue of the customer's language."""
        return self.catalogues[room.session.opened.language]

    def name_of(self, portal: Portal) -> str:
        """What customers call the organisation on that portal."""
        return portal.name or self._organisation

    def name_for(self, room: Room) -> str:
        """What the customer of a session calls the organisation."""
        return self.name_of(self.content_for(room).portal(room.session.portal))

    def has_program(self, room: Room) -> bool:
        """Whether the customer of a session may go on in the program; in a trial nobody may."""
        content, session = self.content_for(room), room.session
        queue = session.snapshot.queue
        team = queue.id if queue.kind is QueueKind.TEAM else None
        way = content.way_of(team, content.portal(session.portal))
        return way is not Way.CHAT and not session.opened.trial

    def issue_name(self, issue_id: str, language: str) -> str:
        """An issue as a customer reads it; empty when there is none."""
        issue = self.content.issues.get(issue_id)
        return in_language(issue.names, language) if issue else ""

    async def queue(self, key: QueueKey) -> Queue | None:
        """The queue with its name; None when there is no such team or person.

        Raises `StorageUnavailable`.
        """
        match key.kind:
            case QueueKind.GENERAL:
                return GENERAL
            case QueueKind.TEAM:
                team = self.content.teams.get(key.id)
                return team and Queue(kind=QueueKind.TEAM, id=team.id, name=team.name)
            case QueueKind.PERSONAL:
                name = await self._accounts.helper_name(key.id)
                return Queue(kind=QueueKind.PERSONAL, id=key.id, name=name) if name else None
