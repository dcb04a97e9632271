"""Railroad diagrams of the grammar: ``python -m puppet_grammar.railroad docs/grammar.html``.

Needs railroad-diagrams and jinja2, which pyparsing's diagrams are made with.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyparsing

from puppet_grammar import grammar, parsing
from puppet_grammar.elements import Direct, Mark
from puppet_grammar.lexer import kinds as k
from puppet_grammar.operators import Level


def rules() -> Iterator[tuple[str, pyparsing.ParserElement]]:
    """Yields the grammar's rules in their order, as plain elements for a diagram.

    Each rule shows its parts by their names, so that a diagram is as large as its rule.
    """
    for name, rule in vars(grammar).items():
        if isinstance(rule, Direct):
            yield name, _Drawing(name).draw(rule)


class _Drawing:
    """Draws one rule; other rules in it are boxes with their names."""

    def __init__(self, name: str) -> None:
        self.name = name

    def draw(self, rule: pyparsing.ParserElement) -> pyparsing.ParserElement:
        if isinstance(rule, Mark):
            return _one_of([pyparsing.Literal(_spelling(kind)) for kind in sorted(rule.kinds)])
        if isinstance(rule, Level):
            return _operators(rule)
        if isinstance(rule, pyparsing.ParseExpression):
            parts = [self.part(part) for part in rule.exprs]
            return pyparsing.And(parts) if isinstance(rule, pyparsing.And) else _one_of(parts)
        if isinstance(rule, pyparsing.ParseElementEnhance) and rule.expr is not None:
            inner = self.part(rule.expr)
            if isinstance(rule, pyparsing.Opt):
                return pyparsing.Opt(inner)
            return pyparsing.ZeroOrMore(inner) if isinstance(rule, pyparsing.ZeroOrMore) else inner
        return _box(rule.name)

    def part(self, part: pyparsing.ParserElement) -> pyparsing.ParserElement:
        if part.customName in vars(grammar) and part.customName != self.name:
            return _box(part.customName)
        return self.draw(part)


def _one_of(parts: list[pyparsing.ParserElement]) -> pyparsing.ParserElement:
    return parts[0] if len(parts) == 1 else pyparsing.MatchFirst(parts)


def _box(name: str) -> pyparsing.ParserElement:
    return pyparsing.Empty().set_name(name)


def _spelling(kind: str) -> str:
    return k.DESCRIPTION.get(kind, kind).strip("'")


def _operators(level: Level) -> pyparsing.ParserElement:
    """Draws the operators of a level, the loosest first."""
    table = level.operators
    infixes = sorted(
        (binding, kind) for kind, (binding, _, _) in table.infixes.items() if binding >= level.minimum
    )
    prefixed = [pyparsing.Opt(_one_of([pyparsing.Literal(_spelling(kind)) for kind in level.prefixes]))]
    names = [suffix.name for binding, suffix in table.suffixes.values() if binding >= level.minimum]
    suffixes = [_box(name) for name in dict.fromkeys(names)]
    operand = pyparsing.And([*prefixed, _box(table.operand.name), pyparsing.ZeroOrMore(_one_of(suffixes))])
    between = _one_of([pyparsing.Literal(_spelling(kind)) for _, kind in infixes])
    return pyparsing.And([operand, pyparsing.ZeroOrMore(pyparsing.And([between, _box("operand")]))])


def page() -> str:
    """Returns an HTML page with a diagram of each rule."""
    from pyparsing.diagram import railroad_to_html, to_railroad

    parsing.keywords_of(None, "orchestration")
    diagrams = []
    for name, drawn in rules():
        found = to_railroad(drawn.set_name(name), show_results_names=False)
        diagrams += [replace(diagram, name=name) for diagram in found[:1]]
    return railroad_to_html(diagrams)


def main() -> None:
    """Writes the page."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", nargs="?", type=Path, default=Path("docs/grammar.html"))
    file = arguments.parse_args().file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
