"""What is checked of expressions and resources."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from puppet_grammar import nodes as n
from puppet_grammar.regexps import regexp_fault
from puppet_grammar.validation.labels import a_label, capital_label, label
from puppet_grammar.validation.report import Path, Report
from puppet_grammar.validation.roles import (
    has_no_effect,
    literal,
    not_in_a_query,
    resource_without_title,
    without_value,
)

_NUMERIC_NAME = re.compile(r"0|[1-9][0-9]*")
_VARIABLE_NAME = re.compile(r"(?:::)?(?:[a-z]\w*::)*[a-z_]\w*", re.ASCII)
_CLASS_REFERENCE = re.compile(r"(?:(?:::)?[A-Z]\w*)+", re.ASCII)
_LARGEST = 2**63 - 1
_BOOLEANS = {"true": "true:TrueClass", "false": "false:FalseClass"}


def check_value(node: n.Node, report: Report) -> None:
    """Reports an expression that gives no value where one is needed."""
    culprit = without_value(node)
    if culprit is not None:
        message = f"Invalid use of expression. {capital_label(culprit)} does not produce a value"
        report("NOT_RVALUE", message, culprit)


def _values_of(*names: str) -> Callable[[n.Node, Path, Report], None]:
    def check(node: n.Node, _path: Path, report: Report) -> None:
        for name in names:
            value = getattr(node, name)
            for part in value if isinstance(value, tuple) else (value,):
                check_value(part, report)

    return check


def _assignment(node: n.AssignmentExpression, _path: Path, report: Report) -> None:
    if node.operator != "=":
        message = (
            f"The operator '{node.operator}' is no longer supported."
            " See http://links.puppet.com/remove-plus-equals"
        )
        report("APPENDS_DELETES_NO_LONGER_SUPPORTED", message, node)
        return
    _assigned(node.left, report)
    check_value(node.right, report)


def _assigned(node: n.Node, report: Report) -> None:
    match node:
        case n.VariableExpression(_, _, name):
            if _NUMERIC_NAME.fullmatch(name):
                message = (
                    f"Illegal attempt to assign to the numeric match result variable '${name}'."
                    " Numeric variables are not assignable"
                )
                report("ILLEGAL_NUMERIC_ASSIGNMENT", message, node)
            if "::" in name:
                message = (
                    f"Illegal attempt to assign to '{name}'. Cannot assign to variables in other namespaces"
                )
                report("CROSS_SCOPE_ASSIGNMENT", message, node)
        case n.AccessExpression():
            message = "Illegal attempt to assign via [index/key]. Not an assignable reference"
            report("ILLEGAL_INDEXED_ASSIGNMENT", message, node)
        case n.LiteralList():
            for value in node.values:
                _assigned(value, report)
        case _:
            message = f"Illegal attempt to assign to '{a_label(node)}'. Not an assignable reference"
            report("ILLEGAL_ASSIGNMENT", message, node)


def _attribute_operation(node: n.AttributeOperation, path: Path, report: Report) -> None:
    parent = path[-1]
    if node.operator == "+>" and not isinstance(parent, n.CollectExpression | n.ResourceOverrideExpression):
        message = (
            f"Illegal +> operation on attribute {node.name}."
            f" This operator can not be used in {a_label(parent)}"
        )
        report("ILLEGAL_ATTRIBUTE_APPEND", message, node)
    check_value(node.value, report)


def _attributes_operation(node: n.AttributesOperation, path: Path, report: Report) -> None:
    parent = path[-1]
    if isinstance(parent, n.CapabilityMapping):
        message = f"The operator '* =>' in {a_label(parent)} is not supported."
        report("UNSUPPORTED_OPERATOR_IN_CONTEXT", message, parent)
    check_value(node.expression, report)


def _block(node: n.BlockExpression, _path: Path, report: Report) -> None:
    name = resource_without_title(node)
    if name is not None:
        message = f"This expression is invalid. Did you try declaring a '{name}' resource without a title?"
        report("RESOURCE_WITHOUT_TITLE", message, node)
        return
    for statement in node.statements[:-1]:
        if has_no_effect(statement):
            message = (
                f"This {label(statement)} has no effect. A value was produced and then forgotten"
                " (one or more preceding expressions may have the wrong form)"
            )
            report("IDEM_EXPRESSION_NOT_LAST", message, statement)
            return


def _illegal(node: n.Node, feature: str, container: n.Node, report: Report) -> None:
    message = (
        f"Illegal expression. {capital_label(node)} is unacceptable as {feature} in {a_label(container)}"
    )
    report("ILLEGAL_EXPRESSION", message, node)


def _call(node: n.CallNamedFunctionExpression, _path: Path, report: Report) -> None:
    match node.functor:
        case n.QualifiedName() | n.QualifiedReference() | n.AccessExpression(_, _, n.QualifiedReference()):
            return
    _illegal(node.functor, "function name", node, report)


def _case(node: n.CaseExpression, _path: Path, report: Report) -> None:
    check_value(node.test, report)
    values = (value for option in node.options for value in option.values)
    for value in [value for value in values if isinstance(value, n.LiteralDefault)][1:]:
        _duplicate_default(value, node, report)


def _selector(node: n.SelectorExpression, _path: Path, report: Report) -> None:
    check_value(node.left, report)
    matching = (entry.matching_expr for entry in node.selectors)
    for value in [value for value in matching if isinstance(value, n.LiteralDefault)][1:2]:
        _duplicate_default(value, node, report)


def _duplicate_default(value: n.Node, container: n.Node, report: Report) -> None:
    message = f"This {label(container)} already has a 'default' entry - this is a duplicate"
    report("DUPLICATE_DEFAULT", message, value)


def _collect(node: n.CollectExpression, _path: Path, report: Report) -> None:
    if not isinstance(node.type_expr, n.QualifiedReference):
        _illegal(node.type_expr, "type name", node, report)


def _query(node: n.VirtualQuery | n.ExportedQuery, _path: Path, report: Report) -> None:
    culprit = None if node.expression is None else not_in_a_query(node.expression)
    if culprit is not None:
        message = f"Illegal query expression. {capital_label(culprit)} cannot be used in a query"
        report("ILLEGAL_QUERY_EXPRESSION", message, culprit)


def _hash(node: n.LiteralHash, _path: Path, report: Report) -> None:
    seen = set()
    for entry in node.entries:
        key = literal(entry.key)
        if key is not None and key in seen:
            report("DUPLICATE_KEY", f"The key '{key[1]}' is declared more than once", entry)
        seen.add(key)


def _regexp(node: n.LiteralRegularExpression, _path: Path, report: Report) -> None:
    fault = regexp_fault(node.pattern)
    if fault is not None:
        report("INVALID_REGEXP", fault, node)


def _interpolated(node: n.TextExpression, _path: Path, report: Report) -> None:
    inner = node.expression
    if not isinstance(inner, n.VariableExpression) or inner.name not in _BOOLEANS:
        return
    if inner.start > node.start and inner.end - inner.start == len(inner.name):  # in braces, without a dollar
        report("BOOLEAN_INTERPOLATED", f"undefined method `[]' for {_BOOLEANS[inner.name]}", node)


def _integer(node: n.LiteralInteger, _path: Path, report: Report) -> None:
    if node.value > _LARGEST:
        message = (
            f"{capital_label(node)} resulted in a value outside of Puppet Integer max range,"
            f" got '{node.value:+#x}'"
        )
        report("NUMERIC_OVERFLOW", message, node)


def _reference(node: n.QualifiedReference, _path: Path, report: Report) -> None:
    check_class_reference(node.value, node, report)


def check_class_reference(name: str, node: n.Node, report: Report) -> None:
    """Reports a type's name that is not written as one."""
    if not _CLASS_REFERENCE.fullmatch(name):
        message = f"Illegal type reference. The given name '{name}' does not conform to the naming rule"
        report("ILLEGAL_CLASSREF", message, node)


