"""The syntax tree of the Puppet language.

One class for each kind of expression in Puppet's own model (Puppet::Pops::Model), under the same
name. Every node knows its place: ``start`` and ``end`` are offsets in characters into the text that
was parsed, so that ``text[node.start:node.end]`` is the node's source.

Literals, names and variables stand in ``puppet_grammar.literals`` and are named here too.

Nodes are values: frozen, compared by content, and serializable with msgspec.
"""

from __future__ import annotations

from typing import Literal

from puppet_grammar.literals import (
    LiteralBoolean as LiteralBoolean,
)  # fmt: skip
from puppet_grammar.literals import (
    LiteralDefault as LiteralDefault,
)
from puppet_grammar.literals import (
    LiteralFloat as LiteralFloat,
)
from puppet_grammar.literals import (
    LiteralInteger as LiteralInteger,
)
from puppet_grammar.literals import (
    LiteralRegularExpression as LiteralRegularExpression,
)
from puppet_grammar.literals import (
    LiteralString as LiteralString,
)
from puppet_grammar.literals import (
    LiteralUndef as LiteralUndef,
)
from puppet_grammar.literals import (
    Node as Node,
)
from puppet_grammar.literals import (
    QualifiedName as QualifiedName,
)
from puppet_grammar.literals import (
    QualifiedReference as QualifiedReference,
)
from puppet_grammar.literals import (
    ReservedWord as ReservedWord,
)
from puppet_grammar.literals import (
    VariableExpression as VariableExpression,
)

# --- strings and collections ----------------------------------------------------------------------


class ConcatenatedString(Node, frozen=True):
    """A string with interpolation: literal strings and ``TextExpression`` in turn."""

    segments: tuple[Expression, ...]


class TextExpression(Node, frozen=True):
    """An interpolated expression: its value, turned into text."""

    expression: Expression


class HeredocExpression(Node, frozen=True):
    """A heredoc; ``syntax`` is the text's declared format, if it was given one."""

    syntax: str
    text: Expression


class LiteralList(Node, frozen=True):
    """``[a, b]``."""

    values: tuple[Expression, ...]


class KeyedEntry(Node, frozen=True):
    """``key => value`` in a hash."""

    key: Expression
    value: Expression


class LiteralHash(Node, frozen=True):
    """``{ key => value }``."""

    entries: tuple[KeyedEntry, ...]


# --- operators ------------------------------------------------------------------------------------


class UnaryMinusExpression(Node, frozen=True):
    """``-x``."""

    expression: Expression


class NotExpression(Node, frozen=True):
    """``!x``."""

    expression: Expression


class UnfoldExpression(Node, frozen=True):
    """``*x``: an array spread into what surrounds it."""

    expression: Expression


class ParenthesizedExpression(Node, frozen=True):
    """``(x)``."""

    expression: Expression


class ArithmeticExpression(Node, frozen=True):
    """``+ - * / %`` and the shifts; also array and hash concatenation and removal."""

    operator: Literal["+", "-", "*", "/", "%", "<<", ">>"]
    left: Expression
    right: Expression


class ComparisonExpression(Node, frozen=True):
    """``== != < <= > >=``."""

    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Expression
    right: Expression


class MatchExpression(Node, frozen=True):
    """``=~`` and ``!~``."""

    operator: Literal["=~", "!~"]
    left: Expression
    right: Expression


class InExpression(Node, frozen=True):
    """``x in y``."""

    left: Expression
    right: Expression


class AndExpression(Node, frozen=True):
    """``x and y``."""

    left: Expression
    right: Expression


class OrExpression(Node, frozen=True):
    """``x or y``."""

    left: Expression
    right: Expression


class AssignmentExpression(Node, frozen=True):
    """``=``, and the ``+=`` and ``-=`` that the validator refuses."""

    operator: Literal["=", "+=", "-="]
    left: Expression
    right: Expression


