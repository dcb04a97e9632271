"""Puppet's values as source text."""

from __future__ import annotations

from collections.abc import Iterator

from appo_tui.evaluator.resource import as_written
from appo_tui.evaluator.types import PuppetType
from appo_tui.evaluator.types.quoting import puppet_quoted
from appo_tui.evaluator.values import Default, Regexp, Sensitive, Unknown, Value
from appo_tui.jobs.transport.prepared import PreparationError


def literal(value: Value) -> str:
    """A value as an expression that evaluates to it, on one line.

    Raises:
        PreparationError: the value is not known, or there is no expression for it.
    """
    if value is None:
        return "undef"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"({value!r})" if value < 0 else repr(value)
    if isinstance(value, str):
        return puppet_quoted(value)
    if isinstance(value, tuple | list):
        return "[" + ", ".join(literal(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(key)} => {literal(each)}" for key, each in value.items()) + "}"
    return _rarer(value)


def _rarer(value: Value) -> str:
    if isinstance(value, Sensitive):
        return f"Sensitive.new({literal(value.value)})"
    if isinstance(value, Default):
        return "default"
    if isinstance(value, Regexp):
        return f"Regexp[{puppet_quoted(value.pattern)}]"
    if isinstance(value, Unknown):
        raise PreparationError(f"it can't be known before the run: {value.reason}")
    if isinstance(value, PuppetType):
        return str(as_written(value))
    raise PreparationError(f"a value of the type {type(value).__name__} can't be written into a manifest")


def is_unknown(value: Value) -> bool:
    """Whether a value, or anything in it, is not known before a run."""
    if isinstance(value, tuple | list):
        return any(is_unknown(each) for each in value)
    if isinstance(value, dict):
        return any(is_unknown(each) for pair in value.items() for each in pair)
    return is_unknown(value.value) if isinstance(value, Sensitive) else isinstance(value, Unknown)


def texts(value: Value) -> Iterator[str]:
    """All strings in a value, those in Sensitive ones too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Sensitive):
        yield from texts(value.value)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for pair in value.items():
            for each in pair:
                yield from texts(each)


def sensitive_texts(value: Value) -> Iterator[str]:
    """The strings that stand in a Sensitive somewhere in a value."""
    if isinstance(value, Sensitive):
        yield from texts(value.value)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from sensitive_texts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from sensitive_texts(each)
