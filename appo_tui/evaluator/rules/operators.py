"""Arithmetic, comparison, matching and membership."""

from __future__ import annotations

import math
import re
from typing import Final

from appo_tui.evaluator import types
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.hash_keys import key_of
from appo_tui.evaluator.interpreter import Interpreter, evaluates
from appo_tui.evaluator.labels import a_or_an, label_of_value
from appo_tui.evaluator.matching import compared, equals, included, match_regexp
from appo_tui.evaluator.rules.times_and_uris import calculated, involves_times_or_uris, takes_numbers_only
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.text import interpolated
from appo_tui.evaluator.types.ruby_values import name_in_conversions, ruby_text
from appo_tui.evaluator.types.times import Timespan
from appo_tui.evaluator.types.uris import Uri
from appo_tui.evaluator.types.versions import SemVer, SemVerRange
from appo_tui.evaluator.values import Regexp, Unknown, Value
from puppet_grammar import nodes

SMALLEST_INTEGER: Final = -(2**63)
LARGEST_INTEGER: Final = 2**63 - 1
_NUMBER = re.compile(
    r"\s*([-+]?)\s*(?:(0[xX][0-9A-Fa-f]+)|(0[0-7]+)|((?:0|[1-9]\d*)(\.\d+)?(?:[eE][-+]?\d+)?))\s*\Z"
)


