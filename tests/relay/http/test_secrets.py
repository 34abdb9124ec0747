"""No secret ever stands in the log, whatever goes right or wrong."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from relay import links, log
from relay.config import LogFormat, LogLevel
from relay.domain import second_factor as rules
from relay.domain.waiting import QueueKey
from tests.relay.site import PASSWORD, relay_at, representative, visiting

WRONG = "not the password at all"
TYPED_NAME = "Grace\x1b[31m\nHopper"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything the log writes, at its most talkative."""
    before = structlog.get_config()
    stream = io.StringIO()
    root_handlers, root_level = logging.getLogger().handlers, logging.getLogger().level
    log.configure(LogLevel.DEBUG, LogFormat.CONSOLE, stream)
    yield stream
    structlog.configure(**before)
    logging.getLogger().handlers = root_handlers
    logging.getLogger().setLevel(root_level)


async def test_no_secret_is_logged(tmp_path: Path, written: io.StringIO) -> None:
    secrets = [PASSWORD, WRONG, "Grace", "Hopper"]
    async with relay_at(tmp_path) as relay, visiting(relay) as visitor, visiting(relay) as client:
        parts = relay.parts
        account = await representative(relay)
        for password in (WRONG, PASSWORD):
            answer = await visitor.post("/api/login", {"name": "ada", "password": password})
        secrets += [cookie.partition(";")[0].partition("=")[2] for cookie in answer.set_cookies()]
        for make in (
            links.setup_link(parts.accounts, parts.clock, relay.origin),
            links.sign_in_link(parts.accounts, parts.clock, relay.origin, account),
        ):
            token = (await make).partition("#")[2]
            secrets.append(token)
            body = {"token": token, "name": "eve", "shownName": "Eve", "password": "password1234"}
            await visitor.post("/api/setup", body)
            await visitor.post("/api/login/link", {"token": token})
        key, _ = await parts.keys.make(account.id, QueueKey(), parts.clock.now_ms())
        secrets += [key, f"{key[:4]}-{key[4:]}"]
        await visitor.get(f"/join/{key}")
        for _ in range(2):
            joined = await client.ask("POST", "/api/join", json={"key": key, "name": TYPED_NAME})
            secrets.append(joined.json().get("token", PASSWORD))
    lines = written.getvalue()
    for event in ("login.refused", "login.by_password", "login.by_link", "key.used", "key.refused"):
        assert f"event={event}" in lines
    assert [secret for secret in secrets if secret in lines] == []


async def test_no_secret_of_a_second_factor_is_logged(tmp_path: Path, written: io.StringIO) -> None:
    async with relay_at(tmp_path) as relay, visiting(relay) as visitor, visiting(relay) as other:
        await representative(relay)
        signing_in = {"name": "ada", "password": PASSWORD}
        await visitor.post("/api/login", signing_in)
        secret = (await visitor.post("/api/account/second-factor", {})).json()["secret"]
        clear = secret.replace(" ", "")
        first, second = (
            rules.code_at(clear, rules.step_at(relay.parts.clock.now_ms()) + off) for off in (0, 1)
        )
        made = await visitor.post("/api/account/second-factor/confirm", {"code": first})
        recovery = made.json()["codes"]
        answer = await other.post("/api/login", signing_in)
        token = answer.set_cookies()[0].partition(";")[0].partition("=")[2]
        for code in (WRONG, recovery[0], second):
            await other.post("/api/login/code", {"code": code})
        off = {"password": PASSWORD, "code": recovery[1]}
        assert (await visitor.post("/api/account/second-factor/off", off)).status == 204
    lines = written.getvalue()
    for event in ("enabled", "refused", "recovery_code_used", "removed"):
        assert f"event=second_factor.{event}" in lines
    secrets = [secret, clear, first, second, *recovery, token, PASSWORD, WRONG]
    assert [one for one in secrets if one in lines] == []
