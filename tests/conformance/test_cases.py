"""Every case in cases/ comes to what Puppet makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conformance.outcome import REDACTED, Case, outcome

HERE = Path(__file__).parent
CASES = [Case(path) for path in sorted((HERE / "cases").iterdir()) if path.is_dir()]


def _listed(name: str) -> dict[str, str]:
    lines = (HERE / name).read_text().splitlines()
    entries = [line.partition("  ") for line in lines if line.strip() and not line.startswith("#")]
    return {case: reason.strip() for case, _, reason in entries}


NOT_YET = _listed("not_yet.txt")
BETTER = _listed("better_than_puppet.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_comes_to_what_puppet_makes_of_it(case: Case) -> None:
    problems = differences(case)
    if case.name in NOT_YET:
        assert problems, f"{case.name} agrees now: take it out of not_yet.txt"
        pytest.xfail(NOT_YET[case.name])
    assert not problems, "\n".join(problems)


def differences(case: Case) -> list[str]:
    """What differs, of what cases/README.md says is compared."""
    expected, found = case.expected, outcome(case)
    problems = []
    if case.name not in BETTER:
        problems += _compared("status", expected["status"], found["status"])
        problems += _compared("error", _message(expected), found.get("error"))
        if "graph" in expected:
            problems += _compared("graph", expected["graph"], found.get("graph"))
            dependencies = sorted(expected.get("dependencies", []))
            problems += _compared("dependencies", dependencies, sorted(found.get("dependencies", [])))
        problems += _compared("cycle", bool(expected.get("cycle")), bool(found["cycles"]))
    for certname, node in expected.get("nodes", {}).items():
        problems += _node_differences(expected, certname, node, found["nodes"].get(certname))
    return problems


def _message(expected: dict[str, Any]) -> str | None:
    error = expected.get("error")
    return error["message"] if error else None


def _node_differences(
    expected: dict[str, Any], certname: str, node: dict[str, Any], found: dict[str, Any] | None
) -> list[str]:
    if found is None:
        return [f"{certname} was not compiled"]
    if node["status"] == "error":
        return _compared(certname, node["error"]["message"], found.get("error"))
    if found["status"] == "error":
        return [f"{certname} has an error here: {found['error']}"]
    declared = {
        component["ref"]
        for application in expected.get("applications", [])
        for component in application["components"]
    }
    consumed = _consumed(node)
    wanted = {
        resource["ref"]: resource["parameters"]
        for resource in node["resources"]
        if resource.get("producer")
        or resource["ref"] in declared | consumed
        or (_is_bound(resource) and not resource.get("capability"))
    }
    problems = _compared(f"{certname}: resources", sorted(wanted), sorted(found["resources"]))
    for reference in wanted.keys() & found["resources"].keys():
        ours = found["resources"][reference]
        problems += _compared(f"{certname}: {reference}", _unredacted(wanted[reference], ours), ours)
    return problems


def _consumed(node: dict[str, Any]) -> set[str]:
    """Service resources that are consumed; others came into the catalog by being mentioned in a body."""
    values = [resource["parameters"].get("consume", []) for resource in node["resources"]]
    return {item for value in values for item in (value if isinstance(value, list) else [value])}


def _is_bound(resource: dict[str, Any]) -> bool:
    return bool({"export", "consume"} & resource["parameters"].keys())


def _unredacted(wanted: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """Puppet unwraps a Sensitive parameter in the catalog; here it stays what it is."""
    return {name: REDACTED if ours.get(name) == REDACTED else value for name, value in wanted.items()}


def _compared(what: str, expected: object, found: object) -> list[str]:
    return [] if expected == found else [f"{what}:\n  Puppet: {expected}\n  here:   {found}"]
