"""Who says what in the demo, and when it is the customer's turn. Pure."""

from protocol.machines import SessionState
from protocol.roles import Role
from protocol.snapshot import Snapshot
from scripts.stage.records import lines_of

NAME = "Grace Hopper"
CALLER = "Linus Pauling"

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

AFTERWARDS = (
    "I see, thank you.",
    "Yes, that is right.",
    "One moment please, I am trying that.",
)
"""For a talk that goes on longer, in turn."""

HELP = (
    "Hello Grace, I am Ada and I will help you. Since when has it done that?",
    "Thank you. Is the green light at its front on?",
    "Good. Could you please look at the cables at its back?",
    "Take your time. How many cables do you see?",
    "Please push the grey one in *firmly*: you should hear a click.",
    "Very good. I am sending it a test page now.",
    "Let us wait a moment. Does it print anything?",
    "So it was only the cable. Is there anything else?",
    "You are welcome. There is more at https://help.example.org/printers.",
    "Have a pleasant day!",
)
"""The representative's lines in the tour; the first eight ask for the answers above."""

CHAT = ("Hello Linus, what can I do for you?", "My last invoice shows an old address.")
"""The second session of the tour: the representative's line and the customer's."""


def next_line(conversation: Snapshot | None) -> str | None:
    """What the customer says now: two lines once taken, then one for each of the other side's."""
    if conversation is None or conversation.state is not SessionState.ACTIVE:
        return None
    said = len(lines_of(conversation, Role.CUSTOMER))
    heard = len(lines_of(conversation, Role.REPRESENTATIVE))
    if said < len(OPENING):
        return OPENING[said]
    answered = said - len(OPENING)
    if answered >= heard:
        return None
    if answered < len(ANSWERS):
        return ANSWERS[answered]
    return AFTERWARDS[(answered - len(ANSWERS)) % len(AFTERWARDS)]
