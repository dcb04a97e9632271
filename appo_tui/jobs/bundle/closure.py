"""Which modules a node's catalog can reach: by the words in what it reads.

A module is reached by its name, and by the names of the types, functions, providers and facts that it
brings. Words are taken from the whole text of files, so a module may be sent that is not needed, but
none is left out unless its name is put together at run time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from appo_tui.environment.modules import Module

_WORD = re.compile(rb"[a-zA-Z_][a-zA-Z0-9_]*")
_FACT = re.compile(rb"Facter\.add\(?\s*[:'\"]([a-zA-Z0-9_]+)")
_READ = frozenset({".pp", ".epp", ".erb", ".rb", ".yaml", ".yml", ".json"})
_LEFT_OUT = frozenset({"spec", "test", "tests", "examples", "acceptance", "pkg", "vendor", "docs"})
_PROVIDED = (
    "lib/puppet/type", "lib/puppet/functions", "lib/puppet/parser/functions", "lib/puppet/datatypes",
    "functions", "types",
)  # fmt: skip


def module_files(module: Module) -> dict[str, Path]:
    """A module's files by path within it; without its tests and what begins with a dot."""
    found: dict[str, Path] = {}
    pending = [module.root]
    while pending:
        directory = pending.pop()
        for entry in sorted(directory.iterdir()):
            if entry.name.startswith(".") or (directory == module.root and entry.name in _LEFT_OUT):
                continue
            if entry.is_symlink() and not entry.resolve().is_relative_to(module.root.resolve()):
                continue
            if entry.is_dir():
                pending.append(entry)
            elif entry.is_file():
                found[entry.relative_to(module.root).as_posix()] = entry
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A module as the search sees it: the words in it, and the names that lead to it."""

    words: frozenset[str]
    names: frozenset[str]


@dataclass
class ModuleIndex:
    """The modules of an environment, and which leads to which."""

    modules: Mapping[str, Module]
    _closures: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def closure(self, words: Iterable[str]) -> tuple[str, ...]:
        """The modules that these words lead to, and what those lead to, sorted."""
        seeds = frozenset(name for word in words for name in self._by_name.get(word, ()))
        if seeds not in self._closures:
            reached: set[str] = set()
            pending = list(seeds)
            while pending:
                name = pending.pop()
                if name in reached:
                    continue
                reached.add(name)
                pending += {to for word in self._read[name].words for to in self._by_name.get(word, ())}
            self._closures[seeds] = frozenset(reached)
        return tuple(sorted(self._closures[seeds]))

    @cached_property
    def _read(self) -> dict[str, _Read]:
        return {name: _read_module(module) for name, module in self.modules.items()}

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for module, read in self._read.items():
            for name in read.names:
                found.setdefault(name, set()).add(module)
        return found


def words_of(text: bytes) -> frozenset[str]:
    """The words of a text, in lower case."""
    return frozenset(word.decode("ascii").lower() for word in _WORD.findall(text))


def _read_module(module: Module) -> _Read:
    words: set[str] = set()
    names = {module.name}
    for path, file in module_files(module).items():
        if file.suffix not in _READ:
            continue
        text = file.read_bytes()
        words |= words_of(text)
        parts = Path(path)
        if any(path.startswith(f"{directory}/") for directory in _PROVIDED):
            names.add(parts.stem)
        elif path.startswith("lib/puppet/provider/"):
            names.add(parts.parts[3])
        elif path.startswith("lib/facter/"):
            names.update(name.decode() for name in _FACT.findall(text))
    return _Read(frozenset(words), frozenset(names))
