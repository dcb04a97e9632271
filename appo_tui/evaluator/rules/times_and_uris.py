"""Arithmetic with durations, points in time and URIs. Numbers beside times are seconds."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.interpreter import Interpreter
from appo_tui.evaluator.labels import a_or_an, label_of_value
from appo_tui.evaluator.scope import Scope
from appo_tui.evaluator.types.times import NANOSECONDS, Timespan, Timestamp
from appo_tui.evaluator.types.uris import Uri
from appo_tui.evaluator.types.versions import SemVer
from appo_tui.evaluator.values import Value
from puppet_grammar import nodes

Time = Timestamp | Timespan
_OPERATORS: Final = {Timestamp: ("+", "-"), Timespan: ("+", "-", "*", "/", "%")}
_BESIDE_NUMBERS: Final = {Timestamp: ("+",), Timespan: ("+", "-", "*")}


def involves_times_or_uris(left: Value, right: Value) -> bool:
    """Whether ``calculated`` is for these operands, and not the arithmetic of numbers."""
    return isinstance(left, Time | Uri | SemVer) or (isinstance(right, Time) and is_number(left))


def is_number(value: Value) -> bool:
    """Whether a value is an Integer or a Float."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def calculated(
    interpreter: Interpreter, node: nodes.ArithmeticExpression, left: Value, right: Value, scope: Scope
) -> Value:
    """What an expression comes to of which one operand is a time, or the left one a URI or a version.

    Raises:
        EvaluationError: the operands don't go together.
    """
    try:
        found = _calculated(node.operator, left, right)
    except ZeroDivisionError as error:
        raise interpreter.failure("Division by 0", node.right, scope) from error
    except ValueError as error:
        text = f"Error while evaluating a '{node.operator}' expression, {error}"
        raise interpreter.failure(text, node, scope) from error
    if found is None:
        raise _not_applicable(interpreter, node, left, right, scope)
    return found


def _not_applicable(
    interpreter: Interpreter, node: nodes.ArithmeticExpression, left: Value, right: Value, scope: Scope
) -> EvaluationError:
    text = f"Operator '{node.operator}' is not applicable to {a_or_an(label_of_value(left))}"
    if is_number(left):
        text += f" when right side is {a_or_an(label_of_value(right))}"
    return interpreter.failure(f"{text}.", node.left, scope)


def takes_numbers_only(operator: str, left: Value, right: Value) -> bool:
    """Whether the right operand must be a number, which this one is not."""
    if isinstance(left, Uri):
        return operator != "+"
    if not isinstance(left, Time) or operator not in _OPERATORS[type(left)]:
        return False
    return not (isinstance(right, Time) or is_number(right))


def _calculated(operator: str, left: Value, right: Value) -> Value | None:
    """The result; None if the operator has none for such an operand on the left."""
    if isinstance(left, Uri):
        if not isinstance(right, Uri | str):
            raise ValueError("An URI can only be merged with an URI or String")  # noqa: TRY004 - what a user wrote
        return left + right
    if isinstance(left, Time):
        if operator not in _OPERATORS[type(left)]:
            return None
        if isinstance(left, Timespan):
            return _of_timespan(operator, left, right)
        return _moved(operator, left, right)
    if isinstance(right, Time) and operator in _BESIDE_NUMBERS[type(right)]:
        if operator == "*" and isinstance(right, Timespan):
            return _of_timespan(operator, right, left)
        start, span = _nanoseconds(left), right.nanoseconds
        return type(right)(start + span if operator == "+" else start - span)
    return None


def _moved(operator: str, left: Timestamp, right: Value) -> Value:
    if isinstance(right, Timestamp):
        if operator == "+":
            raise ValueError("A Timestamp cannot be added to a Timestamp")
        return Timespan(left.nanoseconds - right.nanoseconds)
    span = _nanoseconds(right)
    return Timestamp(left.nanoseconds + span if operator == "+" else left.nanoseconds - span)


def _of_timespan(operator: str, left: Timespan, right: Value) -> Value:
    own, other = left.nanoseconds, _nanoseconds(right)
    if operator == "+":
        return Timestamp(own + other) if isinstance(right, Timestamp) else Timespan(own + other)
    if operator == "-":
        if isinstance(right, Timestamp):
            raise ValueError("A Timestamp cannot be subtracted from a Timespan")
        return Timespan(own - other)
    label = a_or_an(label_of_value(right))
    if operator == "*":
        if isinstance(right, Time):
            raise ValueError(f"A Timestamp cannot be multiplied by {label}")
        return Timespan(own * other // NANOSECONDS)
    if isinstance(right, Timestamp) or (isinstance(right, Timespan) and operator == "%"):
        if operator == "%":
            raise ValueError(f"Can not do modulus on a Timespan using a {label}")
        raise ValueError(f"A Timespan cannot be divided by {label}")
    if operator == "/":
        return own / other if isinstance(right, Timespan) else Timespan(own * NANOSECONDS // other)
    return own % other // NANOSECONDS


def _nanoseconds(value: Value) -> int:
    if isinstance(value, Time):
        return value.nanoseconds
    return round(value * NANOSECONDS) if isinstance(value, int | float) else 0
