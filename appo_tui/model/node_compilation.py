"""One node's catalog, as far as it decides components and service resources.

Puppet compiles the whole catalog; here the bodies of components are left out, and defines that are no
components are not looked into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from appo_tui.evaluator.catalog import references_in
from appo_tui.evaluator.collecting import realize
from appo_tui.evaluator.compilation import Compilation
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.evaluating import code_scope, parent_scope, run_body, set_parameters
from appo_tui.evaluator.faults import EvaluationError, InternalError, PreformattedError, faults_of, with_place
from appo_tui.evaluator.functions.errors import ControlSignal, NextSignal, ReturnSignal
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.jumps import illegal_jump
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.scope import NodeData, Scope
from appo_tui.evaluator.titles import check_title
from appo_tui.evaluator.types import ClassType, ResourceType
from appo_tui.evaluator.values import Unknown, Value
from appo_tui.model.environment_compilation import refuse_app_outside_site
from appo_tui.model.finishing import finish
from appo_tui.model.mappings import consume, key_of, produce, resolve_mappings, shown
from appo_tui.model.service_values import ServiceValues
from appo_tui.model.shared_code import SharedCode
from appo_tui.model.validation import check_relationships, check_titles, is_component


class NodeCompilation(Compilation):
    """The compilation of one node's catalog.

    Attributes:
        faults: what is wrong, in the order in which Puppet would meet it; it stops at the first.
        shared: what all nodes have in common.
    """

    def __init__(
        self,
        definitions: Definitions,
        settings: CompilerSettings,
        hiera: Hiera | None,
        values: ServiceValues,
        node: NodeData,
        shared: SharedCode,
    ) -> None:
        super().__init__(definitions, settings, node, hiera)
        self.values = values
        self.shared = shared
        self.faults: list[EvaluationError] = []
        self._applications: list[Resource] = []
        self._site: Resource | None = None
        self._mapped_here: frozenset[tuple[str, str]] | None = None
        certname = str(node.certname)
        node.top = {
            "facts": dict(node.facts),
            "trusted": trusted_facts(certname),
            "server_facts": {"environment": self.environment_name},
            "environment": self.environment_name,
        }

    # --- steps ------------------------------------------------------------------------------------

    def compile(self) -> None:
        """Compile; whatever is wrong is in ``faults`` afterwards."""
        for fault in faults_of(self._compile):
            self.record_fault(fault)

    def _compile(self) -> None:
        try:
            self._mappings()
            self._main()
            self._instances()
            self._mappings()
            realize(self.collectors, self.to_realize, self.catalog, self.interpreter)
            self._evaluate_components()
        except EvaluationError as error:
            self.record_fault(error)
            return
        except ControlSignal as signal:
            self.record_fault(illegal_jump(signal, "main"))
            return
        for fault in (*finish(self), *self._validated()):
            self.record_fault(fault)

    def _mappings(self) -> None:
        resolve_mappings(self.definitions)

    def _main(self) -> None:
        environment = self.shared.environment
        facts_in_the_way = environment.top.variables.keys() & self.node.facts.keys()
        if not environment.shares_main or facts_in_the_way:
            self._evaluate_main()
            return
        if self.shared.fault is not None and environment.shares_site:
            raise self.shared.fault
        self.top.variables = environment.top.variables
        self.top.expressions = environment.top.expressions
        self.top.frame.defaults = environment.top.frame.defaults

    def _instances(self) -> None:
        if not self.shared.environment.shares_site:
            self._evaluate_site()
        self._evaluate_node_block()
        if not self.shared.environment.shares_site:
            self._evaluate_applications()
            return
        if self.shared.mapping_fault is not None:
            raise self.shared.mapping_fault
        for part in self.shared.on_node(str(self.node.certname)):
            if self.shared.environment.reads_node.get(part.instance.reference, True):
                self._evaluate_application(part.instance.redeclared(), frozenset(part.keys))
            else:
                self._take_over(part.components)
        self._evaluate_applications()

    def _evaluate_applications(self) -> None:
        for resource in self._applications:  # bodies that are evaluated here may add to it
            mine = self._components_here(resource)
            if mine:
                self._evaluate_application(resource, mine)

    def _take_over(self, components: Iterable[Resource]) -> None:
        """Components whose declaration is the same on every node."""
        for component in components:
            if component.kind != "application":
                self.catalog.add(component.redeclared())

    def _evaluate_main(self) -> None:
        main = self.top.frame.resource
        assert main is not None
        self.catalog.add(main)
        for manifest in self.definitions.main:
            if manifest.program is not None:
                self.top.manifest = manifest
                self.interpreter.evaluate(manifest.program, self.top)

    def _evaluate_site(self) -> None:
        definition = self.definitions.site
        if definition is None:
            return
        self._site = Resource("Site", "site", "site", self.top, definition.place, definition=definition)
        self.catalog.add(self._site)
        run_body(self, definition, code_scope(self, self._site, definition))

    def _evaluate_node_block(self) -> None:
        blocks = self.definitions.nodes
        if not blocks:
            return
        name = str(self.node.certname).lower()
        definition = node_block(blocks, name)
        if definition is None:
            raise EvaluationError(
                f"Could not find node statement with name 'default' or '{self.node.certname}'",
                code="no-node-block",
                hint="Add `node default { }`.",
            )
        resource = Resource(
            "Node", definition.name, "node", self.top, definition.place, definition=definition
        )
        self.catalog.add(resource)
        scope = code_scope(self, resource, definition)
        scope.outer = self.top
        self.node_scope = scope
        if definition.match is not None:
            match = definition.match.search(name)
            scope.match = (match[0], *match.groups()) if match else None
        run_body(self, definition, scope)

    def _evaluate_application(self, resource: Resource, mine: frozenset[tuple[str, str]]) -> None:
        self.catalog.add(resource)
        self._mapped_here = mine
        try:
            definition = resource.definition
            assert definition is not None
            scope = code_scope(self, resource, definition)
            set_parameters(self, resource, definition, scope)
            run_body(self, definition, scope)
        finally:
            self._mapped_here = None

    def _components_here(self, resource: Resource) -> frozenset[tuple[str, str]]:
        return components_on(resource, str(self.node.certname))

    def _evaluate_components(self) -> None:
        for resource in self.catalog:
            if resource.kind not in ("define", "class") or resource.virtual or resource.evaluated:
                continue
            if is_component(self, resource):
                self._evaluate_component(resource)

    def _evaluate_component(self, resource: Resource) -> None:
        definition = resource.definition
        assert definition is not None
        resource.evaluated = True
        try:
            parent_scope(self, definition)
            self.evaluate_parameters(resource, definition)
        except InternalError as error:
            raise error.as_compiler_failure() from error
        except PreformattedError:
            raise
        except EvaluationError as error:
            raise EvaluationError(
                f"Evaluation Error: Error while evaluating a Resource Statement, {error.message}",
                resource.place,
                code=error.code,
                hint=error.hint,
            ) from error

    def evaluate_parameters(self, resource: Resource, definition: Definition) -> Scope:
        """Give a component its final parameters, and make the service resources that it exports."""
        scope = code_scope(self, resource, definition)
        consume(self, resource)
        set_parameters(self, resource, definition, scope)
        for made in produce(self, resource, scope):
            self.values.fill(made)
        return scope

    def _validated(self) -> Iterator[EvaluationError]:
        self._prune()
        for fault in check_relationships(self):
            if fault.code != "unknown-resource" or self._is_about_components(fault):
                yield fault
        yield from check_titles(self)

    def _is_about_components(self, fault: EvaluationError) -> bool:
        """Whether what is missing is a component of another node: all else may come from a body."""
        missing = fault.text.split("'")[1]
        type_name, _, title = missing.removesuffix("]").partition("[")
        return (type_name, title) in self.shared.known

    def _prune(self) -> None:
        if self._site is not None:
            for resource in self.catalog.below(self._site):
                self.catalog.remove(resource)

    # --- hooks ------------------------------------------------------------------------------------

    def add_resource(self, scope: Scope, resource: Resource) -> None:
        """Instances wait for their turn; in an instance's body only what is mapped to this node counts."""
        if resource.kind == "application":
            self._applications.append(resource)
            refuse_app_outside_site(scope, resource)
            return
        if self._mapped_here is not None and resource.key not in self._mapped_here:
            return
        if self._mapped_here is None and resource.native is not None:
            check_title(resource.native, resource.title)
        self.catalog.add(resource)
        if resource.kind != "class":
            if resource.value("stage") is not None:
                raise EvaluationError(
                    f"Only classes can set 'stage'; normal resources like {resource.reference} cannot "
                    "change run stage",
                    code="stage",
                )
            if scope.frame.resource is not None:
                self.catalog.contain(scope.frame.resource, resource)

    def evaluate_classes(self, names: Iterable[str], scope: Scope, *, lazily: bool) -> None:
        """Classes are evaluated at once, but in an instance's body none: those mapped here come later."""
        if self._mapped_here is not None:
            return
        for resource in self.ensure_classes(self.find_classes(names), scope):
            if not lazily and not resource.evaluated:
                self._evaluate_class(resource)

    def _evaluate_class(self, resource: Resource) -> None:
        definition = resource.definition
        assert definition is not None
        resource.evaluated = True
        if is_component(self, resource):
            parent_scope(self, definition)
            self.evaluate_parameters(resource, definition)
            return
        scope = code_scope(self, resource, definition)
        set_parameters(self, resource, definition, scope)
        try:
            self.interpreter.evaluate(definition.body, scope)
        except (NextSignal, ReturnSignal):
            return
        except ControlSignal as signal:
            raise illegal_jump(signal, "class") from signal

    def collects_faults_in(self, scope: Scope) -> bool:  # noqa: ARG002 - nowhere
        """A node's catalog is compiled whole or not at all."""
        return False

    def record_fault(self, error: EvaluationError) -> None:
        """Take a fault, with the node in its text."""
        if isinstance(error, InternalError):
            error = error.as_compiler_failure()
        self.faults.append(error)

    def find_service_resource(self, type_name: str, title: str) -> Resource | Unknown | None:
        """A service resource that another node made."""
        return self.values.find(self, type_name, title)


