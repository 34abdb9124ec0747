"""The demo from curtain to curtain: starts everything, answers for the customer, ends it all."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.display import virtual_display
from scripts.stage.customer import Customer, refreshed_picture, running_customer
from scripts.stage.part import NAME, next_line
from scripts.stage.records import newest_conversation
from scripts.stage.relay import (
    REPRESENTATIVE,
    Relay,
    ensure_representative,
    free_port,
    running_relay,
)

TICK_S = 0.5
STORED_S = 10

PROGRAMME = """
  Relay       {origin}
  Customer    {customer}
  Console     {link}
              Open it in a browser and sign in; it works once, within ten minutes.
              The certificate is this demo's own, so the browser asks whether to trust it.

  Ctrl+C ends everything."""


class Stage(NamedTuple):
    """What is running; `picture` is where the customer's window can be seen without a display."""

    relay: Relay
    customer: Customer
    picture: Path | None


def perform(data: Path, *, has_display: bool) -> int:
    """Runs the demo until Ctrl+C. The exit code: 1 when something did not start or ended early."""
    data.mkdir(parents=True, exist_ok=True)
    try:
        with _set(data, has_display=has_display) as stage:
            print(_programme(stage), flush=True)
            return _play(stage)
    except KeyboardInterrupt:
        print("\nEverything has ended.")
        return 0
    except RuntimeError as why:
        print(f"The demo stopped: {why}")
        return 1


@contextlib.contextmanager
def _set(data: Path, *, has_display: bool) -> Iterator[Stage]:
    with contextlib.ExitStack() as stack:
        display = None if has_display else stack.enter_context(virtual_display())
        print("Starting the relay", flush=True)
        ensure_representative(data)
        relay = stack.enter_context(running_relay(data, free_port()))
        print("Starting the customer's client", flush=True)
        key = relay.make_key(REPRESENTATIVE)
        customer = stack.enter_context(running_customer(relay, key, display))
        picture = None if has_display else data / "customer.png"
        if picture:
            customer.wait_for_window()
            customer.picture(picture)
            stack.enter_context(refreshed_picture(customer, picture))
        yield Stage(relay, customer, picture)


def _programme(stage: Stage) -> str:
    seen = (
        f"in a window without a screen; see {stage.picture}" if stage.picture else "see its window"
    )
    return PROGRAMME.format(
        origin=stage.relay.origin,
        customer=f"{NAME}, {seen}",
        link=stage.relay.sign_in_link(REPRESENTATIVE),
    )


def _play(stage: Stage) -> int:
    """Answers for the customer where nobody else can, as long as there is a relay."""
    here = True
    while stage.relay.is_running():
        time.sleep(TICK_S)
        if here and stage.customer.has_left():
            here = False
            print("  The customer has left. Ctrl+C ends the rest.", flush=True)
        if here and stage.picture:
            speak(stage)
    print(f"The relay has ended; see {stage.relay.data / 'relay.log'}")
    return 1


def speak(stage: Stage) -> None:
    """Types the customer's next line, if there is one, and waits until it is stored."""
    before = newest_conversation(stage.relay.database)
    line = next_line(before)
    if before is None or line is None:
        return
    stage.customer.type_line(line)
    deadline = time.monotonic() + STORED_S
    while newest_conversation(stage.relay.database) == before and time.monotonic() < deadline:
        time.sleep(0.05)
