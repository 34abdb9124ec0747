"""Refusals, close codes, and the two ways a peer can break the protocol.

A refusal answers one request and changes nothing. A close ends the socket: the peer
spoke in a way that leaves no safe way to go on. Codes below 4000 are those of RFC 6455,
section 7.4.1.
"""

from enum import IntEnum, StrEnum


class ErrorCode(StrEnum):
    """Why a request was refused. Each has one sentence in every text catalogue."""

    NOT_NOW = "not_now"
    TAKEN = "taken"
    ENDED = "ended"
    UNKNOWN_SESSION = "unknown_session"
    UNKNOWN_KEY = "unknown_key"
    KEY_MISTYPED = "key_mistyped"
    KEY_EXPIRED = "key_expired"
    KEY_USED = "key_used"
    KEY_FOR_CLIENT = "key_for_client"
    KEY_FOR_CHAT = "key_for_chat"
    CODE_MISTYPED = "code_mistyped"
    CODE_UNKNOWN = "code_unknown"
    CODE_USED = "code_used"
    NOBODY = "nobody"
    CONFLICT = "conflict"
    TOO_OFTEN = "too_often"
    TOO_MANY_TRIES = "too_many_tries"
    WRONG_PASSWORD = "wrong_password"
    LINK_EXPIRED = "link_expired"
    SIGNED_OUT = "signed_out"
    FORBIDDEN = "forbidden"
    BAD_INPUT = "bad_input"
    PASSWORD_WEAK = "password_weak"
    NAME_TAKEN = "name_taken"
    STORAGE = "storage"
    TOO_LARGE = "too_large"
    FILES_OFF = "files_off"
    FILE_TYPE = "file_type"
    TOO_MANY_FILES = "too_many_files"
    NOT_FOUND = "not_found"
    INTERNAL = "internal"


class CloseCode(IntEnum):
    """How a socket ends. `retry` in the table of protocol/README.md says who comes back."""

    NORMAL = 1000
    GOING_AWAY = 1001
    WRONG_KIND = 1003
    NOT_TEXT = 1007
    OUT_OF_ORDER = 1008
    TOO_BIG = 1009
    MALFORMED = 4400
    UNAUTHENTICATED = 4401
    WRONG_ROLE = 4403
    HELLO_LATE = 4408
    REPLACED = 4409
    MOVED = 4411
    GONE = 4410
    TOO_SLOW = 4413
    VERSION = 4426
    TOO_MANY = 4429
    RESTART = 4503


FINAL_CLOSES = frozenset(
    {
        CloseCode.WRONG_KIND,
        CloseCode.NOT_TEXT,
        CloseCode.OUT_OF_ORDER,
        CloseCode.TOO_BIG,
        CloseCode.MALFORMED,
        CloseCode.UNAUTHENTICATED,
        CloseCode.WRONG_ROLE,
        CloseCode.REPLACED,
        CloseCode.MOVED,
        CloseCode.GONE,
        CloseCode.VERSION,
    }
)
"""After these a peer must not try again by itself; after any other it reconnects."""


class ProtocolError(Exception):
    """Base of both kinds; `close` is the code the socket ends with."""

    def __init__(self, close: CloseCode, what: str) -> None:
        super().__init__(what)
        self.close = close


class LocalProtocolError(ProtocolError):
    """We broke the protocol ourselves: a bug."""


class RemoteProtocolError(ProtocolError):
    """The peer broke the protocol: one log line and a close."""
