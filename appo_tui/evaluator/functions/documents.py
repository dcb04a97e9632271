"""Functions that read files, and those that read and write YAML and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from appo_tui.evaluator import values
from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import (
    Unknowns,
    built_in,
    built_in_counting,
    stdlib,
    stdlib_counting,
)
from appo_tui.evaluator.hiera.documents import parse_json, parse_yaml
from appo_tui.evaluator.types.ruby_values import ruby_text
from appo_tui.evaluator.types.text_form import text_of
from appo_tui.evaluator.values import Unknown, Value


def _plain(value: Value) -> object:
    """A value as the writers of JSON and YAML take it."""
    match value:
        case tuple():
            return [_plain(item) for item in value]
        case dict():
            return {text_of(key): _plain(item) for key, item in value.items()}
        case None | bool() | int() | float() | str():
            return value
        case values.Default():
            return "default"
    return ruby_text(value)


@stdlib("to_json", "Any data")
def to_json(_call: FunctionCall, data: Value) -> Value:
    """As JSON in one line."""
    return json.dumps(_plain(data), separators=(",", ":"), ensure_ascii=False)


@stdlib("to_json_pretty", "Variant[Hash, Array] data, Optional[Variant[Boolean, Undef]] skip_undef?")
def to_json_pretty(_call: FunctionCall, data: Value, skip_undef: Value = None) -> Value:
    """As JSON over several lines."""
    if skip_undef and isinstance(data, dict):
        data = {key: item for key, item in data.items() if item is not None}
    elif skip_undef and isinstance(data, tuple):
        data = tuple(item for item in data if item is not None)
    return _pretty(_plain(data), "") + "\n"


def _pretty(data: object, indentation: str) -> str:
    """JSON as Ruby spreads it over lines, what is empty too."""
    inner = f"{indentation}  "
    if isinstance(data, list):
        items = ",\n".join(f"{inner}{_pretty(item, inner)}" for item in data)
        return f"[\n{items}\n{indentation}]"
    if isinstance(data, dict):
        pairs = ",\n".join(f"{inner}{_pretty(key, '')}: {_pretty(item, inner)}" for key, item in data.items())
        return f"{{\n{pairs}\n{indentation}}}" if pairs else f"{{\n{indentation}}}"
    return json.dumps(data, ensure_ascii=False)


class _Indented(yaml.SafeDumper):
    """YAML as Ruby writes it: undef is left empty."""


def _written_undef(dumper: yaml.SafeDumper, _none: None) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_Indented.add_representer(type(None), _written_undef)


@stdlib("to_yaml", "Any data")
def to_yaml(_call: FunctionCall, data: Value) -> Value:
    """As a YAML document."""
    return yaml.dump(
        _plain(data), Dumper=_Indented, explicit_start=True, default_flow_style=False, sort_keys=False,
        allow_unicode=True, width=80,
    ).removesuffix("...\n")  # fmt: skip


@stdlib_counting("parseyaml", 1, 2)
def parseyaml(_call: FunctionCall, *arguments: Value) -> Value:
    """What a YAML document says; the second argument where it can't be read."""
    try:
        return parse_yaml(text_of(arguments[0]))
    except ValueError as error:
        if len(arguments) > 1:
            return arguments[1]
        raise FunctionError(str(error)) from error


@stdlib_counting("parsejson", 1, 2)
def parsejson(_call: FunctionCall, *arguments: Value) -> Value:
    """What a JSON document says; the second argument where it can't be read."""
    try:
        return parse_json(text_of(arguments[0]))
    except ValueError as error:
        if len(arguments) > 1:
            return arguments[1]
        raise FunctionError(str(error)) from error


def _outside(reference: str) -> Unknown:
    return Unknown(f"the file {reference} is outside the environment; only Puppet's own run reads it")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FunctionError(f"Could not read {path}: {error}") from error


def _loaded(call: FunctionCall, name: str, arguments: tuple[Value, ...]) -> Value:
    reference = text_of(arguments[0])
    path = _environment_path(call, reference)
    if path is None:
        return _outside(reference)
    call.environment.note(path)
    if not path.is_file():
        return arguments[1] if len(arguments) > 1 else None
    try:
        return (parse_yaml if name == "loadyaml" else parse_json)(_read(path))
    except (ValueError, FunctionError):
        if len(arguments) > 1:
            return arguments[1]
        raise


def _environment_path(call: FunctionCall, reference: str) -> Path | None:
    """The file in the environment that an absolute path or a module's reference means; None if elsewhere."""
    if not reference.startswith("/"):
        return call.environment.find_module_file(reference) or Path(reference)
    path = call.environment.find_inside(reference)
    if path is not None:
        call.environment.note(path)
    return path


