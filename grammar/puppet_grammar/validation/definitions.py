"""What is checked of classes, defines, nodes, functions, types and orchestration."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from puppet_grammar import nodes as n
from puppet_grammar.source import Source
from puppet_grammar.traversal import children, walk
from puppet_grammar.validation.expressions import check_class_reference
from puppet_grammar.validation.labels import a_label, capital_label, label
from puppet_grammar.validation.report import Path, Report
from puppet_grammar.validation.roles import last_without_effect, resource_without_title

NAMED = (
    n.HostClassDefinition,
    n.ResourceTypeDefinition,
    n.FunctionDefinition,
    n.PlanDefinition,
    n.ApplicationExpression,
)
ALLOWED_IN_MODULE_FILE = (
    *NAMED,
    n.TypeAlias,
    n.TypeMapping,
    n.TypeDefinition,
    n.SiteDefinition,
    n.CapabilityMapping,
)
Named = (
    n.HostClassDefinition
    | n.ResourceTypeDefinition
    | n.FunctionDefinition
    | n.PlanDefinition
    | n.ApplicationExpression
)
_NAME = re.compile(r"[a-z]\w*(?:::[a-z]\w*)*", re.ASCII)
_TYPE_NAME = re.compile(r"[A-Z]\w*(?:::[A-Z]\w*)*", re.ASCII)
_PARAMETER_NAME = re.compile(r"[a-z_]\w*", re.ASCII)
_NUMERIC_PARAMETER = re.compile(r"(?:0x)?[0-9]+")
_HOST_NAME = re.compile(r"[-\w.]*", re.ASCII)
_RESERVED_TYPE_NAMES = frozenset({
    "type", "any", "unit", "scalar", "boolean", "numeric", "integer", "float", "collection", "array", "hash",
    "tuple", "struct", "variant", "optional", "enum", "regexp", "pattern", "runtime",
})  # fmt: skip
_RESERVED_PARAMETERS = frozenset({"name", "title"})
_FUTURE_RESERVED_WORDS = frozenset({"plan"})
_NOT_TOP_LEVEL = "Classes, definitions, and nodes may only appear at toplevel or inside other classes"
_ONLY_AT_TOP = (n.FunctionDefinition, n.TypeAlias, n.TypeDefinition)


def _at_top(node: n.Node, path: Path, report: Report) -> None:
    for depth in range(len(path) - 1, -1, -1):
        match path[depth]:
            case n.HostClassDefinition() | n.Program():
                return
            case n.BlockExpression():
                if isinstance(node, _ONLY_AT_TOP) and not isinstance(path[depth - 1], n.Program):
                    message = f"{capital_label(node)} may only appear at toplevel"
                    report("NOT_ABSOLUTE_TOP_LEVEL", message, node)
                    return
            case _:
                report("NOT_TOP_LEVEL", _NOT_TOP_LEVEL, node)
                return


def _definition_name(node: Named | n.TypeAlias, pattern: re.Pattern[str], report: Report) -> None:
    if not pattern.fullmatch(node.name):
        message = (
            f"Unacceptable name. The name '{node.name}' is unacceptable as the name of {a_label(node)}"
        )
        report("ILLEGAL_DEFINITION_NAME", message, node)


def _named(node: Named, path: Path, report: Report) -> None:
    _at_top(node, path, report)
    _definition_name(node, _NAME, report)
    _reserved_type_name(node, report)
    _future_reserved(node.name, node, report)


def _reserved_type_name(node: Named | n.TypeAlias | n.TypeDefinition, report: Report) -> None:
    if node.name in _RESERVED_TYPE_NAMES:
        message = (
            f"The name: '{node.name}' is already defined by Puppet"
            f" and can not be used as the name of {a_label(node)}."
        )
        report("RESERVED_TYPE_NAME", message, node)


def _future_reserved(name: str, node: n.Node, report: Report) -> None:
    if name in _FUTURE_RESERVED_WORDS:
        report("FUTURE_RESERVED_WORD", f"Use of future reserved word: '{name}'", node)


def _no_capture(
    node: n.HostClassDefinition | n.ResourceTypeDefinition, _path: Path, report: Report
) -> None:
    for parameter in node.parameters:
        if parameter.captures_rest:
            message = (
                f"Parameter ${parameter.name} has 'captures rest' - not supported in {a_label(node)}"
            )
            report("CAPTURES_REST_NOT_SUPPORTED", message, parameter)


def _unique_parameters(
    node: n.HostClassDefinition | n.ResourceTypeDefinition | n.FunctionDefinition, _path: Path, report: Report
) -> None:
    seen: set[str] = set()
    for parameter in node.parameters:
        if parameter.name in seen:
            message = f"The parameter '{parameter.name}' is declared more than once in the parameter list"
            report("DUPLICATE_PARAMETER", message, parameter)
        seen.add(parameter.name)


def _reserved_parameters(
    node: n.HostClassDefinition | n.ResourceTypeDefinition, _path: Path, report: Report
) -> None:
    for parameter in node.parameters:
        if parameter.name in _RESERVED_PARAMETERS:
            message = f"The parameter ${parameter.name} redefines a built in parameter in the {label(node)}"
            report("RESERVED_PARAMETER", message, parameter)


def _ends_with_effect(
    node: n.HostClassDefinition | n.ResourceTypeDefinition | n.NodeDefinition, _path: Path, report: Report
) -> None:
    last = last_without_effect(node.body)
    if last is not None and resource_without_title(last) is None:
        message = (
            f"This {label(last)} has no effect. {capital_label(node)} can not end with a"
            " value-producing expression without other effect"
        )
        report("IDEM_NOT_ALLOWED_LAST", message, last)


def _return_type(node: n.FunctionDefinition | n.LambdaExpression, _path: Path, report: Report) -> None:
    if node.return_type is not None:
        _type_reference(node.return_type, node, report)


def _type_reference(node: n.Node, container: n.Node, report: Report) -> None:
    named = node.left if isinstance(node, n.AccessExpression) else node
    if not isinstance(named, n.QualifiedReference):
        message = (
            f"Illegal expression. {capital_label(node)} is unacceptable as a type reference"
            f" in {a_label(container)}"
        )
        report("ILLEGAL_EXPRESSION", message, node)


def _capture_last(node: n.LambdaExpression, _path: Path, report: Report) -> None:
    for parameter in node.parameters[:-1]:
        if parameter.captures_rest:
            message = f"Parameter ${parameter.name} is not last, and has 'captures rest'"
            report("CAPTURES_REST_NOT_LAST", message, parameter)


def _parameter(node: n.Parameter, _path: Path, report: Report) -> None:
    if _NUMERIC_PARAMETER.fullmatch(node.name):
        message = (
            f"The numeric parameter name '${node.name}' cannot be used"
            " (clashes with numeric match result variables)"
        )
        report("ILLEGAL_NUMERIC_PARAMETER", message, node)
    if not _PARAMETER_NAME.fullmatch(node.name):
        message = (
            f"Illegal parameter name. The given name '{node.name}'"
            r" does not conform to the naming rule /^[a-z_]\w*$/"
        )
        report("ILLEGAL_PARAM_NAME", message, node)
    if node.value is not None:
        _no_assignment(node.value, report)


def _no_assignment(node: n.Node, report: Report) -> None:
    if isinstance(node, n.AssignmentExpression):
        report("ILLEGAL_ASSIGNMENT_CONTEXT", "Assignment not allowed here", node)
    elif not isinstance(node, n.LambdaExpression):
        for child in children(node):
            _no_assignment(child, report)


def _node(node: n.NodeDefinition, path: Path, report: Report) -> None:
    for host in node.host_matches:
        _host_name(host, report)
    _at_top(node, path, report)
    _ends_with_effect(node, path, report)
    if node.parent is not None:
        message = (
            "Node inheritance is not supported in Puppet >= 4.0.0."
            " See http://links.puppet.com/puppet-node-inheritance-deprecation"
        )
        report("ILLEGAL_NODE_INHERITANCE", message, node.parent)


def _host_name(host: n.Node, report: Report) -> None:
    match host:
        case n.LiteralString(_, _, name) if not _HOST_NAME.fullmatch(name):
            message = (
                f"The hostname '{name}' contains illegal characters"
                " (only letters, digits, '_', '-', and '.' are allowed)"
            )
            report("ILLEGAL_HOSTNAME_CHARS", message, host)
        case n.ConcatenatedString():
            culprit = next((s.expression for s in host.segments if isinstance(s, n.TextExpression)), host)
            message = "An interpolated expression is not allowed in a hostname of a node"
            report("ILLEGAL_HOSTNAME_INTERPOLATION", message, culprit)


def _type_alias(node: n.TypeAlias, path: Path, report: Report) -> None:
    _at_top(node, path, report)
    _definition_name(node, _TYPE_NAME, report)
    _reserved_type_name(node, report)
    _type_reference(node.type_expr, node, report)


def _type_definition(node: n.TypeDefinition, path: Path, report: Report) -> None:
    _at_top(node, path, report)
    _reserved_type_name(node, report)
    message = f"Expressions of type {a_label(node)} are not supported in this version of Puppet"
    report("UNSUPPORTED_EXPRESSION", message, node)


def _type_mapping(node: n.TypeMapping, path: Path, report: Report) -> None:
    _at_top(node, path, report)
    match node.type_expr:
        case n.AccessExpression(_, _, n.QualifiedReference(_, _, "Runtime"), keys):
            patterned = len(keys) == 2 and _is_pattern_with_replacement(keys[1])
        case _:
            message = f"Expressions of type {a_label(node)} are not supported in this version of Puppet"
            report("UNSUPPORTED_EXPRESSION", message, node)
            return
    right = node.mapping_expr
    reference = right.left if isinstance(right, n.AccessExpression) else right
    if not patterned and not isinstance(reference, n.QualifiedReference):
        wanted = "a Type"
    elif patterned and not _is_pattern_with_replacement(right):
        wanted = "a Tuple[Regexp,String]"
    else:
        return
    message = f"Illegal type mapping. Expected {wanted} on the left side, got {capital_label(node)}"
    report("ILLEGAL_TYPE_MAPPING", message, node)


def _is_pattern_with_replacement(node: n.Node) -> bool:
    match node:
        case n.LiteralList(_, _, (n.LiteralRegularExpression(), n.LiteralString())):
            return True
    return False


def _capability_mapping(node: n.CapabilityMapping, _path: Path, report: Report) -> None:
    match node.component:
        case n.QualifiedReference(_, _, name):
            check_class_reference(name, node.component, report)
        case n.AccessExpression(
            _, _, n.QualifiedReference(), (n.LiteralString() | n.QualifiedName() | n.QualifiedReference(),)
        ):
            pass
        case component:
            message = (
                f"Illegal expression. {capital_label(component)} is unacceptable as capability mapping"
                f" in {a_label(node)}"
            )
            report("ILLEGAL_EXPRESSION", message, component)
    check_class_reference(node.capability, node, report)


def check_locations(program: n.Program, namespace: str, source: Source, report: Report) -> None:
    """Reports definitions that the file's name does not lead to."""
    for node in walk(program):
        if isinstance(node, NAMED) and not node.name.lower().startswith(namespace):
            message = f"Unacceptable location. The name '{node.name}' is unacceptable in file '{source.file}'"
            report("ILLEGAL_DEFINITION_LOCATION", message, node)


_class_or_define = (_named, _no_capture, _unique_parameters, _reserved_parameters, _ends_with_effect)
RULES: Mapping[type[n.Node], tuple[Callable[..., None], ...]] = {
    n.HostClassDefinition: _class_or_define,
    n.ResourceTypeDefinition: _class_or_define,
    n.FunctionDefinition: (_named, _return_type, _unique_parameters),
    n.PlanDefinition: (_named,),
    n.ApplicationExpression: (_named,),
    n.LambdaExpression: (_capture_last, _return_type),
    n.Parameter: (_parameter,),
    n.NodeDefinition: (_node,),
    n.TypeAlias: (_type_alias,),
    n.TypeMapping: (_type_mapping,),
    n.TypeDefinition: (_type_definition,),
    n.CapabilityMapping: (_capability_mapping,),
}
