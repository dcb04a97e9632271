"""`appo new`: a module to start from."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from appo_tui.cli.arguments import Parser
from appo_tui.cli.call import Call
from appo_tui.cli.faults import CommandError

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_TAKEN = frozenset(
    """
    and application case class client consumes default define else elsif environment false function if import
    in inherits init main node or private produces server settings site true type undef unless
    """.split()  # noqa: SIM905 - thirty quoted words would be harder to read
)


def declare(family: Parser, _parents: Parser) -> None:
    """Declares the command."""
    family.description = (
        "Writes a module with a service type, two components and an application, each explained, into the "
        "environment; where there is none, it makes one here, with an instance in its site.pp."
    )
    family.add_argument("NAME", help="the module's and the application's name, such as blog")
    family.set_defaults(run=_new)


def _new(call: Call) -> int:
    name = call.options.NAME
    if not _NAME.match(name) or name in _TAKEN:
        raise CommandError(
            f"{name!r} can't be a module's name",
            hint="small letters, digits and underscores, and no word of the language",
        )
    call.refuse_if_read_only("a new module")
    environment, made = _environment(call)
    target = _module_directory(environment) / name
    if target.exists():
        raise CommandError(f"{target} is there already", hint="choose another name")
    template = files("appo_tui.cli") / "new_module"
    instance = _filled(template / "instance.pp", name)
    written = _copy(template / "module", target, name)
    if made:
        (environment / "environment.conf").write_text(_filled(template / "environment.conf", name))
        site = _filled(template / "site.pp", name).replace("__instance__", instance)
        (environment / "site.pp").write_text(site)
        written += [environment / "environment.conf", environment / "site.pp"]
    _tell(call, written, instance, in_site=made)
    return 0


def _environment(call: Call) -> tuple[Path, bool]:
    """Returns the environment's directory, and whether it is to be made."""
    from appo_tui.environment import find_environment

    if call.chosen.environment is not None:
        return call.session().root, False
    found = find_environment(Path.cwd())
    if found is not None:
        return found, False
    taken = [name for name in ("environment.conf", "site.pp") if Path(name).exists()]
    if taken:
        raise CommandError(
            f"there is no environment here, but a file {taken[0]}", hint="give one with -e DIR"
        )
    return Path.cwd(), True


def _module_directory(environment: Path) -> Path:
    """Returns where the environment's own modules are: the first directory of its module path."""
    if not (environment / "environment.conf").exists() and not (environment / "modules").exists():
        return environment
    from appo_tui.environment import read_environment

    return read_environment(environment).modulepath[0]


def _filled(template: Traversable, name: str) -> str:
    return _renamed(template.read_text(encoding="utf-8"), name)


def _renamed(text: str, name: str) -> str:
    return text.replace("__module__", name).replace("__Module__", name.capitalize())


def _copy(template: Traversable, target: Path, name: str) -> list[Path]:
    written = []
    for each in sorted(template.iterdir(), key=lambda entry: entry.name):
        place = target / _renamed(each.name, name)
        if each.is_dir():
            written += _copy(each, place, name)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_filled(each, name), encoding="utf-8")
        written.append(place)
    return written


def _tell(call: Call, written: list[Path], instance: str, *, in_site: bool) -> None:
    output = call.output
    if output.as_json:
        output.json({"files": [str(path) for path in written], "instance": instance})
        return
    for path in written:
        output.line(f"wrote {output.text(str(path))}")
    if not in_site:
        output.line()
        output.line("Add an instance to the site block of your manifest:")
        output.line()
        output.stream.write(instance)
    output.line()
    output.line("Then: appo check, appo app show, appo job plan")