@stdlib_counting("loadyaml", 1, 2)
def loadyaml(call: FunctionCall, *arguments: Value) -> Value:
    """What a YAML file says; the second argument where there is none."""
    return _loaded(call, "loadyaml", arguments)


@stdlib_counting("loadjson", 1, 2)
def loadjson(call: FunctionCall, *arguments: Value) -> Value:
    """What a JSON file says; the second argument where there is none."""
    return _loaded(call, "loadjson", arguments)


@built_in_counting("file", 1)
def file_(call: FunctionCall, *references: Value) -> Value:
    """What is in the first of some files that exists."""
    for reference in references:
        text = text_of(reference)
        absolute = text.startswith("/")
        path = _environment_path(call, text) if absolute else call.environment.find_module_file(text)
        if absolute and path is None:
            return _outside(text)
        if path is not None and path.is_file():
            return _read(path)
    names = ", ".join(text_of(reference) for reference in references)
    raise FunctionError(f"Could not find any files from {names}")


@built_in("binary_file", "String path")
def binary_file(call: FunctionCall, reference: str) -> Value:
    """The bytes of a file."""
    if reference.startswith("/"):
        return _outside(reference)
    path = call.environment.find_module_file(reference)
    if path is None:
        raise FunctionError(f"binary_file(): The given file '{reference}' does not exist")
    return path.read_bytes()


@built_in("find_file", "String paths*", "Array[String] paths_array*")
def find_file(call: FunctionCall, *references: Value) -> Value:
    """The path of the first of some files that exists; undef if none does."""
    for reference in references:
        for one in reference if isinstance(reference, tuple) else (reference,):
            text = text_of(one)
            if text.startswith("/"):
                return _outside(text)
            path = call.environment.find_module_file(text)
            if path is not None:
                return str(path)
    return None


@built_in("find_template", "String paths*", "Array[String] paths_array*")
def find_template(call: FunctionCall, *references: Value) -> Value:
    """The path of the first of some templates that exists; undef if none does."""
    for reference in references:
        for one in reference if isinstance(reference, tuple) else (reference,):
            path = call.environment.find_template(text_of(one))
            if path is not None:
                return str(path)
    return None


@built_in("module_directory", "String names*", "Array[String] names*")
def module_directory(call: FunctionCall, *names: Value) -> Value:
    """The directory of the first of some modules that exists; undef if none does."""
    for name in names:
        for one in name if isinstance(name, tuple) else (name,):
            path = call.environment.find_module(text_of(one))
            if path is not None:
                return str(path)
    return None


@stdlib_counting("get_module_path", 1, 1)
def get_module_path(call: FunctionCall, name: Value) -> Value:
    """A module's directory."""
    path = call.environment.find_module(text_of(name))
    if path is None:
        raise FunctionError(f"Could not find module {text_of(name)} in environment")
    return str(path)


@stdlib_counting("load_module_metadata", 1, 2)
def load_module_metadata(call: FunctionCall, name: Value, empty: Value = None) -> Value:
    """What a module's metadata.json says."""
    path = call.environment.find_module(text_of(name))
    metadata = path / "metadata.json" if path else None
    if metadata is not None:
        call.environment.note(metadata)
    if metadata is None or not metadata.is_file():
        if empty == "true" or empty is True:
            return {}
        raise FunctionError(
            f"load_module_metadata(): No metadata.json file for module {text_of(name)}"
        )
    try:
        return parse_json(_read(metadata))
    except ValueError as error:
        raise FunctionError(f"{metadata}: {error}") from error


@built_in("epp", "String path, Hash[Pattern[/^\\w+$/], Any] parameters?", unknowns=Unknowns.WHOLE)
def epp(call: FunctionCall, reference: str, parameters: dict[str, Value] | None = None) -> Value:
    """The text that a module's EPP template makes."""
    reference = reference if reference.endswith(".epp") else f"{reference}.epp"
    path = call.environment.find_template(reference)
    if path is None:
        raise FunctionError(f"Could not find template '{reference}'")
    return call.context.render_epp(_read(path), parameters, str(path))


@built_in(
    "inline_epp", "String template, Hash[Pattern[/^\\w+$/], Any] parameters?",
    unknowns=Unknowns.WHOLE,
)  # fmt: skip
def inline_epp(call: FunctionCall, text: str, parameters: dict[str, Value] | None = None) -> Value:
    """The text that an EPP template makes."""
    return call.context.render_epp(text, parameters, "inlined-epp-text")


