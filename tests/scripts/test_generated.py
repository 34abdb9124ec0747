"""What is made from `protocol/`: up to date, and the same values on the pages as in Python."""

import json
import re
import subprocess
from pathlib import Path

import msgspec
import pytest

from protocol import channel, errors, keys, limits, markup
from protocol.machines import SESSION, SessionState
from protocol.roles import Role
from scripts import gen_protocol
from scripts.generate import style, tables, typescript, vocabulary

SCRIPT = """
import * as first from './protocol.js';
import * as more from './protocol_more.js';
console.log(JSON.stringify({...first, ...more}));
"""


@pytest.fixture(scope="module")
def page() -> dict[str, object]:
    """What `protocol.js` and `protocol_more.js` export, as node reads it."""
    ran = subprocess.run(
        ["node", "--input-type=module", "--eval", SCRIPT],
        cwd=gen_protocol.ROOT / "relay/web/js",
        check=True,
        capture_output=True,
        text=True,
    )
    exports: dict[str, object] = json.loads(ran.stdout)
    return exports


def test_nothing_has_drifted() -> None:
    assert gen_protocol.drifted() == {}


def test_a_drift_is_named(tmp_path: Path) -> None:
    for name, product in gen_protocol.PRODUCTS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(product(), "utf-8")
    assert gen_protocol.drifted(tmp_path) == {}
    (tmp_path / "relay/web/js/protocol.js").write_text("export const VERSION = 'old';", "utf-8")
    (tmp_path / "protocol/README.md").unlink()
    assert list(gen_protocol.drifted(tmp_path)) == [
        "relay/web/js/protocol.js",
        "protocol/README.md",
    ]


def test_the_pages_know_every_limit(page: dict[str, object]) -> None:
    wanted = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert page["LIMITS"] == wanted


def test_the_pages_know_every_code(page: dict[str, object]) -> None:
    assert page["CLOSE"] == {close.name: close.value for close in errors.CloseCode}
    assert page["FINAL_CLOSES"] == sorted(errors.FINAL_CLOSES)
    assert page["ERROR_CODES"] == list(errors.ErrorCode)


def test_the_pages_know_what_is_legal(page: dict[str, object]) -> None:
    legal = msgspec.convert(page["LEGAL"], dict[str, dict[SessionState, dict[Role, set[str]]]])
    told = {
        (state, tag, role)
        for state, roles in legal["session"].items()
        for role, tags in roles.items()
        for tag in tags
    }
    asked = [(state, one, role) for state, one, role in SESSION if one in vocabulary.REQUESTS]
    assert told == {(state, vocabulary.tag(request), role) for state, request, role in asked}


def test_the_pages_read_keys_and_markup_by_the_same_tables(page: dict[str, object]) -> None:
    assert page["KEY_DIGITS"] == keys.DIGITS
    assert page["DAMM"] == list(keys.DAMM)
    assert page["MARKUP"] == {"PATTERN": markup.PATTERN, "LINK_TAIL": markup.LINK_TAIL}


def test_the_pages_find_each_field_of_the_channel_header(page: dict[str, object]) -> None:
    header = msgspec.convert(page["CHANNEL"], dict[str, int | dict[str, int]])
    offsets = header["OFFSET"]
    assert isinstance(offsets, dict)
    assert header["SIZE"] == channel.HEADER.size
    packed = channel.Header(channel.Kind.INPUT, channel.Flag.KEY, 3, 4, 5, 6, 7).pack()
    fields = {"KIND": 1, "FLAGS": 1, "SENDER": 1, "EPOCH": 4, "SHARE": 4, "SEQ": 4, "TIME_US": 8}
    found = {
        name: int.from_bytes(packed[offsets[name] : offsets[name] + size])
        for name, size in fields.items()
    }
    assert list(found.values()) == [4, 1, 3, 4, 5, 6, 7]


def test_every_struct_and_union_has_its_type() -> None:
    declared = gen_protocol.protocol_dts()
    for info in vocabulary.structs():
        assert f"export interface {info.cls.__name__} {{" in declared
    for name in vocabulary.UNIONS:
        assert re.search(rf"^export type {name} =", declared, re.M)


def test_a_field_with_a_default_may_be_left_out_by_a_page_only() -> None:
    declared = gen_protocol.protocol_dts()
    assert "readonly lastDesk?: number;" in declared
    assert "readonly deskSeq: number;" in declared


def test_a_type_without_a_translation_is_an_error() -> None:
    with pytest.raises(TypeError):
        typescript.type_of(msgspec.inspect.type_info(bytes))


def test_a_marker_without_a_section_is_an_error() -> None:
    readme = (gen_protocol.ROOT / "protocol/README.md").read_text("utf-8")
    with pytest.raises(ValueError, match="weather"):
        tables.filled(readme + "<!-- begin weather -->\n<!-- end weather -->\n")
    with pytest.raises(ValueError, match="limits"):
        tables.filled(readme.replace("<!-- begin limits -->", ""))


def test_tokens_become_custom_properties() -> None:
    tokens = {
        "space": [4, 8],
        "radius": {"base": 8},
        "type": {"sizes": [14], "weights": [600], "line": 1.45},
        "light": {"softInk": "#111111"},
        "dark": {"softInk": "#EEEEEE"},
    }
    light, dark = style.stylesheet(json.dumps(tokens).encode()).split("@media")
    properties = dict(re.findall(r"(--[a-z0-9-]+): ([^;]+);", light))
    assert properties == {
        "--space-1": "4px",
        "--space-2": "8px",
        "--radius-base": "8px",
        "--size-14": "0.875rem",
        "--weight-600": "600",
        "--line-height": "1.45",
        "--soft-ink": "#111111",
    }
    assert "(prefers-color-scheme: dark)" in dark
    assert "--soft-ink: #EEEEEE;" in dark
