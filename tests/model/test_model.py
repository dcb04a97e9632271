"""What the model says of values, names and faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from appo_tui.environment import NO_FACTS, Facts, read_environment
from appo_tui.evaluator.origins import OriginKind
from appo_tui.evaluator.values import Unknown
from appo_tui.model import UnknownTargetError, find_target, read_model, show_node
from appo_tui.model.entities import Model

SQL = """Puppet::Type.newtype :sql, :is_capability => true do
  newparam :name, :is_namevar => true
  newparam :host
  newparam :password
end
"""
LAMP = """define db(String $password, String $host = $::ipaddress) { }
Db produces Sql { }
define web(String $db_host, String $db_password) { }
Web consumes Sql { db_host => $host, db_password => $password }
application lamp(String $password) {
  db { $name: password => $password, export => Sql[$name] }
  web { $name: consume => Sql[$name] }
}
site {
  lamp { 'app1': password => 'tea', nodes => { Node['db1.test'] => Db['app1'],
    Node['web1.test'] => Web['app1'] } }
}
"""


def model_of(root: Path, manifest: str, facts: Facts = NO_FACTS) -> Model:
    types = root / "modules" / "services" / "lib" / "puppet" / "type"
    types.mkdir(parents=True, exist_ok=True)
    (types / "sql.rb").write_text(SQL)
    (root / "manifests").mkdir(exist_ok=True)
    (root / "manifests" / "site.pp").write_text(manifest)
    return read_model(read_environment(root), facts)


def test_what_hangs_on_an_unasked_fact_is_unknown_with_its_reason(tmp_path: Path) -> None:
    model = model_of(tmp_path, LAMP)
    value = model.components["Web[app1]"].parameters["db_host"].value
    assert value == Unknown("the fact ipaddress of db1.test is not known yet")
    assert [item for item in model.diagnostics if item.severity == "error"] == []


def test_a_consumed_value_knows_its_way_back_to_the_fact(tmp_path: Path) -> None:
    facts = Facts({"db1.test": {"ipaddress": "10.0.0.1"}, "web1.test": {}})
    attribute = model_of(tmp_path, LAMP, facts).components["Web[app1]"].parameters["db_host"]
    assert attribute.value == "10.0.0.1"
    last = attribute.origin
    assert last.kind is OriginKind.CONSUMED
    while last.through is not None:
        last = last.through
    assert (last.kind, last.source) == (OriginKind.FACT, "ipaddress")


def test_a_secret_is_not_shown(tmp_path: Path) -> None:
    shown = show_node(model_of(tmp_path, LAMP), "web1.test")
    assert shown["components"]["Web[app1]"]["db_password"] == {"sensitive": True}  # type: ignore[index]
    assert "tea" not in str(shown)


@pytest.mark.parametrize("text", ["lamp[app1]", "Lamp['app1']", 'LAMP["APP1"]', "::Lamp[app1]"])
def test_names_are_understood_in_any_case_and_quoting(tmp_path: Path, text: str) -> None:
    assert find_target(model_of(tmp_path, LAMP), text) == "Lamp[app1]"


def test_a_misspelt_name_gets_the_nearest_as_a_hint(tmp_path: Path) -> None:
    with pytest.raises(UnknownTargetError, match=r"Did you mean Lamp\[app1\]"):
        find_target(model_of(tmp_path, LAMP), "Lamp[ap1]")


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    broken = LAMP.replace("export => Sql[$name]", "export => Sql['x'], colour => 1")
    codes = {item.code for item in model_of(tmp_path, broken).diagnostics if item.severity == "error"}
    assert {"parameter", "never-exported"} <= codes


def test_the_order_of_definitions_does_not_matter(tmp_path: Path) -> None:
    lines = LAMP.splitlines()
    turned = "\n".join([*lines[8:], *lines[2:8], *lines[:2]])
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    one, other = model_of(first, LAMP), model_of(second, turned)
    assert [show_node(one, name) for name in one.nodes] == [show_node(other, name) for name in other.nodes]


def test_the_digest_covers_the_data_and_the_resource_types(tmp_path: Path) -> None:
    (tmp_path / "hiera.yaml").write_text("version: 5\nhierarchy: [{name: all, path: all.yaml}]\n")
    (tmp_path / "data").mkdir()
    data = tmp_path / "data" / "all.yaml"
    data.write_text("password: tea\n")
    manifest = LAMP.replace("password => 'tea'", "password => lookup('password')")
    first = model_of(tmp_path, manifest)
    data.write_text("password: coffee\n")
    second = model_of(tmp_path, manifest)
    type_file = tmp_path / "modules" / "services" / "lib" / "puppet" / "type" / "sql.rb"
    type_file.write_text(SQL + "# changed\n")
    third = read_model(read_environment(tmp_path), NO_FACTS)
    assert len({first.digest, second.digest, third.digest}) == 3
    assert third.digest == read_model(read_environment(tmp_path), NO_FACTS).digest


def test_all_syntax_errors_of_a_file_are_told_and_the_rest_of_it_counts(tmp_path: Path) -> None:
    model = model_of(tmp_path, f"$a = )\n{LAMP}\n$b = ]\n")
    syntax = [item for item in model.diagnostics if item.code == "syntax" and item.node is None]
    assert [item.place.line for item in syntax if item.place] == [1, 15]
    assert "Lamp[app1]" in model.instances


def test_a_broken_manifest_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "manifests").mkdir()
    (tmp_path / "manifests" / "a.pp").write_text("$a = )\n$b = 1\n$c = ]\n")
    (tmp_path / "manifests" / "z.pp").write_text("$z = )\n")
    model = model_of(tmp_path, LAMP)
    syntax = [item for item in model.diagnostics if item.code == "syntax" and item.node is None]
    found = [(Path(item.place.file).name, item.place.line) for item in syntax if item.place]
    assert found == [("a.pp", 1), ("a.pp", 3), ("z.pp", 1)]
    assert "Lamp[app1]" in model.instances


def test_all_syntax_errors_of_a_module_file_are_told(tmp_path: Path) -> None:
    manifests = tmp_path / "modules" / "broken" / "manifests"
    manifests.mkdir(parents=True)
    (manifests / "init.pp").write_text("class broken {\n  $a = )\n}\nclass broken::more {\n  $b = ]\n}\n")
    model = model_of(tmp_path, f"{LAMP}include broken\n")
    syntax = [item for item in model.diagnostics if item.code == "syntax" and item.node is None]
    assert [item.place.line for item in syntax if item.place] == [2, 5]


def test_a_looked_up_value_comes_from_its_key_in_the_data(tmp_path: Path) -> None:
    (tmp_path / "hiera.yaml").write_text("version: 5\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "common.yaml").write_text("other: 1\nsecret: tea\n")
    model = model_of(tmp_path, LAMP.replace("password => 'tea'", "password => lookup('secret')"))
    origin = model.components["Db[app1]"].parameters["password"].origin
    while origin.through is not None:
        origin = origin.through
    assert (origin.kind, origin.source) == (OriginKind.HIERA, "secret")
    assert origin.place is not None
    assert (origin.place.file, origin.place.line) == (str(tmp_path / "data" / "common.yaml"), 2)


def test_a_hash_may_be_a_key_of_a_parameters_hash(tmp_path: Path) -> None:
    text = """
      define box($content) { }
      Box produces Sql { }
      application shelf() {
        box { $name: content => { { 'a' => 1 } => 'one', [Node['x']] => 'two' }, export => Sql['s'] }
      }
      site { shelf { 's': nodes => { Node['n1'] => Box['s'] } } }
    """
    model = model_of(tmp_path, text)
    assert [item for item in model.diagnostics if item.severity == "error"] == []
    content = model.components["Box[s]"].parameters["content"].value
    assert isinstance(content, dict)
    assert list(content.values()) == ["one", "two"]


def test_an_instance_that_a_node_has_twice_is_told_at_the_second(tmp_path: Path) -> None:
    instance = "site {\n  a { 'i': nodes => { Node['n'] => W['i'] } }\n"
    again = instance.removeprefix("site {\n") + "}\n"
    code = "define w() { }\napplication a() { w { $name: export => Sql[$name] } }\nW produces Sql { }\n"
    model = model_of(tmp_path, code + instance + again)
    lines = [item.place and item.place.line for item in model.diagnostics if item.severity == "error"]
    assert lines == [6, 6]
