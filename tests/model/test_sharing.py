"""What nodes share changes nothing: every model is the one that evaluating all code for each node gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from appo_tui.environment import Facts, read_environment
from appo_tui.environment.facts import frozen
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.model.reading import model_of
from appo_tui.model.resolution import Resolution, resolve
from tests.conformance.outcome import Case

CASES = [
    Case(path)
    for path in sorted((Path(__file__).parent.parent / "conformance" / "cases").iterdir())
    if path.is_dir()
]


def as_values(resolution: Resolution, facts: Facts) -> dict[str, Any]:
    """The model, and what each node's catalog has of components and service resources."""
    model = model_of(resolution, facts)
    nodes = {
        certname: (
            [fault.message for fault in catalog.faults],
            []
            if catalog.faults
            else [
                (item.reference, item.virtual, item.producer, _shown(item.parameters))
                for item in catalog.compilation.catalog
                if not item.is_absent
                and (item.is_capability or item.parameters.keys() & {"export", "consume"})
            ],
        )
        for certname, catalog in resolution.nodes.items()
    }
    return {"model": model, "nodes": nodes}


def _shown(parameters: Any) -> list[str]:
    return [f"{name}: {item.value!r} {item.origin} {item.place}" for name, item in parameters.items()]


def both(root: Path, facts: Facts, puppet: CompilerSettings | None = None) -> tuple[Any, Any]:
    environment = read_environment(root)
    shared = resolve(environment, facts, settings=puppet)
    anew = resolve(environment, facts, settings=puppet, each_node_anew=True)
    return as_values(shared, facts), as_values(anew, facts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_comes_to_the_same_with_and_without_sharing(case: Case) -> None:
    inputs = case.inputs
    given_facts = {name: frozen(facts or {}) for name, facts in (inputs.get("facts") or {}).items()}
    for certname in (*case.expected.get("nodes", {}), *(inputs.get("nodes") or ())):
        given_facts.setdefault(certname, {})
    puppet = CompilerSettings(**(inputs.get("settings") or {}))
    shared, anew = both(case.directory / "env", Facts(given_facts), puppet)  # type: ignore[arg-type]
    assert shared["nodes"] == anew["nodes"]
    assert shared["model"] == anew["model"]
