"""Jobs started, resumed and retried: each is carried out by a runner, a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

import msgspec

from appo_tui.jobs.access.credentials import Credentials, Errand
from appo_tui.jobs.errors import JobError, StoreFullError
from appo_tui.jobs.request import JobRequest
from appo_tui.jobs.states import NodeState
from appo_tui.jobs.store.opening import full_disk, state_directory
from appo_tui.jobs.store.store import Store, open_store

_START_SECONDS = 60.0


def launch(store_url: str | None, request: JobRequest, credentials: Credentials | None = None) -> int:
    """Create a job and start its runner, which outlives this process and its terminal.

    Returns:
        The job's number.

    Raises:
        JobError: the runner could not be started.
        StoreError: the store can't be written.
    """
    store = open_store(store_url)
    try:
        job = store.create(request)
        _start_runner(store, job, credentials)
    finally:
        store.close()
    return job


def resume(store_url: str | None, job: int, credentials: Credentials | None = None) -> None:
    """Start a new runner for a job that lost its own; it goes on where the job's events end.

    Raises:
        JobError: the job has ended, is being worked on, or its runner could not be started.
        StoreError: the store can't be read; UnknownJobError: there is no such job.
    """
    store = open_store(store_url)
    try:
        stored = store.job(job)
        summary = stored.summary
        if summary.state.ended:
            raise JobError(f"Job {job} has ended.", f"Run its failed nodes again: appo job retry {job}")
        if summary.runner_alive:
            raise JobError(f"Job {job} is running already.", f"Watch it: appo job attach {job}")
        if stored.request.imported:
            raise JobError(
                f"Job {job} was imported while it was running: its own history goes on with it.",
                f"Run its nodes from here in a new job: appo job run, as `appo job show {job}` has it.",
            )
        _start_runner(store, job, credentials)
    finally:
        store.close()


def retry(store: Store, job: int, owner: str, host: str) -> JobRequest:
    """The request for a new job of another's failed, errored and skipped nodes.

    It is planned from the files as they are now; if they changed, its plan's ``model_digest`` differs
    from that of the old request's.

    Raises:
        JobError: the job has not ended, or there is nothing to retry.
        PlanError: the nodes can't be planned any more.
        EnvironmentReadError: the environment can't be read any more.
    """
    from appo_tui.jobs.runner.reading import read_current
    from appo_tui.plan import Target, make_plan

    stored = store.job(job)
    if not stored.summary.state.ended:
        raise JobError(f"Job {job} has not ended.", f"Wait for it, or stop it: appo job stop {job}")
    nodes = store.progress(job).nodes.values()
    names = tuple(node.certname for node in nodes if node.state is not NodeState.FINISHED)
    if not names:
        raise JobError(f"Every node of job {job} finished: there is nothing to retry.")
    plan = make_plan(read_current(stored.request).model, Target("nodes", names))
    return msgspec.structs.replace(
        stored.request, plan=plan, owner=owner, host=host, retry_of=job, key="", command="", imported=False
    )


def _start_runner(store: Store, job: int, credentials: Credentials | None) -> None:
    """Start the runner and wait until it has taken the job, or said why it can't."""
    errors = state_directory() / f"runner-{job}-{os.getpid()}.log"
    errand = Errand(
        store_url=store.url, job=job, credentials=credentials or Credentials(), log=str(errors)
    )
    try:
        log = _owner_only(errors)
    except OSError as error:
        raise JobError(f"The runner of job {job} could not start: {errors}: {error.strerror}") from error
    with log:
        runner = subprocess.Popen(
            [sys.executable, "-P", "-m", "appo_tui.jobs.runner"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=_environment(),
            start_new_session=True,
        )
    try:
        assert runner.stdin is not None
        runner.stdin.write(msgspec.json.encode(errand))
        runner.stdin.close()
    except BrokenPipeError:
        runner.wait()
    _wait_until_taken(store, job, runner, errors)
    threading.Thread(target=runner.wait, daemon=True).start()  # or its end would leave a zombie


def _wait_until_taken(store: Store, job: int, runner: subprocess.Popen[bytes], errors: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        code = runner.poll()
        summary = store.job(job).summary
        if summary.runner_alive or summary.state.ended:
            return
        if code is not None:
            said = errors.read_text(errors="replace").strip().splitlines()
            errors.unlink(missing_ok=True)
            if full := full_disk(store.url):
                raise StoreFullError(job, full)
            reason = said[-1] if said else f"exit code {code}"
            raise JobError(f"The runner of job {job} could not start: {reason}")
        time.sleep(0.02)
    runner.kill()  # or it might start all the same, after the user was told that it did not
    raise JobError(f"The runner of job {job} did not start in {_START_SECONDS:.0f} s.", f"See {errors}")


def _owner_only(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _environment() -> dict[str, str]:
    """This process's, its module path made absolute: the runner has another working directory."""
    environment = dict(os.environ)
    if path := environment.get("PYTHONPATH"):
        directories = [str(Path(each).resolve()) for each in path.split(os.pathsep)]
        environment["PYTHONPATH"] = os.pathsep.join(directories)
    return environment
