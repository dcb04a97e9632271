"""How much is evaluated grows with the nodes, not with their square."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from appo_tui.environment import Facts
from appo_tui.evaluator.interpreter import Interpreter
from tests.model.test_model import model_of

DEFINITIONS = """define db($zone = 1) { }
Db produces Sql { }
define web($label = '', $zone = '') { }
Web consumes Sql { }
"""
BODIES = {
    "hands a fact on": "",
    "keeps a fact in a variable": "$kept = $::hostname",
    "decides by a fact": "if $::zone == 'a' { $x = 1 } else { $x = 2 }",
    "looks up data": "$looked = lookup('k', undef, undef, 'none')",
}
LABELS = {"keeps a fact in a variable": "${i}-${kept}"}


def evaluations(root: Path, body: str, nodes: int) -> int:
    """How many expressions are evaluated for an application with a component on each node."""
    root.mkdir()
    label = LABELS.get(body, "${::hostname}")
    mapping = ", ".join(f"Node['w{index}'] => Web['w{index}']" for index in range(1, nodes + 1))
    text = (
        f"{DEFINITIONS}application farm($webs) {{\n  {BODIES[body]}\n  db {{ 'd': export => Sql['d'] }}\n"
        f'  Integer[1, $webs].each |$i| {{ web {{ "w${{i}}": label => "{label}", '
        "consume => Sql['d'] } }\n}\n"
        f"site {{ farm {{ 'f': webs => {nodes}, nodes => {{ Node['d'] => Db['d'], {mapping} }} }} }}\n"
    )
    (root / "hiera.yaml").write_text("version: 5\nhierarchy: [{name: n, path: '%{trusted.certname}.yaml'}]\n")
    counted = 0
    real = Interpreter.evaluate

    def counting(self: Interpreter, node: object, scope: object) -> object:
        nonlocal counted
        counted += 1
        return real(self, node, scope)  # type: ignore[arg-type]

    facts = Facts({f"w{index}": {"zone": "abc"[index % 3]} for index in range(1, nodes + 1)})
    with patch.object(Interpreter, "evaluate", counting):
        model = model_of(root, text, facts)
    assert [item.message for item in model.diagnostics if item.severity == "error"] == []
    assert model.components["Web[w2]"].parameters["label"].value in ("w2", "2-w2")
    return counted


@pytest.mark.parametrize("body", BODIES)
def test_twice_the_nodes_need_twice_the_evaluations(tmp_path: Path, body: str) -> None:
    few, many = evaluations(tmp_path / "few", body, 40), evaluations(tmp_path / "many", body, 80)
    assert many / few < 2.2


SITES = {
    "hands a fact on": "",
    "decides by a fact": "if $::hostname == 'w1' { notice('here') }",
    "asks for a class's variable": "notice($some::variable)",
}


def evaluations_of_site(root: Path, statement: str, instances: int) -> int:
    """How many expressions are evaluated for a site with many instances that reads a fact."""
    root.mkdir()
    declared = "\n".join(
        f"  farm {{ 'f{index}': label => \"x${{::hostname}}\", "
        f"nodes => {{ Node['d{index}'] => Db['f{index}'], Node['w{index}'] => Web['f{index}'] }} }}"
        for index in range(1, instances + 1)
    )
    text = (
        f"{DEFINITIONS}application farm($label) {{\n  db {{ $name: export => Sql[$name] }}\n"
        f"  web {{ $name: label => $label, consume => Sql[$name] }}\n}}\n"
        f"site {{\n  {statement}\n{declared}\n}}\n"
    )
    counted = 0
    real = Interpreter.evaluate

    def counting(self: Interpreter, node: object, scope: object) -> object:
        nonlocal counted
        counted += 1
        return real(self, node, scope)  # type: ignore[arg-type]

    with patch.object(Interpreter, "evaluate", counting):
        model = model_of(root, text, Facts())
    assert [item.message for item in model.diagnostics if item.severity == "error"] == []
    assert model.components["Web[f2]"].parameters["label"].value == "xw2"
    return counted


@pytest.mark.parametrize("statement", SITES)
def test_twice_the_instances_of_a_site_that_reads_facts_need_twice_the_evaluations(
    tmp_path: Path, statement: str
) -> None:
    few = evaluations_of_site(tmp_path / "few", SITES[statement], 40)
    many = evaluations_of_site(tmp_path / "many", SITES[statement], 80)
    assert many / few < 2.2


def in_lambda(instances: int) -> str:
    mapping = "Node[\"d${i}\"] => Db[\"f${i}\"], Node[\"w${i}\"] => Web[\"f${i}\"]"
    declared = f"farm {{ \"f${{i}}\": label => 'x', nodes => {{ {mapping} }} }}"
    return f"Integer[1, {instances}].each |$i| {{ {declared} }}"


def one_by_one(declaration: str) -> Callable[[int], str]:
    return lambda instances: "\n".join(
        declaration.replace("INDEX", str(index)) for index in range(1, instances + 1)
    )


def in_one_instance(instances: int) -> str:
    mapping = ", ".join(
        f"Node['d{index}'] => Db['f{index}'], Node['w{index}'] => Web['f{index}']"
        for index in range(1, instances + 1)
    )
    return f"whole {{ 'all': label => 'x', many => {instances}, nodes => {{ {mapping} }} }}"


EVEN_SITES = {
    "one instance": in_one_instance,
    "in a lambda": in_lambda,
    "computed titles": one_by_one(
        "$tINDEX = 'fINDEX' farm { \"${tINDEX}\": label => 'x', "
        "nodes => { Node['dINDEX'] => Db['fINDEX'], Node['wINDEX'] => Web['fINDEX'] } }"
    ),
    "mappings in variables": one_by_one(
        "$nINDEX = { Node['dINDEX'] => Db['fINDEX'], Node['wINDEX'] => Web['fINDEX'] } "
        "farm { 'fINDEX': label => 'x', nodes => $nINDEX }"
    ),
}


def evaluations_of_even_site(root: Path, declared: str) -> int:
    """How many expressions are evaluated for a site whose instances do not hang on the fact that it reads."""
    root.mkdir()
    text = (
        f"{DEFINITIONS}application farm($label) {{\n  db {{ $name: export => Sql[$name] }}\n"
        f"  web {{ $name: label => $label, consume => Sql[$name] }}\n}}\n"
        "application whole($label, $many) {\n  Integer[1, $many].each |$i| {\n"
        "    db { \"f${i}\": export => Sql[\"f${i}\"] }\n"
        "    web { \"f${i}\": label => $label, consume => Sql[\"f${i}\"] } }\n}\n"
        f"site {{\n  $who = $::hostname\n  notice($who)\n{declared}\n}}\n"
    )
    counted = 0
    real = Interpreter.evaluate

    def counting(self: Interpreter, node: object, scope: object) -> object:
        nonlocal counted
        counted += 1
        return real(self, node, scope)  # type: ignore[arg-type]

    with patch.object(Interpreter, "evaluate", counting):
        model = model_of(root, text, Facts())
    assert [item.message for item in model.diagnostics if item.severity == "error"] == []
    assert model.components["Web[f2]"].parameters["label"].value == "x"
    return counted


@pytest.mark.parametrize("shape", EVEN_SITES)
def test_what_a_site_declares_alike_for_all_nodes_is_evaluated_once(tmp_path: Path, shape: str) -> None:
    few = evaluations_of_even_site(tmp_path / "few", EVEN_SITES[shape](40))
    many = evaluations_of_even_site(tmp_path / "many", EVEN_SITES[shape](80))
    assert many / few < 2.2
