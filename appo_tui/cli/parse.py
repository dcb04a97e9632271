"""`appo parse`: the syntax tree of manifests, in the form in which Puppet prints its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Parser
from appo_tui.cli.call import Call

if TYPE_CHECKING:
    from puppet_grammar import PuppetSyntaxError


def declare(family: Parser, _parents: Parser) -> None:
    """Declares the command."""
    family.epilog = "--format is pn (Puppet's own notation, a line a file; the default) or json."
    family.add_argument("FILE", nargs="+", type=Path)
    family.set_defaults(run=_parse, formats=("pn", "json"))


def _parse(call: Call) -> int:
    import json

    from puppet_grammar import PuppetSyntaxError, parse, to_pn

    as_json = vars(call.options).get("format") == "json"
    refused = 0
    for file in call.options.FILE:
        try:
            tree = parse(_text(file), file=str(file))
        except (PuppetSyntaxError, OSError) as error:
            refused += 1
            _complain(call, file, error)
            continue
        shown = json.dumps(_json(tree)) if as_json else to_pn(tree)
        call.output.stream.write(shown + "\n")
    return 1 if refused else 0


def _json(node: object) -> object:
    """Returns a node as an object of its type's name and its fields; the grammar's model has their names."""
    import msgspec

    if isinstance(node, msgspec.Struct):
        fields = {name: _json(getattr(node, name)) for name in node.__struct_fields__}
        return {"type": type(node).__name__, **fields}
    if isinstance(node, tuple | list):
        return [_json(each) for each in node]
    return node


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="surrogateescape")


def _complain(call: Call, file: Path, error: PuppetSyntaxError | OSError) -> None:
    call.output.flush()
    if isinstance(error, OSError):
        sys.stderr.write(f"appo: {call.output.text(str(file))}: {error.strerror}\n")
        return
    for number, line in enumerate(error.explanation().splitlines()):
        sys.stderr.write(f"{'appo: ' if number == 0 else '    '}{call.output.text(line)}\n")
