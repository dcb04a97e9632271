"""What a Puppet server did, and nobody does in apply mode, is said before a run."""

from __future__ import annotations

from pathlib import Path

from appo_tui.environment import Facts, read_environment
from appo_tui.model import read_model


def told(root: Path) -> list[tuple[str, str, int]]:
    """Severity, code and line of what is said of an environment, but for notes."""
    model = read_model(read_environment(root), Facts({}))
    return [
        (item.severity.value, item.code, item.place.line)
        for item in model.diagnostics
        if item.place is not None and item.severity.value != "note"
    ]


def written(root: Path, **files: str) -> Path:
    for name, text in files.items():
        file = root / name.replace("__", "/").replace("_DOT_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


def test_exported_resources_and_their_collectors_are_warned_of(tmp_path: Path) -> None:
    code = "define d() {\n  @@file { '/x': }\n  File <<| tag == 'y' |>>\n}\nsite { }\n"
    root = written(tmp_path, manifests__site_DOT_pp=code)
    assert told(root) == [("warning", "exported-resource", 2), ("warning", "exported-collector", 3)]


def test_a_backend_that_no_module_brings_is_warned_of_and_leaves_values_unknown(tmp_path: Path) -> None:
    hiera = "version: 5\nhierarchy:\n  - {name: vault, lookup_key: hiera_vault}\n"
    root = written(tmp_path, manifests__site_DOT_pp="$x = lookup('k') site { }", hiera_DOT_yaml=hiera)
    assert told(root) == [("warning", "hiera-backend", 1)]


def test_a_backend_of_a_module_is_not_warned_of(tmp_path: Path) -> None:
    hiera = "version: 5\nhierarchy:\n  - {name: vault, lookup_key: m::vault}\n"
    root = written(
        tmp_path,
        manifests__site_DOT_pp="site { }",
        hiera_DOT_yaml=hiera,
        modules__m__lib__puppet__functions__m__vault_DOT_rb="",
    )
    assert told(root) == []


def test_an_external_node_classifier_is_warned_of(tmp_path: Path) -> None:
    root = written(
        tmp_path,
        puppet__puppet_DOT_conf="[master]\nnode_terminus = exec\n",
        code__environments__production__manifests__site_DOT_pp="site { }",
    )
    assert told(root / "code/environments/production") == [("warning", "external-nodes", 2)]


def test_a_malformed_hiera_yaml_is_an_error_even_where_nothing_is_looked_up(tmp_path: Path) -> None:
    root = written(tmp_path, manifests__site_DOT_pp="site { }", hiera_DOT_yaml="version: 6\n")
    assert told(root) == [("error", "hiera", 1)]


def test_a_syntax_error_is_told_once_however_many_nodes_there_are(tmp_path: Path) -> None:
    nodes = "define p() { }\napplication a() { p { 'x': } }\nnode 'n1' { }\nnode 'n2' { }\n}\n"
    root = written(tmp_path, manifests__site_DOT_pp=nodes)
    model = read_model(read_environment(root), Facts({"n1": {}, "n2": {}}))
    assert [item.code for item in model.diagnostics if item.code == "syntax"] == ["syntax"]


def test_a_wrong_parameter_is_told_once(tmp_path: Path) -> None:
    code = """
      define p(String $x) { }
      P produces Sql { }
      application a() { p { 'x': x => Sensitive('q'), export => Sql['s'] } }
      site { a { 'i': nodes => { Node['n1'] => P['x'] } } }
    """
    sql = "Puppet::Type.newtype(:sql, :is_capability => true) { newparam :name, :namevar => true }"
    root = written(
        tmp_path, manifests__site_DOT_pp=code, modules__m__lib__puppet__type__sql_DOT_rb=sql
    )
    model = read_model(read_environment(root), Facts({"n1": {}}))
    assert [item.code for item in model.diagnostics if item.code == "parameter"] == ["parameter"]


def test_a_fault_of_the_data_s_configuration_is_told_at_its_line(tmp_path: Path) -> None:
    hiera = "version: 5\nhierarchy:\n  - name: one\n  - name: two\n  - name: one\n"
    root = written(tmp_path, manifests__site_DOT_pp="site { }", hiera_DOT_yaml=hiera)
    assert told(root) == [("error", "hiera", 5)]
