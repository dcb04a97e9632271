"""From a manifest and modules to the resources that they declare: the simulation's catalog."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from appo_tui.demo.evaluation import Scope, capitalised, evaluate, iterations, matches, truth
from appo_tui.demo.resources import Reference, Resource
from puppet_grammar import nodes as ast
from puppet_grammar import parse

_TAG = re.compile(r"[a-z0-9_][a-z0-9_:.-]*\Z")
_INCLUDING = ("include", "contain", "require")
_NATIVE = frozenset(
    {"file", "package", "service", "exec", "notify", "user", "group", "cron", "mount", "host"}
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a statement stands: its file and text, and what is around it."""

    file: str
    text: str
    containers: tuple[Reference, ...]

    def line(self, node: ast.Node) -> int:
        return self.text.count("\n", 0, node.start) + 1


@dataclass(frozen=True, slots=True)
class _Definition:
    """A class or a define, and where it is written."""

    syntax: ast.ResourceTypeDefinition | ast.HostClassDefinition
    file: str
    text: str


class Catalog:
    """The resources that a manifest declares, in order, and what each of them comes after.

    Attributes:
        resources: the resources that a run works through.
        declared: every declared reference, classes and defines too, with its attributes.
        edges: (before, after, whether a change of the first refreshes the second).
    """

    def __init__(self, modulepath: Sequence[Path], facts: Mapping[str, object], certname: str) -> None:
        self.resources: dict[Reference, Resource] = {}
        self.declared: dict[Reference, Mapping[str, object]] = {}
        self.edges: list[tuple[Reference, Reference, bool]] = []
        self._modulepath = modulepath
        self._facts = facts
        self._certname = certname
        self._definitions: dict[str, _Definition] = {}
        self._looked_for: set[str] = set()

    def read(self, manifest: Path) -> None:
        """Reads a manifest and declares what its top-level code does.

        Raises:
            PuppetSyntaxError: the manifest, or a module's that it needs, is no Puppet code.
            OSError: it can't be read.
        """
        text = _read(manifest)
        place = _Place(str(manifest), text, (Reference("Class", "Main"),))
        body = parse(text, file=str(manifest), language="7").body
        self._define(body, str(manifest), text)
        self._statements(body, self._scope(text), place)

    def _scope(self, text: str) -> Scope:
        return Scope(text, self._facts, lambda reference: self.declared.get(reference, {}))

    # --- definitions ---

    def _define(self, node: ast.Node | None, file: str, text: str) -> None:
        for each in _definitions_in(node):
            self._definitions.setdefault(each.name.removeprefix("::"), _Definition(each, file, text))

    def _definition(self, name: str) -> _Definition | None:
        """Returns a class or a define by name, from the manifest or loaded as Puppet's autoloader does."""
        name = name.removeprefix("::").lower()
        if name not in self._definitions and name not in self._looked_for:
            self._looked_for.add(name)
            module, _, rest = name.partition("::")
            path = Path(module, "manifests", *(rest or "init").split("::"))
            for directory in self._modulepath:
                file = (directory / path).with_suffix(".pp")
                if file.is_file():
                    text = _read(file)
                    self._define(parse(text, file=str(file), language="7").body, str(file), text)
                    break
        return self._definitions.get(name)

    # --- statements ---

    def _statements(self, node: ast.Node | None, scope: Scope, place: _Place) -> tuple[Reference, ...]:
        """Carries a statement out; returns the references that it stands for in a chain."""
        step = _STATEMENTS.get(type(node)) if node is not None else None
        return step(self, node, scope, place) if step else ()

    def _block(self, node: ast.BlockExpression, scope: Scope, place: _Place) -> tuple[Reference, ...]:
        for statement in node.statements:
            self._statements(statement, scope, place)
        return ()

    def _if(
        self, node: ast.IfExpression | ast.UnlessExpression, scope: Scope, place: _Place
    ) -> tuple[Reference, ...]:
        known = truth(evaluate(node.test, scope))
        if known is None:
            return ()
        taken = known is not isinstance(node, ast.UnlessExpression)
        return self._statements(node.then_expr if taken else node.else_expr, scope, place)

    def _case(self, node: ast.CaseExpression, scope: Scope, place: _Place) -> tuple[Reference, ...]:
        value = evaluate(node.test, scope)
        for option in node.options:
            if any(matches(value, each, scope) for each in option.values):
                return self._statements(option.then_expr, scope, place)
        return ()

    def _assign(self, node: ast.AssignmentExpression, scope: Scope, place: _Place) -> tuple[Reference, ...]:
        if isinstance(node.left, ast.VariableExpression):
            scope.variables[node.left.name] = evaluate(node.right, scope)
        self._statements(node.right, scope, place)
        return ()

    def _chain(self, node: ast.RelationshipExpression, scope: Scope, place: _Place) -> tuple[Reference, ...]:
        left = self._statements(node.left, scope, place)
        right = self._statements(node.right, scope, place)
        refreshes = "~" in node.operator
        before, after = (right, left) if node.operator.startswith("<") else (left, right)
        self.edges += [(first, second, refreshes) for first in before for second in after]
        return right

    def _named(self, node: ast.AccessExpression, scope: Scope, _place: _Place) -> tuple[Reference, ...]:
        return references(evaluate(node, scope))

    def _called(
        self, node: ast.CallNamedFunctionExpression, scope: Scope, place: _Place
    ) -> tuple[Reference, ...]:
        name = node.functor.value if isinstance(node.functor, ast.QualifiedName) else ""
        if name in _INCLUDING:
            for argument in node.arguments:
                value = evaluate(argument, scope)
                for each in value if isinstance(value, tuple) else (value,):
                    self._include(each, name, place)
        return ()

    def _include(self, value: object, function: str, place: _Place) -> None:
        title = capitalised(value.title if isinstance(value, Reference) else str(value))
        reference = Reference("Class", title)
        self._class(reference, {}, place)
        if function == "require":
            self.edges.append((reference, place.containers[-1], False))

    def _method(self, node: ast.CallMethodExpression, scope: Scope, place: _Place) -> tuple[Reference, ...]:
        name = node.functor.right.value if isinstance(node.functor.right, ast.QualifiedName) else ""
        if name in ("each", "map") and node.lambda_ is not None:
            for inner in iterations(evaluate(node.functor.left, scope), node.lambda_, scope):
                self._statements(node.lambda_.body, inner, place)
        return ()

    def _node(self, node: ast.NodeDefinition, scope: Scope, place: _Place) -> tuple[Reference, ...]:
        for match in node.host_matches:
            if isinstance(match, ast.LiteralDefault) or matches(self._certname, match, scope):
                return self._statements(node.body, scope, place)
        return ()

    # --- resources ---

    def _resources(self, node: ast.ResourceExpression, scope: Scope, place: _Place) -> tuple[Reference, ...]:
        name = evaluate(node.type_name, scope)
        if node.form != "regular" or not isinstance(name, str):
            return ()
        found: list[Reference] = []
        for body in node.bodies:
            titles = evaluate(body.title, scope)
            attributes = self._attributes(body, scope)
            for title in titles if isinstance(titles, tuple) else (titles,):
                reference = Reference(capitalised(name), str(title))
                self._declare(reference, name, attributes, place, place.line(body))
                found.append(reference)
        return tuple(found)

    def _attributes(self, body: ast.ResourceBody, scope: Scope) -> dict[str, object]:
        found: dict[str, object] = {}
        for operation in body.operations:
            if isinstance(operation, ast.AttributeOperation):
                found[operation.name] = evaluate(operation.value, scope)
            elif isinstance(more := evaluate(operation.expression, scope), dict):
                found.update(more)
        return found

    def _declare(
        self, reference: Reference, name: str, attributes: dict[str, object], place: _Place, line: int
    ) -> None:
        self._relate(reference, attributes)
        if name == "class":
            self._class(Reference("Class", capitalised(reference.title)), attributes, place)
            return
        definition = self._definition(name) if name not in _NATIVE else None
        self.declared[reference] = attributes
        if definition is not None:
            self._inside(definition, reference, attributes, place)
            return
        self.resources[reference] = Resource(
            reference, attributes, place.containers, _tags(reference, place.containers), place.file, line
        )

    def _class(self, reference: Reference, attributes: dict[str, object], place: _Place) -> None:
        definition = self._definition(reference.title)
        if reference in self.declared or definition is None:
            return
        self.declared[reference] = attributes
        self._inside(definition, reference, attributes, place)

    def _inside(
        self, definition: _Definition, reference: Reference, given: dict[str, object], place: _Place
    ) -> None:
        """Carries out the body of a class or a define."""
        scope = self._scope(definition.text)
        scope.variables.update(title=reference.title, name=reference.title)
        for parameter in definition.syntax.parameters:
            value = given.get(parameter.name)
            scope.variables[parameter.name] = evaluate(parameter.value, scope) if value is None else value
        outer = () if reference.type == "Class" else place.containers
        inner = _Place(definition.file, definition.text, (*outer, reference))
        self._statements(definition.syntax.body, scope, inner)

    def _relate(self, reference: Reference, attributes: Mapping[str, object]) -> None:
        for name, forwards, refreshes in _METAPARAMETERS:
            for other in references(attributes.get(name)):
                edge = (reference, other) if forwards else (other, reference)
                self.edges.append((*edge, refreshes))


