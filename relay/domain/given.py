"""What a request refers to, looked up by whoever carries it out."""

from dataclasses import dataclass

from protocol.files import FileRules
from protocol.queues import GENERAL, Queue

_ANY_FILES = FileRules()


@dataclass(frozen=True, slots=True)
class Given:
    """`queue` is the one a request names, `text` a notice's in the customer's language,
    `farewell` the organisation's last word, `fresh_id` a new id for what the request makes,
    `files` what may be sent."""

    queue: Queue = GENERAL
    text: str = ""
    farewell: str = ""
    fresh_id: str = ""
    files: FileRules = _ANY_FILES
