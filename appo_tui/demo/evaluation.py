"""The values of expressions in component bodies, as far as a simulation needs them.

What it does not understand is ``Unknown`` with the expression's source as its reason: the simulation
goes on without the value, and shows the source in titles.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from appo_tui.demo.resources import Reference
from appo_tui.evaluator.values import DEFAULT, Sensitive, Unknown
from puppet_grammar import nodes as ast

Attributes = Callable[[Reference], Mapping[str, object]]

_COMPARE: dict[str, Callable[[object, object], bool]] = {
    "==": lambda left, right: _folded(left) == _folded(right),
    "!=": lambda left, right: _folded(left) != _folded(right),
    "<": lambda left, right: left < right,  # type: ignore[operator]
    "<=": lambda left, right: left <= right,  # type: ignore[operator]
    ">": lambda left, right: left > right,  # type: ignore[operator]
    ">=": lambda left, right: left >= right,  # type: ignore[operator]
}
_CALCULATE: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.floordiv,
    "%": operator.mod,
}


@dataclass(slots=True)
class Scope:
    """The variables that a body sees.

    Attributes:
        text: the source that the body's spans are in.
        variables: the body's own.
        top: top scope, facts among it.
        attributes: gives a declared resource's attributes, for ``Sql['a']['host']``.
    """

    text: str
    top: Mapping[str, object]
    attributes: Attributes
    variables: dict[str, object] = field(default_factory=dict)

    def inner(self) -> Scope:
        """Returns a scope for a lambda: it sees this one's variables, and keeps its own."""
        return Scope(self.text, self.top, self.attributes, dict(self.variables))

    def variable(self, name: str) -> object:
        """Returns a variable's value; undef where there is none, as Puppet does when it isn't strict."""
        if name.startswith("::"):
            return self.top.get(name.removeprefix("::"))
        return self.variables[name] if name in self.variables else self.top.get(name)


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def evaluate(node: ast.Node | None, scope: Scope) -> object:
    """Returns an expression's value, Unknown where it can't be told."""
    if node is None:
        return None
    step = _STEPS.get(type(node))
    try:
        found = step(node, scope) if step else None
    except (TypeError, ValueError, ArithmeticError, re.error):
        found = None
        step = None
    return found if step else Unknown(source(node, scope))


def source(node: ast.Node, scope: Scope) -> str:
    """Returns the text that a node stands for."""
    return scope.text[node.start : node.end]


def truth(value: object) -> bool | None:
    """Returns whether a value is true for Puppet; None where it is not known."""
    if isinstance(value, Unknown):
        return None
    return value is not None and value is not False


def _text(value: object, node: ast.Node, scope: Scope) -> str:
    match value:
        case Unknown():
            return "${" + source(node, scope) + "}"
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Sensitive():
            return str(value)
        case tuple() | list():
            return "[" + ", ".join(_text(each, node, scope) for each in value) + "]"
    return str(value)


def _concatenated(node: ast.ConcatenatedString, scope: Scope) -> object:
    parts = []
    for segment in node.segments:
        if isinstance(segment, ast.TextExpression):
            parts.append(_text(evaluate(segment.expression, scope), segment.expression, scope))
        else:
            parts.append(_text(evaluate(segment, scope), segment, scope))
    return "".join(parts)


def _access(node: ast.AccessExpression, scope: Scope) -> object:
    keys = [evaluate(key, scope) for key in node.keys]
    if isinstance(node.left, ast.QualifiedReference):
        references = [Reference(capitalised(node.left.value), str(key)) for key in keys]
        return references[0] if len(references) == 1 else tuple(references)
    left = evaluate(node.left, scope)
    return _element(left, keys[0]) if keys else None


def _element(left: object, key: object) -> object:
    match left:
        case Unknown():
            return left
        case dict():
            return left.get(key)
        case tuple() | list() if isinstance(key, int):
            return left[key] if -len(left) <= key < len(left) else None
        case str() if isinstance(key, int):
            return left[key : key + 1]
    raise TypeError("no element of this")


