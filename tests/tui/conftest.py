"""What tests of the TUI share."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from appo_tui.jobs.request import JobOptions
from appo_tui.plan import Target, make_plan
from tests.tui.acting import ActingWorkspace
from tests.tui.events import failed_job, finished_job, running_job


@pytest.fixture(autouse=True)
def one_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def workspace() -> ActingWorkspace:
    """Two jobs in the history, the first finished, the second failed; the next one stays running."""
    made = ActingWorkspace()
    plan = make_plan(made.model, Target("all"))
    made.keep(plan, JobOptions(), finished_job())
    made.keep(plan, JobOptions(noop=True, description="try it"), failed_job())
    made.next_events = running_job()
    return made