class RelationshipExpression(Node, frozen=True):
    """Chaining arrows between resources."""

    operator: Literal["->", "~>", "<-", "<~"]
    left: Expression
    right: Expression


class AccessExpression(Node, frozen=True):
    """``x[keys]``: an element, a slice, a type with parameters, a reference."""

    left: Expression
    keys: tuple[Expression, ...]


class NamedAccessExpression(Node, frozen=True):
    """``x.name``: what a method call calls."""

    left: Expression
    right: Expression


# --- calls ----------------------------------------------------------------------------------------


class Parameter(Node, frozen=True):
    """A declared parameter; ``captures_rest`` for ``*$x``."""

    name: str
    value: Expression | None = None
    type_expr: Expression | None = None
    captures_rest: bool = False


class LambdaExpression(Node, frozen=True):
    """``|$a, $b| >> Type { ... }``."""

    parameters: tuple[Parameter, ...]
    body: Expression | None = None
    return_type: Expression | None = None


class CallNamedFunctionExpression(Node, frozen=True):
    """``name(arguments) |...| { ... }``; ``rval_required`` unless it stands as a statement."""

    functor: Expression
    arguments: tuple[Expression, ...]
    rval_required: bool
    lambda_: LambdaExpression | None = None


class CallMethodExpression(Node, frozen=True):
    """``x.name(arguments) |...| { ... }``."""

    functor: NamedAccessExpression
    arguments: tuple[Expression, ...]
    lambda_: LambdaExpression | None = None


# --- flow -----------------------------------------------------------------------------------------


class BlockExpression(Node, frozen=True):
    """Statements in a row."""

    statements: tuple[Expression, ...]


class IfExpression(Node, frozen=True):
    """``if``; an ``elsif`` is an ``IfExpression`` in ``else_expr``."""

    test: Expression
    then_expr: Expression | None
    else_expr: Expression | None = None


class UnlessExpression(Node, frozen=True):
    """``unless``."""

    test: Expression
    then_expr: Expression | None
    else_expr: Expression | None = None


class CaseOption(Node, frozen=True):
    """One arm of a ``case``."""

    values: tuple[Expression, ...]
    then_expr: Expression | None


class CaseExpression(Node, frozen=True):
    """``case``."""

    test: Expression
    options: tuple[CaseOption, ...]


class SelectorEntry(Node, frozen=True):
    """One arm of a selector."""

    matching_expr: Expression
    value_expr: Expression


class SelectorExpression(Node, frozen=True):
    """``x ? { a => b }``."""

    left: Expression
    selectors: tuple[SelectorEntry, ...]


# --- resources ------------------------------------------------------------------------------------


class AttributeOperation(Node, frozen=True):
    """``name => value`` or ``name +> value``."""

    name: str
    operator: Literal["=>", "+>"]
    value: Expression


class AttributesOperation(Node, frozen=True):
    """``* => hash``."""

    expression: Expression


Form = Literal["regular", "virtual", "exported"]


class ResourceBody(Node, frozen=True):
    """One ``title: attributes`` of a resource expression."""

    title: Expression
    operations: tuple[AttributeOperation | AttributesOperation, ...]


class ResourceExpression(Node, frozen=True):
    """``type { title: ... }``."""

    type_name: Expression
    bodies: tuple[ResourceBody, ...]
    form: Form = "regular"


class ResourceDefaultsExpression(Node, frozen=True):
    """``Type { attribute => value }``."""

    type_ref: Expression
    operations: tuple[AttributeOperation | AttributesOperation, ...]
    form: Form = "regular"


class ResourceOverrideExpression(Node, frozen=True):
    """``Type[title] { attribute => value }``."""

    resources: Expression
    operations: tuple[AttributeOperation | AttributesOperation, ...]
    form: Form = "regular"


class VirtualQuery(Node, frozen=True):
    """``<| query |>``."""

    expression: Expression | None = None


