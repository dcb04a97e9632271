"""``%{...}`` in configuration and data.

Manual: https://www.puppet.com/docs/puppet/7/hiera_merging.html#interpolation_functions
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from appo_tui.evaluator.hiera.documents import HieraArgumentError, HieraError
from appo_tui.evaluator.types.ruby_values import ruby_class, ruby_text
from appo_tui.evaluator.values import Unknown, Value

_TOKEN: Final = re.compile(r"%\{([^}]*)\}")
_METHOD: Final = re.compile(r"""(\w+)\((?:"([^"]+)"|'([^']+)')\)""")
_EMPTY: Final = frozenset({"", "::", '""', "''", '"::"', "'::'"})

ScopeVariables = Callable[[str], Value]
"""Gives a variable's value by its name; None where there is none."""
LookUp = Callable[[str], Value]
"""Gives a key's value."""


def interpolated(value: Value, variables: ScopeVariables, look_up: LookUp | None) -> Value:
    """``value`` with what its ``%{...}`` stand for.

    Args:
        value: data, or a path.
        variables: what names stand for.
        look_up: what keys in ``lookup('key')`` stand for; None where functions aren't allowed.

    Returns:
        The value; what needs something unknown is unknown.

    Raises:
        HieraError: a function is unknown, not allowed here or used wrongly.
    """
    if isinstance(value, str):
        return _text(value, variables, look_up) if "%{" in value else value
    if isinstance(value, tuple):
        return tuple(interpolated(item, variables, look_up) for item in value)
    if isinstance(value, dict):
        return {
            interpolated(key, variables, look_up): interpolated(item, variables, look_up)
            for key, item in value.items()
        }
    return value


def _text(text: str, variables: ScopeVariables, look_up: LookUp | None) -> Value:
    parts: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        expression = match[1].strip()
        if expression in _EMPTY:
            continue
        method, argument = _split(expression)
        if method == "alias" and match[0] != text:
            raise HieraError(
                "'alias' interpolation is only permitted if the expression is equal to the entire string"
            )
        value = _value(method, argument, variables, look_up)
        if method == "alias" or isinstance(value, Unknown):
            return value
        value = interpolated(value, variables, look_up)
        if isinstance(value, Unknown):
            return value
        parts.append(ruby_text(value))
    return "".join(parts) + text[end:]


def _split(expression: str) -> tuple[str, str]:
    call = _METHOD.fullmatch(expression)
    if call:
        return call[1], call[2] or call[3]
    quoted = re.fullmatch(r"""(["'])(.+)\1""", expression)
    return "scope", quoted[2] if quoted else expression


def _value(method: str, argument: str, variables: ScopeVariables, look_up: LookUp | None) -> Value:
    if method == "scope":
        return variable(argument, variables)
    if look_up is None:
        raise HieraError("Interpolation using method syntax is not allowed in this context")
    if method == "literal":
        return argument
    if method in ("lookup", "hiera", "alias"):
        return look_up(argument)
    raise HieraError(f"Unknown interpolation method '{method}'")


def variable(name: str, variables: ScopeVariables) -> Value:
    """What a dotted name stands for; None where there is nothing."""
    root, *path = segments(name, called=f"string: {name}")
    return below(variables(str(root)), tuple(path), name)


_SEGMENT = r"""\s*"[^"]+"\s*|\s*'[^']+'\s*|[^'".]+"""
_DOTTED = re.compile(rf"(?:{_SEGMENT})(?:\.(?:{_SEGMENT}))*")


def segments(key: str, *, called: str) -> tuple[str | int, ...]:
    """The parts of a dotted key: quoted ones may have dots, and numbers are indices.

    Args:
        key: the key.
        called: how messages call it.

    Raises:
        HieraError: the key is malformed.
    """
    if "." not in key and "'" not in key and '"' not in key:
        return (key,)
    if not _DOTTED.fullmatch(key):
        raise HieraError(f"Syntax error in {called}")
    found: list[str | int] = []
    for segment in re.findall(_SEGMENT, key):
        text = segment.strip()
        quoted = text[1:-1] if text[:1] in ("'", '"') else None
        text = text if quoted is None else quoted
        found.append(int(text) if found and quoted is None and re.fullmatch(r"-?\d+", text) else text)
    return tuple(found)


def below(value: Value, path: tuple[str | int, ...], key: str) -> Value:
    """What lies at ``path`` in ``value``; None where there is nothing.

    Args:
        value: what the first part of the key stands for.
        path: its further parts.
        key: all of it, for messages.

    Raises:
        HieraError: a name is asked for in something that has none.
    """
    for step in path:
        if value is None or isinstance(value, Unknown):
            return value
        if isinstance(value, tuple) and isinstance(step, int):
            value = value[step] if 0 <= step < len(value) else None
        elif isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, int) and not isinstance(value, bool):  # which has [], for its bits
            raise HieraArgumentError(f"undefined method `include?' for {value}:Integer")
        else:
            raise HieraError(
                f"Data Provider type mismatch: Got {ruby_class(value)} when a hash-like object was expected "
                f"to access value using '{step}' from key '{key}'"
            )
    return value
