"""Rows in columns."""

from __future__ import annotations

from collections.abc import Sequence

from appo_tui.cli.output import Output

_WIDEST = 60


def write_table(
    heading: Sequence[str], rows: Sequence[Sequence[str]], output: Output, *, rule: bool = False
) -> None:
    """Writes a heading and rows, each column as wide as its widest cell; the last one is left as it is.

    A cell wider than 60 characters does not widen its column. With ``rule``, a line is drawn below the
    heading.
    """
    shown = [[output.text(cell) for cell in row] for row in rows]
    widths = [
        max((len(row[column]) for row in (heading, *shown) if len(row[column]) <= _WIDEST), default=0)
        for column in range(len(heading))
    ]
    lines = []
    for row in (heading, *shown):
        padded = [f"{cell:<{width}}" for cell, width in zip(row[:-1], widths, strict=False)]
        lines.append("  ".join([*padded, row[-1]]).rstrip())
    if rule:
        lines.insert(1, "-" * max(len(line) for line in lines))
    for line in lines:
        output.line(line)


def box(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Returns the lines of a box of two columns, as the orchestrator drew it around a plan's summary."""
    left = max(len(name) for name, _ in rows)
    right = max(len(value) for _, value in rows)
    rule = f"+-{'-' * left}-+-{'-' * right}-+"
    return [rule, *(f"| {name:<{left}} | {value:<{right}} |" for name, value in rows), rule]
