"""The hiera data that applies to a node: its hiera.yaml, and the files of the levels that can be its own.

Hiera 5, "The hiera.yaml file": paths are interpolated with facts. Where a fact of the node is not known
every file that the path could mean is taken, but a name of a node in a path is always known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_INTERPOLATION = re.compile(r"%\{\s*(?:::)?([^}]*?)\s*\}")
_GLOB = re.compile(r"([*?\[])")


def hiera_files(root: Path, facts: Mapping[str, object], environment: str, certname: str) -> dict[str, Path]:
    """Files of the environment's hiera by path within the environment; empty without a hiera.yaml."""
    configuration = root / "hiera.yaml"
    if not configuration.is_file():
        return {}
    found = {"hiera.yaml": configuration}
    known = {**facts, "environment": environment, "server_facts": {"environment": environment}}
    known["trusted"] = {"certname": certname, "hostname": certname.partition(".")[0],
                        "domain": certname.partition(".")[2]}  # fmt: skip
    for directory, pattern in _patterns(configuration):
        base = (root / directory).resolve()
        if not base.is_relative_to(root.resolve()):
            continue
        for file in base.glob(_filled(pattern, known)):
            if file.is_file() and file.resolve().is_relative_to(root.resolve()):
                found[file.resolve().relative_to(root.resolve()).as_posix()] = file
    return found


def _patterns(configuration: Path) -> Iterator[tuple[str, str]]:
    """Directory and path of each level, paths as they are written."""
    import yaml

    try:
        data = yaml.safe_load(configuration.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError):
        return
    if not isinstance(data, dict):
        return
    defaults = data.get("defaults") or {}
    levels = [*_levels(data, "hierarchy"), *_levels(data, "default_hierarchy")]
    for level in levels or [{"path": "common.yaml"}]:
        directory = _INTERPOLATION.sub("*", str(level.get("datadir") or defaults.get("datadir") or "data"))
        paths = [level.get("path"), *_strings(level, "paths")]
        mapped = level.get("mapped_paths")
        if isinstance(mapped, list) and len(mapped) == 3:
            paths.append(re.sub(r"%\{\s*" + re.escape(str(mapped[1])) + r"[^}]*\}", "%{*}", str(mapped[2])))
        for path in paths:
            if path:
                yield directory, _GLOB.sub(r"[\1]", str(path))
        for path in (level.get("glob"), *_strings(level, "globs")):
            if path:
                yield directory, str(path)


def _levels(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    levels = data.get(name)
    return [each for each in levels if isinstance(each, dict)] if isinstance(levels, list) else []


def _strings(level: dict[str, Any], name: str) -> list[str]:
    values = level.get(name)
    return [str(each) for each in values] if isinstance(values, list) else []


def _filled(path: str, known: Mapping[str, object]) -> str:
    """A path with what is known filled in, and a wildcard for what is not."""

    def value(match: re.Match[str]) -> str:
        found = _dug(match[1], known)
        return "*" if found is None else _GLOB.sub(r"[\1]", str(found))

    return _INTERPOLATION.sub(value, path).lstrip("/")


def _dug(name: str, known: Mapping[str, object]) -> object | None:
    named = {
        "facts.networking.fqdn": "fqdn",
        "networking.fqdn": "fqdn",
        "facts.networking.hostname": "hostname",
        "networking.hostname": "hostname",
    }
    value: object = known
    for part in name.removeprefix("facts.").split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if value is None and name in named:
        return known.get(named[name])
    return None if isinstance(value, Mapping) else value
