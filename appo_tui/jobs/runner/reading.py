"""The environment of a job, read again from its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.jobs.request import JobRequest
from appo_tui.plan import JobPlan, PlanError, make_plan

if TYPE_CHECKING:
    from appo_tui.environment import Environment, Facts
    from appo_tui.environment.inventory import Inventory
    from appo_tui.jobs.access.credentials import Credentials
    from appo_tui.model.entities import Model


@dataclass(frozen=True, slots=True)
class Current:
    """What a job's files and facts say now."""

    environment: Environment
    facts: Facts
    model: Model


def read_current(request: JobRequest) -> Current:
    """Read a job's environment and facts.

    Raises:
        EnvironmentReadError: the environment or the facts can't be read.
    """
    from appo_tui.environment import NO_FACTS, read_environment, read_facts_file
    from appo_tui.model import read_model

    facts = read_facts_file(Path(request.facts_file)) if request.facts_file else NO_FACTS
    environment = read_environment(Path(request.root), request.environment)
    return Current(environment, facts, read_model(environment, facts))


def with_unknown_collected(
    current: Current, request: JobRequest, inventory: Inventory, credentials: Credentials
) -> Current:
    """The same files with the facts of those nodes on which a value of this job hangs that is not known."""
    from appo_tui.environment import Facts
    from appo_tui.jobs.bundle.unknown import nodes_to_ask
    from appo_tui.jobs.fact_collection import collect_facts
    from appo_tui.model import read_model

    wanted = nodes_to_ask(current.model, [node.certname for node in request.plan.nodes])
    if not wanted:
        return current
    run_as = request.options.run_as
    answers = collect_facts(current.environment, inventory, wanted, run_as, credentials=credentials)
    collected = {each.certname: frozen_facts(each.facts) for each in answers if each.facts is not None}
    facts = Facts({**collected, **current.facts.given})
    return Current(current.environment, facts, read_model(current.environment, facts))


def frozen_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as Puppet's values."""
    from appo_tui.environment.facts import frozen

    return {name: frozen(value) for name, value in facts.items()}


@dataclass(frozen=True, slots=True)
class Course:
    """How a job goes now: what each of its nodes waits for.

    ``gone`` are its nodes that have no component any more; ``stale`` if the files changed.
    """

    dependencies: dict[str, tuple[str, ...]]
    digest: str
    gone: tuple[str, ...] = ()
    stale: bool = False


def course(request: JobRequest, model: Model) -> Course:
    """The order of a job's nodes as the files say now.

    A job's nodes never change; where the files changed since the plan was made, their order may.

    Raises:
        PlanError: the target can't be planned any more.
    """
    old = request.plan
    if old.model_digest == model.digest:
        return Course({node.certname: node.dependencies for node in old.nodes}, old.digest)
    names = [node.certname for node in old.nodes]
    new = _planned_again(model, old)
    needed = {node.certname: node.dependencies for node in new.nodes}
    dependencies = {
        name: tuple(each for each in needed.get(name, ()) if each in set(names)) for name in names
    }
    gone = tuple(name for name in names if name not in needed)
    return Course(dependencies, new.digest, gone, stale=True)


def _planned_again(model: Model, old: JobPlan) -> JobPlan:
    try:
        return make_plan(model, old.target)
    except PlanError as error:
        changed = "The environment changed since the plan was made, and can't be planned any more"
        raise PlanError(f"{changed}: {error.message}", error.hint) from error
