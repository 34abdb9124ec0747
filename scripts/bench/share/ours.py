"""Our side: the real client with a grant given in its real prompt, the relay, the real console."""

import contextlib
import time
from collections.abc import Iterator

from playwright.sync_api import Error as BrowserError

from scripts.bench.share.plan import HEIGHT, WIDTH
from scripts.bench.share.side import VIEWER, Side, Stage
from scripts.stage.browser import Window
from scripts.stage.customer import Customer, running_customer
from scripts.stage.part import NAME
from scripts.stage.relay import REPRESENTATIVE

REASON = "To measure how fast it is"
GUARD_S = 2.5
"""The prompt takes no yes in its first second, which begins when the window has drawn it."""

TO_ALLOW = "Tab"
"""From the no, which has the focus, to the yes."""

PICTURE = f"""() => [...document.querySelectorAll("canvas")]
    .some(({{ width, height }}) => width === {WIDTH} && height === {HEIGHT})"""


@contextlib.contextmanager
def ours(stage: Stage) -> Iterator[Side]:
    """The console looking at the stage's screen, with control.

    Raises `RuntimeError` when no picture comes, or when the page complained.
    """
    relay = stage.relay
    console = stage.browser.window(VIEWER)
    stage.prepare(console.page)
    with contextlib.closing(console.page.context), stage.far(relay.port) as port:
        console.open(relay.sign_in_link(REPRESENTATIVE))
        console.press("sign_in.button")
        console.button("console.key").wait_for()
        key = relay.make_key(REPRESENTATIVE)
        with running_customer(relay, key, stage.display) as customer:
            customer.wait_for_window()
            window = _share(console, customer)
            yield Side("ours", console.page, port, customer.process.pid, int(window))
            _part(console)
    if console.complaints:
        raise RuntimeError("; ".join(console.complaints))


def _share(console: Window, customer: Customer) -> str:
    """Accepted, asked for control, granted by the customer's own keys, and the window, whose number
    is returned, put away."""
    window = customer.window()
    console.press("console.accept_name", name=NAME)
    console.button("session.end").wait_for()
    console.press("console.share_control")
    console.page.locator("#ask-reason").fill(REASON)
    console.press("console.share_ask")
    console.button("console.share_withdraw_control").wait_for()
    time.sleep(GUARD_S)
    customer.press(TO_ALLOW)
    customer.press("space")
    try:
        console.page.wait_for_function(PICTURE)
    except BrowserError as why:
        raise RuntimeError("the customer's yes brought no picture") from why
    customer.put_away(window)
    return window


def _part(console: Window) -> None:
    """The representative ends the session, so that the next one begins anew."""
    console.press("session.end")
    console.page.get_by_role("dialog").locator("button.danger").click()
    console.wait_for("session.ended_title")
