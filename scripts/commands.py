"""Writes docs/commands.md from the parsers of the command line: ``python -m scripts.commands``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from appo_tui.cli.arguments import global_parser
from appo_tui.cli.demo import HELP
from appo_tui.cli.program import FAMILIES, command_parser

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"

HEAD = """\
# Commands

Generated from the program's own parsers by `make docs`; `appo COMMAND --help` says the same.

```
appo [ENVIRONMENT]
```

opens the TUI. ENVIRONMENT is a directory, or a name under `--environmentpath`.

## Exit codes

| code | meaning |
|---|---|
| 0 | all well |
| 1 | a node failed, errored or was skipped, or `appo check` found errors |
| 2 | a mistake in the command line, or no plan can be made |
| 130 | stopped by Ctrl-C |

## Options of every command

They may stand before or after the command.

"""


def page() -> str:
    """The whole page."""
    shared = global_parser()
    parts = [HEAD, _table(shared._actions)]  # noqa: SLF001 - argparse shows its arguments nowhere else
    known = {name for action in shared._actions for name in action.option_strings}  # noqa: SLF001
    for family in FAMILIES:
        if family == "demo":
            continue
        for words, parser, summary in commands_of(family):
            parts.append(_section(words, parser, summary, known))
    demo = HELP.format(state="the folder demo of appo's state directory")
    parts.append(f"\n## appo demo\n\n```text\n{demo}```\n")
    return "".join(parts)


def commands_of(family: str) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """Yields a family's commands: their words, their parser, and what they do in a line."""
    own = _choices(command_parser(global_parser(), family))[family]
    inner = _choices(own)
    if not inner:
        yield f"appo {family}", own, own.description or FAMILIES[family][1]
    for name, parser in inner.items():
        yield f"appo {family} {name}", parser, parser.description or _summary(own, name)


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:  # noqa: SLF001 - as above
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - it has no public name
            return dict(action.choices)
    return {}


def _summary(family: argparse.ArgumentParser, name: str) -> str:
    """What a command's family says of it in its help."""
    for action in family._actions:  # noqa: SLF001 - as above
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            said = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
            return said[name][0].upper() + said[name][1:] + "."
    return ""


def _section(words: str, parser: argparse.ArgumentParser, summary: str, shared: set[str]) -> str:
    own = [
        action
        for action in parser._actions  # noqa: SLF001 - as above
        if action.help != argparse.SUPPRESS and not shared & set(action.option_strings)
    ]
    arguments = [positional(action) for action in own if not action.option_strings]
    usage = " ".join((words, *arguments, *(["[OPTIONS]"] if any(a.option_strings for a in own[1:]) else [])))
    text = f"\n## {words}\n\n```\n{usage}\n```\n\n{summary}\n"
    shown = [action for action in own if action.help and "--help" not in action.option_strings]
    said = (parser.epilog or "").strip()
    after = (f"\n```text\n{said}\n```\n" if "\n" in said else f"\n{said}\n") if said else ""
    return text + (f"\n{_table(shown)}" if shown else "") + after


def positional(action: argparse.Action) -> str:
    """An argument as usage lines have it."""
    name = str(action.metavar or action.dest)
    return {"?": f"[{name}]", "*": f"[{name} ...]", "+": f"{name} [{name} ...]"}.get(str(action.nargs), name)


def _table(actions: list[argparse.Action]) -> str:
    rows = (f"| {_names(action)} | {_cell(action.help or '')} |\n" for action in actions)
    return "| option | what it does |\n|---|---|\n" + "".join(rows)


def option_names(action: argparse.Action) -> tuple[str, ...]:
    """An option's names, each with the value that it takes; an argument's name."""
    if not action.option_strings:
        return (positional(action),)
    choices = "|".join(map(str, action.choices)) if action.choices else None
    value = "" if action.nargs == 0 else f" {action.metavar or choices or action.dest.upper()}"
    return tuple(name + value for name in action.option_strings)


def _names(action: argparse.Action) -> str:
    return ", ".join(f"`{_cell(name)}`" for name in option_names(action))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
