"""`appo completion`: the words that a shell completes, as a script for it."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping

from appo_tui.cli.arguments import Parser, global_parser
from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError

SHELLS = ("bash", "zsh", "fish")

_EPILOG = """\
to use it:
  bash   appo completion bash > ~/.local/share/bash-completion/completions/appo
  zsh    appo completion zsh > DIR/_appo, with DIR among your $fpath
  fish   appo completion fish > ~/.config/fish/completions/appo.fish
"""


def declare(family: Parser, _parents: Parser) -> None:
    """Declares the command."""
    family.epilog = _EPILOG
    family.add_argument("SHELL", choices=SHELLS)
    family.set_defaults(run=_completion)


def _completion(call: Call) -> int:
    try:
        import shtab
    except ImportError:
        raise CommandError(
            "completion needs the package shtab", hint="pip install 'appo-tui[completion]'"
        ) from None
    from appo_tui.cli.program import FAMILIES, command_parser

    parser = command_parser(global_parser(), *FAMILIES)
    files = {"FILE": shtab.FILE, "DIR": shtab.DIRECTORY, "DIR|NAME": shtab.DIRECTORY}
    for each in _with_commands(parser):
        each.description = _first_sentence(each.description or "")
        for action in each._actions:  # noqa: SLF001 - argparse has no public name for them
            if (action.metavar or action.dest) in files:
                action.complete = files[str(action.metavar or action.dest)]  # type: ignore[attr-defined]
            elif action.dest == "format":
                action.choices = ("text", "json")
    call.output.stream.write(shtab.complete(parser, shell=call.options.SHELL) + "\n")
    return 0


def _with_commands(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    yield parser
    for action in parser._actions:  # noqa: SLF001 - argparse has no public name for them
        if isinstance(action.choices, Mapping):
            for command in action.choices.values():
                yield from _with_commands(command)


def _first_sentence(text: str) -> str:
    """What fits beside a word in a list of them."""
    return re.split(r"[.:,;] ", text, maxsplit=1)[0].rstrip(".")
