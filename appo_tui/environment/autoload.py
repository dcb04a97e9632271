"""Names to files, as Puppet's autoloader maps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from appo_tui.environment.modules import Module


def manifest_files(modules: Mapping[str, Module], name: str) -> Iterator[Path]:
    """Files that may define the class, define or application ``name``, in the order of reading them.

    Puppet reads a module's init.pp before whatever else of it. ``a::b::c`` is then looked for in
    a/manifests/b/c.pp and b.pp. Only files that exist.
    """
    module_name, *rest = name.lower().removeprefix("::").split("::")
    module = modules.get(module_name)
    if module is None:
        return
    for length in (0, *range(len(rest), 0, -1)):
        relative = "/".join(rest[:length]) or "init"
        file = module.manifests / f"{relative}.pp"
        if file.is_file():
            yield file


def expected_namespace(modules: Mapping[str, Module], file: Path) -> str | None:
    """The name that definitions of a module's manifest must begin with; None outside modules."""
    for module in modules.values():
        if not file.is_relative_to(module.root):
            continue
        parts = file.relative_to(module.root).with_suffix("").parts
        if not parts or parts[0] != "manifests":
            return None
        inner = [part for part in parts[1:] if part != "init"]
        return "::".join([module.name, *inner])
    return None


def type_alias_file(modules: Mapping[str, Module], environment_root: Path, name: str) -> Path | None:
    """The file of the type alias ``A::B``: types/b.pp of the module a, or the environment's.

    Of the environment it is types/a.pp for ``A``, types/environment/a.pp for ``Environment::A``.
    """
    return _of_module_or_environment(modules, environment_root, "types", name.lower())


def function_file(modules: Mapping[str, Module], environment_root: Path, name: str) -> Path | None:
    """The file of a Puppet function ``a::b``: functions/b.pp of the module a; else as of a type alias."""
    return _of_module_or_environment(modules, environment_root, "functions", name.lower().removeprefix("::"))


def _of_module_or_environment(
    modules: Mapping[str, Module], environment_root: Path, folder: str, name: str
) -> Path | None:
    first, *rest = name.split("::")
    if not rest or first == "environment":
        file = environment_root.joinpath(folder, first, *rest).with_suffix(".pp")
    elif first in modules:
        file = modules[first].root.joinpath(folder, *rest).with_suffix(".pp")
    else:
        return None
    return file if file.is_file() else None


def ruby_function_files(modules: Mapping[str, Module], environment_root: Path, name: str) -> Iterator[Path]:
    """Files that may define the Ruby function ``name``, of Puppet's present and of its older interface."""
    roots = [module.root for module in modules.values()]
    relative = Path("lib", "puppet", "functions", *name.split("::")).with_suffix(".rb")
    legacy = Path("lib", "puppet", "parser", "functions", f"{name}.rb")
    for root in [*roots, environment_root]:
        for path in (relative, legacy):
            if (root / path).is_file():
                yield root / path


def ruby_type_file(modules: Mapping[str, Module], environment_root: Path, name: str) -> Path | None:
    """The file of the resource type ``name``, lower case: lib/puppet/type/NAME.rb of any module."""
    relative = Path("lib", "puppet", "type", f"{name}.rb")
    for root in [*(module.root for module in modules.values()), environment_root]:
        if (root / relative).is_file():
            return root / relative
    return None


def has_provider(modules: Mapping[str, Module], environment_root: Path, name: str) -> bool:
    """Whether a module brings a provider for the resource type ``name``."""
    relative = Path("lib", "puppet", "provider", name)
    roots = [*(module.root for module in modules.values()), environment_root]
    return any(any((root / relative).glob("*.rb")) for root in roots if (root / relative).is_dir())
