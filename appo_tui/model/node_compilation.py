"""One node's catalog, as far as it decides components and service resources.

Puppet compiles the whole catalog; here the bodies of components are left out, and defines that are no
components are not looked into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from appo_tui.evaluator.node_blocks import node_block
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.scope import NodeData, Scope
from appo_tui.evaluator.titles import check_title
from appo_tui.evaluator.values import Unknown, Value
from appo_tui.model.environment_compilation import refuse_app_outside_site
from appo_tui.model.finishing import check_given, finish, in_statement
from appo_tui.model.mappings import consume, produce, resolve_mappings
from appo_tui.model.node_mapping import Key, components_on
from appo_tui.model.reuse.kept import Used, mapping_need
from appo_tui.model.service_values import ServiceValues
from appo_tui.model.sharing.body_sharing import declare_here, evaluate_site, find_body, set_varying
from appo_tui.model.sharing.shared_code import InstancePart, SharedCode, SharedSite, Waiting
from appo_tui.model.validation import (
    NotDeclaredError,
    check_relationships,
    check_stage,
    check_titles,
    is_component,
)


class NodeCompilation(Compilation):
    """The compilation of one node's catalog.

    Attributes:
        faults: what is wrong, in the order in which Puppet would meet it; it stops at the first.
        shared: what all nodes have in common.
        used: the service resources that it asked other nodes for.
        leaves_faults_out: whether something is only right because of what other nodes have.
        applications: the instances whose bodies are to be evaluated, in order.
        mapped_here: in an instance's body the components that count; None outside.
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
        self.used: list[Used] = []
        self.leaves_faults_out = False
        self.applications: list[Waiting] = []
        self._site: Resource | None = None
        self.mapped_here: frozenset[Key] | None = None
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
            if self.shared.environment.load_fault is not None:
                raise self.shared.environment.load_fault
            resolve_mappings(self.definitions)
            self._main()
            self._instances()
            resolve_mappings(self.definitions)
            realize(self)
            self._evaluate_components()
        except EvaluationError as error:
            self.record_fault(error)
            return
        except ControlSignal as signal:
            self.record_fault(illegal_jump(signal, "main"))
            return
        for fault in (*finish(self), *self._validated()):
            self.record_fault(fault)

    def _main(self) -> None:
        environment = self.shared.environment
        if not self.shared.has_main or self.has_facts_in_the_way:
            self._evaluate_main()
            return
        if environment.main_faults:
            raise environment.main_faults[0]
        self.top.variables = environment.top.variables
        self.top.expressions = environment.top.expressions
        self.top.frame.defaults = environment.top.frame.defaults

    @property
    def has_facts_in_the_way(self) -> bool:
        """Whether top-level code sets a variable that is a fact of this node."""
        return bool(self.shared.environment.top.variables.keys() & self.node.facts.keys())

    def _instances(self) -> None:
        if not self.shared.has_site:
            self._site_for_this_node()
        elif self.shared.environment.site_faults:
            raise self.shared.environment.site_faults[0]
        self._evaluate_node_block()
        if not self.shared.has_site:
            self._evaluate_applications()
            return
        if self.shared.mapping_fault is not None:
            raise self.shared.mapping_fault
        for part in self.shared.on_node(str(self.node.certname)):
            self._take_part(part)
        self._evaluate_applications()

    def _take_part(self, part: InstancePart) -> None:
        """What of an instance is on this node, where the site declares it alike for all nodes."""
        reads_node = self.shared.environment.reads_node.get(part.instance.reference, True)
        if reads_node or any(self.catalog.find(*key) for key in part.keys):
            self._evaluate_instance(part.instance.redeclared(), frozenset(part.keys), part.instance)
        else:
            self._take_over(part.components)

    def await_parts(self, parts: Iterable[InstancePart]) -> None:
        """Take parts of instances, which the environment has declared, in their turn."""
        self.applications += [Waiting(part.instance, part=part) for part in parts]

    def _site_for_this_node(self) -> None:
        """Evaluate the site, or take what it came to on a node that gave the same answers."""
        known = evaluate_site(self)
        if known is not None:
            self._await_instances(known)

    def _await_instances(self, site: SharedSite) -> None:
        here = site.here.get(str(self.node.certname), {})
        for index, keys in sorted(here.items()):
            original = site.instances[index]
            instance = original.redeclared()
            set_varying(self, instance, site.varying, site.made_on)
            self.applications.append(Waiting(instance, frozenset(keys), original))
        if site.broken:
            self.applications.append(Waiting(site.instances[-1]))

    def _evaluate_applications(self) -> None:
        for waiting in self.applications:  # bodies that are evaluated here may add to it
            if waiting.part is not None:
                self._take_part(waiting.part)
                continue
            mine = waiting.keys
            if mine is None:
                mine = components_on(waiting.resource, str(self.node.certname))
            if mine:
                self._evaluate_instance(waiting.resource, mine, waiting.original)

    def _evaluate_instance(
        self, instance: Resource, mine: frozenset[Key], original: Resource | None
    ) -> None:
        """Evaluate an instance's body, or take what it declares on nodes that gave the same answers."""
        body = None if original is None or self.shared.is_off else find_body(self, instance, original)
        if body is None or any(self.catalog.find(*key) for key in mine):
            self._evaluate_application(instance, mine)
            return
        declare_here(self, instance, body, mine)

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

    def evaluate_site(self) -> None:
        """Evaluate the site's code.

        Raises:
            EvaluationError: it can't be evaluated.
        """
        site, definition = self.declare_site(), self.definitions.site
        if site is not None and definition is not None:
            self.definitions.ledger.needs[definition.need] = None
            run_body(self, definition, code_scope(self, site, definition))

    def declare_site(self) -> Resource | None:
        """Put the site, if there is one, into the catalog."""
        definition = self.definitions.site
        if definition is None:
            return None
        self._site = Resource("Site", "site", "site", self.top, definition.place, definition=definition)
        self.catalog.add(self._site)
        return self._site

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
        scope.variables.update(title=definition.name, name=definition.name, module_name=definition.module)
        self.node_scope = scope
        if definition.match is not None:
            match = definition.match.search(name)
            scope.match = (match[0], *match.groups()) if match else None
        run_body(self, definition, scope)

    def _evaluate_application(self, resource: Resource, mine: frozenset[Key]) -> None:
        self.catalog.add(resource)
        self.mapped_here = mine
        try:
            definition = resource.definition
            assert definition is not None
            self.definitions.ledger.needs[definition.need] = None
            scope = code_scope(self, resource, definition)
            set_parameters(self, resource, definition, scope)
            run_body(self, definition, scope)
        finally:
            self.mapped_here = None

    def _evaluate_components(self) -> None:
        for resource in self.catalog:
            if resource.kind not in ("define", "class") or resource.virtual or resource.evaluated:
                continue
            if is_component(self, resource):
                self._evaluate_component(resource)
            elif resource.kind == "define":
                if resource.definition is not None:
                    self.definitions.ledger.needs[resource.definition.need] = None
                check_given(self, resource)

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
            raise in_statement(resource, error) from error

    def evaluate_parameters(self, resource: Resource, definition: Definition) -> Scope:
        """Give a component its final parameters, and make the service resources that it exports."""
        needs = self.definitions.ledger.needs
        needs[definition.need] = needs[mapping_need(definition)] = None
        scope = code_scope(self, resource, definition)
        consume(self, resource)
        set_parameters(self, resource, definition, scope)
        if "title" not in resource.parameters:  # which only the last check sees
            self.checked.add(resource)
        for made in produce(self, resource, scope):
            self.values.fill(made)
        return scope

    def _validated(self) -> Iterator[EvaluationError]:
        self._prune()
        for fault in check_relationships(self):
            if isinstance(fault, NotDeclaredError) and not self._is_component_elsewhere(fault.reference):
                self.leaves_faults_out = True
            else:
                yield fault
        yield from check_titles(self)

    def _is_component_elsewhere(self, reference: str) -> bool:
        """Whether what is missing is a component of another node: all else may come from a body."""
        type_name, _, title = reference.removesuffix("]").partition("[")
        return (type_name, title) in self.shared.known

    def _prune(self) -> None:
        if self._site is not None:
            for resource in self.catalog.below(self._site):
                self.catalog.remove(resource)

    # --- hooks ------------------------------------------------------------------------------------

    def add_resource(self, scope: Scope, resource: Resource) -> None:
        """Instances wait for their turn; in an instance's body only what is mapped to this node counts."""
        if resource.kind == "application":
            self.applications.append(Waiting(resource))
            refuse_app_outside_site(scope, resource)
            return
        if self.mapped_here is not None and resource.key not in self.mapped_here:
            return
        if self.mapped_here is None and resource.native is not None:
            check_title(resource.native, resource.title)
        self.catalog.add(resource)
        if resource.kind != "class":
            check_stage(resource)
            if scope.frame.resource is not None:
                self.catalog.contain(scope.frame.resource, resource)

    def evaluate_classes(self, names: Iterable[str], scope: Scope, *, lazily: bool) -> None:
        """Classes are evaluated at once, but in an instance's body none: those mapped here come later."""
        if self.mapped_here is not None:
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
        needs = self.definitions.ledger.needs
        needs[definition.need] = needs["code", definition.name] = None
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
        self.used.append(Used(type_name, title, self.values.copies(type_name, title)))
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


def node_message(error: EvaluationError, certname: str) -> str:
    """A node's fault as Puppet prints it."""
    return f"{with_place(error.text, error.place)} on node {certname}"