def trusted_facts(certname: str) -> dict[str, Value]:
    """``$trusted`` as it is for a node whose certificate has no extensions."""
    hostname, _, domain = certname.partition(".")
    return {
        "authenticated": "remote",
        "certname": certname,
        "domain": domain or None,
        "hostname": hostname,
        "extensions": {},
        "external": {},
    }


def node_block(blocks: dict[str, Definition], name: str) -> Definition | None:
    """The node block that counts for a certname in lower case: by name, by pattern, the default."""
    exact = blocks.get(name)
    if exact is not None and exact.match is None:
        return exact
    for block in blocks.values():
        if block.match is not None and block.match.search(name):
            return block
    return blocks.get("default")


def components_on(resource: Resource, certname: str) -> frozenset[tuple[str, str]]:
    """The components that an instance assigns to a node.

    Raises:
        EvaluationError: the instance's mapping is not one.
    """
    mapping = resource.value("nodes")
    if mapping is None or isinstance(mapping, Unknown):
        return frozenset()
    name = resource.reference
    if not isinstance(mapping, dict):
        raise _bad_mapping(resource, f"Invalid node mapping in {name}: Mapping must be a hash")
    seen: set[tuple[str, str]] = set()
    mine: set[tuple[str, str]] = set()
    for key, value in mapping.items():
        if not isinstance(key, ResourceType) or key.type_name != "Node":
            raise _bad_mapping(resource, f"Invalid node mapping in {name}: Key {shown(key)} is not a Node")
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Unknown):
                continue
            if not isinstance(item, ResourceType | ClassType):
                raise _bad_mapping(
                    resource, f"Invalid node mapping in {name}: Value {shown(item)} is not a resource"
                )
            reference = key_of(item)
            if reference in seen:
                raise _bad_mapping(
                    resource, f"Application {name} maps component {item.reference} to multiple nodes"
                )
            seen.add(reference)
            if (key.title or "") == certname:
                mine.add(reference)
    return frozenset(mine)


def _bad_mapping(resource: Resource, text: str) -> EvaluationError:
    return EvaluationError(
        text,
        code="node-mapping",
        hint="Write nodes => { Node['web1.example'] => Type['title'] }, each component once.",
        about=resource.place,
    )


def node_message(error: EvaluationError, certname: str) -> str:
    """A node's fault as Puppet prints it."""
    return f"{with_place(error.text, error.place)} on node {certname}"


def required_service_resources(resource: Resource) -> tuple[Value, ...]:
    """What a component waits for without taking data."""
    return references_in(resource.value("require")) + references_in(resource.value("subscribe"))
