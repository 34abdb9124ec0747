"""A disk that can be filled: a small file system of its own, where one may be mounted."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(at: Path, size: str) -> Iterator[None]:
    """A tmpfs of that size (as mount(8) wants it) at `at`; the test is skipped without one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting needs to be root")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)
