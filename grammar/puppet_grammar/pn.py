"""Puppet Notation: a tree as text, in the form of ``puppet parser dump``.

It is how trees are compared with those of Puppet's own parser. A tree is first turned into plain data:
calls ``(name element ...)``, lists and maps; then into text or JSON.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from puppet_grammar import nodes as n
from puppet_grammar.regexps import has_encoding


@dataclass(frozen=True, slots=True)
class Call:
    """``(name element ...)``."""

    name: str
    elements: tuple[Any, ...] = ()


PnData = Call | list[Any] | dict[str, Any] | str | int | float | bool | None


def to_pn(program: n.Program) -> str:
    """Returns a tree as one line of Puppet Notation."""
    parts: list[str] = []
    _write(to_pn_data(program), parts.append)
    return "".join(parts)


def to_json_data(data: PnData) -> Any:
    """Returns the notation's data as JSON has it: calls as ``{"^": [...]}``, maps as ``{"#": [...]}``."""
    match data:
        case Call(name, elements):
            return {"^": [name, *map(to_json_data, elements)]}
        case list():
            return [to_json_data(item) for item in data]
        case dict():
            return {"#": [part for key, value in data.items() for part in (key, to_json_data(value))]}
    return data


def to_pn_data(node: n.Node | None) -> PnData:
    """Returns a node as the notation's data; what is absent is a call of ``nop``."""
    return Call("nop") if node is None else _FORMS[type(node)](node)


def _many(nodes: Iterable[n.Node]) -> list[PnData]:
    return [to_pn_data(node) for node in nodes]


def _body(node: n.Node | None) -> list[PnData]:
    return _many(node.statements) if isinstance(node, n.BlockExpression) else [to_pn_data(node)]


def _call(name: str, *nodes: n.Node | None) -> Call:
    return Call(name, tuple(map(to_pn_data, nodes)))


def _value(node: Any) -> PnData:
    value: PnData = node.value
    return value


def _binary(name: str, node: Any) -> Call:
    return _call(name, node.left, node.right)


def _operator(node: Any) -> Call:
    return _call(node.operator, node.left, node.right)


def _unary(name: str, node: Any) -> Call:
    return _call(name, node.expression)


def _integer(node: n.LiteralInteger) -> PnData:
    return node.value if node.radix == 10 else Call("int", ({"radix": node.radix, "value": node.value},))


def _minus(node: n.UnaryMinusExpression) -> PnData:
    if isinstance(node.expression, n.LiteralInteger | n.LiteralFloat):
        return -node.expression.value
    return _unary("-", node)


def _regexp(node: n.LiteralRegularExpression) -> Call:
    return Call("regexp", (f"(?-imx:{node.pattern})" if has_encoding(node.pattern) else node.pattern,))


def _heredoc(node: n.HeredocExpression) -> Call:
    syntax = {"syntax": node.syntax} if node.syntax else {}
    return Call("heredoc", (syntax | {"text": to_pn_data(node.text)},))


def _query(name: str, node: n.VirtualQuery | n.ExportedQuery) -> Call:
    return Call(name) if node.expression is None else _call(name, node.expression)


def _function_call(node: n.CallNamedFunctionExpression) -> Call:
    return _called("call" if node.rval_required else "invoke", node)


def _called(name: str, node: n.CallNamedFunctionExpression | n.CallMethodExpression) -> Call:
    entries: dict[str, PnData] = {"functor": to_pn_data(node.functor), "args": _many(node.arguments)}
    if node.lambda_ is not None:
        entries["block"] = to_pn_data(node.lambda_)
    return Call(name, (entries,))


def _conditional(name: str, node: n.IfExpression | n.UnlessExpression) -> Call:
    entries: dict[str, PnData] = {"test": to_pn_data(node.test)}
    if node.then_expr is not None:
        entries["then"] = _body(node.then_expr)
    if node.else_expr is not None:
        entries["else"] = _body(node.else_expr)
    return Call(name, (entries,))


def _case_option(node: n.CaseOption) -> PnData:
    return {"when": _many(node.values), "then": _body(node.then_expr)}


def _with_form(name: str, entries: dict[str, PnData], form: n.Form) -> Call:
    return Call(name, (entries if form == "regular" else {**entries, "form": form},))


def _resource(node: n.ResourceExpression) -> Call:
    entries: dict[str, PnData] = {"type": to_pn_data(node.type_name), "bodies": _many(node.bodies)}
    return _with_form("resource", entries, node.form)


