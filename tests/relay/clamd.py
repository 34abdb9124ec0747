"""A real clamd with a single signature of our own: that of the harmless test file of EICAR."""

import asyncio
import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""In two halves, or scanners would block this source."""

STREAM_BYTES = 4 * 1024 * 1024
"""The longest stream that it takes."""


@contextlib.asynccontextmanager
async def running_clamd(folder: Path, port: int | None = None) -> AsyncIterator[str]:
    """clamd on a Unix socket in `folder`, or on a TCP port of this machine; its address."""
    program = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program is not None, "clamd is missing: scripts/debian.py names its package"
    await asyncio.to_thread(_prepare, folder, port)
    address = str(folder / "socket") if port is None else f"127.0.0.1:{port}"
    process = await asyncio.create_subprocess_exec(
        program,
        f"--config-file={folder / 'clamd.conf'}",
        "--foreground",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(60):
            while not await _answers(address):
                assert process.returncode is None, "clamd has ended"
        yield address
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def _prepare(folder: Path, port: int | None) -> None:
    signatures = folder / "signatures"
    signatures.mkdir(parents=True)
    known = f"{hashlib.md5(EICAR, usedforsecurity=False).hexdigest()}:{len(EICAR)}:Eicar-Test\n"
    (signatures / "own.hdb").write_text(known, "ascii")
    where = (
        f"LocalSocket {folder / 'socket'}"
        if port is None
        else f"TCPSocket {port}\nTCPAddr 127.0.0.1"
    )
    (folder / "clamd.conf").write_text(
        f"{where}\nDatabaseDirectory {signatures}\nStreamMaxLength {STREAM_BYTES}\n"
        f"TemporaryDirectory {folder}\nMaxThreads 4\n",
        "utf-8",
    )


async def _answers(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        if host:
            reader, writer = await asyncio.open_connection(host, int(port))
        elif sys.platform != "win32":
            reader, writer = await asyncio.open_unix_connection(address)
    except OSError:
        return False
    writer.write(b"zPING\0")
    try:
        return await reader.read(5) == b"PONG\0"
    finally:
        writer.close()
