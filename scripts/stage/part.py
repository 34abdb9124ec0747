"""The customer's part in the demo: what is said, and when. Pure."""

from protocol.machines import SessionState
from protocol.roles import Role
from protocol.snapshot import Snapshot
from scripts.stage.records import lines_of

OPENING = (
    "Hello, thank you for taking the time.",
    "My printer gives me nothing but blank pages.",
)
ANSWERS = (
    "It started this morning, after I moved it to the other desk.",
    "Yes, the green light is on and it does not blink.",
    "One moment please, I am looking at the back of it.",
    "There are two cables: one for power, and a *grey* one.",
    "Now I have pushed the grey one in until it clicked.",
    "It is doing something, I can hear it.",
    "A test page came out, and it has text on it!",
    "Thank you very much, that was quick.",
)


def next_line(conversation: Snapshot | None) -> str | None:
    """What the customer says now: two lines once taken, then one for each of the other side's."""
    if conversation is None or conversation.state is not SessionState.ACTIVE:
        return None
    said = len(lines_of(conversation, Role.CUSTOMER))
    heard = len(lines_of(conversation, Role.REPRESENTATIVE))
    if said < len(OPENING):
        return OPENING[said]
    answered = said - len(OPENING)
    return ANSWERS[answered % len(ANSWERS)] if answered < heard else None
