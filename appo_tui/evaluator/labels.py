"""What Puppet's messages call expressions and values."""

from __future__ import annotations

from typing import Final

from appo_tui.evaluator.types import PuppetType, ResourceType
from appo_tui.evaluator.types.times import Timespan, Timestamp
from appo_tui.evaluator.values import Regexp, Sensitive, Value
from puppet_grammar import nodes

_EXPRESSIONS: Final[dict[type, str]] = {
    nodes.LiteralInteger: "Literal Integer",
    nodes.LiteralFloat: "Literal Float",
    nodes.LiteralBoolean: "Boolean",
    nodes.LiteralString: "String",
    nodes.LiteralDefault: "'default' expression",
    nodes.LiteralUndef: "'undef' expression",
    nodes.LiteralRegularExpression: "Regular Expression",
    nodes.LiteralList: "Array Expression",
    nodes.LiteralHash: "Hash Expression",
    nodes.KeyedEntry: "Hash Entry",
    nodes.QualifiedName: "Name",
    nodes.QualifiedReference: "Type-Name",
    nodes.VariableExpression: "Variable",
    nodes.ConcatenatedString: "Double Quoted String",
    nodes.TextExpression: "Expression in Interpolated String",
    nodes.AccessExpression: "'[]' expression",
    nodes.NamedAccessExpression: "'.' expression",
    nodes.AndExpression: "'and' expression",
    nodes.OrExpression: "'or' expression",
    nodes.InExpression: "'in' expression",
    nodes.NotExpression: "'not' expression",
    nodes.UnaryMinusExpression: "Unary Minus",
    nodes.UnfoldExpression: "Unfold",
    nodes.BlockExpression: "Block Expression",
    nodes.ParenthesizedExpression: "Parenthesized Expression",
    nodes.IfExpression: "'if' statement",
    nodes.UnlessExpression: "'unless' Statement",
    nodes.CaseExpression: "'case' statement",
    nodes.CaseOption: "Case Option",
    nodes.SelectorExpression: "Selector Expression",
    nodes.SelectorEntry: "Selector Option",
    nodes.CallNamedFunctionExpression: "Function Call",
    nodes.CallMethodExpression: "Method call",
    nodes.LambdaExpression: "Lambda",
    nodes.Parameter: "Parameter Definition",
    nodes.ResourceExpression: "Resource Statement",
    nodes.ResourceBody: "Resource Instance Definition",
    nodes.ResourceDefaultsExpression: "Resource Defaults Expression",
    nodes.ResourceOverrideExpression: "Resource Override",
    nodes.HostClassDefinition: "Host Class Definition",
    nodes.ResourceTypeDefinition: "'define' expression",
    nodes.NodeDefinition: "Node Definition",
    nodes.FunctionDefinition: "Function Definition",
    nodes.SiteDefinition: "Site Definition",
    nodes.ApplicationExpression: "Application",
    nodes.CapabilityMapping: "Capability Mapping",
    nodes.TypeAlias: "Type Alias",
    nodes.Nop: "Nop Expression",
}


def label_of_expression(node: nodes.Node) -> str:
    """An expression's name, without an article."""
    fixed = _EXPRESSIONS.get(type(node))
    if fixed is not None:
        return fixed
    if isinstance(node, nodes.HeredocExpression):
        return f"'@({node.syntax})' expression"
    if isinstance(node, nodes.CollectExpression):
        exported = isinstance(node.query, nodes.ExportedQuery)
        return "Exported Query" if exported else "Virtual Query"
    operator = getattr(node, "operator", None)
    return f"'{operator}' expression" if operator else type(node).__name__


def label_of_value(value: Value) -> str:
    """A value's kind, without an article."""
    if value is None:
        return "Undef Value"
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, ResourceType) and value.title:
        return f"{value} Resource-Reference"
    if isinstance(value, PuppetType):
        return f"{value}-Type"
    for python_type, name in _VALUES:
        if isinstance(value, python_type):
            return name
    return type(value).__name__ if isinstance(value, Timestamp | Timespan) else "Object"


_VALUES: Final[tuple[tuple[type, str], ...]] = (
    (int, "Integer"),
    (float, "Float"),
    (str, "String"),
    (tuple, "Array"),
    (dict, "Hash"),
    (Regexp, "Regexp"),
    (Sensitive, "Sensitive"),
)


def a_or_an(label: str) -> str:
    """The label with its article; a leading quote does not count."""
    letter = label.lstrip("\"'")[:1].lower()
    return f"{'an' if letter in 'aeiouy' and letter else 'a'} {label}"
