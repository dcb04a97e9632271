"""Trees and errors, against what Puppet's own parser made of the same texts.

language.json is Puppet 7.23's answer to corner cases of the language; orchestration.json is Puppet 6.29's
to the statements of application orchestration, with what its validator says.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from puppet_grammar import PuppetSyntaxError, Source, parse, to_json_data, to_pn, validate

HERE = Path(__file__).parent
LANGUAGE: list[dict[str, Any]] = json.loads((HERE / "language.json").read_text())
ORCHESTRATION: list[dict[str, Any]] = json.loads((HERE / "orchestration.json").read_text())
VALID = [case for case in ORCHESTRATION if "pn" in case]


def _names(cases: list[dict[str, Any]]) -> list[str]:
    return [case.get("name", case.get("source", ""))[:40] for case in cases]


@pytest.mark.parametrize("case", LANGUAGE, ids=_names(LANGUAGE))
def test_language_is_read_as_puppet_7_reads_it(case: dict[str, Any]) -> None:
    if "pn" in case:
        assert to_pn(parse(case["source"], language="7")) == case["pn"]
        return
    with pytest.raises(PuppetSyntaxError) as refused:
        parse(case["source"], language="7")
    assert refused.value.message == case["error"]
    if case["line"] is not None:
        assert (refused.value.line, refused.value.column) == (case["line"], case["column"])


@pytest.mark.parametrize("case", ORCHESTRATION, ids=_names(ORCHESTRATION))
def test_orchestration_is_read_as_puppet_6_reads_it(case: dict[str, Any]) -> None:
    if "pn" in case:
        assert to_pn(parse(case["source"])) == case["pn"]
        return
    with pytest.raises(PuppetSyntaxError) as refused:
        parse(case["source"])
    assert refused.value.message == case["error"]


@pytest.mark.parametrize("case", VALID, ids=_names(VALID))
def test_validator_says_what_puppet_6_says(case: dict[str, Any]) -> None:
    source = Source(case["source"])
    found = [(issue.severity, issue.code, issue.message) for issue in validate(parse(source.text), source)]
    assert found == [(issue["severity"], issue["code"], issue["message"]) for issue in case["issues"]]


def test_orchestration_words_are_names_in_puppet_7() -> None:
    tree = parse("include site", language="7")
    assert to_pn(tree) == '(invoke {:functor (qn "include") :args [(qn "site")]})'


def test_plans_are_read_in_a_directory_of_plans() -> None:
    tree = parse("plan m::p($x) { $y = 1 }", file="m/plans/p.pp")
    assert to_pn(tree) == '(plan {:name "m::p" :params {:x {}} :body [(= (var "y") 1)]})'
    with pytest.raises(PuppetSyntaxError):
        parse("plan m::p($x) { $y = 1 }", file="m/manifests/p.pp")


def test_json_has_calls_and_maps_as_puppet_dumps_them() -> None:
    assert to_json_data(parse("$x = { a => 1 }")) == {
        "^": ["=", {"^": ["var", "x"]}, {"^": ["hash", {"^": ["=>", {"^": ["qn", "a"]}, 1]}]}]
    }


def test_a_module_file_may_only_hold_definitions_of_its_own_name() -> None:
    source = Source("define lamp::web() { }\nnotice(1)\n", "db.pp")
    construct, location = validate(parse(source.text), source, namespace="lamp::db")
    assert str(construct) == (
        "This Function Call is unacceptable as a top level construct in this location"
        " (file: db.pp, line: 2, column: 1)"
    )
    assert str(location) == (
        "Unacceptable location. The name 'lamp::web' is unacceptable in file 'db.pp'"
        " (file: db.pp, line: 1, column: 1)"
    )
