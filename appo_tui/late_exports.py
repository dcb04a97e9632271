"""Names of a package that are imported when they are first used: starting must not wait for all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def late_exports(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """A package's ``__getattr__``.

    Args:
        package: its name.
        modules: by exported name, the module of the package that defines it.
    """

    def exported(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    return exported
