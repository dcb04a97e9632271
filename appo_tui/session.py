"""What one start of the program works on: an environment, where its nodes are, and where jobs are kept."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from appo_tui.environment.fact_cache import FactCache
from appo_tui.environment.faults import EnvironmentReadError
from appo_tui.environment.naming import DEFAULT_NAME, environments_beside, name_of, named_environment
from appo_tui.environment.settings import Settings

if TYPE_CHECKING:
    from appo_tui.evaluator.manifests import ManifestCache
    from appo_tui.jobs.request import JobOptions, JobRequest
    from appo_tui.model.diagnostics import Diagnostic
    from appo_tui.model.entities import Model
    from appo_tui.plan.entities import JobPlan


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """The options that every command takes, as they were given; None where they were not.

    ``environment`` is ``-e``: a directory, or a name under ``environmentpath``. ``demo`` replaces
    environment, inventory and store by the demo's own.
    """

    environment: str | None = None
    environmentpath: str | None = None
    facts: Path | None = None
    inventory: Path | None = None
    store: str | None = None
    config: Path | None = None
    no_color: bool = False
    ascii: bool = False
    read_only: bool = False
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """The resolved global options; the command line and the TUI are both made from one.

    Attributes:
        root: the environment's directory, absolute.
        environment: its name.
        facts_file: ``--facts``, else the facts that were collected before, or None.
        inventory_file: ``--inventory``, or None for ssh_config and the environment's inventory.yaml.
        store_url: SQLAlchemy URL of the store; None for the SQLite file of this user.
        read_only: nothing may be started, stopped or written.
        ascii: draw with ASCII only.
        color: False under --no-color or NO_COLOR.
        simulated: the nodes are the demo's; every screen and run says so.
        settings: the settings file: the keys, the theme, and the defaults of jobs.
        selector: what after ``-e`` selects this environment from anywhere: a directory or a name.
        fact_cache: where collected facts are kept.
        given: the options that it was made from, for going to another environment.
    """

    root: Path
    environment: str
    facts_file: Path | None = None
    inventory_file: Path | None = None
    store_url: str | None = None
    read_only: bool = False
    ascii: bool = False
    color: bool = True
    simulated: bool = False
    settings: Settings = field(default_factory=Settings)
    selector: str = ""
    fact_cache: FactCache | None = None
    given: GlobalOptions | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """How a front end may draw; known without an environment."""

    color: bool
    ascii: bool


def looks(options: GlobalOptions, settings: Settings, environ: Mapping[str, str]) -> Looks:
    """Decides on colours and characters: options first, then NO_COLOR and the locale, then settings."""
    utf8 = locale.getencoding().upper().replace("-", "") == "UTF8"
    return Looks(
        color=settings.color and not options.no_color and not environ.get("NO_COLOR"),
        ascii=options.ascii or settings.ascii or not utf8,
    )


def open_session(
    options: GlobalOptions, settings: Settings, environ: Mapping[str, str] = os.environ
) -> Session:
    """Finds the environment that the options mean, or the nearest one upward, and what belongs to it.

    Nothing of it is read yet: ``read_model`` does that.

    Raises:
        EnvironmentReadError: there is no such environment.
    """
    look = looks(options, settings, environ)
    if options.demo:
        from appo_tui.demo.places import demo_places

        demo = demo_places()
        root, name, selector = demo.samples, DEFAULT_NAME, ""
        inventory: Path | None = demo.inventory
        store_url: str | None = demo.store_url
        facts = FactCache(root, demo.state / "facts")
    else:
        root, name, selector = _find(options, settings)
        inventory = options.inventory or _usual_inventory(root, settings)
        store_url = options.store or settings.store or None
        facts = FactCache(root)
    return Session(
        root=root,
        environment=name,
        facts_file=options.facts.absolute() if options.facts else facts.used,
        inventory_file=inventory.absolute() if inventory else None,
        store_url=store_url,
        read_only=options.read_only or settings.read_only,
        ascii=look.ascii,
        color=look.color,
        simulated=options.demo,
        settings=settings,
        selector=selector,
        fact_cache=facts,
        given=options,
    )


def stored_session(
    options: GlobalOptions, settings: Settings, environ: Mapping[str, str] = os.environ
) -> Session:
    """Returns a session for what needs only the store: the history is there without any environment."""
    try:
        return open_session(options, settings, environ)
    except EnvironmentReadError:
        if options.environment is not None:
            raise
        return open_session(replace(options, environment="/"), settings, environ)


def _usual_inventory(root: Path, settings: Settings) -> Path | None:
    """Returns the settings' inventory, or None where there is none or the environment has its own."""
    if not settings.inventory:
        return None
    from appo_tui.environment.inventory import find_inventory

    return None if find_inventory(root) else Path(settings.inventory).expanduser()


