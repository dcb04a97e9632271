"""What Puppet refuses in a hiera.yaml of version 5 that is of the right type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from appo_tui.evaluator.hiera.documents import HieraError
from appo_tui.evaluator.types.ruby_patterns import compiled
from appo_tui.evaluator.values import Value

FUNCTION_KEYS: Final = ("data_hash", "lookup_key", "data_dig", "hiera3_backend")
"""What a level may name its function with."""
_SOURCE_KEYS: Final = ("path", "paths", "glob", "globs", "uri", "uris", "mapped_paths")
_RESERVED_OPTIONS: Final = ("path", "uri")


def check_defaults(path: Path, defaults: Mapping[str, Value]) -> None:
    """Check what levels take for what they don't say.

    Raises:
        HieraError: it can't be used.
    """
    if sum(key in defaults for key in FUNCTION_KEYS) > 1:
        raise HieraError(f"Only one of {_listed(FUNCTION_KEYS)} can be defined in defaults", path)
    for key in _reserved(defaults):
        raise HieraError(f"Option key '{key}' used in defaults is reserved by Puppet", path)


def check_levels(
    path: Path, levels: Iterable[Mapping[str, Value]], defaults: Mapping[str, Value]
) -> None:
    """Check a hierarchy's levels.

    Raises:
        HieraError: one can't be used.
    """
    for level in levels:
        _check_level(path, level, defaults)


def _check_level(path: Path, level: Mapping[str, Value], defaults: Mapping[str, Value]) -> None:
    name = level["name"]
    functions = sum(key in level for key in FUNCTION_KEYS)
    if functions == 0 and not any(key in defaults for key in FUNCTION_KEYS):
        raise HieraError(f"One of {_listed(FUNCTION_KEYS)} must be defined in hierarchy '{name}'", path)
    if functions > 1:
        raise HieraError(f"Only one of {_listed(FUNCTION_KEYS)} can be defined in hierarchy '{name}'", path)
    if "hiera3_backend" in level:
        text = "'hiera3_backend' is only allowed in the global layer"
        raise HieraError(text, path, _line(path, r"\s+hiera3_backend:"))
    if sum(key in level for key in _SOURCE_KEYS) > 1:
        raise HieraError(f"Only one of {_listed(_SOURCE_KEYS)} can be defined in hierarchy '{name}'", path)
    for key in _reserved(level):
        raise HieraError(f"Option key '{key}' used in hierarchy '{name}' is reserved by Puppet", path)


def default_hierarchy_elsewhere(path: Path) -> HieraError:
    """An environment's configuration that has a hierarchy for what nothing else has."""
    line = _line(path, r"(?:^|\s+)default_hierarchy:")
    return HieraError("'default_hierarchy' is only allowed in the module layer", path, line)


def name_twice(path: Path, name: str) -> HieraError:
    """Two levels of one name."""
    pattern = rf"\s+name:\s+['\"]?{name}(?:[^\w]|$)"
    first = _line(path, pattern)
    second = _line(path, pattern, first + 1) if first is not None else None
    text = f"Hierarchy name '{name}' defined more than once."
    if second is None:
        return HieraError(text, path, first)
    return HieraError(f"{text} First defined at (line: {first})", path, second)


def _reserved(level: Mapping[str, Value]) -> list[str]:
    options = level.get("options")
    return [key for key in _RESERVED_OPTIONS if isinstance(options, dict) and key in options]


def _listed(keys: tuple[str, ...]) -> str:
    return f"{', '.join(keys[:-1])}, or {keys[-1]}"


def _line(path: Path, pattern: str, start: int = 1) -> int | None:
    """The first line from ``start`` on that a Ruby pattern matches, comments left out."""
    wanted = compiled(pattern)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines[start - 1 :], start):
        if wanted.search(line.partition("#")[0]):
            return number
    return None
