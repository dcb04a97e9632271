"""The options that `job plan` and `job run` share: what to run, and how."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError
from appo_tui.cli.targets import known_name

if TYPE_CHECKING:
    from appo_tui.jobs.request import JobOptions
    from appo_tui.model.entities import Model
    from appo_tui.plan.entities import Target

_REFUSED = "needs a PuppetDB and a classifier, which Puppet Enterprise has and appo has not"


class _Refused(argparse.Action):
    """An option of Puppet Enterprise that can't be had here."""

    def __call__(
        self, _parser: object, _namespace: object, _values: object, option: str | None = None
    ) -> NoReturn:
        raise CommandError(f"{option} {_REFUSED}", hint="choose nodes with --application, --nodes or --all")


def add_target_options(parser: argparse.ArgumentParser) -> None:
    """Declares what a plan or a job is for."""
    target = parser.add_argument_group("target").add_mutually_exclusive_group()
    target.add_argument(
        "-a", "--application", metavar="TARGET", help="an application, App, or an instance, 'App[title]'"
    )
    target.add_argument("-n", "--nodes", metavar="LIST", help="certnames a,b,c, or @FILE with one a line")
    target.add_argument("--all", action="store_true", help="every node with a component")
    for option in ("-q", "--query"), ("--node-group",):
        parser.add_argument(*option, action=_Refused, help=argparse.SUPPRESS)


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Declares how a job runs."""
    group = parser.add_argument_group("the run")
    group.add_argument("--concurrency", metavar="N", type=positive, help="most nodes at once (no limit)")
    noop = group.add_mutually_exclusive_group()
    noop.add_argument("--noop", action="store_true", help="simulate: change nothing")
    noop.add_argument("--no-noop", action="store_true", help="override nodes that are set to simulate")
    group.add_argument("--description", metavar="TEXT", default="", help="kept with the job")
    group.add_argument(
        "--mode", choices=("apply", "agent"), help="apply: without a Puppet server (the default)"
    )
    group.add_argument("--run-as", metavar="USER", help="the user that Puppet runs as on the nodes, by sudo")
    group.add_argument(
        "--no-enforce-environment", action="store_true", help="agent mode: leave nodes their own environment"
    )
    group.add_argument(
        "--no-availability", action="store_true", help="do not test service resources before use"
    )
    group.add_argument("--debug", action="store_true", help="Puppet's debug log")
    group.add_argument("--trace", action="store_true", help="stack traces of Puppet's errors")
    group.add_argument("--evaltrace", action="store_true", help="log each resource as it is evaluated")


def positive(text: str) -> int:
    """Returns a number above 0, for argparse."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def job_number(text: str) -> int:
    """Returns a job's number, for argparse."""
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no job: 'appo job list' shows their numbers")
    return int(text)


def job_options(call: Call) -> JobOptions:
    """Returns how the job runs: options given first, then settings."""
    from appo_tui.jobs.request import JobOptions

    given, settings = call.options, call.settings
    return JobOptions(
        mode=given.mode or settings.mode,
        noop=given.noop,
        no_noop=given.no_noop,
        concurrency=given.concurrency or settings.concurrency or None,
        description=given.description,
        run_as=given.run_as or settings.run_as or None,
        enforce_environment=not given.no_enforce_environment,
        availability=settings.availability and not given.no_availability,
        debug=given.debug,
        trace=given.trace,
        evaltrace=given.evaltrace,
    )


def chosen_target(options: argparse.Namespace, model: Model) -> Target | None:
    """Returns the target that the options name; None where they name none.

    Raises:
        CommandError: there is no such application or instance.
    """
    from appo_tui.plan.entities import Target

    if options.application:
        name = known_name(model, options.application)
        return Target("instance" if "[" in name else "application", (name,))
    if options.nodes:
        return Target("nodes", _certnames(options.nodes))
    return Target("all") if options.all else None


def _certnames(text: str) -> tuple[str, ...]:
    if not text.startswith("@"):
        names = [name.strip() for name in text.split(",")]
    else:
        try:
            lines = Path(text[1:]).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"the list of nodes can't be read: {error}") from error
        names = [line.partition("#")[0].strip() for line in lines]
    return tuple(dict.fromkeys(name for name in names if name))


def refuse_faulty(model: Model) -> None:
    """Raises CommandError if the model has errors: nothing can be run from it."""
    errors = [each for each in model.diagnostics if each.severity == "error"]
    if not errors:
        return
    first = errors[0]
    more = f"and {len(errors) - 1} more: " if len(errors) > 1 else ""
    raise CommandError(first.message, place=first.place, hint=f"{more}'appo check' shows every fault")
