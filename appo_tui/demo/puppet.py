"""The demo's ``puppet``: simulates ``puppet apply`` from the files that it is given.

It takes the real program's options, and ignores those that make no difference here. It writes to its
node's private directory and to the files that options name, and nowhere else.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from appo_tui.demo.declaring import Catalog
from appo_tui.demo.facter import certname, facts
from appo_tui.demo.log import Clock, RunLog
from appo_tui.demo.node_state import NodeState
from appo_tui.demo.programs import PACE, VERSION
from appo_tui.demo.report import Run, write_report
from appo_tui.demo.transaction import Transaction
from puppet_grammar import PuppetSyntaxError

DEFAULT_SECONDS = 2.0
"""How long a run takes in which everything changes, unless APPO_DEMO_SECONDS says something else."""

_VALUED = frozenset(
    """
    basemodulepath certname codedir confdir config environment environmentpath factpath hiera_config
    lastrunfile lastrunreport libdir localcacert logdest log_level logdir manifest modulepath node_name
    node_name_fact node_name_value plugindest publicdir reportdir reports rundir runtimeout ssldir statedir
    statefile strict render-as tags skip_tags transactionstorefile vardir
    """.split()  # noqa: SIM905 - forty quoted words would be harder to read
)
_SHORT = {"l": "logdest", "d": "debug", "v": "verbose", "t": "test", "e": "execute"}


@dataclass(frozen=True, slots=True)
class Options:
    """A command line of Puppet: options without their dashes, a flag's value being ``true``."""

    named: dict[str, str]
    words: tuple[str, ...]

    def flag(self, name: str) -> bool:
        """Tells whether a flag is on."""
        return self.named.get(name) == "true"

    def path(self, name: str) -> Path | None:
        """Returns a file that an option names."""
        return Path(self.named[name]) if name in self.named else None


def read_options(arguments: Sequence[str]) -> Options:
    """Reads options as Puppet does: ``--name value``, ``--name=value``, ``--flag``, ``--no-flag``."""
    named: dict[str, str] = {}
    words: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("-") or word == "-":
            words.append(word)
            continue
        name, equals, value = word.lstrip("-").partition("=")
        name = _SHORT.get(name, name) if not word.startswith("--") else name
        if equals:
            named[name] = value
        elif name in _VALUED and waiting:
            named[name] = waiting.pop(0)
        elif name.startswith(("no-", "no_")):
            named[name[3:]] = "false"
        else:
            named[name] = "true"
    return Options(named, tuple(words))


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
    catalog = Catalog(_modulepath(options, environment), {**facts(name), "facts": facts(name)}, name)
    try:
        for manifest in _manifests(options):
            catalog.read(manifest)
    except PuppetSyntaxError as error:
        log.write("err", f"Could not parse for environment {environment}: {error} on node {name}")
        return 1
    except OSError as error:
        log.write("err", f"Could not run: {error.strerror}: {error.filename}")
        return 1
    clock.wait(seconds / 10)
    retrieval = clock.now() - began
    compiled = f"Compiled catalog for {name} in environment {environment} in {retrieval:.2f} seconds"
    log.write("notice", compiled)
    began = clock.now()
    log.write("info", f"Applying configuration version '{int(began)}'")
    noop = options.flag("noop")
    transaction = Transaction(catalog, log, noop=noop, seconds=seconds, failure=state.failure())
    applied = transaction.run(state.applied())
    if not noop:
        state.save(applied)
    ended = clock.now()
    log.write("notice", f"Applied catalog in {ended - began:.2f} seconds")
    run = Run(name, environment, noop, began, ended, retrieval, transaction.outcomes, log.entries)
    write_report(run, options.path("lastrunreport"), options.path("lastrunfile"))
    return run.exit_code if options.flag("detailed-exitcodes") else 0


_DETAILED = ("info", "debug")


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


def _caught(_number: int, _frame: FrameType | None) -> NoReturn:
    """Ends the run as Puppet does when it is told to: nothing is remembered, no report is written."""
    sys.stderr.write("Notice: Caught TERM; exiting\n")
    sys.exit(1)


def _show_facts(action: str) -> int:
    """Prints the facts: ``find`` with the node's name around them, as all versions do; ``show`` alone."""
    import json

    found: dict[str, object] = facts(certname())
    shown = {"name": certname(), "values": found} if action == "find" else found
    sys.stdout.write(json.dumps(shown, indent=2) + "\n")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Carries out ``puppet COMMAND ...`` and returns its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = read_options(words[1:])
    match words[:1]:
        case ["apply"]:
            signal.signal(signal.SIGTERM, _caught)
            seconds = float(os.environ.get(PACE, DEFAULT_SECONDS))
            return apply(options, Clock(), seconds)
        case ["facts"]:
            return _show_facts(options.words[0] if options.words else "show")
        case ["--version"] | ["-V"]:
            sys.stdout.write(VERSION + "\n")
            return 0
        case ["agent"]:
            sys.stderr.write("Error: the demo's nodes have no Puppet server: use --mode apply\n")
            return 1
    sys.stderr.write(f"Error: the demo's Puppet can only apply and facts, not: {' '.join(words[:1])}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
