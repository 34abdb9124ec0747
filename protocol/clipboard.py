"""The payload of a clipboard message of the channel: plain text in UTF-8, nothing around it."""

from protocol import limits
from protocol.errors import CloseCode, RemoteProtocolError


def fits(text: str) -> bool:
    """Whether `text` may travel: not empty, without NUL, in at most `limits.CLIPBOARD_BYTES`."""
    if not text or "\0" in text:
        return False
    try:
        return len(text.encode()) <= limits.CLIPBOARD_BYTES
    except UnicodeEncodeError:  # half of a surrogate pair
        return False


def encode(text: str) -> bytes:
    """The payload of a text that `fits`."""
    return text.encode()


def decode(payload: bytes) -> str:
    """The text of a payload. Raises `RemoteProtocolError` for what no text of ours can be."""
    if len(payload) > limits.CLIPBOARD_BYTES:
        raise RemoteProtocolError(CloseCode.TOO_BIG, "clipboard text over its limit")
    try:
        text = payload.decode()
    except UnicodeDecodeError as error:
        raise RemoteProtocolError(CloseCode.MALFORMED, "clipboard text is no UTF-8") from error
    if not fits(text):
        raise RemoteProtocolError(CloseCode.MALFORMED, "clipboard text is empty or has a NUL")
    return text
