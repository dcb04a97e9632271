"""From an expression to where its value came from."""

from __future__ import annotations

from typing import Final

from appo_tui.environment.places import Place
from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.scope import Scope, TopScope
from puppet_grammar import nodes

_DEEPEST: Final = 8
_LOOKUPS: Final = frozenset(("lookup", "hiera", "hiera_array", "hiera_hash"))
_FACT_HASHES: Final = frozenset(("facts", "trusted", "server_facts"))
_NOTHING_BEFORE: Final = frozenset(
    (nodes.LiteralString, nodes.LiteralInteger, nodes.LiteralHash, nodes.QualifiedName)
)


def origin_of(kind: OriginKind, expression: nodes.Node, scope: Scope) -> Origin:
    """An origin whose value is ``expression``'s; variables and lookups in it are followed."""
    return Origin(kind, scope.manifest.place(expression), through=trace(expression, scope))


def trace(expression: nodes.Node | None, scope: Scope, depth: int = 0) -> Origin | None:
    """The step before: what a variable was set to, a fact, a key of hiera; None for anything else."""
    if depth > _DEEPEST or type(expression) in _NOTHING_BEFORE:
        return None
    if isinstance(expression, nodes.VariableExpression):
        return _of_variable(expression.name, scope, depth)
    if isinstance(expression, nodes.AccessExpression):
        return _of_access(expression, scope, depth)
    if isinstance(expression, nodes.ConcatenatedString):
        inner = [part for part in expression.segments if not isinstance(part, nodes.LiteralString)]
        return trace(inner[0], scope, depth) if len(inner) == 1 else None
    if isinstance(expression, (nodes.ParenthesizedExpression, nodes.TextExpression)):
        return trace(expression.expression, scope, depth)
    if isinstance(expression, nodes.CallNamedFunctionExpression):
        return _of_lookup(expression, scope)
    return None


def _of_variable(name: str, scope: Scope, depth: int) -> Origin | None:
    top_level = name.startswith("::")
    plain = name.removeprefix("::")
    if "::" in plain:
        return None
    found = None if top_level else scope.where_set(plain)
    if found is None:
        return _of_top(plain, scope)
    known = found.expressions.get(plain)
    parameter = found.frame.resource.parameters.get(plain) if found.frame.resource else None
    if known is not None:
        expression, where = known
        kind = OriginKind.TOP_SCOPE if isinstance(found, TopScope) else OriginKind.GIVEN
        return Origin(
            kind, where.manifest.place(expression), f"${plain}", trace(expression, where, depth + 1)
        )
    return parameter.origin if parameter is not None else None


def _of_top(name: str, scope: Scope) -> Origin | None:
    top: Scope = scope
    while top.outer is not None:
        top = top.outer
    known = top.expressions.get(name)
    if known is not None:
        return Origin(OriginKind.TOP_SCOPE, known[1].manifest.place(known[0]), f"${name}")
    if isinstance(top, TopScope) and top.node.certname is not None and name in top.node.facts:
        return Origin(OriginKind.FACT, None, name)
    if isinstance(top, TopScope) and top.node.certname is not None and not top.node.facts_known:
        return Origin(OriginKind.FACT, None, name)
    return None


def _of_access(expression: nodes.AccessExpression, scope: Scope, depth: int) -> Origin | None:
    path: list[str] = []
    node: nodes.Node = expression
    while isinstance(node, nodes.AccessExpression) and len(node.keys) == 1:
        key = node.keys[0]
        path.insert(0, str(getattr(key, "value", "?")))
        node = node.left
    if isinstance(node, nodes.VariableExpression):
        name = node.name.removeprefix("::")
        if name in _FACT_HASHES and scope.where_set(name) is None:
            return Origin(OriginKind.FACT, None, ".".join(path if name == "facts" else [name, *path]))
        return _of_variable(node.name, scope, depth)
    return None


def _of_lookup(expression: nodes.CallNamedFunctionExpression, scope: Scope) -> Origin | None:
    functor = expression.functor
    if not isinstance(functor, nodes.QualifiedName) or functor.value not in _LOOKUPS:
        return None
    key = expression.arguments[0] if expression.arguments else None
    if not isinstance(key, nodes.LiteralString | nodes.QualifiedName):
        return None
    place = scope.manifest.place(expression)
    top: Scope = scope
    while top.outer is not None:
        top = top.outer
    found = top.node.data_places.get(place) if isinstance(top, TopScope) else None
    return Origin(OriginKind.HIERA, found or place, key.value)


def place_of_line(place: Place | None) -> Place | None:
    """A place without its column, as messages about resources give it."""
    return Place(place.file, place.line) if place else None
