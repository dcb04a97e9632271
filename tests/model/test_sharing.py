"""What nodes share changes nothing: every model is the one that evaluating all code for each node gives."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from appo_tui.environment import Facts, read_environment
from appo_tui.environment.facts import frozen
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.model.reading import model_of
from appo_tui.model.resolution import Resolution, resolve
from appo_tui.model.sharing import body_sharing, site_splitting
from tests.conformance.outcome import Case
from tests.model.test_model import SQL

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


# --- programs made up -----------------------------------------------------------------------------

DEFINITIONS = """define db($a = undef, $b = undef, $zone = $::zone) { }
Db produces Sql { host => $::hostname, password => $zone }
define web($host = undef, $a = undef, $b = undef) { }
Web consumes Sql { }
class front($host = undef, $a = 1) { }
Class['front'] consumes Sql { }
function twice($x) { "${x}${::zone}" }
"""
VALUES = (
    "1", "$::zone", "$::hostname", "$zone", '"z${zone}"', '"${name}-${::zone}"', "[$::zone, $x]", "$x", "$y",
    "$i", "$top", "$::top", "$shared", "twice('a')", "lookup('k')", "lookup('n', undef, undef, 'none')",
    "$site", "undef", "$os", "$::role", "upcase(\"${::zone}\")", "$title", "$later", "$facts", "$trusted",
    "defined('$x')", "defined(Db[$name])", "$::os", "$clientcert",
)  # fmt: skip
VALUE = st.sampled_from(VALUES)
BODY = (
    "$x = {v}", "$y = {v}", "$zone = {v}", "if $::zone == 'a' {{ $y = {v} }}", "unless $x {{ $later = {v} }}",
    "case $::role {{ 'r1': {{ $x = 1 }} default: {{ $x = {v} }} }}", "notice({v})",
    "Web {{ a => {v} }}", "Web <| |> {{ b => {v} }}", "Web['w1'] {{ b => {v} }}", "$later = {v}",
    "[1, 2].each |$j| {{ $y = {v} }}", "with({v}) |$y| {{ notice($y) }}", "fail({v})",
    "if $::zone {{ db {{ \"${{name}}-x\": export => Sql[\"${{name}}-x\"] }} }}", "include front",
    "db {{ \"${{name}}-${{::zone}}\": export => Sql[\"${{name}}-z\"] }}", "[$x, $y] = [{v}, {w}]",
    "class {{ 'front': consume => Sql[$name], a => {v} }}", "Db[$name] -> Web[\"${{name}}-1\"]",
)  # fmt: skip
SITE = (
    "$site = {v}", "if $::zone == 'a' {{ $shared = {v} }}", "notice({v})", "Lamp {{ p => {v} }}", "$x = {v}",
    "Web {{ a => {v} }}", "if $::zone == 'a' {{ Web {{ b => {v} }} }}", "$even = {w}", "notice($even)",
    (
        "['e1', 'e2'].each |$e| {{ lamp {{ $e: p => {v}, nodes => {{ Node['w2.test'] => Db[$e], "
        "Node['db0.test'] => [Web[\"${{e}}-1\"], Web[\"${{e}}-2\"]] }} }} }}"
    ),
    "$made = {{ Node['w0.test'] => [Db['m'], Web['m-1'], Web['m-2']] }} lamp {{ 'm': nodes => $made }}",
    "lamp {{ \"c${{even}}\": nodes => {{ Node['w1.test'] => [Db[\"c${{even}}\"]] }} }}",
)  # fmt: skip
MAIN = (
    "$top = {v}", "Db {{ b => {v} }}", "$shared = {v}", "include front", "node default {{ $z = {v} }}",
)  # fmt: skip


def program(draw: Any) -> str:
    def lines(patterns: tuple[str, ...], most: int) -> list[str]:
        chosen = draw(st.lists(st.sampled_from(patterns), max_size=most))
        return [pattern.format(v=draw(VALUE), w=draw(VALUE)) for pattern in chosen]

    body = lines(BODY, 3)
    declared = [
        f"db {{ $name: a => {draw(VALUE)}, b => {draw(VALUE)}, export => Sql[$name] }}",
        (
            f"Integer[1, 2].each |$i| {{ $w = {draw(VALUE)}\n"
            f"    web {{ \"${{name}}-${{i}}\": a => {draw(st.sampled_from((*VALUES, '$w', '$w')))},\n"
            f"      b => {draw(VALUE)}, consume => Sql[$name] }} }}"
        ),
    ]
    for statement in declared:
        body.insert(draw(st.integers(0, len(body))), statement)
    site = lines(SITE, 4)
    for number in range(draw(st.integers(1, 3))):
        title = f"'l{number}'"
        mapping = (
            f"Node['db{number}.test'] => Db[{title}], Node['w1.test'] => Web['l{number}-1'], "
            f"Node['w{number}.test'] => Web['l{number}-2']"
        )
        mapping = mapping if number != 1 else mapping.replace("Node['w1.test'] => Web['l1-1'], ", "").replace(
            "Web['l1-2']", "[Web['l1-2'], Web['l1-1']]")  # fmt: skip
        given_parameter = f"p => {draw(VALUE)}, " if draw(st.booleans()) else ""
        declaration = f"lamp {{ {title}: {given_parameter}nodes => {{ {mapping} }} }}"
        site.insert(draw(st.integers(0, len(site))), declaration)
    parameters = f"$p = {draw(VALUE)}"
    newline = "\n  "
    return (
        DEFINITIONS + "\n".join(lines(MAIN, 2))
        + f"\napplication lamp({parameters}) {{\n  {newline.join(body)}\n}}\n"
        + f"site {{\n  {newline.join(site)}\n}}\n"
    )  # fmt: skip


def node_facts(draw: Any) -> Facts:
    certnames = ("db0.test", "db1.test", "w0.test", "w1.test", "w2.test")
    known = draw(st.lists(st.sampled_from(certnames), unique=True))
    return Facts(
        {
            certname: {
                name: draw(st.sampled_from(("a", "b", None, ("a", "b"), {"x": "y"})))
                for name in draw(st.lists(st.sampled_from(("zone", "role", "top", "x")), unique=True))
            }
            for certname in known
        }
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_program_comes_to_the_same_with_and_without_sharing(data: st.DataObject) -> None:
    text, facts = program(data.draw), node_facts(data.draw)
    note(f"{text}\n{facts}")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        types = root / "modules" / "services" / "lib" / "puppet" / "type"
        types.mkdir(parents=True)
        (types / "sql.rb").write_text(SQL)
        (root / "manifests").mkdir()
        (root / "manifests" / "site.pp").write_text(text)
        (root / "hiera.yaml").write_text(
            "version: 5\nhierarchy:\n- {name: n, path: '%{trusted.certname}.yaml'}\n"
            "- {name: z, path: 'zone-%{zone}.yaml'}\n- {name: c, path: c.yaml}\n"
        )
        (root / "data").mkdir()
        (root / "data" / "c.yaml").write_text("k: common %{name}\nfront::a: 7\n")
        (root / "data" / "db0.test.yaml").write_text("k: of db0\n")
        (root / "data" / "zone-a.yaml").write_text("k: of a\nn: 1\n")
        enough, few = data.draw(st.sampled_from((0, 1, 8))), data.draw(st.sampled_from((1, 8)))
        with patch.object(body_sharing, "ENOUGH_SITES", enough), patch.object(site_splitting, "FEW", few):
            shared, anew = both(root, facts)
    assert shared["nodes"] == anew["nodes"]
    assert shared["model"] == anew["model"]


def test_data_are_asked_for_with_the_variables_of_the_moment(tmp_path: Path) -> None:
    (tmp_path / "modules" / "services" / "lib" / "puppet" / "type").mkdir(parents=True)
    (tmp_path / "modules" / "services" / "lib" / "puppet" / "type" / "sql.rb").write_text(SQL)
    (tmp_path / "manifests").mkdir()
    (tmp_path / "manifests" / "site.pp").write_text(
        "define db($host) { }\nDb produces Sql { }\n"
        "application lamp($given = lookup('k')) {\n"
        "  ['a', 'b'].each |$each| { db { $each: host => $given, export => Sql[$each] } }\n"
        "  $zone = 'late'\n"
        "}\n"
        "site { lamp { 'one': nodes => { Node['n1'] => Db['a'], Node['n2'] => Db['b'] } } }\n"
    )
    (tmp_path / "hiera.yaml").write_text(
        "version: 5\nhierarchy:\n- {name: zone, path: 'zone-%{zone}.yaml'}\n"
        "- {name: node, path: '%{trusted.certname}.yaml'}\n- {name: common, path: common.yaml}\n"
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "zone-late.yaml").write_text("k: of the zone\n")
    (tmp_path / "data" / "n2.yaml").write_text("k: of n2\n")
    (tmp_path / "data" / "common.yaml").write_text("k: common\n")
    shared, anew = both(tmp_path, Facts({"n1": {}, "n2": {}}))
    assert shared["nodes"] == anew["nodes"]
    assert shared["model"] == anew["model"]
