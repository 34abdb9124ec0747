"""One line a thing, whatever is in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from relay import log
from relay.config import LogFormat, LogLevel


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    structlog.configure(**before)
    root.handlers = handlers
    root.setLevel(level)


def written(form: LogFormat, level: LogLevel = LogLevel.INFO) -> io.StringIO:
    stream = io.StringIO()
    log.configure(level, form, stream)
    return stream


@pytest.mark.parametrize("form", list(LogFormat))
def test_control_characters_cannot_make_a_line(form: LogFormat) -> None:
    stream = written(form)
    structlog.get_logger().info("thing", said="a\nlevel=error b\r\x1b[2J\u202e\u2028\x00")
    (line,) = stream.getvalue().splitlines()
    assert line.isprintable()
    assert "\\x1b[2J" in line
    assert "\\u202e" in line


def test_json_lines_are_json() -> None:
    stream = written(LogFormat.JSON)
    structlog.get_logger().warning("thing", n=1)
    line = json.loads(stream.getvalue())
    assert (line["event"], line["level"], line["n"]) == ("thing", "warning", 1)


def test_an_error_is_its_kind_and_place_and_not_its_message() -> None:
    stream = written(LogFormat.CONSOLE)
    try:
        raise ValueError("something a person typed")
    except ValueError as error:
        structlog.get_logger().error("thing", error=error)
    (line,) = stream.getvalue().splitlines()
    assert "error=ValueError" in line
    assert "test_log.py:" in line
    assert "typed" not in line


def test_libraries_get_one_line_too() -> None:
    stream = written(LogFormat.CONSOLE)
    try:
        raise RuntimeError("inside")
    except RuntimeError:
        logging.getLogger("aiohttp.server").exception("Error\nhandling %s", "x")
    (line,) = stream.getvalue().splitlines()
    assert "logger=aiohttp.server" in line
    assert "error=RuntimeError" in line


def test_what_weighs_less_is_not_written() -> None:
    stream = written(LogFormat.CONSOLE, LogLevel.WARNING)
    structlog.get_logger().info("thing")
    logging.getLogger("any").info("thing")
    assert stream.getvalue() == ""