def _resource_body(node: n.ResourceBody) -> PnData:
    return {"title": to_pn_data(node.title), "ops": _many(node.operations)}


def _resource_defaults(node: n.ResourceDefaultsExpression) -> Call:
    entries: dict[str, PnData] = {"type": to_pn_data(node.type_ref), "ops": _many(node.operations)}
    return _with_form("resource-defaults", entries, node.form)


def _resource_override(node: n.ResourceOverrideExpression) -> Call:
    entries: dict[str, PnData] = {"resources": to_pn_data(node.resources), "ops": _many(node.operations)}
    return _with_form("resource-override", entries, node.form)


def _collect(node: n.CollectExpression) -> Call:
    entries: dict[str, PnData] = {"type": to_pn_data(node.type_expr), "query": to_pn_data(node.query)}
    if node.operations:
        entries["ops"] = _many(node.operations)
    return Call("collect", (entries,))


class _Parameters(list[tuple[str, Any]]):
    """Parameters in order: a map, but for a name that comes twice."""


def _parameters(parameters: tuple[n.Parameter, ...]) -> dict[str, PnData]:
    return {"params": _Parameters((p.name, _parameter(p)) for p in parameters)} if parameters else {}


def _parameter(node: n.Parameter) -> dict[str, PnData]:
    entries: dict[str, PnData] = {}
    if node.type_expr is not None:
        entries["type"] = to_pn_data(node.type_expr)
    if node.captures_rest:
        entries["splat"] = True
    if node.value is not None:
        entries["value"] = to_pn_data(node.value)
    return entries


def _definition(name: str, node: Any) -> Call:
    entries: dict[str, PnData] = {"name": node.name}
    if isinstance(node, n.HostClassDefinition) and node.parent_class is not None:
        entries["parent"] = node.parent_class
    entries |= _parameters(node.parameters)
    if node.body is not None:
        entries["body"] = _body(node.body)
    if isinstance(node, n.FunctionDefinition | n.PlanDefinition) and node.return_type is not None:
        entries["returns"] = to_pn_data(node.return_type)
    return Call(name, (entries,))


def _lambda(node: n.LambdaExpression) -> Call:
    entries = _parameters(node.parameters)
    if node.return_type is not None:
        entries["returns"] = to_pn_data(node.return_type)
    if node.body is not None:
        entries["body"] = _body(node.body)
    return Call("lambda", (entries,))


def _node(node: n.NodeDefinition) -> Call:
    entries: dict[str, PnData] = {"matches": _many(node.host_matches)}
    if node.parent is not None:
        entries["parent"] = to_pn_data(node.parent)
    if node.body is not None:
        entries["body"] = _body(node.body)
    return Call("node", (entries,))


def _capability_mapping(node: n.CapabilityMapping) -> Call:
    return Call(node.kind, (to_pn_data(node.component), [node.capability, *_many(node.mappings)]))


def _name(name: str, attribute: str, node: Any) -> Call:
    return Call(name, (getattr(node, attribute),))


def _variable(node: n.VariableExpression) -> Call:
    """A variable; ``true`` and ``false`` interpolated without ``$`` are no names to Puppet, but values."""
    if node.name in ("true", "false") and node.end - node.start == len(node.name):
        return Call("var", (node.name == "true",))
    return Call("var", (node.name,))


