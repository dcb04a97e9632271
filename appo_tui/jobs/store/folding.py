"""The columns of a job's row that are a fold of its events."""

from __future__ import annotations

import json
from typing import Any

from appo_tui.jobs.progress import JobProgress


def folded(progress: JobProgress, created: float) -> dict[str, Any]:
    """The values of those columns; ``created`` stands for the last change while there was none."""
    return {
        "state": progress.state.value,
        "node_states": json.dumps({state.value: count for state, count in progress.counts.items()}),
        "started": progress.started,
        "finished": progress.finished,
        "changed": progress.history[-1][1] if progress.history else created,
    }
