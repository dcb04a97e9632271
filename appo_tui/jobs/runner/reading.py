"""The environment of a job, read again from its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.jobs.request import JobRequest

if TYPE_CHECKING:
    from appo_tui.model.entities import Model


def read_model(request: JobRequest) -> Model:
    """The model that a job's environment and facts make now.

    Raises:
        EnvironmentReadError: the environment or the facts can't be read.
    """
    from appo_tui.environment import NO_FACTS, read_environment, read_facts_file
    from appo_tui.model import read_model as read

    facts = read_facts_file(Path(request.facts_file)) if request.facts_file else NO_FACTS
    return read(read_environment(Path(request.root), request.environment), facts)
