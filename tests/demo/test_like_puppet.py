"""The simulation compared with a real Puppet 7.23 on a Debian 12 image, message by message."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.cli.commands import Program
from tests.hosts.testbed import Places

pytestmark = pytest.mark.hosts

DEFINE = """\
define lamp::db($port = 3306) {
  file { "{DIR}/made/${name}.cnf":
    ensure  => file,
    content => "port ${port}\\n",
    require => File['{DIR}/made'],
  }
  file { '{DIR}/made': ensure => directory }
  file { '{DIR}/gone': ensure => absent }
  package { 'sed': ensure => installed }
  exec { "load ${name}": command => '/bin/true', require => File["{DIR}/made/${name}.cnf"] }
  exec { "again ${name}": command => '/bin/true', refreshonly => true, subscribe => File['{DIR}/made'] }
  notify { "hello ${name}": }
}
"""
SITE = """\
class base($words = ['one', 'two']) { $words.each |$word| { notify { "base ${word}": } } }
lamp::db { 'app1': port => 3307 }
node default {
  include base
  notify { "of ${trusted['certname']}": require => Class['base'] }
}
"""
RUN = (
    "puppet",
    "apply",
    "--logdest",
    "logstash_event",
    "--verbose",
    "--detailed-exitcodes",
    "--certname",
    "db1.test",
)
CONTAINERS = ("Lamp::Db[app1]", "Class[Base]", "Node[default]", "Class[Main]", "Stage[main]")
NUMBERS = re.compile(r"\{sha256\}[0-9a-f]+|'\d+'|[0-9]+\.[0-9]+")


class Image:
    """A directory inside the image of Debian 12, seen by both Puppets under the same name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.outside = Path(tempfile.mkdtemp(dir=root / "tmp"))
        self.inside = Path("/", self.outside.relative_to(root))
        manifests = self.outside / "modules" / "lamp" / "manifests"
        manifests.mkdir(parents=True)
        (manifests / "db.pp").write_text(DEFINE.replace("{DIR}", str(self.inside)))
        (self.outside / "site.pp").write_text(SITE)
        (self.outside / "gone").write_text("")

    def options(self, seen: Path) -> tuple[str, ...]:
        kept = (f"--{name}={seen}/state" for name in ("vardir", "confdir", "ssldir"))
        report = f"--lastrunreport={seen}/report.yaml"
        return (*kept, report, f"--modulepath={seen}/modules", f"{seen}/site.pp")

    def real(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = ["chroot", str(self.root), *RUN, *words, *self.options(self.inside)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def simulated(self, appo: Program, *words: str) -> subprocess.CompletedProcess[str]:
        variables = appo.variables | {"APPO_DEMO_NODE": "db1.test", "APPO_DEMO_SECONDS": "0"}
        command = [
            sys.executable,
            "-m",
            "appo_tui.demo.puppet",
            *RUN[1:],
            *words,
            *self.options(self.outside),
        ]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=variables)


@pytest.fixture
def image() -> Iterator[Image]:
    if os.geteuid():
        pytest.skip("a real Puppet in an image needs root")
    root = Places.from_environment().images / "bookworm"
    if not (root / "usr" / "bin" / "puppet").exists():
        pytest.skip("no host image of bookworm: run 'python -m tests.hosts.testbed image bookworm'")
    made = Image(root)
    yield made
    shutil.rmtree(made.outside)


def messages(output: str) -> list[tuple[object, ...]]:
    """Level, source, message and tags of each line of Puppet's own, numbers and digests left out."""
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return [
        (each["level"], each["source"], NUMBERS.sub("N", each["message"]), tuple(each["tags"]), each["line"])
        for each in lines
        if each["source"] != "Facter"
        and not set(each["tags"]) & {"facts", "stage"}
        and each["level"] != "info"
        and each["source"] not in CONTAINERS
    ]


@pytest.mark.parametrize("words", [(), ("--noop",)], ids=["applied", "no-op"])
def test_a_run_says_what_a_real_puppet_says(words: tuple[str, ...], image: Image, appo: Program) -> None:
    real, simulated = image.real(*words), image.simulated(appo, *words)
    ignored = "/Package[sed]/ensure"  # it is there already on the image; a new simulated node has nothing
    assert [each for each in messages(simulated.stdout) if not str(each[1]).endswith(ignored)] == messages(
        real.stdout
    )
    assert simulated.returncode == real.returncode


def test_a_report_has_the_fields_of_a_real_one(image: Image, appo: Program) -> None:
    image.real()
    real = read_report(image.outside / "report.yaml")
    image.simulated(appo)
    simulated = read_report(image.outside / "report.yaml")
    assert list(simulated) == list(real)
    name = f"File[{image.inside}/made/app1.cnf]"
    ours, theirs = simulated["resource_statuses"][name], real["resource_statuses"][name]
    assert list(ours) == list(theirs)
    assert list(ours["events"][0]) == list(theirs["events"][0])
    assert simulated["metrics"].keys() == real["metrics"].keys()


def read_report(file: Path) -> dict[str, dict[str, dict[str, list[dict[str, object]]]]]:
    found: dict[str, dict[str, dict[str, list[dict[str, object]]]]] = yaml.safe_load(
        file.read_text().partition("\n")[2]
    )
    return found