def _relationship(node: n.RelationshipExpression, _path: Path, report: Report) -> None:
    for side in (node.left, node.right):
        if not isinstance(side, n.CollectExpression):
            check_value(side, report)


def _resource(node: n.ResourceExpression, _path: Path, report: Report) -> None:
    match node.type_name:
        case n.QualifiedName(_, _, "class") if node.form != "regular":
            report("CLASS_NOT_VIRTUALIZABLE", "Classes are not virtualizable", node)


def _resource_body(node: n.ResourceBody, _path: Path, report: Report) -> None:
    for operation in [part for part in node.operations if isinstance(part, n.AttributesOperation)][1:]:
        message = "Unfolding of attributes from Hash can only be used once per resource body"
        report("MULTIPLE_ATTRIBUTES_UNFOLD", message, operation)


def _never_virtual(
    node: n.ResourceDefaultsExpression | n.ResourceOverrideExpression, _path: Path, report: Report
) -> None:
    if node.form != "regular":
        report("NOT_VIRTUALIZEABLE", "Resource Defaults are not virtualizable", node)


def _reserved_word(node: n.ReservedWord, _path: Path, report: Report) -> None:
    message = f"Use of reserved word: {node.word}, must be quoted if intended to be a String value"
    report("RESERVED_WORD", message, node)


