"""The program as a process."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from protocol.catalogue import load
from protocol.signals import DeskState, QueueEntry
from protocol.version import VERSION
from protocol.working import NudgeMark
from protocol.working_facts import NudgeTold
from protocol.working_requests import NudgeSend
from tests.conftest import World
from tests.peers import Socket, carried_out

PROGRAM = (sys.executable, "-W", "error", "-m", "client")
ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
PATIENCE_S = 20.0


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def test_the_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert VERSION in done.stdout


def test_the_options_are_explained_without_a_display() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "--relay" in done.stdout


def test_a_wrong_option_is_a_sentence_and_no_traceback() -> None:
    done = run("--realy", "https://x.example")
    assert done.returncode == 2
    assert done.stderr.strip() == "There is no option --realy. Did you mean --relay?"


def test_without_a_desktop_it_says_so() -> None:
    bare = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    command = [*PROGRAM, "--relay", "https://localhost:1"]
    done = subprocess.run(
        command, env=bare, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 2
    assert done.stderr.strip() == load("en")("client.no_screen")


@pytest.mark.whole
async def test_it_joins_by_the_key_it_was_given_and_ends_on_a_signal(world: World) -> None:
    ada = await world.representative("ada")
    desk = await ada.desk()
    made = await ada.make_key(desk)
    ca: Path = world.relay.config.data_folder / "development-ca.pem"
    options = ("--relay", world.origin, "--ca", str(ca), "--key", made.key, "--name", "Grace")
    identity = ("--identity", world.relay.identity.public_text)
    client = await asyncio.create_subprocess_exec(
        *PROGRAM, *options, *identity, env=ENVIRONMENT, stderr=subprocess.PIPE
    )
    try:
        entry = await until_queued(desk, present=True)
        assert entry.customer == "Grace"
        assert entry.system
        client.send_signal(signal.SIGTERM)
        await until_queued(desk, present=False)
        _, complaints = await asyncio.wait_for(client.communicate(), PATIENCE_S)
        assert (client.returncode, complaints) == (0, b"")
    finally:
        if client.returncode is None:
            client.kill()
            await client.wait()


@pytest.mark.whole
async def test_a_nudge_rings_in_the_program_and_it_tells_so(world: World, tmp_path: Path) -> None:
    player = tmp_path / "pw-play"
    player.write_text('#!/bin/sh\necho "$1" > "$(dirname "$0")/heard"\n')
    player.chmod(0o755)
    ada = await world.representative("ada")
    desk = await ada.desk()
    made = await ada.make_key(desk)
    ca: Path = world.relay.config.data_folder / "development-ca.pem"
    options = ("--relay", world.origin, "--ca", str(ca), "--key", made.key, "--name", "Grace")
    around = {**ENVIRONMENT, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    client = await asyncio.create_subprocess_exec(*PROGRAM, *options, env=around)
    try:
        entry = await until_queued(desk, present=True)
        await ada.accept(desk, entry.session)
        theirs, _ = await ada.session(entry.session)
        await carried_out(theirs, NudgeSend(id="nudge-001"))
        told = await theirs.hear(NudgeTold)
        assert (told.id, told.mark) == ("nudge-001", NudgeMark.DELIVERED)
        client.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(client.wait(), PATIENCE_S) == 0
        assert (tmp_path / "heard").read_text().endswith("nudge.wav\n")
    finally:
        if client.returncode is None:
            client.kill()
            await client.wait()


async def until_queued(desk: Socket, *, present: bool) -> QueueEntry:
    """Wait until the only customer in the queue is there, or away."""
    while True:
        state = await desk.hear(DeskState)
        if state.queue and state.queue[0].present is present:
            return state.queue[0]
