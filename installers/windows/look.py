"""How the program looks to Windows: its icon, what its properties say, and what it asks for.

The manifest asks for the rights of whoever starts it and no more, for places in physical pixels on
every monitor, and for paths of any length.
"""

from pathlib import Path

from protocol.version import VERSION

FOLDER = Path(__file__).resolve().parent
ICON = FOLDER / "support-bridge.ico"
"""`scripts/gen_icon.py` makes it."""

MANIFEST = FOLDER / "support-bridge.manifest"

NAME = "Support Bridge"
TOLD = {
    "CompanyName": NAME,
    "FileDescription": NAME,
    "FileVersion": VERSION,
    "InternalName": "support-bridge-client",
    "LegalCopyright": "Apache License 2.0",
    "OriginalFilename": "support-bridge-windows-x86_64.exe",
    "ProductName": NAME,
    "ProductVersion": VERSION,
}
"""Windows shows FileDescription where it asks for the person's consent."""


def options(work: Path) -> dict[str, str]:
    """What PyInstaller's `EXE` is told; a file of it is written into the folder `work`."""
    about = work / "version.txt"
    about.parent.mkdir(parents=True, exist_ok=True)
    about.write_text(version_resource(), "utf-8")
    return {"icon": str(ICON), "version": str(about), "manifest": str(MANIFEST)}


def version_resource() -> str:
    """The version resource, in the form that PyInstaller reads; in English, as texts of Unicode."""
    numbers = (*(int(number) for number in VERSION.split(".")), 0, 0, 0)[:4]
    told = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in TOLD.items())
    fixed = f"FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, OS=0x40004)"
    strings = f"StringFileInfo([StringTable('040904B0', [{told}])])"
    language = "VarFileInfo([VarStruct('Translation', [0x0409, 0x04B0])])"
    return f"VSVersionInfo(ffi={fixed}, kids=[{strings}, {language}])\n"
