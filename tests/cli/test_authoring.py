from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import SAMPLES, Program


def test_a_new_module_passes_check_and_has_an_instance_to_plan(appo: Program) -> None:
    made = appo.run("new", "blog")
    assert (made.returncode, made.stderr) == (0, "")
    checked = appo.run("check", "--format", "json")
    assert [each for each in json.loads(checked.stdout)["diagnostics"] if each["severity"] == "error"] == []
    plan = json.loads(appo.run("job", "plan", "-a", "Blog[first]", "--format", "json").stdout)
    assert plan["levels"] == [["server1.example.com"], ["client1.example.com"]]
    assert plan["edges"] == [["server1.example.com", "client1.example.com", "Blog_endpoint[blog-first]"]]


def test_in_an_environment_a_new_module_leaves_the_manifest_alone_and_shows_the_instance(
    appo: Program,
) -> None:
    appo.run("new", "blog")
    site = (appo.home / "site.pp").read_text()
    made = appo.run("new", "wiki")
    assert (appo.home / "site.pp").read_text() == site
    assert "  wiki { 'first':\n" in made.stdout
    assert (appo.home / "wiki" / "manifests" / "init.pp").exists()


@pytest.mark.parametrize("name", ["Blog", "2x", "a-b", "site", "../x"])
def test_a_name_that_is_none_for_a_module_is_refused(name: str, appo: Program) -> None:
    run = appo.run("new", name)
    assert (run.returncode, list(appo.home.glob("*.pp"))) == (2, [])
    assert "can't be a module's name" in run.stderr


def test_a_module_that_is_there_is_not_overwritten(appo: Program) -> None:
    appo.run("new", "blog")
    assert appo.run("new", "blog").returncode == 2


def test_a_converted_environment_has_a_node_block_a_node_and_no_orchestration(
    appo: Program, tmp_path: Path
) -> None:
    run = appo.run("-e", str(SAMPLES), "convert", "out")
    assert (run.returncode, run.stdout) == (0, "12 nodes are in out.\n")
    components = (tmp_path / "out" / "manifests" / "~components.pp").read_text()
    assert "node 'web1.test' {\n  sql { 'db-app1':\n    host => 'db1.test',\n" in components
    init = (tmp_path / "out" / "modules" / "lamp" / "manifests" / "init.pp").read_text()
    original = (SAMPLES / "lamp" / "manifests" / "init.pp").read_text()
    assert "application" not in init.replace("# The application", "")
    assert init.count("\n") == original.count("\n")
    language = ("--format", "pn", *map(str, (tmp_path / "out").rglob("*.pp")))
    assert appo.run("parse", *language).returncode == 0


def test_a_converted_environment_is_its_owners_alone(appo: Program, tmp_path: Path) -> None:
    appo.run("-e", str(SAMPLES), "convert", "out")
    found = [tmp_path / "out", *(tmp_path / "out").rglob("*")]
    assert not [path for path in found if path.stat().st_mode & 0o077]


def test_an_environment_with_node_blocks_gets_conditions_beside_them(appo: Program, tmp_path: Path) -> None:
    appo.run("new", "blog")
    with (tmp_path / "site.pp").open("a") as site:
        site.write("node default { notify { 'own': } }\n")
    assert appo.run("convert", "out").returncode == 0
    components = (tmp_path / "out" / "manifests" / "~components.pp").read_text()
    assert "if $trusted['certname'] == 'server1.example.com' {\n" in components
    assert "notify { 'own': }" in (tmp_path / "out" / "manifests" / "site.pp").read_text()


def test_nothing_is_converted_over_what_is_there(appo: Program, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("")
    run = appo.run("-e", str(SAMPLES), "convert", "out")
    assert run.returncode == 2
    assert "not empty" in run.stderr
