"""`appo demo` as its users run it: the real path from the command to the simulated Puppet and back."""

from __future__ import annotations

import json
import re
import signal
import subprocess

import pytest

from tests.cli.commands import Program


@pytest.fixture
def demo(shared_demo: Program) -> Program:
    """The session's demo, its nodes as new; its history has the jobs of other tests too."""
    assert shared_demo.run("demo", "reset").returncode == 0
    return shared_demo


def job_of(run: subprocess.CompletedProcess[str]) -> str:
    """The number of the job that a command started."""
    found = re.search(r"\| Job ID +\| (\d+) ", run.stdout)
    assert found is not None
    return found[1]


def test_help_says_what_the_demo_changes_and_where(demo: Program) -> None:
    run = demo.run("demo", "--help")
    assert run.returncode == 0
    assert str(demo.home / "state" / "appo-tui" / "demo") in run.stdout


def test_an_environment_of_ones_own_is_refused(demo: Program) -> None:
    run = demo.run("demo", "-e", "x", "app", "show")
    assert run.returncode == 2
    assert run.stderr.startswith("appo: the demo has its own environment")


def test_a_plan_says_that_puppet_is_simulated_and_names_a_command_that_works(demo: Program) -> None:
    run = demo.run("demo", "job", "plan", "-a", "lamp['app2']")
    assert "| Puppet            | simulated  |" in run.stdout
    assert "Use `appo demo job run --application 'Lamp[app2]'` to create" in run.stdout


def test_a_job_runs_fails_and_is_retried_on_simulated_nodes(demo: Program) -> None:
    run = demo.run("demo", "job", "run", "-a", "Lamp[app2]")
    assert (run.returncode, run.stderr) == (0, "")
    told = [line for line in run.stdout.splitlines() if line.startswith(("Started", "Finished"))]
    assert told == [
        f"{word} puppet run on {node} {rest}"
        for node in ("db2.test", "web3.test", "lb1.test")
        for word, rest in (("Started", "..."), ("Finished", "- Success!"))
    ]
    assert "Success! 3/3 runs succeeded." in run.stdout
    assert "Puppet was simulated" in run.stdout
    first = int(job_of(run))

    assert demo.run("demo", "fail", "web3.test", "out", "of", "memory").returncode == 0
    failed = demo.run("demo", "job", "run", "-a", "Lamp[app2]", "--format", "json")
    assert failed.returncode == 1
    nodes = {each["name"]: each for each in json.loads(failed.stdout)["nodes"]["items"]}
    assert {name: node["state"] for name, node in nodes.items()} == {
        "db2.test": "finished",
        "web3.test": "failed",
        "lb1.test": "skipped",
    }
    assert nodes["db2.test"]["result"]["metrics"]["changed"] == 0
    assert nodes["lb1.test"]["details"]["cause"] == "web3.test"

    log = demo.run("demo", "job", "log", str(first + 1), "--node", "web3.test")
    assert "change from 'stopped' to 'running' failed: out of memory" in log.stdout

    demo.run("demo", "mend", "web3.test")
    retried = demo.run("demo", "job", "retry", str(first + 1))
    assert retried.returncode == 0
    assert "Success! 2/2 runs succeeded." in retried.stdout

    listed = json.loads(demo.run("demo", "job", "list", "--limit", "3", "--format", "json").stdout)["items"]
    assert [(each["state"], each["simulated"], each["retry_of"]) for each in listed] == [
        ("finished", True, str(first + 1)),
        ("failed", True, None),
        ("finished", True, None),
    ]


def test_no_secret_of_the_samples_is_in_the_store_or_on_a_node_after_the_run(demo: Program) -> None:
    demo.run("demo", "job", "run", "-a", "Lamp[app2]", "--debug")
    kept = [path for path in (demo.home / "state").rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if b"sample-password-2" in path.read_bytes()]


def test_ctrl_c_stops_a_job_and_leaves_the_running_nodes_to_finish(appo: Program) -> None:
    process = appo.start("demo", "job", "run", "-a", "Shop", APPO_DEMO_SECONDS="10")
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if line.startswith("Started puppet run on queue1.test"):
            process.send_signal(signal.SIGINT)
    assert process.wait() == 130
    assert "Finished puppet run on queue1.test - Success!" in told
    assert "Skipped puppet run on edge1.test: job stopped" in told
    assert "Stopped! 1/5 runs succeeded: 4 skipped." in told
    process.stdout.close()
    assert process.stderr is not None
    assert "Stopping: running nodes finish" in process.stderr.read()
    process.stderr.close()


def test_a_detached_job_goes_on_by_itself_and_can_be_attached_to(demo: Program) -> None:
    run = demo.run("demo", "job", "run", "-n", "db2.test", "--detach", "--format", "json")
    job = json.loads(run.stdout)["job"]["name"]
    attached = demo.run("demo", "job", "attach", job)
    assert attached.returncode == 0
    assert "Success! 1/1 runs succeeded." in attached.stdout


def test_facts_are_collected_kept_and_used(demo: Program) -> None:
    collected = demo.run("demo", "facts", "db1.test", "nowhere.invalid")
    assert collected.returncode == 1
    assert "db1.test: 20 facts\n" in collected.stdout
    assert "nowhere.invalid: The name of nowhere.invalid" in collected.stdout
    assert "db1.test" in demo.run("demo", "facts", "--kept").stdout
    nodes = json.loads(demo.run("demo", "node", "list", "--format", "json").stdout)["nodes"]
    assert {each["node"] for each in nodes if each["facts_known"]} == {"db1.test"}
