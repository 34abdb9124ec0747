"""The command line: `bridge-relay`, or `python -m relay`."""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from protocol import VERSION, catalogue
from relay import commands, download_commands, log, settings
from relay.fault import StartFault
from relay.storage.database import StorageUnavailable

INTERRUPTED = 130
FAULT = 2


class _Option(NamedTuple):
    flag: str
    help: str
    value: bool = False
    """Whether it takes a value (and must be given)."""


class _Command(NamedTuple):
    """`words` are what must be said behind its name, in this order."""

    run: commands.Command
    help: str
    options: tuple[_Option, ...] = ()
    words: tuple[_Option, ...] = ()


_NAME = _Option("--name", "the name they sign in with", value=True)

COMMANDS = {
    "serve": _Command(
        commands.serve,
        "run the relay",
        (_Option("--ready-json", "tell in one JSON line on stdout when ready"),),
    ),
    "setup-link": _Command(
        commands.setup_link, "print a one-time link for making the first administrator"
    ),
    "create-user": _Command(
        commands.create_user,
        "make an account",
        (
            _NAME,
            _Option("--shown-name", "the name others see", value=True),
            _Option("--administrator", "make it an administrator's"),
            _Option("--password-stdin", "read the password from stdin; else sign-in by link only"),
        ),
    ),
    "sign-in-link": _Command(
        commands.sign_in_link, "print a one-time sign-in link for somebody", (_NAME,)
    ),
    "remove-second-factor": _Command(
        commands.remove_second_factor,
        "let somebody who lost their codes sign in without one",
        (_NAME,),
    ),
    "make-key": _Command(
        commands.make_key,
        "print a new session key",
        (_NAME, _Option("--own", "lead to their own queue, not the general one")),
    ),
    "migrate": _Command(commands.migrate, "bring the database to its newest shape"),
    "identity": _Command(commands.identity, "print the public half of the relay's identity"),
    "downloads add": _Command(
        download_commands.add,
        "check a program for customers, and hand it out from now on",
        words=(_Option("file", "the program; its .sha256, .minisig and .cdx.json lie beside it"),),
    ),
    "downloads list": _Command(download_commands.show, "print what is handed out"),
    "downloads remove": _Command(
        download_commands.remove,
        "hand a program out no longer",
        words=(_Option("program", "its name, as downloads list prints it"),),
    ),
}
GROUPS = {"downloads": "the programs for customers: add, list, remove"}
"""What stands before the second word of a command."""

_SHOW = "--show-config"


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line; the exit code is 2 for whatever the operator must mend."""
    texts = catalogue.load(_language(os.environ))
    options, unknown = _parser().parse_known_args(arguments)
    try:
        _refuse_unknown(options.command, unknown)
        chosen = settings.read(vars(options), os.environ)
        if options.show_config:
            print(chosen.shown())
            return 0
        log.configure(chosen.config.log_level, chosen.config.log_format)
        call = commands.Call(chosen.config, options, texts)
        os.umask(0o077)  # what the relay writes is its user's own, the database too
        _run(COMMANDS[options.command].run, call)
    except StartFault as fault:
        print(f"bridge-relay: {texts(fault.key, **fault.fields)}", file=sys.stderr)
        return FAULT
    except StorageUnavailable as error:
        print(f"bridge-relay: {texts('relay.fault.storage', why=str(error))}", file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _run(command: commands.Command, call: commands.Call) -> None:
    async def carry_out() -> None:
        await command(call)

    factory = None
    if sys.platform != "win32":
        import uvloop

        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(carry_out())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bridge-relay", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"bridge-relay {VERSION}")
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    groups = {
        name: listed.add_parser(name, help=text, allow_abbrev=False).add_subparsers(
            required=True, metavar="COMMAND"
        )
        for name, text in GROUPS.items()
    }
    for name, command in COMMANDS.items():
        group, _, last = name.rpartition(" ")
        among = groups[group] if group else listed
        one = among.add_parser(last, help=command.help, allow_abbrev=False)
        one.set_defaults(command=name)
        for word in command.words:
            one.add_argument(word.flag, help=word.help, metavar=word.flag.upper())
        for option in command.options:
            if option.value:
                one.add_argument(option.flag, help=option.help, required=True)
            else:
                one.add_argument(option.flag, help=option.help, action="store_true")
        one.add_argument(_SHOW, action="store_true", help="print the settings, and do nothing")
        settings.add_options(one)
    return parser


def _refuse_unknown(command: str, unknown: Sequence[str]) -> None:
    if not unknown:
        return
    known = [option.flag for option in COMMANDS[command].options]
    known += [_SHOW, "--config", *(settings.flag_of(name) for name in settings.FIELDS)]
    name = unknown[0].partition("=")[0]
    near = settings.nearest(name, known)
    raise StartFault("setting_unknown", name=name, source="command line", near=near)


def _language(environment: Mapping[str, str]) -> str:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return catalogue.choose(environment.get(name, "") for name in names)


if __name__ == "__main__":
    sys.exit(main())
