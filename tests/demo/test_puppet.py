from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from appo_tui.demo.applying import apply
from appo_tui.demo.log import Clock
from appo_tui.demo.node_state import NodeState
from appo_tui.demo.options import read_options
from appo_tui.demo.puppet import main
from appo_tui.jobs.node.report import parse_report

DEFINE = """\
define lamp::db($port = 3306, $file = "/etc/${name}.cnf") {
  package { 'mariadb-server': ensure => installed }
  file { $file: ensure => file, content => "port ${port}", require => Package['mariadb-server'] }
  service { 'mariadb': ensure => running, subscribe => File[$file] }
  exec { "load ${name}": command => 'mariadb', require => Service['mariadb'] }
  notify { "host ${::fqdn}": }
}
"""


class StillClock(Clock):
    def wait(self, seconds: float) -> None:
        self.waited = getattr(self, "waited", 0.0) + seconds


class Node:
    """A simulated node, and runs of Puppet on it."""

    def __init__(self, directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.directory = directory
        self.state = NodeState(directory / "home")
        self.state.home.mkdir()
        self._capsys = capsys
        self.module("db", DEFINE)

    def module(self, name: str, text: str) -> None:
        file = self.directory / "modules" / "lamp" / "manifests" / f"{name}.pp"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def run(self, manifest: str, *words: str) -> tuple[int, list[dict[str, object]]]:
        file = self.directory / "site.pp"
        file.write_text(manifest)
        options = read_options(
            ["--modulepath", str(self.directory / "modules"), "--logdest=logstash_event", *words, str(file)]
        )
        code = apply(options, StillClock(), 1.0)
        return code, [json.loads(line) for line in self._capsys.readouterr().out.splitlines()]


@pytest.fixture
def node(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Node:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("APPO_DEMO_NODE", "db1.test")
    return Node(tmp_path, capsys)


DB = "lamp::db { 'app1': port => 3307 }"


def told(lines: list[dict[str, object]]) -> list[str]:
    return [f"{line['level']} {line['source']}: {line['message']}" for line in lines]


def test_a_run_tells_what_it_does_as_puppet_does(node: Node) -> None:
    code, lines = node.run(DB, "--detailed-exitcodes")
    inside = "/Stage[main]/Main/Lamp::Db[app1]"
    said = told(lines)
    assert code == 2
    assert said[0].startswith("notice Puppet: Compiled catalog for db1.test in environment production in ")
    assert said[1] == f"notice {inside}/Package[mariadb-server]/ensure: created"
    file = f"notice {inside}/File[/etc/app1.cnf]/ensure: defined content as '{{sha256}}"
    assert said[2].startswith(file)
    assert said[3] == f"notice {inside}/Service[mariadb]/ensure: ensure changed 'stopped' to 'running'"
    assert said[4] == f"notice {inside}/Exec[load app1]/returns: executed successfully"
    assert said[5] == "notice Puppet: host db1.test"
    assert said[6] == f"notice {inside}/Notify[host db1.test]/message: defined 'message' as 'host db1.test'"
    assert said[7].startswith("notice Puppet: Applied catalog in ")


def test_a_line_has_the_fields_tags_and_place_of_puppets_own(node: Node) -> None:
    _, lines = node.run(DB)
    line = lines[1]
    assert list(line) == ["level", "message", "source", "tags", "file", "line", "version", "@timestamp"]
    assert line["tags"] == ["notice", "package", "mariadb-server", "lamp::db", "lamp", "db", "app1", "class"]
    assert line["line"] == 2
    assert str(line["file"]).endswith("/lamp/manifests/db.pp")


def test_a_second_run_changes_nothing_but_notices(node: Node) -> None:
    node.module("db", DEFINE.replace("notify", "@notify"))
    node.run(DB)
    code, lines = node.run(DB, "--detailed-exitcodes")
    assert (code, len(lines)) == (0, 2)


def test_a_changed_parameter_changes_what_it_reaches_and_refreshes_the_service(node: Node) -> None:
    node.run(DB)
    _, lines = node.run("lamp::db { 'app1': port => 3308 }")
    said = "\n".join(told(lines))
    assert "File[/etc/app1.cnf]/content: content changed '{sha256}" in said
    assert "Service[mariadb]: Triggered 'refresh' from 1 event" in said
    assert "Package[mariadb-server]" not in said


def test_noop_says_what_it_would_do_and_does_not(node: Node) -> None:
    code, lines = node.run(DB, "--noop", "--detailed-exitcodes")
    source = "/Stage[main]/Main/Lamp::Db[app1]/Package[mariadb-server]/ensure"
    expected = f"notice {source}: current_value 'purged', should be 'present' (noop)"
    assert (code, told(lines)[1]) == (0, expected)
    assert node.state.applied() == {}


def test_a_switched_on_failure_fails_the_service_and_skips_what_needs_it(node: Node) -> None:
    node.run(DB)
    node.state.fail("the disk is full")
    code, lines = node.run(DB, "--detailed-exitcodes")
    said = told(lines)
    failed = "change from 'stopped' to 'running' failed: the disk is full"
    inside = "/Stage[main]/Main/Lamp::Db[app1]"
    assert code == 6
    assert f"err {inside}/Service[mariadb]/ensure: {failed}" in said
    assert f"notice {inside}/Exec[load app1]: Dependency Service[mariadb] has failures: true" in said
    assert f"warning {inside}/Exec[load app1]: Skipping because of failed dependencies" in said
    node.state.mend()
    assert node.run(DB, "--detailed-exitcodes")[0] == 2


def test_a_service_resource_orders_and_gives_its_values_but_changes_nothing(node: Node) -> None:
    node.module("web", "define lamp::web($sql) { file { \"/${sql['host']}\": ensure => file } }")
    types = node.directory / "modules" / "lamp" / "lib" / "puppet" / "type"
    types.mkdir(parents=True)
    (types / "sql.rb").write_text(
        "Puppet::Type.newtype(:sql, :is_capability => true) { newparam :name\n newparam :host }"
    )
    manifest = """
      sql { 'a': host => 'db9' }
      lamp::web { 'w': sql => Sql['a'], require => Sql['a'] }
    """
    _, lines = node.run(manifest)
    assert [line["source"] for line in lines[1:-1]] == ["/Stage[main]/Main/Lamp::Web[w]/File[/db9]/ensure"]


def test_classes_conditions_iterations_and_unknown_values(node: Node) -> None:
    node.module(
        "init",
        """
        class lamp($names = ['a', 'b']) {
          $names.each |$index, $name| { file { "/${index}/${name}": ensure => directory } }
          if $facts['os']['family'] == 'Debian' { package { 'apt': ensure => installed } }
          case $::hostname { /^db/: { user { 'db': ensure => present } } default: { fail('no') } }
          file { "/x/${own_function(1)}": ensure => absent }
        }
        """,
    )
    functions = node.directory / "modules" / "lamp" / "lib" / "puppet" / "functions"
    functions.mkdir(parents=True)
    (functions / "own_function.rb").write_text("Puppet::Functions.create_function(:own_function) { }")
    _, lines = node.run("include lamp")
    assert "own_function" in str(lines[0]["message"])
    sources = [str(line["source"]).removeprefix("/Stage[main]/Lamp/") for line in lines[2:-1]]
    assert sources == [
        "File[/0/a]/ensure",
        "File[/1/b]/ensure",
        "Package[apt]/ensure",
        "User[db]/ensure",
    ]


def test_the_report_is_in_puppets_form(node: Node, tmp_path: Path) -> None:
    report, summary = tmp_path / "report.yaml", tmp_path / "summary.yaml"
    node.state.fail("broken")
    node.run(DB, f"--lastrunreport={report}", "--lastrunfile", str(summary))
    assert report.read_text().startswith("--- !ruby/object:Puppet::Transaction::Report\nhost: db1.test\n")
    found = parse_report(report.read_bytes())
    assert found is not None
    assert found.status == "failed"
    assert (found.metrics.failed, found.metrics.changed, found.metrics.skipped) == (1, 3, 1)
    failed = next(each for each in found.events if each.status == "failure")
    assert (failed.resource_type, failed.resource_title, failed.property) == ("Service", "mariadb", "ensure")
    assert (failed.old_value, failed.new_value) == ("stopped", "running")
    assert yaml.safe_load(summary.read_text())["resources"]["failed"] == 1


def test_a_manifest_that_is_no_puppet_code_fails_as_puppet_does(node: Node) -> None:
    code, lines = node.run("file {")
    assert code == 1
    assert lines[-1]["level"] == "err"
    assert str(lines[-1]["message"]).endswith("on node db1.test")


def test_what_it_can_not_do_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agent", "-t"]) == 1
    assert "no Puppet server" in capsys.readouterr().err


def test_facts_are_printed_as_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPO_DEMO_NODE", "db1.test")
    assert main(["facts"]) == 0
    assert json.loads(capsys.readouterr().out)["networking"]["fqdn"] == "db1.test"
