"""`python -m client`, `bridge-client`, and the frozen program."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QLocale

from client import config
from client.binding import code_in
from client.platform import current
from client.platform.program import frozen
from client.session.state import Removal
from protocol.catalogue import Catalogue, choose, load
from protocol.version import VERSION

PROGRAM = "bridge-client"
USAGE_ERROR = 2
LICENCES = "THIRD-PARTY.txt"
"""Put into the bundle by the build."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the client; the exit status. Without `arguments` those of the process are read."""
    given = sys.argv[1:] if arguments is None else arguments
    t = load(choose(QLocale.system().uiLanguages()))
    built = config.built()
    release = built.release if built else None
    if "--version" in given:
        print(version_text(t, built))
        return 0
    if "--licences" in given:
        print(licences_text(t))
        return 0
    if "--help" in given:
        print(help_text(t, config.options(release)))
        return 0
    platform = current()
    try:
        settings = config.read(given, built, code_in(platform.program.names()))
    except config.ConfigError as error:
        print(t(error.key, **error.fields), file=sys.stderr)
        return USAGE_ERROR
    if settings.language:
        t = load(settings.language)
    if platform.screen.missing():
        print(t("client.no_screen"), file=sys.stderr)
        return USAGE_ERROR
    from client.app import run  # nothing above needs a window system

    platform.program.settle()
    spent = run(settings, t, platform)
    platform.program.leave(remove=spent and platform.program.removal() is Removal.SELF)
    return 0


def version_text(t: Catalogue, built: config.Built | None) -> str:
    """Name and version; of what was built also the commit and the day."""
    more = f" ({built.commit[:12]}, {built.day})" if built and built.commit else ""
    return f"{t('app.name')} {VERSION}{more}"


def licences_text(t: Catalogue) -> str:
    """The licences of what others made and lies in a frozen program."""
    own = frozen()
    path = own.unpacked / LICENCES if own else None
    if path is None or not path.is_file():
        return t("client.licences.none")
    return path.read_text("utf-8")


def help_text(t: Catalogue, options: Sequence[str]) -> str:
    """All options with what they mean, one a line."""
    names = (*options, "version", "licences", "help")
    lines = [f"  --{name:<14}{t(f'client.option.{name}')}" for name in names]
    return "\n".join([t("client.option.usage", program=PROGRAM), "", *lines])


if __name__ == "__main__":
    sys.exit(main())
