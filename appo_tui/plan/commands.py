"""The command line that creates and runs a job like a plan."""

from __future__ import annotations

import shlex
from typing import Protocol

from appo_tui.plan.entities import JobPlan, Target


class RunOptions(Protocol):
    """What of a job's options has a place on the command line (jobs.JobOptions)."""

    @property
    def mode(self) -> str: ...  # noqa: D102
    @property
    def noop(self) -> bool: ...  # noqa: D102
    @property
    def no_noop(self) -> bool: ...  # noqa: D102
    @property
    def concurrency(self) -> int | None: ...  # noqa: D102
    @property
    def description(self) -> str: ...  # noqa: D102
    @property
    def run_as(self) -> str | None: ...  # noqa: D102
    @property
    def enforce_environment(self) -> bool: ...  # noqa: D102
    @property
    def availability(self) -> bool: ...  # noqa: D102
    @property
    def debug(self) -> bool: ...  # noqa: D102
    @property
    def trace(self) -> bool: ...  # noqa: D102
    @property
    def evaltrace(self) -> bool: ...  # noqa: D102


def equivalent_command(
    plan: JobPlan, options: RunOptions | None = None, environment: str | None = None
) -> str:
    """The ``appo job run`` that makes a job like this plan, quoted for a POSIX shell.

    ``environment`` is what stands after ``--environment``: a directory or a name; by default the plan's.
    """
    words = ["appo", "job", "run", *_target_words(plan.target)]
    words += ["--environment", environment or plan.environment]
    if options is not None:
        words += _option_words(options)
    return " ".join(word if word.startswith("-") else shlex.quote(word) for word in words)


def _target_words(target: Target) -> list[str]:
    if target.kind == "all":
        return ["--all"]
    if target.kind == "nodes":
        return ["--nodes", ",".join(target.names)]
    return [word for name in target.names for word in ("--application", name)]


def _option_words(options: RunOptions) -> list[str]:
    words: list[str] = []
    if options.mode != "apply":
        words += ["--mode", options.mode]
    valued = (("--concurrency", options.concurrency), ("--run-as", options.run_as))
    for word, value in valued:
        if value is not None:
            words += [word, str(value)]
    if options.description:
        words.append("--description=" + shlex.quote(options.description))
    switches = (
        ("--noop", options.noop),
        ("--no-noop", options.no_noop),
        ("--no-enforce-environment", not options.enforce_environment),
        ("--no-availability", not options.availability),
        ("--debug", options.debug),
        ("--trace", options.trace),
        ("--evaltrace", options.evaltrace),
    )
    return words + [word for word, wanted in switches if wanted]
