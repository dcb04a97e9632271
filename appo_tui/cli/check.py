"""`appo check`: what is wrong with an environment, before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Parser
from appo_tui.cli.call import Call
from appo_tui.cli.output import Colour, Output

if TYPE_CHECKING:
    from appo_tui.model.diagnostics import Diagnostic

_COLOURS: dict[str, Colour] = {"error": "red", "warning": "yellow", "note": "cyan"}


def declare(family: Parser, _parents: Parser) -> None:
    """Declares the command."""
    family.set_defaults(run=_check)


def _check(call: Call) -> int:
    from appo_tui.session import check

    model, diagnostics = check(call.session())
    if call.output.as_json:
        call.output.json({"diagnostics": [as_json(each) for each in diagnostics]})
    else:
        for diagnostic in diagnostics:
            write_diagnostic(diagnostic, call.output)
        call.output.line(_summary([str(each.severity) for each in diagnostics], len(model.instances)))
    return 1 if any(each.severity == "error" for each in diagnostics) else 0


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """Returns a diagnostic as `check --format json` gives it."""
    place = diagnostic.place
    shown: dict[str, object] = {
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
    if diagnostic.hint:
        shown["hint"] = diagnostic.hint
    if diagnostic.node:
        shown["node"] = diagnostic.node
    return shown


def write_diagnostic(diagnostic: Diagnostic, output: Output) -> None:
    """Writes a diagnostic as compilers do, ``file:line:col: severity: message``, its hint below it."""
    place = f"{output.place(diagnostic.place)}: " if diagnostic.place else ""
    told = diagnostic.node is None or diagnostic.node in diagnostic.message
    node = "" if told else f" (node {diagnostic.node})"
    severity = str(diagnostic.severity)
    output.line(
        place,
        output.paint(severity, _COLOURS[severity]),
        output.text(f": {diagnostic.message}{node} [{diagnostic.code}]"),
    )
    if diagnostic.hint:
        output.line(output.text(f"    {diagnostic.hint}"))


def _summary(severities: list[str], instances: int) -> str:
    counted = [
        f"{count} {severity}{'' if count == 1 else 's'}"
        for severity in ("error", "warning", "note")
        if (count := severities.count(severity))
    ]
    found = ", ".join(counted) or "no faults"
    return f"{found} in {instances} application instance{'' if instances == 1 else 's'}"
