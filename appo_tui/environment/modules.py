"""The modules on a module path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

MODULE_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its name and its directory."""

    name: str
    root: Path

    @property
    def manifests(self) -> Path:
        """Where its classes, defines and applications are."""
        return self.root / "manifests"


def find_modules(modulepath: Iterable[Path]) -> Mapping[str, Module]:
    """The modules by name; of two with one name the first on the path counts, as for Puppet."""
    modules: dict[str, Module] = {}
    for directory in modulepath:
        if not directory.is_dir():
            continue
        for entry in sorted(directory.iterdir()):
            if MODULE_NAME.match(entry.name) and entry.name not in modules and entry.is_dir():
                modules[entry.name] = Module(entry.name, entry)
    return modules
