"""Hand in the answers to the survey: one HTTPS call. Every outcome is a value."""

import asyncio
import logging

import aiohttp
import msgspec

from client.net.target import Target
from client.session.inputs import SurveyFailed, SurveyRefused, SurveyTaken
from protocol.api import Problem, SurveyAnswers

PATH = "/api/survey/native"
ANSWER_S = 15.0
ANSWER_BYTES = 64 * 1024

_log = logging.getLogger(__name__)


async def post_survey(
    target: Target, answers: SurveyAnswers
) -> SurveyTaken | SurveyRefused | SurveyFailed:
    """Post `answers`, which carry the resume token; an answer of no known form is a failure."""
    try:
        async with (
            asyncio.timeout(ANSWER_S),
            target.http.post(
                target.url(PATH),
                data=msgspec.json.encode(answers),
                headers={"Content-Type": "application/json"},
                ssl=target.tls,
                allow_redirects=False,
            ) as answer,
        ):
            body = await answer.content.read(ANSWER_BYTES)
            if answer.ok:
                return SurveyTaken()
            return SurveyRefused(msgspec.json.decode(body, type=Problem).code)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        _log.info("survey: no answer: %s", type(error).__name__)
    except (msgspec.DecodeError, UnicodeDecodeError):
        _log.warning("survey: answer of the wrong form")
    return SurveyFailed()
