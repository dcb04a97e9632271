"""YAML and JSON as values, with the lines that their keys stand in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from appo_tui.evaluator.hiera.json_text import read_json_text
from appo_tui.evaluator.types import infer, infer_set
from appo_tui.evaluator.values import RubySymbol, Value

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Tolerant(_Loader):  # type: ignore[misc, valid-type]  # chosen above
    """Reads what it has no class for as what it looks like, as Ruby does."""


def _untagged(loader: yaml.SafeLoader, _tag: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


def _symbol(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> RubySymbol:
    return RubySymbol(loader.construct_scalar(node))


def _no_object(_loader: yaml.SafeLoader, suffix: str, _node: yaml.Node) -> object:
    raise HieraArgumentError(f"undefined class/module {suffix}")


_Tolerant.add_multi_constructor("!ruby/object:", _no_object)
_Tolerant.add_multi_constructor("!", _untagged)
_Tolerant.add_implicit_resolver("!symbol", re.compile(r":[^\s:'\"]\S*\Z"), [":"])
_Tolerant.add_constructor("!symbol", _symbol)


class HieraError(ValueError):
    """Configuration or data that cannot be used.

    Attributes:
        file: the hiera.yaml at fault, where Puppet names it apart from the message.
        line: the line in that file, where Puppet looks for it.
    """

    def __init__(self, message: str, file: Path | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.file = file
        self.line = line


class HieraArgumentError(HieraError):
    """A configuration or merge strategy of the wrong form: for Puppet a fault of the lookup's call."""


class UnparsableError(HieraError):
    """A YAML file that can't be parsed.

    Attributes:
        problem: what is wrong, without the file's name.
    """

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"Unable to parse ({path}): {problem}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of data.

    Attributes:
        path: the file.
        values: by key.
        lines: the line of each key, from 1.
        refused: the keys whose values can't be looked up, with the types of those.
    """

    path: Path
    values: Mapping[str, Value]
    lines: Mapping[str, int]
    refused: Mapping[str, str] = field(default_factory=dict)


def parse_yaml(text: str) -> Value:
    """What a YAML document says.

    Raises:
        ValueError: it can't be read.
    """
    try:
        return frozen(yaml.load(text, Loader=_Tolerant))
    except (yaml.YAMLError, ValueError) as error:
        raise ValueError(_one_line(error)) from error


def parse_json(text: str) -> Value:
    """What a JSON document says.

    Raises:
        ValueError: it can't be read.
    """
    return frozen(read_json_text(text))


def frozen(loaded: object) -> Value:
    """What a reader of documents gives, as values of the Puppet language."""
    if isinstance(loaded, (list, tuple)):
        return tuple(frozen(item) for item in loaded)
    if isinstance(loaded, dict):
        return {_key(key): frozen(item) for key, item in loaded.items()}
    if isinstance(loaded, (datetime.date, datetime.datetime)):
        return loaded.isoformat()
    if isinstance(loaded, (set, frozenset)):
        return dict.fromkeys(loaded)
    return loaded


def _key(key: object) -> Value:
    return frozen(key) if isinstance(key, (list, tuple, datetime.date)) else key


def _one_line(error: Exception) -> str:
    """What is wrong with YAML text, as Ruby says it."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem:
        mark = error.context_mark or error.problem_mark
        words = f"{error.problem} {error.context}" if error.context else error.problem
        return f"{words} at line {mark.line + 1} column {mark.column + 1}" if mark else words
    return " ".join(str(error).split())


def _unknown_alias(error: Exception, text: str) -> str | None:
    """The alias that nothing has as its anchor, if that is what is wrong; Ruby's complaint has no place."""
    mark = error.problem_mark if isinstance(error, yaml.composer.ComposerError) else None
    if mark is None or "undefined alias" not in str(error):
        return None
    line = text.splitlines()[mark.line]
    return re.split(r"[\s,\]}]", line[mark.column :].lstrip("*"), maxsplit=1)[0]


def read_yaml(path: Path) -> DataFile:
    """A YAML file of keys and values; an empty one has none.

    Raises:
        HieraError: it can't be read.
    """
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        loader = _Tolerant(text)
        node = loader.get_node() if loader.check_node() else None  # further documents do not count
        loaded = loader.construct_document(node) if node is not None else None
    except (OSError, UnicodeDecodeError) as error:
        raise HieraError(f"Unable to read ({path}): {error}") from error
    except HieraArgumentError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        alias = _unknown_alias(error, text)
        if alias is not None:
            raise HieraArgumentError(f"Unknown alias: {alias}") from error
        raise UnparsableError(path, _one_line(error)) from error
    refused = _refused(loaded)
    lines: dict[str, int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            lines[str(key.value)] = key.start_mark.line + 1
    return DataFile(path, _keyed(loaded), lines, refused)


def read_yaml_data(path: Path) -> DataFile:
    """A YAML file of keys and values, where a symbol as key is the key of its name.

    Raises:
        HieraError: it can't be read.
    """
    data = read_yaml(path)
    if not any(isinstance(key, RubySymbol) for key in data.values):
        return data
    names = {key: key.name if isinstance(key, RubySymbol) else key for key in data.values}
    return DataFile(
        path,
        {names[key]: value for key, value in data.values.items()},
        {names.get(key, key): line for key, line in data.lines.items()},
        {names[key]: refused for key, refused in data.refused.items()},
    )


def _refused(loaded: object) -> dict[str, str]:
    """The types of values that Puppet has no form for: of dates, and of hashes with keys that are no keys."""
    items = loaded.items() if isinstance(loaded, dict) else ()
    return {_named(key): str(infer(_as_read(value))) for key, value in items if _is_foreign(value)}


def _is_foreign(loaded: object) -> bool:
    if isinstance(loaded, list):
        return any(map(_is_foreign, loaded))
    if isinstance(loaded, dict):
        return any(key is None or isinstance(key, bool | datetime.date) for key in loaded) or any(
            map(_is_foreign, loaded.values())
        )
    return isinstance(loaded, datetime.date | RubySymbol)


def _as_read(loaded: object) -> Value:
    if isinstance(loaded, list):
        return tuple(map(_as_read, loaded))
    if isinstance(loaded, dict):
        return {key: _as_read(value) for key, value in loaded.items()}
    return loaded


def read_json(path: Path) -> DataFile:
    """A JSON file of keys and values.

    Raises:
        HieraError: it can't be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
        loaded = read_json_text(text)
    except (OSError, UnicodeDecodeError) as error:
        raise HieraError(f"Unable to read ({path}): {error}") from error
    except ValueError as error:
        raise HieraError(f"Unable to parse ({path}): {error}") from error
    if not isinstance(loaded, dict):
        raise HieraError(
            f"Value returned from data_hash function 'json_data', when using location '{path}', has wrong "
            f"type, expects a Hash value, got {infer_set(frozen(loaded)).short_name}"
        )
    return DataFile(path, _keyed(loaded), _json_lines(text))


def _json_lines(text: str) -> dict[str, int]:
    """The lines of the outermost keys, found by reading the text as YAML, which JSON is."""
    try:
        node = yaml.compose(text, Loader=_Tolerant)
    except yaml.YAMLError:
        return {}
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): key.start_mark.line + 1 for key, _ in node.value}


def _keyed(loaded: object) -> dict[str, Value]:
    """A file's keys; anything else than a hash has none, of which Puppet only warns."""
    if not isinstance(loaded, dict):
        return {}
    return {_named(key): frozen(value) for key, value in loaded.items()}


def _named(key: object) -> str:
    return key if isinstance(key, str) else str(key)
