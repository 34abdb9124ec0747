"""Try as a customer: a test session through what an administrator has not saved yet."""

import secrets
from dataclasses import replace

import structlog
from aiohttp import web

from protocol import catalogue
from protocol.errors import ErrorCode
from protocol.settings_api import TrialStarted, TrialWish
from relay.domain.content import Content
from relay.domain.tokens import TOKEN_BYTES, token_hash, token_of
from relay.http import cookies
from relay.http.answers import Refusal, answer, read_json
from relay.http.parts import Parts
from relay.http.site_settings import checked
from relay.http.surveys import survey_of
from relay.http.texts import drafts_of
from relay.http.who import ACCOUNT

log = structlog.get_logger("trials")

CHAT_PATH = "/chat"


class Trials:
    """The handlers; their routes ask for `texts.manage` or `survey.manage`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def start(self, request: web.Request) -> web.Response:
        """POST /api/trial and /api/survey/trial: the browser becomes the customer of a session
        that no representative sees."""
        wish, me = await read_json(request, TrialWish), request[ACCOUNT]
        if wish.language not in catalogue.LANGUAGES:
            raise Refusal(ErrorCode.BAD_INPUT, field="language")
        hub = self._parts.hub
        token = token_of(secrets.token_bytes(TOKEN_BYTES))
        opened = await hub.entrance.start_trial(
            _drafted(hub.content, wish), wish.language, token_hash(token), me.shown_name
        )
        log.info("trial.started", by=me.id, session=opened.session)
        response = answer(TrialStarted(path=CHAT_PATH))
        cookies.give(response, cookies.CHAT, token)
        return response


def _drafted(content: Content, wish: TrialWish) -> Content:
    """The site as it would be with these drafts. Raises `Refusal` as saving them would."""
    drafts = drafts_of(wish.texts)
    defaults = {key: content.words.default(*key) for key, text in drafts.items() if text is None}
    own = {key: text for key, text in drafts.items() if text is not None}
    return replace(
        content,
        words=content.words.drafted(own | defaults),
        settings=checked(wish.rules) if wish.rules else content.settings,
        survey=survey_of(wish.survey) if wish.survey else content.survey,
    )
