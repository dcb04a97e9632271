"""Whole jobs: launched with a runner of their own, over SSH, from an environment's files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from appo_tui.environment import NO_FACTS, read_environment
from appo_tui.jobs import JobError, JobOptions, JobRequest, JobState, Store, follow, launch, open_store, retry
from appo_tui.jobs.events import JobStarted, LogChunk, NodeRunning, RunnerLost
from appo_tui.jobs.launching import resume
from appo_tui.jobs.store import leases
from appo_tui.model import read_model
from appo_tui.plan import Target, make_plan
from tests.jobs.nodes import new_home
from tests.jobs.requests import states
from tests.jobs.ssh_server import Server, serving

SITE = """\
#!say started
#!wait GATE
#!say done
#!exit CODE
site {
  shop { 'a': secret => 'hunter22', nodes => {
    Node['db1.test'] => Shop::Db['a'], Node['web1.test'] => Shop::Web['a'] } }
}
"""
SHOP = """\
application shop (String $secret) {
  shop::db { $name: password => $secret, export => Sql[$name] }
  shop::web { $name: consume => Sql[$name] }
}
"""
MODULE = {
    "manifests/init.pp": SHOP,
    "manifests/db.pp": "define shop::db ($password) { }\nShop::Db produces Sql { password => $password }\n",
    "manifests/web.pp": "define shop::web ($password) { }\nShop::Web consumes Sql { }\n",
    "lib/puppet/type/sql.rb": (
        "Puppet::Type.newtype :sql, :is_capability => true do\n"
        "  newparam :name, :namevar => true\n  newparam :password\nend\n"
    ),
}


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with serving(new_home(tmp_path), tmp_path) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'jobs.sqlite'}")
    yield opened
    opened.close()


def environment(tmp_path: Path, server: Server, code: int = 0) -> Path:
    root = tmp_path / "env"
    for name, text in MODULE.items():
        file = root / "shop" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (root / "environment.conf").write_text("modulepath = .\nmanifest = site.pp\n")
    write_site(root, tmp_path, code)
    (root / "inventory.yaml").write_text(server.inventory("db1.test", "web1.test"))
    return root


def write_site(root: Path, tmp_path: Path, code: int = 0) -> None:
    (root / "site.pp").write_text(SITE.replace("GATE", str(tmp_path / "gate")).replace("CODE", str(code)))


def request(root: Path) -> JobRequest:
    model = read_model(read_environment(root, "production"), NO_FACTS)
    return JobRequest(
        root=str(root), environment="production", plan=make_plan(model, Target("all")),
        options=JobOptions(), owner="ada", host="desk",
    )  # fmt: skip


def ended(store: Store, job: int) -> JobState:
    for _ in follow(store, job, interval=0.02):
        pass
    return store.job(job).summary.state


def has_gone(process: int) -> None:
    """Wait for the end of a runner: a job's last event comes before it."""
    deadline = time.monotonic() + 120
    while Path(f"/proc/{process}").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_launched_job_runs_in_a_process_of_its_own_to_its_end(
    tmp_path: Path, server: Server, store: Store
) -> None:
    (tmp_path / "gate").touch()
    job = launch(store.url, request(environment(tmp_path, server)))
    assert ended(store, job) is JobState.FINISHED
    assert [line.text for line in store.log(job, "web1.test")] == ["started", "done"]
    runner = next(event for event in store.events(job) if isinstance(event, JobStarted)).runner
    assert int(runner.rpartition(":")[2]) != os.getpid()
    has_gone(int(runner.rpartition(":")[2]))
    assert not list((tmp_path / "state").rglob("runner-*"))


def test_no_secret_reaches_the_store(tmp_path: Path, server: Server, store: Store) -> None:
    (tmp_path / "gate").touch()
    job = launch(store.url, request(environment(tmp_path, server)))
    ended(store, job)
    for file in tmp_path.glob("jobs.sqlite*"):
        assert b"hunter22" not in file.read_bytes()