_METAPARAMETERS = (
    ("before", True, False),
    ("notify", True, True),
    ("require", False, False),
    ("subscribe", False, True),
)

_Statement = Callable[[Catalog, ast.Node, Scope, _Place], tuple[Reference, ...]]

_STATEMENTS: dict[type[ast.Node], Callable[..., tuple[Reference, ...]]] = {
    ast.BlockExpression: Catalog._block,  # noqa: SLF001 - the class's own table of its methods
    ast.IfExpression: Catalog._if,  # noqa: SLF001
    ast.UnlessExpression: Catalog._if,  # noqa: SLF001
    ast.CaseExpression: Catalog._case,  # noqa: SLF001
    ast.AssignmentExpression: Catalog._assign,  # noqa: SLF001
    ast.RelationshipExpression: Catalog._chain,  # noqa: SLF001
    ast.AccessExpression: Catalog._named,  # noqa: SLF001
    ast.CallNamedFunctionExpression: Catalog._called,  # noqa: SLF001
    ast.CallMethodExpression: Catalog._method,  # noqa: SLF001
    ast.NodeDefinition: Catalog._node,  # noqa: SLF001
    ast.ResourceExpression: Catalog._resources,  # noqa: SLF001
}


def references(value: object) -> tuple[Reference, ...]:
    """Returns the references that a value is or holds."""
    if isinstance(value, Reference):
        return (value,)
    if isinstance(value, tuple | list):
        return tuple(found for each in value for found in references(each))
    return ()


def _definitions_in(
    node: ast.Node | None,
) -> Iterator[ast.ResourceTypeDefinition | ast.HostClassDefinition]:
    if isinstance(node, ast.BlockExpression):
        for statement in node.statements:
            yield from _definitions_in(statement)
    elif isinstance(node, ast.ResourceTypeDefinition | ast.HostClassDefinition):
        yield node
        yield from _definitions_in(node.body)


def _tags(reference: Reference, containers: tuple[Reference, ...]) -> tuple[str, ...]:
    """Returns a resource's tags as Puppet makes them: its type, title, and those of what is around it."""
    words = [reference.type.lower(), reference.title]
    for each in reversed(containers):
        name = (each.title if each.type == "Class" else each.type).lower()
        words += ["class"] if each.type == "Class" else []
        words += [] if name == "main" else [name, *name.split("::")]
        words += [] if each.type == "Class" else [each.title]
    words.append("class")
    return tuple(dict.fromkeys(word for word in words if _TAG.match(word)))


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="surrogateescape")
