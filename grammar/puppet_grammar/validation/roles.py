"""Whether an expression may stand in a role: as a value, as the target of an assignment, as a query."""

from __future__ import annotations

from puppet_grammar import nodes as n

DEFINITIONS = (
    n.HostClassDefinition,
    n.ResourceTypeDefinition,
    n.NodeDefinition,
    n.FunctionDefinition,
    n.PlanDefinition,
    n.TypeAlias,
    n.TypeMapping,
    n.TypeDefinition,
    n.ApplicationExpression,
    n.SiteDefinition,
    n.CapabilityMapping,
)
_UNARY = (
    n.NotExpression,
    n.UnaryMinusExpression,
    n.UnfoldExpression,
    n.ParenthesizedExpression,
    n.TextExpression,
)
_WITHOUT_EFFECT = (
    n.Nop,
    n.LiteralUndef,
    n.LiteralDefault,
    n.LiteralBoolean,
    n.LiteralInteger,
    n.LiteralFloat,
    n.LiteralString,
    n.LiteralRegularExpression,
    n.LiteralList,
    n.LiteralHash,
    n.QualifiedName,
    n.QualifiedReference,
    n.VariableExpression,
    n.AccessExpression,
    n.NamedAccessExpression,
    n.ArithmeticExpression,
    n.ComparisonExpression,
    n.InExpression,
    n.AndExpression,
    n.OrExpression,
    n.NotExpression,
    n.UnaryMinusExpression,
    n.UnfoldExpression,
    n.TextExpression,
    n.ConcatenatedString,
    n.HeredocExpression,
    n.SelectorExpression,
)
_QUERY_OPERANDS = (
    n.VariableExpression,
    n.QualifiedName,
    n.LiteralInteger,
    n.LiteralFloat,
    n.LiteralString,
    n.LiteralBoolean,
)


def without_value(node: n.Node) -> n.Node | None:
    """Returns the part of an expression that gives no value, although one is needed."""
    while isinstance(node, _UNARY):
        node = node.expression
    return node if isinstance(node, (*DEFINITIONS, n.CollectExpression)) else None


def has_no_effect(node: n.Node | None) -> bool:
    """Whether evaluating an expression is known to change nothing."""
    match node:
        case None:
            return True
        case n.ParenthesizedExpression():
            return has_no_effect(node.expression)
        case n.BlockExpression():
            return all(map(has_no_effect, node.statements))
        case n.IfExpression() | n.UnlessExpression():
            return all(map(has_no_effect, (node.test, node.then_expr, node.else_expr)))
        case n.CaseExpression():
            return has_no_effect(node.test) and all(map(has_no_effect, node.options))
        case n.CaseOption():
            return all(map(has_no_effect, (*node.values, node.then_expr)))
    return isinstance(node, _WITHOUT_EFFECT)


def last_without_effect(body: n.Node | None) -> n.Node | None:
    """Returns what a body ends with, if that changes nothing."""
    last = body.statements[-1] if isinstance(body, n.BlockExpression) else body
    return last if has_no_effect(last) else None


def resource_without_title(node: n.Node) -> str | None:
    """Returns the name in ``name { attribute => value }``, which is a name with a hash after it."""
    match node:
        case n.BlockExpression(_, _, (n.QualifiedName(_, _, name), n.LiteralHash())):
            return name
    return None


def not_in_a_query(node: n.Node) -> n.Node | None:
    """Returns the part of a collector's query that may not be in one."""
    match node:
        case n.AndExpression() | n.OrExpression():
            return not_in_a_query(node.left) or not_in_a_query(node.right)
        case n.ParenthesizedExpression():
            return not_in_a_query(node.expression)
        case n.ComparisonExpression():
            return None if node.operator in ("==", "!=") else node
    return None if isinstance(node, _QUERY_OPERANDS) else node


Literal = tuple[str, object]


def literal(node: n.Node) -> Literal | None:
    """Returns the value of a literal with its kind, and None for what has to be evaluated."""
    match node:
        case n.LiteralString() | n.QualifiedName() | n.QualifiedReference():
            return "String", node.value
        case n.LiteralInteger() | n.LiteralFloat() | n.LiteralBoolean():
            return type(node).__name__, node.value
        case n.LiteralUndef() | n.LiteralDefault():
            return type(node).__name__, None
        case n.LiteralList():
            values = tuple(map(literal, node.values))
            return None if None in values else ("Array", values)
    return None
