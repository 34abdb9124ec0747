"""A whole support session without anybody watching, and a picture of every step.

A representative in Chromium, a customer at a real window, a second customer in a web chat at
phone width. Every step waits for what a person would wait for; anything unexpected ends the tour.
"""

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Error as BrowserError

from protocol.markup import spans
from protocol.roles import Role
from scripts.display import virtual_display
from scripts.stage.browser import BOTH, PHONE, Chromium, Window, chromium
from scripts.stage.customer import DARK, Customer, running_customer
from scripts.stage.part import CALLER, CHAT, HELP, NAME, next_line
from scripts.stage.records import has_seen_everything, lines_of, newest_conversation
from scripts.stage.relay import (
    REPRESENTATIVE,
    Relay,
    ensure_representative,
    free_port,
    running_relay,
)
from scripts.stage.showing import desk_on, share

PATIENCE_S = 15
SETTLED_S = 0.5
"""Until the client's window has drawn its last page, of which nobody else is told."""


class Unexpected(Exception):
    """Something did not happen, or something happened that should not."""


class Scene(NamedTuple):
    """Everything a step needs."""

    out: Path
    display: str
    relay: Relay
    browser: Chromium
    console: Window


def tour(out: Path) -> int:
    """Plays the session and writes its pictures to `out`. The exit code: 1 when anything is odd."""
    out.mkdir(parents=True, exist_ok=True)
    try:
        with _scene(out) as scene:
            _portal(scene)
            _sign_in(scene)
            key = _make_key(scene)
            with running_customer(scene.relay, key, scene.display) as customer:
                _accept(scene, customer)
                _talk(scene, customer)
                _show(scene, customer)
                _end(scene, customer)
            _dark_desktop(scene)
            _web_chat(scene)
            complaints = scene.browser.complaints()
        if complaints:
            raise Unexpected("\n".join(complaints))
    except (Unexpected, AssertionError, BrowserError, RuntimeError, TimeoutError) as why:
        print(f"The tour stopped: {why}")
        return 1
    print(f"Every step went as it should; the pictures are in {out}")
    return 0


@contextlib.contextmanager
def _scene(out: Path) -> Iterator[Scene]:
    with contextlib.ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bridge-tour-")))
        ensure_representative(data)
        display = stack.enter_context(virtual_display())
        relay = stack.enter_context(running_relay(data, free_port()))
        browser = stack.enter_context(chromium(out))
        yield Scene(out, display, relay, browser, browser.window())


def _portal(scene: Scene) -> None:
    _announce("the portal, wide and at phone width")
    wide, phone = scene.browser.window(), scene.browser.window(PHONE)
    wide.open(scene.relay.origin)
    wide.picture("portal", BOTH)
    phone.open(scene.relay.origin)
    phone.picture("portal-phone", BOTH)


def _sign_in(scene: Scene) -> None:
    _announce("the representative signs in by a one-time link")
    scene.console.open(scene.relay.sign_in_link(REPRESENTATIVE))
    scene.console.picture("sign-in")
    scene.console.press("sign_in.button")
    scene.console.wait_for("console.queue_empty")
    scene.console.picture("console-empty", BOTH)


def _make_key(scene: Scene) -> str:
    _announce("a session key")
    scene.console.press("console.key")
    scene.console.press("console.key_own")
    key = scene.console.page.locator(".key-number").text_content()
    scene.console.picture("console-key", BOTH)
    scene.console.page.keyboard.press("Escape")
    return key or ""


def _accept(scene: Scene, customer: Customer) -> None:
    _announce("the customer joins and is taken")
    customer.wait_for_window()
    accept = scene.console.button("console.accept_name", name=NAME)
    accept.wait_for()
    customer.picture(scene.out / "client-waiting.png")
    scene.console.picture("console-queue")
    accept.click()
    scene.console.button("session.end").wait_for()


