"""What a portal shows: put together for its page, and for the page's own refresh."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from aiohttp import web

from protocol import limits
from protocol.api import ActiveNotice, AvailableRepresentative, IssueChoice
from protocol.api import Portal as PortalState
from relay.domain.content import Portal, in_language
from relay.domain.entrance import issues_shown, path_of, ways_of, ways_of_keys
from relay.domain.macros import Macro, filled
from relay.domain.notices import for_portal, system_of
from relay.domain.request_form import Filled
from relay.domain.texts import TextName
from relay.http.headers import OWN_REFERRER
from relay.http.parts import Parts
from relay.http.portal_look import look_of


class KeyForm(NamedTuple):
    """The key field as it was typed; `errors` are sentences by field."""

    typed: str = ""
    name: str = ""
    errors: Mapping[str, str] = {}


class Nobody(NamedTuple):
    """The organisation's word where nobody can help now, and where to go on, if anywhere."""

    text: str
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class RequestForm:
    """The form without a key as it was filled in; `errors` are sentences by field, `error` one
    about all of it."""

    filled: Filled = field(default_factory=Filled)
    errors: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    nobody: Nobody | None = None


_NO_KEY = KeyForm()
_NO_REQUEST = RequestForm()


class PortalView:
    """Draws portals."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def page(
        self,
        request: web.Request,
        portal: Portal,
        *,
        key: KeyForm = _NO_KEY,
        form: RequestForm = _NO_REQUEST,
        linked: bool = False,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> web.Response:
        """The page. `linked`: somebody followed the link of a key, and needs no other form."""
        content = self._parts.hub.content
        state = self.state(request, portal)
        look = look_of(portal, self._parts.config.organisation)
        language = self._parts.pages.texts(request).language
        return self._parts.pages.render(
            request,
            "portal",
            status=status,
            headers=OWN_REFERRER | dict(headers or {}),
            organisation=look.name,
            look=look,
            base=path_of(portal),
            title=self._words(portal, TextName.PORTAL_TITLE, language),
            text=self._words(portal, TextName.PORTAL_TEXT, language),
            notices=state.notices,
            representatives=state.representatives,
            key=key,
            key_ways=ways_of_keys(content, portal),
            form=form,
            form_ways=ways_of(one.way for one in state.issues),
            issues=() if linked else state.issues,
            most_words=limits.WORDS_CHARS,
        )

    def state(self, request: web.Request, portal: Portal) -> PortalState:
        """What may change while somebody looks at the page, in the reader's language."""
        hub = self._parts.hub
        language = self._parts.pages.texts(request).language
        system = system_of(request.headers.get("User-Agent", ""))
        now = self._parts.clock.now_ms()
        notices = for_portal(hub.content.notices.values(), portal.id, now, system)
        return PortalState(
            organisation=portal.name or self._parts.config.organisation,
            representatives=tuple(AvailableRepresentative(name=one) for one in hub.available()),
            issues=tuple(
                IssueChoice(id=one.id, name=one.name, way=one.way)
                for one in issues_shown(hub.content, portal, language)
            ),
            notices=tuple(
                ActiveNotice(id=one.id, text=in_language(one.texts, language)) for one in notices
            ),
            way=hub.content.way_of(None, portal),
        )

    def _words(self, portal: Portal, name: TextName, language: str) -> str:
        site = portal.name or self._parts.config.organisation
        return filled(self._parts.hub.content.words(name, language), {Macro.SITE: site})
