"""`appo completion`: the words that a shell completes, as a script for it."""

from __future__ import annotations

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
    for action in parser._actions:  # noqa: SLF001 - a parent's actions are its children's too
        if action.metavar in ("FILE", "DIR|NAME"):
            action.complete = shtab.DIRECTORY if action.metavar == "DIR|NAME" else shtab.FILE  # type: ignore[attr-defined]
    call.output.stream.write(shtab.complete(parser, shell=call.options.SHELL) + "\n")
    return 0