def to_number(value: Value) -> int | float | None:
    """A number, or a string that reads as one in decimal, octal or hex; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    match = _NUMBER.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    sign, hexadecimal, octal, decimal, fraction = match.groups()
    number: int | float
    if hexadecimal:
        number = int(hexadecimal, 16)
    elif octal:
        number = int(octal, 8)
    else:
        number = float(decimal) if fraction or "e" in decimal.lower() else int(decimal)
        if math.isinf(number):
            return None
    return -number if sign == "-" else number


def numeric(interpreter: Interpreter, value: Value, node: nodes.Node, scope: Scope) -> int | float:
    """The number that an operand is.

    Raises:
        EvaluationError: it is none.
    """
    number = to_number(value)
    if number is None:
        raise interpreter.failure(
            f"The value '{ruby_text(value)}' cannot be converted to Numeric.", node, scope
        )
    if isinstance(value, str) and interpreter.settings.strict == "error":
        raise interpreter.failure(
            f"The string '{value}' was automatically coerced to the numerical value {interpolated(number)}",
            node, scope,
        )  # fmt: skip
    return number


@evaluates(nodes.UnaryMinusExpression)
def unary_minus(interpreter: Interpreter, node: nodes.UnaryMinusExpression, scope: Scope) -> Value:
    """``-x``."""
    value = interpreter.evaluate(node.expression, scope)
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Timespan):
        return Timespan(-value.nanoseconds)
    return -numeric(interpreter, value, node, scope)


@evaluates(nodes.ArithmeticExpression)
def arithmetic(interpreter: Interpreter, node: nodes.ArithmeticExpression, scope: Scope) -> Value:
    """``+ - * / %`` and the shifts, on numbers; ``+``, ``-`` and ``<<`` on collections too."""
    left = interpreter.evaluate(node.left, scope)
    right = interpreter.evaluate(node.right, scope)
    for side in (left, right):
        if isinstance(side, Unknown):
            return side
    if isinstance(left, tuple | dict) and node.operator in ("+", "-", "<<"):
        if node.operator == "+":
            return concatenated(left, right)
        if node.operator == "-":
            return without(left, right)
        if isinstance(left, tuple):
            return (*left, right)
        raise interpreter.failure(f"Operator '<<' is not applicable to {a_or_an(label_of_value(left))}.",
                         node.left, scope)  # fmt: skip
    if involves_times_or_uris(left, right):
        if takes_numbers_only(node.operator, left, right):
            blamed = (left, node.left) if isinstance(left, Uri) else (right, node.right)
            numeric(interpreter, *blamed, scope)
        return calculated(interpreter, node, left, right, scope)
    return _calculated(interpreter, node, left, right, scope)


def _calculated(
    interpreter: Interpreter, node: nodes.ArithmeticExpression, left: Value, right: Value, scope: Scope
) -> Value:
    first = numeric(interpreter, left, node.left, scope)
    second = numeric(interpreter, right, node.right, scope)
    operator = node.operator
    if (isinstance(first, float) and operator in ("%", "<<", ">>")) or (
        isinstance(second, float) and operator == "%"
    ):
        text = f"Operator '{operator}' is not applicable to {a_or_an(label_of_value(first))}"
        if not isinstance(first, float):
            text += f" when right side is {a_or_an(label_of_value(second))}"
        raise interpreter.failure(f"{text}.", node.left, scope)
    if operator in ("/", "%") and second == 0:
        if isinstance(first, int) and isinstance(second, int):
            raise interpreter.failure("Division by 0", node.right, scope)
        raise interpreter.failure(f"The result of the {operator} expression is Infinity", node.left, scope)
    result = _result(operator, first, second)
    if isinstance(result, int) and not SMALLEST_INTEGER <= result <= LARGEST_INTEGER:
        limit = "max" if result > 0 else "min"
        text = f"resulted in a value outside of Puppet Integer {limit} range, got '{result:+#x}'"
        raise interpreter.failure(f"A '{operator}' expression {text}", node, scope)
    if isinstance(result, float) and math.isinf(result):
        raise interpreter.failure(f"The result of the {operator} expression is Infinity", node.left, scope)
    return result


def _result(operator: str, left: int | float, right: int | float) -> int | float:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    if operator == "/":
        return left // right if isinstance(left, int) and isinstance(right, int) else left / right
    if operator == "%":
        return left % right
    shift = int(right) if operator == "<<" else -int(right)
    return int(left) << shift if shift >= 0 else int(left) >> -shift


def concatenated(left: Value, right: Value) -> Value:
    """``+`` on collections: arrays in a row, hashes merged.

    Raises:
        EvaluationError: something else is added to a hash.
    """
    if isinstance(left, tuple):
        if isinstance(right, dict):
            return left + tuple(right.items())
        return left + (right if isinstance(right, tuple) else (right,))
    if not isinstance(left, dict):
        raise EvaluationError("Can only append Array or Hash to a Hash")
    if isinstance(right, dict):
        return {**left, **right}
    if isinstance(right, tuple):
        return {**left, **_paired(right)}
    raise EvaluationError("Can only append Array or Hash to a Hash")


def _paired(items: tuple[Value, ...]) -> dict[Value, Value]:
    if items and all(isinstance(item, tuple) for item in items):
        return {key_of(item[0]): item[1] for item in items if isinstance(item, tuple)}
    if len(items) % 2:
        raise EvaluationError("odd number of arguments for Hash")
    return dict(zip(map(key_of, items[::2]), items[1::2], strict=True))


def without(left: Value, right: Value) -> Value:
    """``-`` on collections: what is on the right is left out."""
    if isinstance(left, dict):
        keys = {key_of(key) for key in (right if isinstance(right, tuple | dict) else (right,))}
        return {key: value for key, value in left.items() if key_of(key) not in keys}
    gone = (
        right if isinstance(right, tuple) else tuple(right.items()) if isinstance(right, dict) else (right,)
    )
    if not isinstance(left, tuple):
        return left
    return tuple(item for item in left if not any(_same(item, other) for other in gone))


def _same(item: Value, other: Value) -> bool:
    """Whether two elements are one: texts regard case here, and true is no number."""
    return item == other and isinstance(item, bool) is isinstance(other, bool)


@evaluates(nodes.ComparisonExpression)
def comparison(interpreter: Interpreter, node: nodes.ComparisonExpression, scope: Scope) -> Value:
    """``== != < <= > >=``; types are ordered by what they allow."""
    left = interpreter.evaluate(node.left, scope)
    right = interpreter.evaluate(node.right, scope)
    for side in (left, right):
        if isinstance(side, Unknown):
            return side
    if node.operator == "==":
        return equals(left, right)
    if node.operator == "!=":
        return not equals(left, right)
    if isinstance(left, types.PuppetType):
        return isinstance(right, types.PuppetType) and _types_compared(node.operator, left, right)
    try:
        order = compared(left, right)
    except ValueError as error:
        raise interpreter.failure(
            f"Comparison of: {label_of_value(left)} {node.operator} {label_of_value(right)}, "
            f"is not possible. Caused by '{error}'.",
            node, scope,
        ) from error  # fmt: skip
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[node.operator]


def _types_compared(operator: str, left: types.PuppetType, right: types.PuppetType) -> bool:
    if operator in ("<", "<="):
        left, right = right, left
    return types.is_assignable(left, right) and (operator in ("<=", ">=") or left != right)


@evaluates(nodes.MatchExpression)
def match(interpreter: Interpreter, node: nodes.MatchExpression, scope: Scope) -> Value:
    """``=~`` and ``!~``: with a type, a regular expression, or a string that is one."""
    left = interpreter.evaluate(node.left, scope)
    pattern = interpreter.evaluate(node.right, scope)
    for side in (left, pattern):
        if isinstance(side, Unknown):
            return side
    if isinstance(pattern, types.PuppetType):
        return types.is_instance(pattern, left) is (node.operator == "=~")
    if isinstance(pattern, SemVerRange):
        return _is_in_range(left, pattern) is (node.operator == "=~")
    text = pattern.pattern if isinstance(pattern, Regexp) else pattern
    if not isinstance(text, str):
        raise interpreter.failure(
            "Can not convert right match operand to a regular expression. Caused by 'no implicit "
            f"conversion of {name_in_conversions(pattern)} into String'.",
            node.right, scope,
        )  # fmt: skip
    if not isinstance(left, str):
        raise interpreter.failure(
            f"Left match operand must result in a String value. Got {a_or_an(label_of_value(left))}.",
            node.left, scope,
        )  # fmt: skip
    try:
        found = match_regexp(text, left, scope)
    except ValueError as error:
        raise interpreter.failure(
            f"Can not convert right match operand to a regular expression. Caused by '{error}'.",
            node.right, scope,
        ) from error  # fmt: skip
    return found is (node.operator == "=~")


def _is_in_range(value: Value, wanted: SemVerRange) -> bool:
    try:
        version = SemVer.parse(value) if isinstance(value, str) else value
    except ValueError:
        return False
    return version in wanted


@evaluates(nodes.InExpression)
def in_expression(interpreter: Interpreter, node: nodes.InExpression, scope: Scope) -> Value:
    """``x in y``."""
    left = interpreter.evaluate(node.left, scope)
    right = interpreter.evaluate(node.right, scope)
    for side in (left, right):
        if isinstance(side, Unknown):
            return side
    return included(right, left, scope)
