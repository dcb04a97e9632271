"""hiera.yaml, as data.

Manual: https://www.puppet.com/docs/puppet/7/hiera_config_yaml_5.html,
https://www.puppet.com/docs/puppet/5.5/hiera_config_yaml_3.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from appo_tui.evaluator.hiera.documents import HieraArgumentError, HieraError, UnparsableError, read_yaml
from appo_tui.evaluator.types.parameters import describe_mismatch
from appo_tui.evaluator.types.parsing import parse_type
from appo_tui.evaluator.values import Value

_SOURCES: Final = ("path", "paths", "glob", "globs", "uri", "uris", "mapped_paths")
_FUNCTIONS: Final = ("data_hash", "lookup_key", "data_dig", "hiera3_backend")
_TEXT: Final = "String[1]"
_SEVERAL: Final = "Array[String[1], 1]"
_READING: Final = ", ".join(f"Optional[{name}] => {_TEXT}" for name in _FUNCTIONS[:3])
_OPTIONS: Final = "Optional[options] => Hash[Pattern[/\\A[A-Za-z](:?[0-9A-Za-z_-]*[0-9A-Za-z])?\\z/], Data]"
_LEVEL_TYPE: Final = (
    f"Struct[{{name => {_TEXT}, {_READING}, Optional[hiera3_backend] => {_TEXT}, Optional[path] => {_TEXT}, "
    f"Optional[paths] => {_SEVERAL}, Optional[glob] => {_TEXT}, Optional[globs] => {_SEVERAL}, "
    f"Optional[uri] => {_TEXT}, Optional[uris] => {_SEVERAL}, "
    f"Optional[mapped_paths] => Array[String[1], 3, 3], Optional[datadir] => {_TEXT}, {_OPTIONS}}}]"
)
_TYPE: Final = (
    f"Struct[{{version => Integer[5, 5], Optional[defaults] => Struct[{{{_READING}, "
    f"Optional[datadir] => {_TEXT}, {_OPTIONS}}}], "
    f"Optional[hierarchy] => Array[{_LEVEL_TYPE}], Optional[plan_hierarchy] => Array[{_LEVEL_TYPE}], "
    f"Optional[default_hierarchy] => Array[{_LEVEL_TYPE}]}}]"
)
"""What a hiera.yaml of version 5 must be."""
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
        fault: why it can't be used: every lookup that comes to it fails with that.
    """

    root: Path
    version: int = 5
    levels: tuple[Level, ...] = ()
    default_levels: tuple[Level, ...] = ()
    merge: str = "native"
    fault: HieraError | None = None


def read_layer(path: Path, *, of_module: bool = False) -> Layer:
    """The configuration in a hiera.yaml of version 3, 4 or 5; one that is malformed has its ``fault``.

    Args:
        path: the file.
        of_module: whether it is a module's, which alone may have a default hierarchy.
    """
    try:
        layer = _read_layer(path)
        if layer.default_levels and not of_module:
            line = read_yaml(path).lines["default_hierarchy"]
            text = f"'default_hierarchy' is only allowed in the module layer (file: {path}, line: {line})"
            return Layer(path.parent, fault=HieraError(text))
    except HieraError as error:
        return Layer(path.parent, fault=error)
    return layer


def _read_layer(path: Path) -> Layer:
    try:
        configured = dict(read_yaml(path).values)
    except UnparsableError as error:
        raise HieraArgumentError(f"({path}): {error.problem}") from error
    version = configured.get("version")
    if version == 5:
        return _version_5(path, configured)
    if version == 4:
        return _version_4(path, configured)
    if version is None and (not configured or any(key.startswith(":") for key in configured)):
        return _version_3(path, configured)
    raise HieraError(f"This runtime does not support hiera.yaml version {version}", path)


def _mapping(value: Value) -> dict[str, Value]:
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _texts(value: Value) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, tuple) else (str(value),)


def _version_5(path: Path, configured: dict[str, Value]) -> Layer:
    problem = describe_mismatch(
        f"The Lookup Configuration at '{path}' has wrong type,", parse_type(_TYPE), configured
    )
    if problem:
        raise HieraArgumentError(problem)
    defaults = _mapping(configured.get("defaults"))
    common = {"name": "Common", "path": "common.yaml"}
    return Layer(
        path.parent,
        5,
        _levels(path, configured.get("hierarchy", (common,)), defaults),
        _levels(path, configured.get("default_hierarchy", ()), defaults),
    )


def _levels(path: Path, levels: Value, defaults: dict[str, Value]) -> tuple[Level, ...]:
    found: dict[str, Level] = {}
    for item in levels if isinstance(levels, tuple) else ():
        level = _level(path, _mapping(item), defaults)
        if level.name in found:
            raise HieraError(f"Hierarchy name '{level.name}' defined more than once.", path)
        found[level.name] = level
    return tuple(found.values())


def _level(path: Path, level: dict[str, Value], defaults: dict[str, Value]) -> Level:
    name = str(level.get("name", "unnamed"))
    for keys in (_FUNCTIONS, _SOURCES):
        if sum(key in level for key in keys) > 1:
            choice = f"{', '.join(keys[:-1])}, or {keys[-1]}"
            raise HieraError(f"Only one of {choice} can be defined in hierarchy '{name}'", path)
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
