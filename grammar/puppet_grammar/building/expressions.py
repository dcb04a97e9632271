"""Literals, operators, conditionals and access."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from puppet_grammar import nodes as n

Body = Sequence[n.Expression] | None


def number(start: int, end: int, text: str) -> n.LiteralInteger | n.LiteralFloat:
    """Returns the literal for a number as it is written."""
    if text.isdigit():
        if text[0] == "0" and len(text) > 1:
            return n.LiteralInteger(start, end, int(text, 8), 8)
        return n.LiteralInteger(start, end, int(text))
    if text[:2] in ("0x", "0X"):
        return n.LiteralInteger(start, end, int(text, 16), 16)
    return n.LiteralFloat(start, end, float(text))


def boolean(start: int, end: int, text: str) -> n.LiteralBoolean:
    """Returns the literal for ``true`` or ``false``."""
    return n.LiteralBoolean(start, end, text == "true")


def undef(start: int, end: int, _text: str) -> n.LiteralUndef:
    """Returns the literal ``undef``."""
    return n.LiteralUndef(start, end)


def default(start: int, end: int, _text: str) -> n.LiteralDefault:
    """Returns the literal ``default``."""
    return n.LiteralDefault(start, end)


def array(start: int, end: int, entries: tuple[n.Expression | n.KeyedEntry, ...]) -> n.LiteralList:
    """Returns an array; pairs beside one another in it are one hash."""
    return n.LiteralList(start, end, merge_pairs(entries))


def hash_(start: int, end: int, entries: tuple[n.KeyedEntry, ...]) -> n.LiteralHash:
    """Returns a hash."""
    return n.LiteralHash(start, end, entries)


def merge_pairs(entries: tuple[n.Expression | n.KeyedEntry, ...]) -> tuple[n.Expression, ...]:
    """Returns expressions, with each run of ``key => value`` pairs as one hash."""
    merged: list[Any] = []
    run: list[n.KeyedEntry] = []
    for entry in entries:
        if type(entry) is n.KeyedEntry:
            run.append(entry)
            continue
        if run:
            merged.append(_hash_of(run))
            run = []
        merged.append(entry)
    if run:
        merged.append(_hash_of(run))
    return tuple(merged)


def _hash_of(run: list[n.KeyedEntry]) -> n.LiteralHash:
    return n.LiteralHash(run[0].start, run[-1].end, tuple(run))


def access(
    start: int, end: int, left: n.Expression, keys: tuple[n.Expression | n.KeyedEntry, ...]
) -> n.AccessExpression:
    """Returns ``left[keys]``."""
    return n.AccessExpression(start, end, left, merge_pairs(keys))


def parameter_type(
    start: int, end: int, reference: n.QualifiedReference, keys: tuple[Any, ...] | None
) -> n.Expression:
    """Returns a type, with its arguments if it has any."""
    return reference if keys is None else access(start, end, reference, keys)


def or_expression(
    start: int, end: int, _operator: str, left: n.Expression, right: n.Expression
) -> n.OrExpression:
    """Returns ``left or right``."""
    return n.OrExpression(start, end, left, right)


def and_expression(
    start: int, end: int, _operator: str, left: n.Expression, right: n.Expression
) -> n.AndExpression:
    """Returns ``left and right``."""
    return n.AndExpression(start, end, left, right)


def in_expression(
    start: int, end: int, _operator: str, left: n.Expression, right: n.Expression
) -> n.InExpression:
    """Returns ``left in right``."""
    return n.InExpression(start, end, left, right)


def block_or_expression(statements: Body) -> n.Expression | None:
    """Returns one statement as it is, several as a block, and none as None."""
    if not statements:
        return None
    return statements[0] if len(statements) == 1 else block(statements)


def block(statements: Body) -> n.BlockExpression | None:
    """Returns statements as a block, and none as None."""
    if not statements:
        return None
    return n.BlockExpression(statements[0].start, statements[-1].end, tuple(statements))


IfPart = tuple[n.Expression, Body, n.Expression | None]


def if_expression(start: int, end: int, part: IfPart) -> n.IfExpression:
    """Returns an ``if`` or an ``elsif``."""
    test, body, otherwise = part
    return n.IfExpression(start, end, test, block_or_expression(body), otherwise)


def else_block(_start: int, _end: int, body: Body) -> n.Expression | None:
    """Returns what stands in an ``else``."""
    return block_or_expression(body)


def unless_expression(
    start: int, end: int, test: n.Expression, body: Body, otherwise: n.Expression | None
) -> n.UnlessExpression:
    """Returns an ``unless``."""
    return n.UnlessExpression(start, end, test, block_or_expression(body), otherwise)


def case_option(start: int, end: int, values: tuple[n.Expression, ...], body: Body) -> n.CaseOption:
    """Returns one arm of a ``case``."""
    return n.CaseOption(start, end, values, block(body))


def case_options(
    _start: int, _end: int, first: n.CaseOption, rest: tuple[n.CaseOption, ...]
) -> tuple[n.CaseOption, ...]:
    """Returns all arms of a ``case``."""
    return (first, *rest)


def selector(
    start: int, end: int, left: n.Expression, entries: n.SelectorEntry | tuple[n.SelectorEntry, ...]
) -> n.SelectorExpression:
    """Returns a selector; one entry may stand without braces."""
    return n.SelectorExpression(start, end, left, entries if isinstance(entries, tuple) else (entries,))


def program(length: int, statements: list[n.Expression]) -> n.Program:
    """Returns the whole file, which for an empty one is a ``Nop`` at its end."""
    return n.Program(0, length, block_or_expression(statements) or n.Nop(length, length))


BUILDERS: Mapping[str, Callable[..., Any]] = {
    "qualified_name": n.QualifiedName,
    "type": n.QualifiedReference,
    "type_name": n.QualifiedName,
    "variable": n.VariableExpression,
    "number": number,
    "boolean": boolean,
    "undef": undef,
    "default": default,
    "regex": n.LiteralRegularExpression,
    "string": n.LiteralString,
    "reserved_word": n.ReservedWord,
    "collection_entry_keyword": n.LiteralString,
    "array": array,
    "hash": hash_,
    "hashpair": n.KeyedEntry,
    "keyword_pair": n.KeyedEntry,
    "keyed_argument": n.KeyedEntry,
    "keyword_entry": n.KeyedEntry,
    "keyed_access": n.KeyedEntry,
    "access": access,
    "parameter_type": parameter_type,
    "type_with_arguments": access,
    "parenthesized": n.ParenthesizedExpression,
    "if_expression": if_expression,
    "elsif": if_expression,
    "else_block": else_block,
    "unless_expression": unless_expression,
    "case_option": case_option,
    "case_options": case_options,
    "case_expression": n.CaseExpression,
    "selector_entry": n.SelectorEntry,
    "selector": selector,
    "assignment": n.AssignmentExpression,
    "relationship": n.RelationshipExpression,
    "or_expression": or_expression,
    "and_expression": and_expression,
    "in_expression": in_expression,
    "comparison": n.ComparisonExpression,
    "arithmetic": n.ArithmeticExpression,
    "match": n.MatchExpression,
    "unary_minus": n.UnaryMinusExpression,
    "unfold": n.UnfoldExpression,
    "not_expression": n.NotExpression,
    "program": program,
}
