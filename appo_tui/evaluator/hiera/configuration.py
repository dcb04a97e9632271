"""hiera.yaml, as data.

Manual: https://www.puppet.com/docs/puppet/7/hiera_config_yaml_5.html,
https://www.puppet.com/docs/puppet/5.5/hiera_config_yaml_3.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from appo_tui.evaluator.hiera.documents import HieraError, read_yaml
from appo_tui.evaluator.values import Value

_SOURCES: Final = ("path", "paths", "glob", "globs", "uri", "uris", "mapped_paths")
_FUNCTIONS: Final = ("data_hash", "lookup_key", "data_dig", "hiera3_backend")
_V3_BACKENDS: Final = {"yaml": "yaml_data", "json": "json_data", "eyaml": "eyaml_lookup_key"}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a hierarchy.

    Attributes:
        name: as the configuration has it.
        function: what reads it: ``yaml_data``, ``json_data``, ``eyaml_lookup_key`` or one of another backend.
        datadir: the directory that its paths are relative to; it may have ``%{...}`` in it.
        paths: as given, before interpolation.
        globs: patterns of paths.
        mapped_paths: the collection's variable, the name for its elements, and the path; empty if not used.
        options: of the function.
        extension: what Hiera 3 adds to paths.
    """

    name: str
    function: str
    datadir: str
    paths: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    mapped_paths: tuple[str, ...] = ()
    options: Mapping[str, Value] = field(default_factory=dict)
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """One hiera.yaml.

    Attributes:
        root: the directory that paths are relative to.
        version: 3, 4 or 5.
        levels: the most significant first.
        default_levels: those looked at when nothing else has a key (modules only).
        merge: how Hiera 3 merges hashes (``native``, ``deep`` or ``deeper``).
    """

    root: Path
    version: int = 5
    levels: tuple[Level, ...] = ()
    default_levels: tuple[Level, ...] = ()
    merge: str = "native"


def read_layer(path: Path) -> Layer:
    """The configuration in a hiera.yaml of version 3, 4 or 5.

    Raises:
        HieraError: it can't be read or is malformed.
    """
    configured = dict(read_yaml(path).values)
    version = configured.get("version")
    if version == 5:
        return _version_5(path, configured)
    if version == 4:
        return _version_4(path, configured)
    if version is None and (not configured or any(key.startswith(":") for key in configured)):
        return _version_3(path, configured)
    raise HieraError(f"{path}: this runtime does not support hiera.yaml version {version}; use 5")


def _mapping(value: Value) -> dict[str, Value]:
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _texts(value: Value) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, tuple) else (str(value),)


def _version_5(path: Path, configured: dict[str, Value]) -> Layer:
    defaults = _mapping(configured.get("defaults"))
    common = {"name": "Common", "path": "common.yaml"}
    levels = configured.get("hierarchy", (common,))
    if not isinstance(levels, tuple):
        raise HieraError(f"{path}: 'hierarchy' must be a list of levels")
    fallback = configured.get("default_hierarchy", ())
    return Layer(
        path.parent,
        5,
        tuple(_level(path, _mapping(level), defaults) for level in levels),
        tuple(_level(path, _mapping(level), defaults) for level in fallback)
        if isinstance(fallback, tuple)
        else (),
    )


def _level(path: Path, level: dict[str, Value], defaults: dict[str, Value]) -> Level:
    name = str(level.get("name", "unnamed"))
    sources = [key for key in _SOURCES if key in level]
    if len(sources) > 1:
        raise HieraError(f"{path}: only one of {', '.join(_SOURCES)} can be given in hierarchy '{name}'")
    chosen = next((key for key in _FUNCTIONS if key in level), None)
    function_source = level
    if chosen is None:
        chosen = next((key for key in _FUNCTIONS if key in defaults), None)
        function_source = defaults
    function = str(function_source[chosen]) if chosen else "yaml_data"
    options = level["options"] if "options" in level else (
        defaults.get("options") if function_source is defaults else None
    )
    return Level(
        name,
        function if chosen != "hiera3_backend" else f"Hiera 3 backend {function}",
        str(level.get("datadir", defaults.get("datadir", "data"))),
        _texts(level.get("path")) + _texts(level.get("paths")),
        _texts(level.get("glob")) + _texts(level.get("globs")),
        _texts(level.get("mapped_paths")),
        _mapping(options),
    )


def _version_4(path: Path, configured: dict[str, Value]) -> Layer:
    datadir = str(configured.get("datadir", "data"))
    levels = configured.get("hierarchy", ())
    found = []
    for level in levels if isinstance(levels, tuple) else ():
        keys = _mapping(level)
        backend = str(keys.get("backend", "yaml"))
        extension = f".{backend}"
        paths = _texts(keys.get("path")) + _texts(keys.get("paths")) or (str(keys.get("name")),)
        found.append(
            Level(
                str(keys.get("name")),
                _V3_BACKENDS.get(backend, backend),
                str(keys.get("datadir", datadir)),
                tuple(one if one.endswith(extension) else one + extension for one in paths),
            )
        )
    return Layer(path.parent, 4, tuple(found))


def _version_3(path: Path, configured: dict[str, Value]) -> Layer:
    keys = {key.removeprefix(":"): value for key, value in configured.items()}
    levels: list[Level] = []
    for backend in _texts(keys.get("backends", "yaml")):
        options = {key.removeprefix(":"): value for key, value in _mapping(keys.get(backend)).items()}
        datadir = str(options.get("datadir", "/etc/puppetlabs/code/environments/%{environment}/hieradata"))
        extension = str(options.get("extension", backend))
        levels.extend(
            Level(
                name,
                _V3_BACKENDS.get(backend, f"Hiera 3 backend {backend}"),
                datadir,
                (f"{name}.{extension}",),
                options=options,
            )
            for name in _texts(keys.get("hierarchy", "common"))
        )
    return Layer(path.parent, 3, tuple(levels), merge=str(keys.get("merge_behavior", "native")))
