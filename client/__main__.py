"""`python -m client`, `bridge-client`, and the frozen program."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QLocale

from client import config
from client.platform import current
from protocol.catalogue import Catalogue, choose, load
from protocol.version import VERSION

PROGRAM = "bridge-client"
USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the client; the exit status. Without `arguments` those of the process are read."""
    given = sys.argv[1:] if arguments is None else arguments
    t = load(choose(QLocale.system().uiLanguages()))
    release = config.built()
    if "--version" in given:
        print(f"{t('app.name')} {VERSION}")
        return 0
    if "--help" in given:
        print(help_text(t, config.options(release)))
        return 0
    try:
        settings = config.read(given, release)
    except config.ConfigError as error:
        print(t(error.key, **error.fields), file=sys.stderr)
        return USAGE_ERROR
    if settings.language:
        t = load(settings.language)
    platform = current()
    if platform.screen.missing():
        print(t("client.no_screen"), file=sys.stderr)
        return USAGE_ERROR
    from client.app import run  # nothing above needs a window system

    return run(settings, t, platform)


def help_text(t: Catalogue, options: Sequence[str]) -> str:
    """All options with what they mean, one a line."""
    names = (*options, "version", "help")
    lines = [f"  --{name:<14}{t(f'client.option.{name}')}" for name in names]
    return "\n".join([t("client.option.usage", program=PROGRAM), "", *lines])


if __name__ == "__main__":
    sys.exit(main())