def _access_or_attribute(node: ast.AccessExpression, scope: Scope) -> object:
    if isinstance(node.left, ast.QualifiedReference):
        return _access(node, scope)
    left = evaluate(node.left, scope)
    if isinstance(left, Reference):
        return scope.attributes(left).get(str(evaluate(node.keys[0], scope)))
    return _access(node, scope)


def capitalised(name: str) -> str:
    """Returns a type's name as references have it: ``lamp::db`` gives ``Lamp::Db``."""
    words = name.removeprefix("::").split("::")
    return "::".join(word[:1].upper() + word[1:] for word in words)


def _comparison(node: ast.ComparisonExpression, scope: Scope) -> object:
    left, right = evaluate(node.left, scope), evaluate(node.right, scope)
    for side in (left, right):
        if isinstance(side, Unknown):
            return side
    return _COMPARE[node.operator](left, right)


def _arithmetic(node: ast.ArithmeticExpression, scope: Scope) -> object:
    left, right = evaluate(node.left, scope), evaluate(node.right, scope)
    if node.operator == "+" and isinstance(left, dict) and isinstance(right, dict):
        return {**left, **right}
    if node.operator == "+" and isinstance(left, tuple):
        return (*left, *right) if isinstance(right, tuple) else (*left, right)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        raise TypeError("not known")
    return _CALCULATE[node.operator](int(str(left)), int(str(right)))


def _logical(node: ast.AndExpression | ast.OrExpression, scope: Scope) -> object:
    wins = isinstance(node, ast.OrExpression)
    left = truth(evaluate(node.left, scope))
    if left is wins:
        return wins
    right = truth(evaluate(node.right, scope))
    if right is wins:
        return wins
    return Unknown(source(node, scope)) if None in (left, right) else not wins


def _negation(node: ast.NotExpression, scope: Scope) -> object:
    value = truth(evaluate(node.expression, scope))
    return Unknown(source(node, scope)) if value is None else not value


def _match(node: ast.MatchExpression, scope: Scope) -> object:
    if not isinstance(node.right, ast.LiteralRegularExpression):
        raise TypeError("only regular expressions are matched here")
    found = re.search(node.right.pattern, str(evaluate(node.left, scope))) is not None
    return found if node.operator == "=~" else not found


def _membership(node: ast.InExpression, scope: Scope) -> object:
    return evaluate(node.left, scope) in evaluate(node.right, scope)  # type: ignore[operator]


def _selector(node: ast.SelectorExpression, scope: Scope) -> object:
    value = evaluate(node.left, scope)
    for entry in node.selectors:
        if matches(value, entry.matching_expr, scope):
            return evaluate(entry.value_expr, scope)
    return Unknown(source(node, scope))


def matches(value: object, option: ast.Node, scope: Scope) -> bool:
    """Tells whether a case's or a selector's option takes a value."""
    if isinstance(option, ast.LiteralDefault):
        return True
    if isinstance(value, Unknown):
        return False
    if isinstance(option, ast.LiteralRegularExpression):
        return re.search(option.pattern, str(value)) is not None
    return _folded(evaluate(option, scope)) == _folded(value)


def _call(node: ast.CallNamedFunctionExpression, scope: Scope) -> object:
    if isinstance(node.functor, ast.QualifiedReference):
        return _made(node.functor.value, evaluate(node.arguments[0], scope))
    name = node.functor.value if isinstance(node.functor, ast.QualifiedName) else ""
    if name in ("pick", "pick_default"):
        arguments = [evaluate(each, scope) for each in node.arguments]
        return next((each for each in arguments if each not in (None, "")), None)
    arguments = [evaluate(each, scope) for each in node.arguments]
    return Unknown(f"{name}({', '.join(_stable(each) for each in arguments)})")


