"""What the grammar needs of pyparsing, which is pinned for it."""

from __future__ import annotations

from importlib.metadata import version

import pyparsing
import pytest

from puppet_grammar import grammar, nodes, parsing
from puppet_grammar.building import BUILDERS
from puppet_grammar.elements import Direct
from puppet_grammar.statements import Program


def test_pyparsing_parses_by_the_method_that_the_elements_override(monkeypatch: pytest.MonkeyPatch) -> None:
    called = []
    original = Program._parse

    def observed(self: Program, *arguments: object) -> object:
        called.append(self)
        return original(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Program, "_parse", observed)
    assert parsing.parse("") == nodes.Program(0, 0, nodes.Nop(0, 0))
    assert called == [grammar.program]


def test_packrat_parsing_exchanges_that_same_method() -> None:
    assert pyparsing.ParserElement._parse is pyparsing.ParserElement._parseNoCache


def test_pyparsing_is_pinned_to_the_minor_version_that_this_holds_for() -> None:
    assert version("pyparsing").startswith("3.3.")


def test_every_rule_is_an_element_with_a_name() -> None:
    rules = {name: rule for name, rule in vars(grammar).items() if isinstance(rule, Direct)}
    assert len(rules) > 80
    assert not [name for name, rule in rules.items() if rule.name != name]


def test_every_builder_belongs_to_a_rule_or_an_operator() -> None:
    operators = {
        "assignment", "relationship", "or_expression", "and_expression", "in_expression", "comparison",
        "arithmetic", "match", "unary_minus", "unfold", "not_expression", "virtual_resource",
        "exported_resource",
    }  # fmt: skip
    assert not [name for name in BUILDERS if name not in operators and not hasattr(grammar, name)]
