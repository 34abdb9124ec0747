"""The client's packages for Windows, put beside the Windows Python by the pip of this one.

pip reads markers for the system it runs on, so the list has none (`requirements/windows.txt`).
"""

import hashlib
import shutil
import sys

from scripts.wine import python
from scripts.wine.place import ROOT, run

LIST = ROOT / "requirements" / "windows.txt"
STAMP = "installed-windows"

PIP = (
    *("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"),
    *("--platform=win_amd64", "--python-version=3.11", "--implementation=cp"),
    *("--only-binary=:all:", "--no-deps", "--require-hashes", f"--requirement={LIST}"),
)


def ensure() -> None:
    """All of the list and nothing else. Raises `NotReady`."""
    packages = python.folder() / "Lib" / "site-packages"
    stamp = packages / STAMP
    wanted = hashlib.sha256(LIST.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    shutil.rmtree(packages, ignore_errors=True)
    install = [sys.executable, *PIP, f"--target={packages}"]
    run("Installing the packages for Windows", install)
    stamp.write_text(wanted, "utf-8")