class ExportedQuery(Node, frozen=True):
    """``<<| query |>>``."""

    expression: Expression | None = None


class CollectExpression(Node, frozen=True):
    """``Type <| query |> { overrides }``."""

    type_expr: Expression
    query: VirtualQuery | ExportedQuery
    operations: tuple[AttributeOperation | AttributesOperation, ...] = ()


# --- definitions ----------------------------------------------------------------------------------


class HostClassDefinition(Node, frozen=True):
    """``class name(parameters) inherits parent { ... }``; the name fully qualified."""

    name: str
    parameters: tuple[Parameter, ...]
    parent_class: str | None = None
    body: Expression | None = None


class ResourceTypeDefinition(Node, frozen=True):
    """``define name(parameters) { ... }``; the name fully qualified."""

    name: str
    parameters: tuple[Parameter, ...]
    body: Expression | None = None


class NodeDefinition(Node, frozen=True):
    """``node matches { ... }``."""

    host_matches: tuple[Expression, ...]
    parent: Expression | None = None
    body: Expression | None = None


class FunctionDefinition(Node, frozen=True):
    """``function name(parameters) >> Type { ... }``."""

    name: str
    parameters: tuple[Parameter, ...]
    body: Expression | None = None
    return_type: Expression | None = None


class PlanDefinition(Node, frozen=True):
    """``plan name(parameters) { ... }``: read, never run."""

    name: str
    parameters: tuple[Parameter, ...]
    body: Expression | None = None
    return_type: Expression | None = None


class TypeAlias(Node, frozen=True):
    """``type Name = type``."""

    name: str
    type_expr: Expression


class TypeMapping(Node, frozen=True):
    """``type Runtime[...] = type``."""

    type_expr: Expression
    mapping_expr: Expression


class TypeDefinition(Node, frozen=True):
    """``type Name inherits Parent { ... }``."""

    name: str
    parent: str | None = None
    body: Expression | None = None


class ApplicationExpression(Node, frozen=True):
    """``application name(parameters) { ... }``; the name fully qualified."""

    name: str
    parameters: tuple[Parameter, ...]
    body: Expression | None = None


class SiteDefinition(Node, frozen=True):
    """``site { ... }``."""

    body: Expression | None = None


class CapabilityMapping(Node, frozen=True):
    """``Component produces Capability { attribute => value }``, or ``consumes``."""

    kind: Literal["produces", "consumes"]
    component: Expression
    capability: str
    mappings: tuple[AttributeOperation | AttributesOperation, ...]


class Nop(Node, frozen=True):
    """Nothing: an empty body where the language keeps one."""


Expression = (
    LiteralUndef | LiteralDefault | LiteralBoolean | LiteralInteger | LiteralFloat | LiteralString
    | LiteralRegularExpression | QualifiedName | QualifiedReference | ReservedWord | VariableExpression
    | ConcatenatedString | TextExpression | HeredocExpression | LiteralList | LiteralHash
    | UnaryMinusExpression | NotExpression | UnfoldExpression | ParenthesizedExpression
    | ArithmeticExpression | ComparisonExpression | MatchExpression | InExpression | AndExpression
    | OrExpression | AssignmentExpression | RelationshipExpression | AccessExpression
    | NamedAccessExpression | LambdaExpression | CallNamedFunctionExpression | CallMethodExpression
    | BlockExpression | IfExpression | UnlessExpression | CaseExpression | SelectorExpression
    | ResourceExpression | ResourceDefaultsExpression | ResourceOverrideExpression | CollectExpression
    | HostClassDefinition | ResourceTypeDefinition | NodeDefinition | FunctionDefinition
    | PlanDefinition | TypeAlias | TypeMapping | TypeDefinition | ApplicationExpression
    | SiteDefinition | CapabilityMapping | Nop
)  # fmt: skip


class Program(Node, frozen=True):
    """A whole file."""

    body: Expression
