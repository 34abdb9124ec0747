"""Files are served by exact name, and nothing else is."""

import re
from pathlib import Path

import pytest
from rjsmin import jsmin

from relay.app import WEB_FOLDER
from tests.relay.site import Visitor

UP = [
    "..",
    "%2e%2e",
    "%2E%2e",
    ".%2e",
    "..%00",
    "..;",
    "%252e%252e",
    "%c0%ae%c0%ae",
    "....",
    "%uff0e",
]
SEPARATORS = ["/", "%2f", "\\", "%5c", "//", "%252f", "/./", "%c0%af"]
TARGETS = ["config.py", "__main__.py", "web/pages/base.html", "etc/passwd", "data/identity.key"]
ODD = [
    "", "/", ".", "css", "css/", "css/base.css/", "css//base.css", "/css/base.css", "CSS/base.css",
    "css/base.css%00", "css/base.css%20", "css/base.css.", "css/base.css::$DATA", "css\\base.css",
    "js/protocol.d.ts", "pages/base.html", "tsconfig.json", "package.json", "texts/fr.json",
    "texts/../texts/en.json", "file:///etc/passwd", "%2fetc%2fpasswd", "C:/Windows/win.ini",
]  # fmt: skip


def corpus() -> list[str]:
    """Some 400 paths that must lead nowhere."""
    climbs = [
        f"{start}{separator.join([up] * depth)}{separator}{target}"
        for up in UP
        for separator in SEPARATORS
        for depth, start in ((1, ""), (2, "css/"), (6, ""))
        for target in TARGETS[depth % 3 :: 3]
    ]
    return [*ODD, *climbs]


async def test_traversal_leads_nowhere(visitor: Visitor) -> None:
    secrets = [
        (visitor.relay.config.data_folder / name).read_bytes()
        for name in ("identity.key", "keys.secret", "development.key")
    ]
    for name in corpus():
        answer = await visitor.get(f"/static/{name}")
        assert answer.status in {400, 404}, name
        assert not any(secret in answer.body for secret in secrets)
        assert b"root:" not in answer.body


async def test_each_file_comes_as_it_is_with_its_type(visitor: Visitor) -> None:
    names = visitor.relay.parts.static.names
    assert {"css/tokens.css", "js/protocol.js", "texts/en.json", "texts/de.json"} <= names
    types = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
    for name in sorted(names):
        answer = await visitor.get(f"/static/{name}")
        assert answer.status == 200
        suffix = Path(name).suffix
        if suffix in types:
            source = (WEB_FOLDER / name).read_bytes()
            assert answer.body == (jsmin(source.decode()).encode() if suffix == ".js" else source)
            assert answer.headers["Content-Type"].startswith(types[suffix])


@pytest.mark.parametrize("weak", ["", "W/"])
async def test_what_the_browser_has_is_not_sent_again(visitor: Visitor, weak: str) -> None:
    first = await visitor.get("/static/css/tokens.css")
    held = {"If-None-Match": weak + first.headers["ETag"]}
    again = await visitor.get("/static/css/tokens.css", headers=held)
    assert (again.status, again.body) == (304, b"")
    other = await visitor.get("/static/css/tokens.css", headers={"If-None-Match": '"other"'})
    assert other.status == 200


async def test_pages_name_only_files_that_exist(visitor: Visitor) -> None:
    names = visitor.relay.parts.static.names
    for template in (WEB_FOLDER / "pages").glob("*.html"):
        for name in re.findall(r'"/static/([^"#{]+)["#]', template.read_text()):
            assert name in names, (template.name, name)


def test_no_template_text_stands_in_another() -> None:
    """rjsmin would take the blanks out of the inner one."""
    nested = re.compile(r"`[^`]*\$\{[^}`]*`")
    for path in (WEB_FOLDER / "js").rglob("*.js"):
        for line in path.read_text("utf-8").splitlines():
            assert not nested.search(line), (path.name, line)