def _variable(node: n.VariableExpression, _path: Path, report: Report) -> None:
    name = node.name
    if name[:1].isdigit():
        if not _NUMERIC_NAME.fullmatch(name):
            message = (
                f"Illegal numeric variable name, The given name '{name}'"
                " must be a decimal value if it starts with a digit 0-9"
            )
            report("ILLEGAL_NUMERIC_VAR_NAME", message, node)
    elif not _VARIABLE_NAME.fullmatch(name):
        message = (
            f"Illegal variable name, The given name '{name}'"
            r" does not conform to the naming rule /^((::)?[a-z]\w*)*((::)?[a-z_]\w*)$/"
        )
        report("ILLEGAL_VAR_NAME", message, node)


_sides = _values_of("left", "right")
_operand = _values_of("expression")
_test = _values_of("test")
RULES: Mapping[type[n.Node], tuple[Callable[..., None], ...]] = {
    n.AssignmentExpression: (_assignment,),
    n.ArithmeticExpression: (_sides,),
    n.ComparisonExpression: (_sides,),
    n.MatchExpression: (_sides,),
    n.InExpression: (_sides,),
    n.AndExpression: (_sides,),
    n.OrExpression: (_sides,),
    n.NotExpression: (_operand,),
    n.UnaryMinusExpression: (_operand,),
    n.UnfoldExpression: (_operand,),
    n.ParenthesizedExpression: (_operand,),
    n.LiteralRegularExpression: (_regexp,),
    n.TextExpression: (_operand, _interpolated),
    n.RelationshipExpression: (_relationship,),
    n.AttributeOperation: (_attribute_operation,),
    n.AttributesOperation: (_attributes_operation,),
    n.BlockExpression: (_block,),
    n.CallNamedFunctionExpression: (_call,),
    n.IfExpression: (_test,),
    n.UnlessExpression: (_test,),
    n.CaseExpression: (_case,),
    n.CaseOption: (_values_of("values"),),
    n.SelectorExpression: (_selector,),
    n.SelectorEntry: (_values_of("matching_expr"),),
    n.CollectExpression: (_collect,),
    n.VirtualQuery: (_query,),
    n.ExportedQuery: (_query,),
    n.KeyedEntry: (_values_of("key", "value"),),
    n.LiteralList: (_values_of("values"),),
    n.LiteralHash: (_hash,),
    n.LiteralInteger: (_integer,),
    n.QualifiedReference: (_reference,),
    n.ResourceExpression: (_resource,),
    n.ResourceBody: (_resource_body,),
    n.ResourceDefaultsExpression: (_never_virtual,),
    n.ResourceOverrideExpression: (_never_virtual,),
    n.ReservedWord: (_reserved_word,),
    n.VariableExpression: (_variable,),
}