def _find(options: GlobalOptions, settings: Settings) -> tuple[Path, str, str]:
    """Returns an environment's directory, its name, and what selects it from anywhere."""
    from appo_tui.environment import find_environment

    path = _environmentpath(options, settings)
    if options.environment is not None:
        return named_environment(options.environment, path)
    found = find_environment(Path.cwd())
    if found is None:
        raise EnvironmentReadError(
            f"there is no environment in {Path.cwd()} or above it",
            hint="an environment has an environment.conf, or manifests/ and modules/: "
            "give one with -e DIR, begin one here with 'appo new NAME', or try 'appo demo'",
        )
    return found, name_of(found, path), str(found)


def _environmentpath(options: GlobalOptions, settings: Settings) -> list[Path]:
    given = options.environmentpath or settings.environmentpath
    return [Path(each).expanduser().absolute() for each in given.split(":") if each]


def environments(session: Session) -> dict[str, Path]:
    """Returns the environments that one may go to from a session's, itself included: name -> directory."""
    if session.given is None or session.simulated:
        return {session.environment: session.root}
    return environments_beside(session.root, _environmentpath(session.given, session.settings))


def with_environment(session: Session, name: str) -> Session:
    """Returns a session like another on an environment that ``environments`` names.

    Raises:
        EnvironmentReadError: there is none of that name.
    """
    from difflib import get_close_matches

    there = environments(session)
    if name not in there or session.given is None:
        near = get_close_matches(name, there, n=1)
        names = f"there are: {', '.join(there)}"
        raise EnvironmentReadError(
            f"there is no environment {name!r} to go to", hint=f"did you mean {near[0]!r}?" if near else names
        )
    path = _environmentpath(session.given, session.settings)
    by_name = there[name].parent in path
    given = replace(session.given, environment=name if by_name else str(there[name]))
    opened = open_session(given, session.settings)
    return replace(opened, read_only=session.read_only, ascii=session.ascii, color=session.color)


def read_model(session: Session, cache: ManifestCache | None = None) -> Model:
    """Reads the session's environment, with the facts that were given or collected, into a model.

    What is wrong with it is among its diagnostics.

    Args:
        session: whose environment.
        cache: parsed files of an earlier reading, for who reads again and again.

    Raises:
        EnvironmentReadError: the environment or the facts file can't be read at all.
    """
    from appo_tui.environment import NO_FACTS, read_environment, read_facts_file
    from appo_tui.model import read_model as read

    facts = read_facts_file(session.facts_file) if session.facts_file else NO_FACTS
    return read(read_environment(session.root, session.environment), facts, cache=cache)


def check(session: Session) -> tuple[Model, tuple[Diagnostic, ...]]:
    """Reads the model and all that can be said against the environment, modules that nothing needs included.

    Raises:
        EnvironmentReadError: the environment or the facts file can't be read at all.
    """
    from appo_tui.environment import read_environment
    from appo_tui.model import manifest_cache, unneeded_module_notes

    cache = manifest_cache()
    model = read_model(session, cache)
    environment = read_environment(session.root, session.environment)
    return model, (*model.diagnostics, *unneeded_module_notes(environment, model, cache))


def new_request(session: Session, plan: JobPlan, options: JobOptions) -> JobRequest:
    """Returns the request for a job of this session."""
    import getpass
    import socket

    from appo_tui.jobs import JobRequest

    return JobRequest(
        root=str(session.root),
        environment=session.environment,
        plan=plan,
        options=options,
        owner=getpass.getuser(),
        host=socket.gethostname(),
        facts_file=str(session.facts_file) if session.facts_file else None,
        inventory_file=str(session.inventory_file) if session.inventory_file else None,
        simulated=session.simulated,
        command=same_command(session, plan, options),
    )


def same_command(session: Session, plan: JobPlan, options: JobOptions) -> str:
    """Returns the command line that makes a job like this one, from any directory."""
    from appo_tui.plan import equivalent_command

    command = equivalent_command(plan, options, session.selector or session.environment)
    if not session.simulated:
        return command
    without = command.replace(f" --environment {session.environment}", "", 1)
    return without.replace("appo job", "appo demo job", 1)
