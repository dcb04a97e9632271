"""Calls, among them those of statement functions, which need no parentheses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from puppet_grammar import nodes as n
from puppet_grammar.building.expressions import merge_pairs
from puppet_grammar.building.refusal import RefusalError

STATEMENT_FUNCTIONS = frozenset({
    "require", "realize", "include", "contain", "tag", "debug", "info", "notice", "warning", "err", "fail",
    "import", "break", "next", "return",
})  # fmt: skip
"""The functions that may be called without parentheses, as statements."""

Arguments = tuple[n.Expression | n.KeyedEntry, ...]
StatementItem = n.Expression | tuple[list[n.Expression], int]


def call_function(
    start: int, end: int, functor: n.Expression, arguments: Arguments, lambda_: n.LambdaExpression | None
) -> n.CallNamedFunctionExpression:
    """Returns ``functor(arguments)``, as a call whose value is used; ``statements`` marks the others."""
    return n.CallNamedFunctionExpression(
        start, end, functor, merge_pairs(arguments), rval_required=True, lambda_=lambda_
    )


def method_name(start: int, end: int, name: str) -> n.QualifiedName:
    """Returns the name after the dot."""
    return n.QualifiedName(start, end, name)


def call_method(
    start: int,
    end: int,
    receiver: n.Expression,
    name: n.QualifiedName,
    arguments: Arguments,
    lambda_: n.LambdaExpression | None,
) -> n.CallMethodExpression:
    """Returns ``receiver.name(arguments)``."""
    functor = n.NamedAccessExpression(start, name.end, receiver, name)
    return n.CallMethodExpression(start, end, functor, merge_pairs(arguments), lambda_)


def statements(items: list[StatementItem]) -> list[n.Expression]:
    """Returns statements, with each name of a statement function and what follows it as a call.

    Raises:
        RefusalError: Something other than such a name is followed by arguments.
    """
    made: list[n.Expression] = []
    for item in items:
        before = made[-1] if made else None
        if isinstance(before, n.QualifiedName) and before.value in STATEMENT_FUNCTIONS:
            arguments = tuple(item[0]) if isinstance(item, tuple) else (item,)
            made[-1] = n.CallNamedFunctionExpression(
                before.start, arguments[-1].end, before, arguments, rval_required=False
            )
        elif isinstance(item, tuple):
            raise _misplaced_arguments(before, item[1])
        else:
            made.append(_as_statement(item))
    return made


def _as_statement(expression: n.Expression) -> n.Expression:
    if type(expression) is not n.CallNamedFunctionExpression or not expression.rval_required:
        return expression
    call = expression
    return n.CallNamedFunctionExpression(
        call.start, call.end, call.functor, call.arguments, rval_required=False, lambda_=call.lambda_
    )


def _misplaced_arguments(before: n.Expression | None, comma: int) -> RefusalError:
    if isinstance(before, n.QualifiedName):
        message = (
            f"attempt to pass argument list to the function '{before.value}' "
            "which cannot be called without parentheses"
        )
        return RefusalError(message, comma)
    return RefusalError("illegal comma separated argument list", comma)


BUILDERS: Mapping[str, Callable[..., Any]] = {
    "call_function": call_function,
    "call_of_type": call_function,
    "call_method": call_method,
    "method_name": method_name,
    "statements": statements,
}
