"""Variables and where they are seen.

Manual: https://puppet.com/docs/puppet/6/lang_scope.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from appo_tui.evaluator.values import Unknown, Value

if TYPE_CHECKING:
    from appo_tui.environment.places import Place
    from appo_tui.evaluator.asking import Asked
    from appo_tui.evaluator.manifests import Manifest
    from appo_tui.evaluator.resource import Parameter, Resource
    from puppet_grammar.nodes import Expression


class _Missing:
    """There is no such variable."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


class Frame:
    """What all scopes of one evaluated class, define, application, site, node or function share.

    Attributes:
        resource: the resource being evaluated.
        source: the definition whose code this is; overriding parameters is its privilege.
        caller: the scope from which it was declared: resource defaults are inherited from there.
        module: the module that the code belongs to.
        defaults: resource defaults set here: type to parameters.
    """

    __slots__ = ("caller", "defaults", "module", "resource", "source")

    def __init__(self, resource: Resource | None, source: object, caller: Scope | None, module: str) -> None:
        self.resource = resource
        self.source = source
        self.caller = caller
        self.module = module
        self.defaults: dict[str, dict[str, Parameter]] = {}

    def defaults_for(self, type_name: str) -> Mapping[str, Parameter]:
        """Defaults in force for a type: those of callers, then those set here."""
        inherited = self.caller.frame.defaults_for(type_name) if self.caller else {}
        own = self.defaults.get(type_name)
        return {**inherited, **own} if own else inherited


class Scope:
    """Variables of a block, and the scopes around it.

    ``outer`` is where a name is looked for next: the block around a lambda, the parent class of a class,
    the node or top scope otherwise.
    """

    __slots__ = ("expressions", "frame", "manifest", "match", "outer", "variables")

    def __init__(self, frame: Frame, manifest: Manifest, outer: Scope | None) -> None:
        self.frame = frame
        self.manifest = manifest
        self.outer = outer
        self.variables: dict[str, Value] = {}
        self.expressions: dict[str, tuple[Expression, Scope]] = {}
        self.match: tuple[Value, ...] | None = None

    def inner(self) -> Scope:
        """A scope for a block within this one."""
        scope = Scope(self.frame, self.manifest, self)
        scope.match = self.match
        return scope

    def in_manifest(self, manifest: Manifest) -> Scope:
        """This scope, for code that stands in another file."""
        scope = Scope(self.frame, manifest, self)
        scope.match = self.match
        return scope

    def find(self, name: str) -> Value:
        """The value of a plain name, or ``MISSING``."""
        scope = self
        while True:
            variables = scope.variables
            if name in variables:
                return variables[name]
            if scope.outer is None:
                return scope.beyond(name)
            scope = scope.outer

    def beyond(self, name: str) -> Value:  # noqa: ARG002 - the top scope looks among facts
        """What lies outside the outermost scope under this name."""
        return MISSING

    def where_set(self, name: str) -> Scope | None:
        """The scope that a plain name is found in."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.variables:
                return scope
            scope = scope.outer
        return None

    def local_variables(self) -> dict[str, Value]:
        """The variables that are seen from here, but those of top scope, as they are now."""
        if self.is_top:
            return {}
        around = self.outer.local_variables() if self.outer is not None else {}
        return {**around, **self.variables} if self.variables else around

    @property
    def is_top(self) -> bool:
        """Whether this is the top scope."""
        return False


def unknown_of(certname: str) -> str:
    """How the reason ends for which a node's fact is unknown."""
    return f" of {certname} is not known yet"


class NodeData:
    """What is only known on a node, and whether anybody asked for it.

    Attributes:
        certname: the node; None while the environment is compiled.
        facts: its facts.
        facts_known: whether ``facts`` is all there is.
        was_read: set when something depends on the node.
        catalog_was_read: set when something depends on which resources there are.
        asked: takes what is asked of facts and top-level variables instead, while that is listened to.
        data_places: where calls of lookup() and its like found their values: call to key.
    """

    __slots__ = (
        "asked", "catalog_was_read", "certname", "data_places", "facts", "facts_known", "top", "was_read",
    )  # fmt: skip

    def __init__(self, certname: str | None, facts: Mapping[str, Value], *, facts_known: bool) -> None:
        self.certname = certname
        self.facts = facts
        self.facts_known = facts_known
        self.was_read = False
        self.catalog_was_read = False
        self.asked: Asked | None = None
        self.top: dict[str, Value] = {}
        self.data_places: dict[Place, Place] = {}

    def unknown(self, fact: str) -> Unknown:
        """The value of a fact of a node that was not asked yet."""
        return Unknown(f"the fact {fact}{unknown_of(str(self.certname))}")


class TopScope(Scope):
    """The outermost scope: variables of top-level code, and on a node its facts."""

    __slots__ = ("node",)

    def __init__(self, frame: Frame, manifest: Manifest, node: NodeData) -> None:
        super().__init__(frame, manifest, None)
        self.node = node

    def beyond(self, name: str) -> Value:
        """A fact, or one of the variables that Puppet itself sets on nodes."""
        node = self.node
        if node.asked is None:
            node.was_read = True
        else:
            node.asked.note_variable(name)
        return self.fact(name)

    def fact(self, name: str) -> Value:
        """What the node has under a name."""
        node = self.node
        if node.certname is None:
            return MISSING
        if name in node.top:
            return node.top[name]
        if name in node.facts:
            return node.facts[name]
        if node.facts_known or name.isdigit():
            return MISSING
        return node.unknown(name)

    @property
    def is_top(self) -> bool:
        """Whether this is the top scope."""
        return True
