"""Strings with interpolation, and heredocs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from puppet_grammar import nodes as n

Between = tuple[n.LiteralString, n.Expression]


def dq_string(
    start: int,
    end: int,
    before: n.LiteralString,
    first: n.Expression,
    rest: tuple[Between, ...],
    after: n.LiteralString,
) -> n.ConcatenatedString:
    """Returns an interpolated string: its texts, but the empty ones, and its expressions in turn."""
    texts = [before, *(text for text, _ in rest), after]
    expressions = [first, *(expression for _, expression in rest)]
    segments: list[n.Expression] = []
    for text, expression, following in zip(texts, expressions, texts[1:], strict=False):
        if text.value:
            segments.append(text)
        segments.append(_text_expression(text, expression, following))
    if after.value:
        segments.append(after)
    return n.ConcatenatedString(start, end, tuple(segments))


def _text_expression(
    text: n.LiteralString, expression: n.Expression, following: n.LiteralString
) -> n.TextExpression:
    braced = following.start > expression.end
    start = text.end - 2 if braced else expression.start
    return n.TextExpression(start, following.start, as_variable(expression))


_REWRITABLE = (n.AccessExpression, n.QualifiedName, n.NamedAccessExpression, n.CallMethodExpression)


def as_variable(expression: n.Expression) -> n.Expression:
    """Returns an interpolated expression with the name or number that it starts with as a variable."""
    match expression:
        case n.QualifiedName(start, end, name):
            return n.VariableExpression(start, end, name)
        case n.LiteralInteger(start, end, value):
            return n.VariableExpression(start, end, str(value))
        case n.AccessExpression(start, end, left, keys) if _starts_with_name(left):
            return n.AccessExpression(start, end, as_variable(left), keys)
        case n.NamedAccessExpression(start, end, left, right) if _starts_with_name(left):
            return n.NamedAccessExpression(start, end, as_variable(left), right)
        case n.CallMethodExpression(start, end, functor, arguments, lambda_):
            rewritten = as_variable(functor)
            if isinstance(rewritten, n.NamedAccessExpression):
                return n.CallMethodExpression(start, end, rewritten, arguments, lambda_)
    return expression


def _starts_with_name(expression: n.Expression) -> bool:
    if isinstance(expression, n.LiteralInteger):
        return expression.radix == 10
    return isinstance(expression, _REWRITABLE)


BUILDERS: Mapping[str, Callable[..., Any]] = {
    "dqpre": n.LiteralString,
    "dqmid": n.LiteralString,
    "dqpost": n.LiteralString,
    "dq_string": dq_string,
    "heredoc": n.HeredocExpression,
}
