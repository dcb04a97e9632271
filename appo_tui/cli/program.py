"""The program `appo`: reads the command line, carries out one command, returns its exit code.

Exit codes: 0 all well; 1 a node failed, errored or was skipped, or `check` found errors; 2 a usage or
plan error; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, TypeAlias

from appo_tui import __version__
from appo_tui.cli.arguments import Parser, first_word, global_options, global_parser, nearest
from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError, one_line
from appo_tui.cli.output import Output
from appo_tui.environment.faults import AppoError
from appo_tui.environment.printable import printable
from appo_tui.environment.settings import read_settings
from appo_tui.session import GlobalOptions, Session, looks

USAGE = 2
STOPPED = 130

FAMILIES: Final = {
    "check": ("check", "every fault in the environment, with its place"),
    "app": ("app", "application instances and what binds their components"),
    "node": ("node", "nodes, their components and the values that reach them"),
    "job": ("job", "plan, run and follow jobs; the history"),
    "new": ("new", "write a module to start from"),
    "convert": ("convert", "write the environment out for a Puppet 7 or 8 server"),
    "facts": ("facts", "collect facts from the nodes"),
    "serve": ("serve", "the TUI in a browser"),
    "parse": ("parse", "the syntax tree of manifests"),
    "completion": ("completion", "a script that completes words in your shell"),
    "demo": ("demo", "the TUI, or any command, on samples with simulated nodes"),
}
"""The first words of commands, each with the module that declares it and what it is for."""

_DESCRIPTION = """\
Puppet Application Orchestration in the terminal: shows application instances as trees, plans the order
in which their nodes must run, and runs Puppet on them in that order over SSH.

  appo [ENVIRONMENT]        the terminal UI
  appo demo                 the terminal UI on sample modules, with nodes that need no setup
"""

_EPILOG = """\
the usual way:
  appo check                                    is the environment sound?
  appo app show                                 what is declared, and on which nodes
  appo job plan -a 'Lamp[app1]'                 what would run, in which order, and why
  appo job run  -a 'Lamp[app1]'                 run it; Ctrl-C stops, twice ends the running ones too
  appo job list                                 what ran

`appo COMMAND --help` says more of each. Exit codes: 0 all well, 1 a node failed, errored or was skipped
(or check found errors), 2 wrong usage or no plan, 130 stopped by Ctrl-C.
"""


Terminal: TypeAlias = Callable[[Session], int]
"""Opens the terminal UI. The program is given it: the command line does not import the TUI."""


def main(terminal: Terminal, words: Sequence[str] | None = None) -> int:
    """Runs the program with the given words, or those of the process, and returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _written(run(list(sys.argv[1:] if words is None else words), terminal, demo=False))
    except BrokenPipeError:
        # Who read our output has gone: nothing more to say, also not by the interpreter at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return STOPPED
    except AppoError as error:
        sys.stdout.flush()
        sys.stderr.write(f"appo: {printable(one_line(error))}\n")
        return USAGE


def _written(code: int) -> int:
    """Returns the exit code once everything has been handed to the reader, who may have gone."""
    sys.stdout.flush()
    return code


def run(words: list[str], terminal: Terminal, *, demo: bool) -> int:
    """Carries out a command line; with ``demo``, on the samples and the demo's fleet."""
    parents = global_parser()
    at = first_word(words, parents)
    command = words[at] if at is not None else None
    if at is not None and command == "demo" and not demo:
        from appo_tui.cli.demo import run_demo

        return run_demo(words[:at] + words[at + 1 :], lambda rest: run(rest, terminal, demo=True))
    if command is not None and command not in FAMILIES:
        return terminal(_named_environment(words, command, parents, demo=demo))
    parser = command_parser(parents, *(() if command is None else (command,)))
    options = parser.parse_args(words)
    options.demo = demo
    call = _call(options)
    if command is None:
        return terminal(call.session())
    return int(options.run(call))


def command_parser(parents: Parser, *families: str) -> Parser:
    """Makes the parser; only the named families are imported and have their own options in it."""
    parser = Parser(
        prog="appo",
        parents=[parents],
        description=_DESCRIPTION,
        epilog=_EPILOG,
        usage="appo [global options] [ENVIRONMENT | COMMAND ...]",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"appo {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", prog="appo")
    for name, (module, summary) in FAMILIES.items():
        family = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            parents=[parents],
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name in families:
            import_module(f"appo_tui.cli.{module}").declare(family, parents)
    return parser


def _named_environment(words: list[str], environment: str, parents: Parser, *, demo: bool) -> Session:
    """Returns the session for an environment given as the only word."""
    parser = Parser(prog="appo", parents=[parents], allow_abbrev=False)
    parser.add_argument("word")
    options = parser.parse_args(words)
    near = nearest(environment, list(FAMILIES))
    if demo or "environment" in vars(options) or (near and not Path(environment).is_dir()):
        raise CommandError(f"there is no command {environment!r}", hint=near or "see 'appo --help'")
    options.environment = environment
    return _call(options).session()


def _call(options: argparse.Namespace) -> Call:
    chosen: GlobalOptions = global_options(options)
    _check_format(options)
    settings = read_settings(chosen.config)
    look = looks(chosen, settings, os.environ)
    output = Output(
        stream=sys.stdout,
        as_json=vars(options).get("format") == "json",
        colour=look.color and sys.stdout.isatty(),
        ascii_only=look.ascii,
    )
    return Call(options, chosen, settings, output)


def _check_format(options: argparse.Namespace) -> None:
    given = vars(options)
    formats = given.get("formats", ("text", "json"))
    if given.get("format", formats[0]) not in formats:
        raise CommandError(
            f"there is no format {given['format']!r} here", hint=f"one of: {', '.join(formats)}"
        )
