"""What is said where there is nothing to show, and what to do then."""

from __future__ import annotations

from appo_tui.model.diagnostics import Severity
from appo_tui.model.entities import Model
from appo_tui.tui.drawing.lines import Line, line, span


def absence(fault: str) -> tuple[Line, ...]:
    """What stands in the place of an environment that is not read yet, or, with a fault, can't be."""
    if not fault:
        return (line(span("Reading the environment...", "dim")),)
    return (
        line(span("The environment can't be read.", "heading")),
        *(line(span(text, "bad")) for text in fault.splitlines()),
        line(""),
        line(span("ctrl+r reads it again, and so does every change of its files.", "dim")),
        line(span("0 goes to another environment beside it; appo -e DIR opens any; q quits.", "dim")),
    )


def nothing_declared(model: Model) -> tuple[Line, ...]:
    """What stands in the place of a tree without applications."""
    errors = sum(each.severity is Severity.ERROR for each in model.diagnostics)
    if errors:
        return (
            line(span("No application instance could be made out.", "heading")),
            line(span("1 error is" if errors == 1 else f"{errors} errors are", "bad"), " in the way."),
            line(""),
            line(span("! shows what is wrong; enter goes to the place; e opens your editor.", "dim")),
        )
    return (
        line(span("This environment declares no application instance.", "heading")),
        line("An instance stands in a site block of the main manifest:"),
        line(span("  site { lamp { 'app1': nodes => { Node['db1'] => Lamp::Db['app1'] } } }", "string")),
        line(""),
        line(span("appo new NAME writes a module to start from; appo demo shows one at work.", "dim")),
        line(span("0 goes to another environment; ctrl+r reads this one again.", "dim")),
    )
