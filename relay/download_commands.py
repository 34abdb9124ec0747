"""`bridge-relay downloads`: which programs for customers are handed out."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from relay import app, release
from relay.clock import SystemClock
from relay.commands import Call, origin
from relay.domain.authenticode import Authenticode
from relay.domain.programs import BUILDS, megabytes, names
from relay.fault import StartFault
from relay.identity import Identity


async def add(call: Call) -> None:
    """Check a file of a release and hand it out from now on; a relay that runs sees it at once."""
    key = release.key_in(call.config)
    at = origin(call.config)
    app.prepare_data_folder(call.config)
    wanted = release.For(at, Identity.load(call.config.data_folder).public_text, key)
    store = release.store_of(call.config)
    added = release.add(Path(call.options.file), store, wanted, SystemClock().now_ms())
    program, size = added.program, megabytes(added.program.size, call.texts.language)
    print(call.texts("relay.download_added", name=program.name, size=size, sum=program.sha256))
    if added.authenticode is not None:
        good = added.authenticode is Authenticode.GOOD
        print(call.texts("relay.download_signed" if good else "relay.download_unsigned"))


async def show(call: Call) -> None:
    """Print what is handed out: name, size (bytes), version, day of the build, SHA-256."""
    with _told(call):
        programs = release.store_of(call.config).all()
    if not programs:
        print(call.texts("relay.downloads_none"))
    for one in programs.values():
        print(f"{one.name}  {one.size}  {one.version}  {one.built}  {one.sha256}")


async def remove(call: Call) -> None:
    """Hand a program out no longer."""
    name = call.options.program
    if name not in BUILDS:
        raise StartFault("download_name", name=name, known=names())
    with _told(call):
        there = release.store_of(call.config).remove(name)
    if not there:
        raise StartFault("download_unknown", name=name)
    print(call.texts("relay.download_removed", name=name))


@contextlib.contextmanager
def _told(call: Call) -> Iterator[None]:
    """What the disk refuses, in a sentence."""
    try:
        yield
    except OSError as error:
        at = str(error.filename or call.config.data)
        raise StartFault("file", path=at, why=error.strerror or str(error)) from None
