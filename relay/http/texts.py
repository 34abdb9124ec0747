"""What customers see: the organisation's texts and switches, as administrators read and save them.

A text that may not be saved is refused with its place: `field` is `<name>.<language>`, `detail`
is `<fault>:<line>:<column>:<what>` as in `relay.domain.wording.Place`.
"""

from collections.abc import Iterable

import structlog
from aiohttp import web

from protocol import catalogue, limits
from protocol.errors import ErrorCode
from protocol.settings_api import (
    CustomerState,
    CustomerWish,
    OwnText,
    TextVersion,
    TextVersions,
    TextWish,
)
from relay.domain.content import DEFAULT_SETTINGS
from relay.domain.examples import examples
from relay.domain.texts import TextName, rule_of
from relay.domain.wording import Place, fault_of, tidied
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.site_settings import checked, rules_of, settings_of, torn
from relay.http.who import ACCOUNT
from relay.storage.site_settings import Change, SiteSettingsStore, TornSettings
from relay.storage.texts import Conflict, StoredText, TextChange, TextStore

log = structlog.get_logger("texts")


class CustomerTexts:
    """The handlers; their routes ask for `texts.manage`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._texts = TextStore(parts.database)
        self._settings = SiteSettingsStore(parts.database)
        organisation = parts.config.organisation
        self._examples = {
            one: {macro.value: text for macro, text in examples(organisation, texts).items()}
            for one, texts in ((one, catalogue.load(one)) for one in catalogue.LANGUAGES)
        }

    async def state(self, _request: web.Request) -> web.Response:
        """GET /api/texts"""
        return answer(await self._state())

    async def save(self, request: web.Request) -> web.Response:
        """POST /api/texts: all of it or nothing; then as `state`.

        A CONFLICT names the first text or setting that somebody else has saved since.
        """
        wish, me = await read_json(request, CustomerWish), request[ACCOUNT]
        changes = tuple(change_of(one) for one in wish.texts)
        if len({(one.name, one.language) for one in changes}) < len(changes):
            raise Refusal(ErrorCode.BAD_INPUT, field="texts")
        if (wish.before is None) is not (wish.rules is None):
            raise Refusal(ErrorCode.BAD_INPUT, field="before")
        before = settings_of(wish.before) if wish.before else DEFAULT_SETTINGS
        settings = checked(wish.rules) if wish.rules else DEFAULT_SETTINGS
        try:
            saved = await self._settings.save(
                Change(changes, before, settings), me.id, self._parts.clock.now_ms()
            )
        except Conflict as conflict:
            raise Refusal(ErrorCode.CONFLICT, field=_key(conflict.newest[0])) from None
        except TornSettings as error:
            raise torn(error.fields) from None
        names = [f"{one.name}.{one.language}" for one in changes]
        log.info("texts.saved", by=me.id, texts=names, settings=saved.version)
        await self._parts.hub.content_changed()
        return answer(await self._state())

    async def versions(self, request: web.Request) -> web.Response:
        """GET /api/texts/{text}: every version of `<name>.<language>`."""
        name, _, language = request.match_info["text"].partition(".")
        if name not in set(TextName) or language not in catalogue.LANGUAGES:
            raise Refusal(ErrorCode.NOT_FOUND)
        versions = await self._texts.versions(TextName(name), language)
        return answer(
            TextVersions(
                now=self._parts.clock.now_ms(),
                versions=tuple(
                    TextVersion(version=one.version, text=one.text, by=one.by, at=one.at)
                    for one in versions
                ),
            )
        )

    async def _state(self) -> CustomerState:
        newest = await self._texts.newest()
        return CustomerState(
            now=self._parts.clock.now_ms(),
            can_record=self._parts.hub.can_record,
            rules=rules_of((await self._settings.read()).settings),
            texts=tuple(
                self._own_text(name, language, newest.get((name, language)))
                for name in TextName
                for language in catalogue.LANGUAGES
            ),
            examples=self._examples,
        )

    def _own_text(self, name: TextName, language: str, stored: StoredText | None) -> OwnText:
        rule = rule_of(name)
        return OwnText(
            name=name.value,
            language=language,
            text=stored.text if stored else None,
            default=self._parts.hub.content.words.default(name, language),
            version=stored.version if stored else 0,
            by=stored.by if stored else "",
            at=stored.at if stored else None,
            most=rule.most,
            macros=tuple(sorted(one.value for one in rule.macros)),
        )


def change_of(wish: TextWish) -> TextChange:
    """The change somebody asks for. Raises `Refusal` BAD_INPUT."""
    if wish.name not in set(TextName) or wish.language not in catalogue.LANGUAGES:
        raise Refusal(ErrorCode.BAD_INPUT, field="texts")
    name = TextName(wish.name)
    if wish.text is None:
        return TextChange(name, wish.language, None, wish.version)
    rule = rule_of(name)
    place = fault_of(wish.text, rule, lines=rule.most > limits.TITLE_CHARS)
    if place is not None:
        raise Refusal(
            ErrorCode.BAD_INPUT, field=f"{name.value}.{wish.language}", detail=place_detail(place)
        )
    return TextChange(name, wish.language, tidied(wish.text), wish.version)


def drafts_of(wishes: Iterable[TextWish]) -> dict[tuple[TextName, str], str | None]:
    """Texts that are not saved, by name and language. Raises `Refusal` as `change_of`."""
    changes = [change_of(one) for one in wishes]
    return {(one.name, one.language): one.text for one in changes}


def place_detail(place: Place) -> str:
    """Where a text is wrong, in the words of a `Problem`."""
    return f"{place.fault.value}:{place.line}:{place.column}:{place.what}"


def _key(stored: StoredText) -> str:
    return f"{stored.name.value}.{stored.language}"
