"""`job prune` takes away what jobs left on their nodes, and says which nodes it did not reach."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import SAMPLES, Program
from tests.jobs.nodes import new_home
from tests.jobs.ssh_server import Server, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "node").mkdir()
    with serving(new_home(tmp_path / "node"), tmp_path / "node") as running:
        yield running


@pytest.fixture
def ran(appo: Program, server: Server) -> Server:
    """A server on which a job has run."""
    (appo.home / "inventory.yaml").write_text(server.inventory("db2.test"))
    where = ("-e", str(SAMPLES), "--inventory", "inventory.yaml")
    said = appo.run(*where, "job", "run", "--nodes", "db2.test", "--noop").stdout
    assert "Started puppet run on db2.test" in said
    assert held(server) == ["bundles", "files", "runs"]
    return server


def held(server: Server) -> list[str]:
    """Directories of ours on the node that are not empty."""
    state = server.home / ".appo-tui"
    return [kind for kind in ("bundles", "files", "runs") if any((state / kind).iterdir())]


def test_all_jobs_that_ended_are_forgotten_on_their_nodes_too(appo: Program, ran: Server) -> None:
    done = appo.run("job", "prune", "--days", "0")
    assert done.stdout == "1 job that ended is forgotten.\nWhat they left on 1 node is taken away.\n"
    assert held(ran) == []
    assert json.loads(appo.run("job", "list", "--format", "json").stdout)["items"] == []


def test_recent_jobs_stay(appo: Program, ran: Server) -> None:
    connections = ran.connections
    done = appo.run("job", "prune", "--days", "1")
    assert done.stdout == "0 jobs that ended more than 1 days ago are forgotten.\n"
    assert ran.connections == connections
    assert held(ran) == ["bundles", "files", "runs"]


def test_local_only_connects_to_nothing(appo: Program, ran: Server) -> None:
    connections = ran.connections
    appo.run("job", "prune", "--days", "0", "--local-only")
    assert ran.connections == connections
    assert json.loads(appo.run("job", "list", "--format", "json").stdout)["items"] == []


def test_a_node_that_is_not_reached_is_named_and_its_job_forgotten(appo: Program, ran: Server) -> None:
    ran.known_hosts.write_text("")
    done = appo.run("job", "prune", "--days", "0")
    assert done.returncode == 0
    assert "Not taken away from db2.test: The host key of db2.test (127.0.0.1 port " in done.stdout
    assert done.stdout.endswith("It expires there after 30 days.\n")
    assert json.loads(appo.run("job", "list", "--format", "json").stdout)["items"] == []


def test_the_report_as_json(appo: Program, ran: Server) -> None:
    (appo.home / "inventory.yaml").unlink()
    report = json.loads(appo.run("job", "prune", "--days", "0", "--format", "json").stdout)
    reason = report["not_reached"][0].pop("reason")
    assert "inventory can't be read" in reason
    assert report == {"pruned": 1, "days": 0, "nodes": [], "not_reached": [{"node": "db2.test"}]}
