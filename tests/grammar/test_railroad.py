"""The diagrams of the grammar."""

from __future__ import annotations

import importlib.util

import pytest

from puppet_grammar.railroad import page, rules


def test_every_rule_is_drawn() -> None:
    names = [name for name, _ in rules()]
    assert {"if_expression", "resource_body", "capability_mapping", "expression"} <= set(names)
    assert len(names) == len(set(names)) > 80


def test_the_page_has_a_diagram_of_each_rule() -> None:
    for package, needed in (("railroad", "railroad-diagrams"), ("jinja2", "jinja2")):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"diagrams need {needed}")
    assert page().count("<svg") >= len(list(rules()))
