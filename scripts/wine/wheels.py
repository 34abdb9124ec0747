"""The client's packages for Windows, put beside the Windows Python by the pip of this one.

pip reads markers for the system it runs on, so the list has none (`requirements/windows.txt`).
libvpx for Windows comes the same way, into the cache where they look for it.
"""

import hashlib
import shutil
import sys

from client.capture import vpx_file
from scripts import fetch_vpx
from scripts.wine import python
from scripts.wine.place import ROOT, NotReady, cache, run

LIST = ROOT / "requirements" / "windows.txt"
STAMP = "installed-windows"

FOR_WINDOWS = ("--platform=win_amd64", "--python-version=3.11", "--implementation=cp")
PIP = (
    *("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"),
    *("--only-binary=:all:", "--no-deps", "--require-hashes", f"--requirement={LIST}"),
)


def ensure() -> None:
    """All of the list and nothing else, and the codec. Raises `NotReady`."""
    codec = vpx_file.FILES["Windows", "x86_64"]
    folder = vpx_file.cache({"XDG_CACHE_HOME": str(cache())})
    try:
        fetch_vpx.fetch(folder, sys.executable, codec, FOR_WINDOWS)
    except fetch_vpx.NotFetched as why:
        raise NotReady(str(why)) from None
    packages = python.folder() / "Lib" / "site-packages"
    stamp = packages / STAMP
    wanted = hashlib.sha256(LIST.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    shutil.rmtree(packages, ignore_errors=True)
    install = [sys.executable, *PIP, *FOR_WINDOWS, f"--target={packages}"]
    run("Installing the packages for Windows", install)
    stamp.write_text(wanted, "utf-8")
