"""What Windows reads of the program before it runs it."""

import struct
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

from installers.windows import look
from protocol.version import VERSION
from scripts import gen_icon

V2, V3 = (f"{{urn:schemas-microsoft-com:{name}}}" for name in ("compatibility.v1", "asm.v3"))
SETTINGS = "{http://schemas.microsoft.com/SMI/2016/WindowsSettings}"
WINDOWS_10 = "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"


def test_it_asks_for_no_rights_and_sees_pixels() -> None:
    root = ElementTree.parse(look.MANIFEST).getroot()  # noqa: S314 - our own file
    (level,) = root.iter(f"{V3}requestedExecutionLevel")
    assert (level.get("level"), level.get("uiAccess")) == ("asInvoker", "false")
    assert [one.get("Id") for one in root.iter(f"{V2}supportedOS")] == [WINDOWS_10]
    (aware,) = root.iter(f"{SETTINGS}dpiAwareness")
    assert str(aware.text).startswith("PerMonitorV2")
    (long,) = root.iter(f"{SETTINGS}longPathAware")
    assert long.text == "true"


def test_its_version_is_ours(tmp_path: Path) -> None:
    told = Path(look.options(tmp_path / "work")["version"]).read_text("utf-8")
    compile(told, "version.txt", "eval")
    assert f"StringStruct('ProductVersion', '{VERSION}')" in told
    assert f"filevers=({', '.join(VERSION.split('.'))}, 0)" in told


def test_its_icon_is_drawn_for_every_size() -> None:
    with Image.open(look.ICON) as icon:
        assert {size for size, _ in icon.info["sizes"]} == set(gen_icon.SIZES)


def test_pictures_lie_where_the_icon_says() -> None:
    made = gen_icon.packed({16: b"small", 256: b"largest"})
    assert struct.unpack_from("<HHH", made) == (0, 1, 2)
    assert made[6] == 16
    assert made[22] == 0
    for at, content in ((6, b"small"), (22, b"largest")):
        size, place = struct.unpack_from("<II", made, at + 8)
        assert made[place : place + size] == content
