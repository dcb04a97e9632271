"""Literals, names, variables, strings and collections."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator import types
from appo_tui.evaluator.hash_keys import key_of
from appo_tui.evaluator.interpreter import Interpreter, evaluates
from appo_tui.evaluator.scope import MISSING, Scope
from appo_tui.evaluator.text import interpolated
from appo_tui.evaluator.types.ruby_patterns import InvalidPatternError
from appo_tui.evaluator.values import DEFAULT, Regexp, Unknown, Value
from puppet_grammar import nodes

_ALWAYS_THERE: Final = frozenset(("module_name", "caller_module_name"))


@evaluates(
    nodes.LiteralBoolean,
    nodes.LiteralInteger,
    nodes.LiteralFloat,
    nodes.LiteralString,
    nodes.QualifiedName,
)
def literal(_interpreter: Interpreter, node: nodes.LiteralString, _scope: Scope) -> Value:
    """What stands for itself."""
    return node.value


@evaluates(nodes.LiteralUndef, nodes.Nop)
def undef(_interpreter: Interpreter, _node: nodes.Node, _scope: Scope) -> Value:
    """Nothing."""
    return None


@evaluates(nodes.LiteralDefault)
def default(_interpreter: Interpreter, _node: nodes.Node, _scope: Scope) -> Value:
    """The literal ``default``."""
    return DEFAULT


@evaluates(nodes.LiteralRegularExpression)
def regexp(_interpreter: Interpreter, node: nodes.LiteralRegularExpression, _scope: Scope) -> Value:
    """A regular expression."""
    return Regexp(node.pattern)


@evaluates(nodes.ReservedWord)
def reserved_word(interpreter: Interpreter, node: nodes.ReservedWord, scope: Scope) -> Value:
    """Words that Puppet has reserved: an error, but for those that only will be reserved."""
    if node.word in ("application", "site", "produces", "consumes"):
        return node.word
    raise interpreter.failure(
        f"Use of reserved word: {node.word}, must be quoted if intended to be a String value",
                     node, scope)  # fmt: skip


@evaluates(nodes.QualifiedReference)
def qualified_reference(interpreter: Interpreter, node: nodes.QualifiedReference, scope: Scope) -> Value:
    """A type of the type system, an alias, a native resource type or a define; nothing else."""
    found = interpreter.compilation.named_type(node.value)
    if found is None:
        raise interpreter.failure(
            f"Resource type not found: {type_label(node.value)}", node, scope, code="unknown-type"
        )
    return found


def type_label(name: str) -> str:
    """A type's name as messages write it."""
    return "::".join(part[:1].upper() + part[1:] for part in name.removeprefix("::").split("::"))


@evaluates(nodes.VariableExpression)
def variable(interpreter: Interpreter, node: nodes.VariableExpression, scope: Scope) -> Value:
    """A variable; an unknown one is undef, unless strict_variables is set."""
    return variable_named(interpreter, node.name, node, scope)


def variable_named(interpreter: Interpreter, name: str, node: nodes.Node, scope: Scope) -> Value:
    """A variable by its name, qualified or not."""
    if "::" in name:
        value = interpreter.compilation.qualified_variable(name.removeprefix("::"))
    elif name.isdigit():
        return _match_variable(int(name), scope)
    else:
        value = scope.find(name)
    if value is not MISSING:
        return value
    if name not in _ALWAYS_THERE:
        settings = interpreter.settings
        if settings.strict_variables or settings.strict == "error":
            raise interpreter.failure(f"Unknown variable: '{name}'.", node, scope, code="unknown-variable")
        interpreter.compilation.warn_unknown_variable(name, node, scope)
    return None


def _match_variable(index: int, scope: Scope) -> Value:
    match = scope.match
    return match[index] if match is not None and index < len(match) else None


@evaluates(nodes.ConcatenatedString)
def concatenated_string(interpreter: Interpreter, node: nodes.ConcatenatedString, scope: Scope) -> Value:
    """A string with interpolation; unknown as soon as a part of it is."""
    parts = []
    for segment in node.segments:
        value = interpreter.evaluate(segment, scope)
        if isinstance(value, Unknown):
            return value
        try:
            parts.append(interpolated(value))
        except InvalidPatternError as error:
            text = f"Error while evaluating an Expression in Interpolated String, {error}"
            raise interpreter.failure(text, node, scope, code="regular-expression") from error
    return "".join(parts)


@evaluates(nodes.TextExpression)
def text_expression(interpreter: Interpreter, node: nodes.TextExpression, scope: Scope) -> Value:
    """An interpolated expression; a bare name in it is a variable."""
    inner = node.expression
    if isinstance(inner, nodes.QualifiedName):
        return variable_named(interpreter, inner.value, node, scope)
    return interpreter.evaluate(inner, scope)


@evaluates(nodes.LiteralList)
def literal_list(interpreter: Interpreter, node: nodes.LiteralList, scope: Scope) -> Value:
    """An array, splats spread into it."""
    return tuple(unfolded(interpreter, node.values, scope))


@evaluates(nodes.LiteralHash)
def literal_hash(interpreter: Interpreter, node: nodes.LiteralHash, scope: Scope) -> Value:
    """A hash; of keys that come twice the last counts, in the place of the first."""
    result: dict[Value, Value] = {}
    for entry in node.entries:
        key = interpreter.evaluate(entry.key, scope)
        value = interpreter.evaluate(entry.value, scope)
        result[key_of(key)] = value
    return result


@evaluates(nodes.UnfoldExpression)
def unfold(interpreter: Interpreter, node: nodes.UnfoldExpression, scope: Scope) -> Value:
    """``*x``: what ``x`` holds, as an array."""
    value = interpreter.evaluate(node.expression, scope)
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    if isinstance(value, dict):
        return tuple(value.items())
    if isinstance(value, types.Integer):
        return tuple(range(int(value.low), int(value.high) + 1))
    return (value,)


def unfolded(
    interpreter: Interpreter, expressions: tuple[nodes.Expression, ...], scope: Scope
) -> list[Value]:
    """The values of some expressions in a row, splats spread into it."""
    values: list[Value] = []
    for expression in expressions:
        plain = without_parentheses(expression)
        value = interpreter.evaluate(plain, scope)
        if isinstance(plain, nodes.UnfoldExpression) and isinstance(value, tuple):
            values.extend(value)
        else:
            values.append(value)
    return values


def without_parentheses(node: nodes.Expression) -> nodes.Expression:
    """The expression within any number of parentheses."""
    while isinstance(node, nodes.ParenthesizedExpression):
        node = node.expression
    return node


@evaluates(nodes.ParenthesizedExpression)
def parenthesized(interpreter: Interpreter, node: nodes.ParenthesizedExpression, scope: Scope) -> Value:
    """``(x)``."""
    return interpreter.evaluate(node.expression, scope)
