"""What Puppet calls the kinds of expression in its messages."""

from __future__ import annotations

from collections.abc import Mapping

from puppet_grammar import nodes as n

_LABELS: Mapping[type[n.Node], str] = {
    n.LiteralInteger: "Literal Integer",
    n.LiteralFloat: "Literal Float",
    n.LiteralBoolean: "Boolean",
    n.LiteralString: "String",
    n.LiteralDefault: "'default' expression",
    n.LiteralUndef: "'undef' expression",
    n.LiteralRegularExpression: "Regular Expression",
    n.LiteralList: "Array Expression",
    n.LiteralHash: "Hash Expression",
    n.KeyedEntry: "Hash Entry",
    n.AccessExpression: "'[]' expression",
    n.NamedAccessExpression: "'.' expression",
    n.AndExpression: "'and' expression",
    n.OrExpression: "'or' expression",
    n.InExpression: "'in' expression",
    n.NotExpression: "'not' expression",
    n.UnaryMinusExpression: "Unary Minus",
    n.UnfoldExpression: "Unfold",
    n.ParenthesizedExpression: "Parenthesized Expression",
    n.VariableExpression: "Variable",
    n.TextExpression: "Expression in Interpolated String",
    n.ConcatenatedString: "Double Quoted String",
    n.BlockExpression: "Block Expression",
    n.LambdaExpression: "Lambda",
    n.HostClassDefinition: "Host Class Definition",
    n.ResourceTypeDefinition: "'define' expression",
    n.FunctionDefinition: "Function Definition",
    n.PlanDefinition: "Plan Definition",
    n.NodeDefinition: "Node Definition",
    n.SiteDefinition: "Site Definition",
    n.ApplicationExpression: "Application",
    n.CapabilityMapping: "Capability Mapping",
    n.TypeAlias: "Type Alias",
    n.TypeMapping: "Type Mapping",
    n.TypeDefinition: "Type Definition",
    n.Parameter: "Parameter Definition",
    n.IfExpression: "'if' statement",
    n.UnlessExpression: "'unless' Statement",
    n.CaseExpression: "'case' statement",
    n.CaseOption: "Case Option",
    n.SelectorExpression: "Selector Expression",
    n.SelectorEntry: "Selector Option",
    n.CallNamedFunctionExpression: "Function Call",
    n.CallMethodExpression: "Method call",
    n.ResourceExpression: "Resource Statement",
    n.ResourceBody: "Resource Instance Definition",
    n.ResourceDefaultsExpression: "Resource Defaults Expression",
    n.ResourceOverrideExpression: "Resource Override",
    n.VirtualQuery: "Virtual Query",
    n.ExportedQuery: "Exported Query",
    n.QualifiedName: "Name",
    n.QualifiedReference: "Type-Name",
    n.Program: "Program",
    n.Nop: "Nop Expression",
}


def label(node: n.Node) -> str:
    """Returns what a message calls a node."""
    match node:
        case n.CollectExpression():
            return label(node.query)
        case n.HeredocExpression():
            return f"'@({node.syntax})' expression"
        case n.ReservedWord():
            return f"Reserved Word '{node.word}'"
        case (
            n.ArithmeticExpression()
            | n.MatchExpression()
            | n.ComparisonExpression()
            | n.AssignmentExpression()
            | n.AttributeOperation()
            | n.RelationshipExpression()
        ):
            return f"'{node.operator}' expression"
    return _LABELS.get(type(node), "Object")


def a_label(node: n.Node) -> str:
    """Returns what a message calls a node, with its article."""
    name = label(node)
    return f"{'an' if name.strip(_QUOTES)[:1].lower() in _VOWELS else 'a'} {name}"


def capital_label(node: n.Node) -> str:
    """Returns what a message calls a node, with its article, as the start of a sentence."""
    text = a_label(node)
    return text[0].upper() + text[1:]


_QUOTES = "'\""
_VOWELS = frozenset("aeiouy")