def _stable(value: object) -> str:
    """Returns text that differs where values differ: an unknown value changes with what it is made from."""
    match value:
        case Sensitive():
            return _stable(value.value)
        case Unknown():
            return value.reason
        case dict():
            return "{" + ", ".join(f"{_stable(key)}: {_stable(each)}" for key, each in value.items()) + "}"
        case tuple() | list():
            return "[" + ", ".join(_stable(each) for each in value) + "]"
    return repr(value) if isinstance(value, str) else str(value)


def _made(type_name: str, value: object) -> object:
    """Returns what a type makes of a value: ``Sensitive.new(x)``, ``Integer('1')``."""
    if type_name == "Integer" and not isinstance(value, Unknown):
        return int(str(value))
    return Sensitive(value) if type_name == "Sensitive" else value


def _method(node: ast.CallMethodExpression, scope: Scope) -> object:
    functor = node.functor
    name = functor.right.value if isinstance(functor.right, ast.QualifiedName) else ""
    if name == "new" and isinstance(functor.left, ast.QualifiedReference):
        return _made(functor.left.value, evaluate(node.arguments[0], scope))
    if name == "unwrap":
        value = evaluate(functor.left, scope)
        return value.value if isinstance(value, Sensitive) else value
    if name == "map" and node.lambda_ is not None:
        body = node.lambda_.body
        return tuple(
            evaluate(body.statements[-1] if isinstance(body, ast.BlockExpression) else body, inner)
            for inner in iterations(evaluate(functor.left, scope), node.lambda_, scope)
        )
    raise TypeError("not known here")


def iterations(value: object, function: ast.LambdaExpression, scope: Scope) -> Iterator[Scope]:
    """Yields a scope for each call of a lambda over an array or a hash; none over what is not known."""
    names = [parameter.name for parameter in function.parameters]
    elements: Sequence[object] = ()
    if isinstance(value, dict):
        elements = tuple(value.items())
    elif isinstance(value, tuple | list):
        elements = tuple(enumerate(value)) if len(names) == 2 else value
    for element in elements:
        inner = scope.inner()
        parts = element if len(names) == 2 and isinstance(element, tuple) else (element,)
        inner.variables.update(zip(names, parts, strict=False))
        yield inner


def _entries(node: ast.LiteralHash, scope: Scope) -> object:
    return {evaluate(each.key, scope): evaluate(each.value, scope) for each in node.entries}


_STEPS: dict[type[ast.Node], Callable[..., object]] = {
    ast.LiteralUndef: lambda _node, _scope: None,
    ast.LiteralDefault: lambda _node, _scope: DEFAULT,
    ast.Nop: lambda _node, _scope: None,
    ast.LiteralBoolean: lambda node, _scope: node.value,
    ast.LiteralInteger: lambda node, _scope: node.value,
    ast.LiteralFloat: lambda node, _scope: node.value,
    ast.LiteralString: lambda node, _scope: node.value,
    ast.QualifiedName: lambda node, _scope: node.value,
    ast.ReservedWord: lambda node, _scope: node.word,
    ast.VariableExpression: lambda node, scope: scope.variable(node.name),
    ast.ConcatenatedString: _concatenated,
    ast.HeredocExpression: lambda node, scope: evaluate(node.text, scope),
    ast.LiteralList: lambda node, scope: tuple(evaluate(each, scope) for each in node.values),
    ast.LiteralHash: _entries,
    ast.ParenthesizedExpression: lambda node, scope: evaluate(node.expression, scope),
    ast.NotExpression: _negation,
    ast.AndExpression: _logical,
    ast.OrExpression: _logical,
    ast.ComparisonExpression: _comparison,
    ast.MatchExpression: _match,
    ast.InExpression: _membership,
    ast.ArithmeticExpression: _arithmetic,
    ast.AccessExpression: _access_or_attribute,
    ast.SelectorExpression: _selector,
    ast.CallNamedFunctionExpression: _call,
    ast.CallMethodExpression: _method,
}
