"""The checks of sizes and of the pages' layers find what they are for."""

from pathlib import Path

import pytest

from scripts import page_layers, page_source, sizes

SOURCE = """
import { a } from "./a.js";
import "../core/b.js";
export { c } from '../core/c.js';
// import { no } from "./comment.js";
const text = "import { no } from './string.js' {{{";
const pattern = /[/{"]\\{/g;

export function outer(x, y = (1 + 2)) {
  if (x) {
    return `{ ${y}`;
  }
  return [1].map((n) => {
    return n;
  });
}

class Thing {
  method(a) {
    for (const b of a) { b(); }
  }
  handler = async () => {
    await this.method({});
  };
}
"""


def test_functions_of_a_page_are_found_with_their_lines() -> None:
    found = {name: (line, lines) for name, line, lines in page_source.functions(SOURCE)}
    assert found == {
        "outer": (9, 8),
        "an arrow function": (13, 3),
        "method": (19, 3),
        "handler": (22, 3),
    }


def test_imports_of_a_page_are_found_and_comments_are_not() -> None:
    assert page_source.imports(SOURCE) == ["./a.js", "../core/b.js", "../core/c.js"]


def test_a_long_function_and_a_long_file_are_named(tmp_path: Path) -> None:
    long = tmp_path / "long.py"
    long.write_text("def much():\n" + "    pass\n" * 40)
    assert list(sizes.problems(long)) == [f"{long}:1: much has 41 lines, at most 40"]
    long.write_text("x = 1\n" * 401)
    assert list(sizes.problems(long)) == [f"{long}: 401 lines, at most 400"]
    page = tmp_path / "long.js"
    page.write_text("const much = () => {\n" + "  x();\n" * 39 + "};\n")
    assert list(sizes.problems(page)) == [f"{page}:1: much has 41 lines, at most 40"]


def test_the_limits_themselves_are_allowed(tmp_path: Path) -> None:
    file = tmp_path / "just.py"
    file.write_text("def enough():\n" + "    pass\n" * 39 + "x = 1\n" * 360)
    assert list(sizes.problems(file)) == []


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("core", "core", True),
        ("core", "protocol.js", True),
        ("core", "protocol_more.js", True),
        ("core", "chat", False),
        ("core", "pages", False),
        ("chat", "core", True),
        ("chat", "chat", True),
        ("chat", "pages", False),
        ("chat", "screen", False),
        ("pages", "chat", True),
        ("pages", "core", True),
        ("protocol.js", "core", False),
    ],
)
def test_who_may_import_whom(importer: str, imported: str, allowed: bool) -> None:
    assert page_layers.may_import(importer, imported) is allowed


def test_a_broken_layer_is_named(tmp_path: Path) -> None:
    for folder in ("core", "chat"):
        (tmp_path / folder).mkdir()
    (tmp_path / "core/low.js").write_text('import { high } from "../chat/high.js";\n')
    (tmp_path / "chat/high.js").write_text('import "../core/low.js";\nimport "left-pad";\n')
    assert list(page_layers.problems(tmp_path)) == [
        "chat/high.js: left-pad is not a module of the pages",
        "core/low.js may not import chat/high.js",
    ]


def test_sources_are_listed_without_generated_ones() -> None:
    listed = {path.relative_to(sizes.ROOT).as_posix() for path in sizes.source_files()}
    assert "scripts/sizes.py" in listed
    assert not listed & sizes.GENERATED
