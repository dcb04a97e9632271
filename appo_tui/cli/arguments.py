"""The options that every command takes, and an argument parser that fails in one line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn, TypeAlias

from appo_tui.cli.faults import CommandError
from appo_tui.session import GlobalOptions

_INVALID_CHOICE = re.compile(r"invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose errors are raised, as ``CommandError``, with a hint."""

    def error(self, message: str) -> NoReturn:
        """Raises the usage error that argparse found."""
        found = _INVALID_CHOICE.search(message)
        if found is None:
            raise CommandError(message, hint=f"see '{self.prog} --help'")
        choices = [choice.strip(" '") for choice in found[2].split(",")]
        raise CommandError(
            f"{self.prog} has no {message.partition(':')[0].removeprefix('argument ').lower()} {found[1]!r}",
            hint=nearest(found[1], choices) or f"one of: {', '.join(choices)}",
        )


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no public name
"""What a family adds its commands to."""


def nearest(word: str, words: Sequence[str]) -> str:
    """Returns a question naming the word most like the given one, or an empty string."""
    near = get_close_matches(word, words, n=1)
    return f"did you mean {near[0]!r}?" if near else ""


def global_parser() -> Parser:
    """Makes the parent parser of the options that may stand before or after any command.

    Nothing has a default here: argparse would let the default of the inner parser overwrite what the
    outer one was given.
    """
    parser = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = parser.add_argument_group("global options")
    group.add_argument(
        "-e",
        "--environment",
        metavar="DIR|NAME",
        help="the environment: a directory, or a name under --environmentpath. Without it: the nearest "
        "directory upward with environment.conf, or with manifests/ and modules/",
    )
    group.add_argument(
        "--environmentpath", metavar="DIRS", help="directories that hold environments, split by ':'"
    )
    group.add_argument(
        "--facts", metavar="FILE", type=Path, help="YAML or JSON, certname -> facts; asks no node"
    )
    group.add_argument("--inventory", metavar="FILE", type=Path, help="a Bolt inventory.yaml")
    group.add_argument("--store", metavar="URL", help="where jobs are kept, as an SQLAlchemy URL")
    group.add_argument(
        "--format", metavar="FORMAT", help="how results are written: text (the default) or json"
    )
    group.add_argument(
        "--config", metavar="FILE", type=Path, help="a settings file other than your usual one"
    )
    group.add_argument("--no-color", action="store_true", help="no colours, as with NO_COLOR")
    group.add_argument("--ascii", action="store_true", help="ASCII characters only")
    group.add_argument(
        "--read-only", action="store_true", help="start and stop nothing, change no node and no history"
    )
    return parser


def global_options(options: argparse.Namespace) -> GlobalOptions:
    """Returns the global options among the parsed ones."""
    given = vars(options)
    return GlobalOptions(
        environment=given.get("environment"),
        environmentpath=given.get("environmentpath"),
        facts=given.get("facts"),
        inventory=given.get("inventory"),
        store=given.get("store"),
        config=given.get("config"),
        no_color=given.get("no_color", False),
        ascii=given.get("ascii", False),
        read_only=given.get("read_only", False),
        demo=given.get("demo", False),
    )


def first_word(words: Sequence[str], parser: argparse.ArgumentParser) -> int | None:
    """Returns where the first word stands that is neither a global option nor the value of one."""
    takes_value = {name for action in parser._actions if action.nargs != 0 for name in action.option_strings}  # noqa: SLF001 - read only
    index = 0
    while index < len(words):
        word = words[index]
        if not word.startswith("-") or word == "-":
            return index
        index += 2 if word in takes_value else 1
    return None
