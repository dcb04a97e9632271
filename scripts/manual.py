"""Writes docs/appo.1, the manual page, from the parsers of the command line: ``python -m scripts.manual``."""

from __future__ import annotations

import argparse
from pathlib import Path

from appo_tui.cli.arguments import global_parser
from appo_tui.cli.demo import HELP
from appo_tui.cli.program import FAMILIES, command_parser
from scripts.commands import commands_of, option_names, positional

PAGE = Path(__file__).parent.parent / "docs" / "appo.1"


def page() -> str:
    """The whole page, in the macros of man(7)."""
    parser = command_parser(global_parser())
    shared = global_parser()._actions  # noqa: SLF001 - argparse shows its arguments nowhere else
    known = {name for action in shared for name in action.option_strings}
    parts = [
        '.TH APPO 1 "" "appo-tui" "User Commands"\n',
        ".SH NAME\nappo \\- Puppet Application Orchestration in the terminal\n",
        ".SH SYNOPSIS\n.B appo\n[OPTIONS] [ENVIRONMENT | COMMAND ...]\n",
        f".SH DESCRIPTION\n{_literal(parser.description or '')}",
        ".SH OPTIONS\nThey may stand before or after any command.\n",
        *map(_option, shared),
        ".SH COMMANDS\n",
    ]
    for family in FAMILIES:
        if family != "demo":
            parts += [_command(*command, known) for command in commands_of(family)]
    parts.append(f".SS appo demo\n{_literal(HELP.format(state='kept below the state directory'))}")
    parts.append(f".SH EXAMPLES\n{_literal(parser.epilog or '')}")
    return "".join(parts)


def _command(words: str, parser: argparse.ArgumentParser, summary: str, shared: set[str]) -> str:
    own = [
        action
        for action in parser._actions  # noqa: SLF001 - as above
        if action.help != argparse.SUPPRESS and not shared & set(action.option_strings)
    ]
    arguments = [positional(action) for action in own if not action.option_strings]
    options = [action for action in own if action.help and "--help" not in action.option_strings]
    said = _literal(parser.epilog) if parser.epilog else ""
    title = _escaped(" ".join((words, *arguments)))
    return f".SS {title}\n{_escaped(summary)}\n" + "".join(map(_option, options)) + said


def _option(action: argparse.Action) -> str:
    return f".TP\n.B {_escaped(', '.join(option_names(action)))}\n{_escaped(action.help or '')}\n"


def _literal(text: str) -> str:
    """Text whose lines stay as they are."""
    return f".PP\n.nf\n{_escaped(text.rstrip())}\n.fi\n"


def _escaped(text: str) -> str:
    """Text in which roff finds no requests and changes no dashes or quotes."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in plain.split("\n"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
