"""Functions that dig in collections, and in variables that hold them."""

from __future__ import annotations

import re

from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.errors import FunctionError
from appo_tui.evaluator.functions.registry import Unknowns, built_in
from appo_tui.evaluator.hash_keys import element
from appo_tui.evaluator.types import infer
from appo_tui.evaluator.types.ruby_values import ruby_inspect
from appo_tui.evaluator.types.signature_texts import parsed_signatures
from appo_tui.evaluator.types.signatures import describe_call
from appo_tui.evaluator.values import Unknown, Value

_DIG = "Optional[Collection] data, Any arg*"


class NoCollectionError(FunctionError):
    """What is dug in is no collection."""


@built_in("dig", _DIG, unknowns=Unknowns.WHOLE)
def dig(_call: FunctionCall, data: Value, *path: Value) -> Value:
    """What is in ``data`` under keys and indices, one in the other; undef where there is nothing."""
    return dug(data, path)


def dug(data: Value, path: tuple[Value, ...]) -> Value:
    """What lies at ``path``.

    Raises:
        FunctionError: on the way there is something that is neither array nor hash.
    """
    walked: list[Value] = []
    for step in path:
        if data is None or step is None or isinstance(data, Unknown):
            return data if isinstance(data, Unknown) else None
        if not isinstance(data, (tuple, dict)):
            raise FunctionError(
                f"The given data does not contain a Collection at {ruby_inspect(tuple(walked))}, "
                f"got '{infer(data)}'"
            )
        walked.append(step)
        if isinstance(data, dict):
            data = element(data, step)
        elif isinstance(step, int):
            data = data[step] if -len(data) <= step < len(data) else None
        else:
            raise FunctionError(
                f"The given data requires an Integer index at {ruby_inspect(tuple(walked))}, "
                f"got '{infer(step)}'"
            )
    return data


def path_of(navigation: str) -> tuple[Value, ...]:
    """The steps of a dotted path: ``a.0.'b.c'`` is a, 0 and b.c.

    Raises:
        FunctionError: the path is malformed.
    """
    steps: list[Value] = []
    for match in re.finditer(r"""(?:^|\.)(?:'([^']*)'|"([^"]*)"|([^.'"]*))""", navigation):
        quoted = match[1] if match[1] is not None else match[2]
        text = quoted if quoted is not None else match[3]
        if not text:
            raise FunctionError("Syntax error in dotted-navigation string")
        steps.append(int(text) if quoted is None and re.fullmatch(r"-?\d+", text) else text)
    return tuple(steps)


@built_in("get",
    "Any value, String dotted_string, Any default_value?, Callable[1, 1] &block?", unknowns=Unknowns.WHOLE
)  # fmt: skip
def get(call: FunctionCall, value: Value, navigation: str, default: Value = None) -> Value:
    """What is in ``value`` at a dotted path; where the path doesn't fit, what the block gives."""
    try:
        return _got(value, navigation, default)
    except NoCollectionError:
        raise
    except FunctionError as error:
        if call.block is None:
            raise
        return call.block({"message": str(error), "kind": "SLICE_ERROR"})


def _got(value: Value, navigation: str, default: Value) -> Value:
    if value is None:
        return default
    if navigation and not isinstance(value, tuple | dict | Unknown):
        raise NoCollectionError(describe_call("dig", parsed_signatures((_DIG,)), (value,)))
    found = dug(value, path_of(navigation)) if navigation else value
    return default if found is None else found


_VARIABLE = re.compile(r"((?:::)?(?:[a-z]\w*::)*[a-z_]\w*)(.*)", re.DOTALL | re.ASCII)


def _no_variable(arguments: tuple[Value, ...]) -> str | None:
    named = 1 <= len(arguments) <= 2 and isinstance(arguments[0], str)
    return "The given string does not start with a valid variable name" if named else None


@built_in("getvar",
    r"Pattern[/\A(?:::)?(?:[a-z]\w*::)*[a-z_]\w*(?:\.|\Z)/] get_string, Any default_value?, "
    "Callable[1, 1] &block?",
    refuse=_no_variable,
)  # fmt: skip
def getvar(call: FunctionCall, navigation: str, default: Value = None) -> Value:
    """A variable by its name, and what is in it at a dotted path."""
    match = _VARIABLE.fullmatch(navigation)
    if match is None:
        raise FunctionError("'getvar' The given string does not start with a valid variable name")
    name, rest = match.groups()
    if rest and not rest.startswith("."):
        raise FunctionError(f"First character after var name in get string must be a '.' - got {rest[0]}")
    value = call.lookup_variable(name)
    return value if isinstance(value, Unknown) else _got(value, rest[1:], default)
