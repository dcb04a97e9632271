"""Whether somebody still works on a job of the demo: its fleet stays up while it does."""

from __future__ import annotations

import time

from appo_tui.demo.places import DemoPlaces

_STARTING = 30.0  # seconds that a runner may take from the job's creation to its first sign of life


def a_job_runs(places: DemoPlaces) -> bool:
    """Tells whether a job of the demo's store has a runner, or was just created and will have one."""
    if not places.store.exists():
        return False
    from appo_tui.jobs import JobState, StoreError, open_store

    unended = [state for state in JobState if not state.ended]
    try:
        store = open_store(places.store_url)
        try:
            jobs = store.jobs(states=unended)
        finally:
            store.close()
    except StoreError:
        return False
    return any(job.runner_alive or time.time() - job.created < _STARTING for job in jobs)
