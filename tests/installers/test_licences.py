"""Nothing is shipped that may not be, and nothing that nobody has looked at."""

import pytest

from installers.components import Component, components, notices
from installers.fault import BuildFault
from installers.licences import allows, check, table
from installers.release import ROOT

KNOWN = {"pypi": {"good": "MIT", "bad": "GPL-3.0-or-later", "two": "GPL-2.0-only OR MIT"}}


def part(name: str) -> Component:
    return Component("pypi", name, "1.0")


@pytest.mark.parametrize(
    ("licence", "fine"),
    [
        ("MIT", True),
        ("GPL-2.0-only", False),
        ("GPL-2.0-only OR BSD-3-Clause", True),
        ("MIT AND LGPL-3.0-only", True),
        ("MIT AND GPL-3.0-or-later", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", True),
        ("AGPL-3.0-only OR GPL-2.0-only", False),
        ("", False),
        ("Something new", False),
    ],
)
def test_one_of_the_choices_must_be_free_in_all_its_parts(licence: str, fine: bool) -> None:
    assert allows(licence) is fine


def test_what_may_be_shipped_passes() -> None:
    check([part("good"), part("two")], KNOWN)


def test_what_may_not_is_named_with_its_licence() -> None:
    with pytest.raises(BuildFault, match=r"bad 1\.0 \(GPL-3\.0-or-later\)"):
        check([part("good"), part("bad")], KNOWN)


def test_what_nobody_has_looked_at_stops_the_build() -> None:
    with pytest.raises(BuildFault, match=r"licences\.toml.*new 1\.0 \[pypi\]"):
        check([part("new")], KNOWN)


def test_every_package_of_the_client_is_known() -> None:
    names = [
        line.split("==")[0]
        for line in (ROOT / "requirements/client.txt").read_text("utf-8").splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    ]
    check([part(name.lower()) for name in names if name != "evdev"], table())


def test_a_file_belongs_to_the_package_it_came_with() -> None:
    import aiohttp
    import msgspec

    packed = {
        "modules": [("aiohttp", str(aiohttp.__file__)), ("client", str(ROOT / "client/app.py"))],
        "files": [("msgspec/_core.so", str(msgspec._core.__file__))],
    }
    names = [one.name for one in components(packed)]
    assert sorted(names) == ["aiohttp", "msgspec", "python"]


def test_the_notices_carry_whole_licences() -> None:
    text = notices()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "Apache License" in text
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in text
