"""A simulated ``puppet apply``: compile, work through the catalog, report."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from appo_tui.demo.catalog import Catalog
from appo_tui.demo.compilation import SimulatedCompilation, environment_of
from appo_tui.demo.facter import certname, facts
from appo_tui.demo.log import Clock, RunLog
from appo_tui.demo.node_state import NodeState
from appo_tui.demo.options import Options
from appo_tui.demo.report import Run, write_report
from appo_tui.demo.transaction import Transaction
from appo_tui.environment import Environment
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.model.node_compilation import node_message

_DETAILED = ("info", "debug")


def apply(options: Options, clock: Clock, seconds: float) -> int:
    """Simulates ``puppet apply MANIFEST``; returns its exit code."""
    name = options.named.get("node_name_value") or options.named.get("certname") or certname()
    environment = options.named.get("environment", "production")
    log = RunLog(
        sys.stdout,
        structured=options.named.get("logdest") == "logstash_event",
        verbose=options.flag("verbose")
        or options.flag("debug")
        or options.named.get("log_level") in _DETAILED,
        clock=clock,
    )
    state = NodeState(Path(os.environ.get("HOME", ".")))
    began = clock.now()
    compilation = SimulatedCompilation(_environment(options, environment), name, facts(name))
    try:
        compilation.compile()
    except EvaluationError as error:
        log.write("err", node_message(error, name))
        return 1
    for message in compilation.undecided:
        log.write("warning", message)
    clock.wait(seconds / 10)
    retrieval = clock.now() - began
    compiled = f"Compiled catalog for {name} in environment {environment} in {retrieval:.2f} seconds"
    log.write("notice", compiled)
    began = clock.now()
    log.write("info", f"Applying configuration version '{int(began)}'")
    noop = options.flag("noop")
    transaction = Transaction(Catalog(compilation), log, noop=noop, seconds=seconds, failure=state.failure())
    applied = transaction.run(state.applied())
    if not noop:
        state.save(applied)
    ended = clock.now()
    log.write("notice", f"Applied catalog in {ended - began:.2f} seconds")
    run = Run(name, environment, noop, began, ended, retrieval, transaction.outcomes, log.entries)
    write_report(run, options.path("lastrunreport"), options.path("lastrunfile"))
    return run.exit_code if options.flag("detailed-exitcodes") else 0


def _environment(options: Options, name: str) -> Environment:
    root = options.path("environmentpath") or Path.cwd()
    return environment_of(name, root / name, _modulepath(options, name), tuple(_manifests(options)))


def _modulepath(options: Options, environment: str) -> tuple[Path, ...]:
    """Returns the directories of modules, from the option or from the environment's own place."""
    given = options.named.get("modulepath", "")
    found = [Path(each) for each in given.split(":") if each]
    for directory in options.named.get("environmentpath", "").split(":"):
        if directory:
            found += [Path(directory, environment, "modules"), Path(directory, environment)]
    return tuple(found)


def _manifests(options: Options) -> list[Path]:
    found: list[Path] = []
    for word in options.words:
        path = Path(word)
        found += sorted(path.rglob("*.pp")) if path.is_dir() else [path]
    return found