_FORMS: dict[type, Callable[[Any], PnData]] = {
    n.Program: lambda node: to_pn_data(node.body),
    n.LiteralUndef: lambda _: None,
    n.LiteralDefault: lambda _: Call("default"),
    n.LiteralBoolean: _value,
    n.LiteralInteger: _integer,
    n.LiteralFloat: _value,
    n.LiteralString: _value,
    n.LiteralRegularExpression: _regexp,
    n.QualifiedName: partial(_name, "qn", "value"),
    n.QualifiedReference: partial(_name, "qr", "value"),
    n.ReservedWord: partial(_name, "reserved", "word"),
    n.VariableExpression: _variable,
    n.ConcatenatedString: lambda node: Call("concat", tuple(_many(node.segments))),
    n.TextExpression: partial(_unary, "str"),
    n.HeredocExpression: _heredoc,
    n.LiteralList: lambda node: Call("array", tuple(_many(node.values))),
    n.KeyedEntry: lambda node: _call("=>", node.key, node.value),
    n.LiteralHash: lambda node: Call("hash", tuple(_many(node.entries))),
    n.UnaryMinusExpression: _minus,
    n.NotExpression: partial(_unary, "!"),
    n.UnfoldExpression: partial(_unary, "unfold"),
    n.ParenthesizedExpression: partial(_unary, "paren"),
    n.ArithmeticExpression: _operator,
    n.ComparisonExpression: _operator,
    n.MatchExpression: _operator,
    n.InExpression: partial(_binary, "in"),
    n.AndExpression: partial(_binary, "and"),
    n.OrExpression: partial(_binary, "or"),
    n.AssignmentExpression: _operator,
    n.RelationshipExpression: _operator,
    n.AccessExpression: lambda node: _call("access", node.left, *node.keys),
    n.NamedAccessExpression: partial(_binary, "."),
    n.LambdaExpression: _lambda,
    n.CallNamedFunctionExpression: _function_call,
    n.CallMethodExpression: partial(_called, "call-method"),
    n.BlockExpression: lambda node: Call("block", tuple(_many(node.statements))),
    n.IfExpression: partial(_conditional, "if"),
    n.UnlessExpression: partial(_conditional, "unless"),
    n.CaseOption: _case_option,
    n.CaseExpression: lambda node: Call("case", (to_pn_data(node.test), _many(node.options))),
    n.SelectorEntry: lambda node: _call("=>", node.matching_expr, node.value_expr),
    n.SelectorExpression: lambda node: Call("?", (to_pn_data(node.left), _many(node.selectors))),
    n.AttributeOperation: lambda node: Call(node.operator, (node.name, to_pn_data(node.value))),
    n.AttributesOperation: partial(_unary, "splat-hash"),
    n.ResourceBody: _resource_body,
    n.ResourceExpression: _resource,
    n.ResourceDefaultsExpression: _resource_defaults,
    n.ResourceOverrideExpression: _resource_override,
    n.VirtualQuery: partial(_query, "virtual-query"),
    n.ExportedQuery: partial(_query, "exported-query"),
    n.CollectExpression: _collect,
    n.HostClassDefinition: partial(_definition, "class"),
    n.ResourceTypeDefinition: partial(_definition, "define"),
    n.NodeDefinition: _node,
    n.FunctionDefinition: partial(_definition, "function"),
    n.PlanDefinition: partial(_definition, "plan"),
    n.TypeAlias: lambda node: Call("type-alias", (node.name, to_pn_data(node.type_expr))),
    n.TypeMapping: lambda node: _call("type-mapping", node.type_expr, node.mapping_expr),
    n.TypeDefinition: lambda node: Call("type-definition", (node.name, node.parent, to_pn_data(node.body))),
    n.ApplicationExpression: partial(_definition, "application"),
    n.SiteDefinition: lambda node: Call("site", tuple(_body(node.body)) if node.body else ()),
    n.CapabilityMapping: _capability_mapping,
    n.Nop: lambda _: Call("nop"),
}

_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPED = re.compile(r'[\x00-\x1f"\\]')


def _write(data: Any, add: Callable[[str], None]) -> None:
    if isinstance(data, Call):
        add(f"({data.name}")
        for element in data.elements:
            add(" ")
            _write(element, add)
        add(")")
    elif isinstance(data, _Parameters):
        _write_map(data, add)
    elif isinstance(data, dict):
        _write_map(data.items(), add)
    elif isinstance(data, list):
        for index, item in enumerate(data):
            add(" " if index else "[")
            _write(item, add)
        add("]" if data else "[]")
    else:
        add(_scalar(data))


def _write_map(entries: Iterable[tuple[str, Any]], add: Callable[[str], None]) -> None:
    add("{")
    for index, (key, value) in enumerate(entries):
        add(f" :{key} " if index else f":{key} ")
        _write(value, add)
    add("}")


def _scalar(value: str | float | None) -> str:
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{_ESCAPED.sub(_escape, value)}"'
    return _ruby_float(value) if type(value) is float else str(value)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _ESCAPES.get(char) or f"\\o{ord(char):03o}"


def _ruby_float(value: float) -> str:
    """Returns a float as Ruby prints it: with an exponent outside of 0.0001 to 10 to the power of 16."""
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    shown = repr(value)
    if value == 0 or 1e-4 <= abs(value) < 1e16:
        return shown
    mantissa, _, power = shown.partition("e")
    exponent = int(power)
    digits = mantissa if "." in mantissa else mantissa + ".0"
    return f"{digits}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"