def _talk(scene: Scene, customer: Customer) -> None:
    _announce(f"{len(HELP)} lines each way")
    for line in HELP:
        while len(_said(scene, Role.CUSTOMER)) < len(HELP) and _customer_speaks(scene, customer):
            pass
        scene.console.write("chat.write", line)
        _until(partial(_is_stored, scene, line), f"stored: {line}")
    if len(_said(scene, Role.CUSTOMER)) != len(HELP):
        raise Unexpected(f"the customer said {_said(scene, Role.CUSTOMER)}")
    _until(lambda: has_seen_everything(scene.relay.database), "the customer sees every line")
    scene.console.wait_for("chat.seen")
    customer.picture(scene.out / "client-chat.png")
    scene.console.picture("console-chat", BOTH)


def _customer_speaks(scene: Scene, customer: Customer) -> bool:
    """Types the customer's next line and waits until the console shows it; False: no turn."""
    line = next_line(newest_conversation(scene.relay.database))
    if line is None:
        return False
    customer.type_line(line)
    scene.console.wait_for_words("".join(span.text for span in spans(line)))
    return True


def _show(scene: Scene, customer: Customer) -> None:
    _announce("the customer shows the screen, and ends that by a key")
    with desk_on(scene.display):
        share(
            scene.console,
            customer,
            scene.display,
            lambda name: customer.picture(scene.out / f"{name}.png"),
        )


def _end(scene: Scene, customer: Customer) -> None:
    _announce("the end, after one question")
    scene.console.press("session.end")
    scene.console.picture("console-end")
    scene.console.page.get_by_role("dialog").locator("button.danger").click()
    scene.console.wait_for("session.ended_title")
    scene.console.picture("console-ended")
    time.sleep(SETTLED_S)
    customer.picture(scene.out / "client-ended.png")
    scene.console.press("console.close")


def _dark_desktop(scene: Scene) -> None:
    _announce("a customer with a dark desktop")
    key = scene.relay.make_key(REPRESENTATIVE)
    with running_customer(scene.relay, key, scene.display, desktop=DARK) as customer:
        customer.wait_for_window()
        scene.console.button("console.accept_name", name=NAME).wait_for()
        customer.picture(scene.out / "client-waiting-dark.png")
        scene.console.press("console.accept_name", name=NAME)
        for line in HELP[:3]:
            while _customer_speaks(scene, customer):
                pass
            scene.console.write("chat.write", line)
        _until(lambda: has_seen_everything(scene.relay.database), "the customer sees every line")
        customer.picture(scene.out / "client-chat-dark.png")
        _end_and_close(scene)


def _end_and_close(scene: Scene) -> None:
    scene.console.press("session.end")
    scene.console.page.get_by_role("dialog").locator("button.danger").click()
    scene.console.press("console.close")


def _web_chat(scene: Scene) -> None:
    _announce("a second customer, in a browser at phone width")
    phone = scene.browser.window(PHONE)
    phone.open(f"{scene.relay.origin}/join/{scene.relay.make_key(REPRESENTATIVE)}")
    phone.page.get_by_label("Your name").fill(CALLER)
    phone.press("ways.chat")
    phone.wait_for("waiting.next")
    phone.picture("chat-waiting", BOTH)
    scene.console.press("console.accept_name", name=CALLER)
    asked, answered = CHAT
    scene.console.write("chat.write", asked)
    phone.wait_for_words(asked)
    phone.write("chat.write", answered)
    scene.console.wait_for_words(answered)
    phone.picture("chat", BOTH)
    phone.press("session.end")
    phone.page.get_by_role("dialog").locator("button.danger").click()
    phone.wait_for("session.ended_title")
    phone.picture("chat-ended")


def _said(scene: Scene, role: Role) -> list[str]:
    conversation = newest_conversation(scene.relay.database)
    return lines_of(conversation, role) if conversation else []


def _is_stored(scene: Scene, line: str) -> bool:
    return line in _said(scene, Role.REPRESENTATIVE)


def _until(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        if time.monotonic() > deadline:
            raise Unexpected(f"this did not happen: {what}")
        time.sleep(0.05)


def _announce(what: str) -> None:
    print(f"  {what}", flush=True)