def test_a_killed_runners_job_is_resumed_without_a_second_run_or_a_lost_line(
    tmp_path: Path, server: Server, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = launch(store.url, request(environment(tmp_path, server)))
    for batch in follow(store, job, interval=0.02):
        if any(isinstance(event, LogChunk) for event in batch):
            break
    runner = next(event for event in store.events(job) if isinstance(event, JobStarted)).runner
    os.kill(int(runner.rpartition(":")[2]), signal.SIGKILL)
    _forget_heartbeat(store, job)
    (tmp_path / "gate").touch()
    resume(store.url, job)
    assert ended(store, job) is JobState.FINISHED
    events = store.events(job)
    assert sum(isinstance(event, RunnerLost) for event in events) == 1
    runs = [(event.node, event.attempt) for event in events if isinstance(event, NodeRunning)]
    assert runs == [("db1.test", 1), ("web1.test", 1)]
    assert [line.text for line in store.log(job, "db1.test")] == ["started", "done"]


def test_a_job_outlives_the_program_and_the_terminal_that_started_it(
    tmp_path: Path, server: Server, store: Store
) -> None:
    root = environment(tmp_path, server)
    ours, theirs = os.openpty()
    words = [sys.executable, "-m", "appo_tui", "-e", str(root), "--store", store.url, "job", "run", "--all"]
    program = subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    shown = b""
    while b"Started puppet run on db1.test" not in shown:
        shown += os.read(ours, 65536)
    os.killpg(program.pid, signal.SIGKILL)
    os.close(ours)
    program.wait()
    (tmp_path / "gate").touch()
    assert ended(store, 1) is JobState.FINISHED
    assert [line.text for line in store.log(1, "web1.test")] == ["started", "done"]


def test_a_job_whose_files_changed_since_its_plan_says_so(
    tmp_path: Path, server: Server, store: Store
) -> None:
    (tmp_path / "gate").touch()
    root = environment(tmp_path, server)
    asked = request(root)
    (root / "shop/manifests/db.pp").write_text("# changed\n" + MODULE["manifests/db.pp"])
    job = launch(store.url, asked)
    assert ended(store, job) is JobState.FINISHED
    assert store.progress(job).stale
    assert "changed since the plan was made" in store.progress(job).message


def test_an_environment_that_is_gone_errors_every_node_with_the_reason(
    tmp_path: Path, server: Server, store: Store
) -> None:
    root = environment(tmp_path, server)
    asked = request(root)
    root.rename(tmp_path / "elsewhere")
    job = launch(store.url, asked)
    assert ended(store, job) is JobState.FAILED
    assert set(states(store, job).values()) == {"errored"}
    assert "no such directory" in store.progress(job).nodes["db1.test"].message


def test_a_retry_is_for_the_nodes_that_did_not_finish(tmp_path: Path, server: Server, store: Store) -> None:
    (tmp_path / "gate").touch()
    root = environment(tmp_path, server, code=4)
    job = launch(store.url, request(root))
    assert ended(store, job) is JobState.FAILED
    assert states(store, job) == {"db1.test": "failed", "web1.test": "skipped"}
    write_site(root, tmp_path, code=0)
    again = retry(store, job, "ada", "desk")
    assert again.retry_of == job
    assert again.plan.model_digest != store.job(job).request.plan.model_digest
    second = launch(store.url, again)
    assert ended(store, second) is JobState.FINISHED
    with pytest.raises(JobError, match="there is nothing to retry"):
        retry(store, second, "ada", "desk")


def test_a_job_that_has_ended_is_not_resumed(tmp_path: Path, server: Server, store: Store) -> None:
    (tmp_path / "gate").touch()
    job = launch(store.url, request(environment(tmp_path, server)))
    ended(store, job)
    with pytest.raises(JobError, match="has ended"):
        resume(store.url, job)


def _forget_heartbeat(store: Store, job: int) -> None:
    """Let the lease of a killed runner be as old as it will be when a user looks."""
    from sqlalchemy import update

    from appo_tui.jobs.store.schema import leases as table

    with store.writing() as connection:
        moment = leases.now(connection) - leases.LEASE_SECONDS - 1
        connection.execute(update(table).where(table.c.job == job).values(heartbeat=moment))
