"""Logs: one line a thing that happened, as key=value or JSON, on stderr.

Never logged: chat text, session keys, tokens, passwords, names of files. Errors are logged by
kind and place, not by their message, which may carry what a person typed.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import TextIO

import structlog

from relay.config import LogFormat, LogLevel

_FRAMES = 6
_WEIGHTS = {
    LogLevel.DEBUG: logging.DEBUG,
    LogLevel.INFO: logging.INFO,
    LogLevel.WARNING: logging.WARNING,
    LogLevel.ERROR: logging.ERROR,
}


def configure(level: LogLevel, form: LogFormat, stream: TextIO | None = None) -> None:
    """Set up logging for the whole process, that of libraries included."""
    out = stream or sys.stderr
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form is LogFormat.JSON
        else structlog.processors.LogfmtRenderer(key_order=["time", "level", "event"])
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            error_to_place,
            escape_control,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_WEIGHTS[level]),
        logger_factory=structlog.WriteLoggerFactory(out),
    )
    root = logging.getLogger()
    root.handlers = [_OfLibraries()]
    root.setLevel(max(logging.WARNING, _WEIGHTS[level]))


def place_of(error: BaseException) -> str:
    """Where `error` was raised: the innermost frames, innermost first, on one line."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = (f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
    return " < ".join(places)


def error_to_place(
    _logger: object, _method: str, line: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    """Replace `error=<exception>` by its kind and place."""
    error = line.get("error")
    if isinstance(error, BaseException):
        line["error"] = type(error).__name__
        line["place"] = place_of(error)
    return line


def escape_control(
    _logger: object, _method: str, line: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    """Write characters that cannot be printed (line ends, escapes, text direction) as \\x1b."""
    for key, value in line.items():
        if isinstance(value, str) and not value.isprintable():
            line[key] = "".join(char if char.isprintable() else _escaped(char) for char in value)
    return line


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


class _OfLibraries(logging.Handler):
    """Passes on what libraries log by the standard module, each as one line."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        fields = {} if error is None else {"error": error}
        log = structlog.get_logger()
        log.log(record.levelno, "library", logger=record.name, said=record.getMessage(), **fields)
