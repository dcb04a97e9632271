"""The environment catalog: all application instances, across all nodes, as Puppet compiles it.

No node, no facts, no node blocks. Instances' bodies are evaluated, components are only declared. The order
of the steps is Puppet's, because it decides which of several faults Puppet reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from appo_tui.evaluator import language
from appo_tui.evaluator.compilation import MAIN_VARIABLES, Compilation
from appo_tui.evaluator.consulting import Need
from appo_tui.evaluator.evaluating import code_scope, declared_types, run_body, set_parameters
from appo_tui.evaluator.faults import EvaluationError, InternalError, faults_of
from appo_tui.evaluator.functions.errors import ControlSignal
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.jumps import illegal_jump
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.scope import NodeData, Scope
from appo_tui.evaluator.titles import check_title
from appo_tui.evaluator.values import Unknown
from appo_tui.model.finishing import finish
from appo_tui.model.reuse.taking_over import (
    BodyBegun,
    declare_kept_body,
    declare_kept_site,
    keep_body,
    keep_site,
    put_back_instances,
)
from appo_tui.model.service_values import ServiceValues
from appo_tui.model.sharing.site_statements import SiteStatement, run_statements
from appo_tui.model.validation import (
    check_capability_references,
    check_relationships,
    check_site,
    check_stage,
    check_titles,
    is_component,
    requires_capability,
)

if TYPE_CHECKING:
    from appo_tui.evaluator.definitions import Definition
    from appo_tui.model.reuse.rereading import Rereading

assert language.RULE_MODULES

_COLLECTING = ("main", "site", "application")


class EnvironmentCompilation(Compilation):
    """The compilation of the environment catalog.

    Attributes:
        faults: what is wrong, in the order in which Puppet would meet it; it stops at the first.
        reads_node: instances, "main" and "site": whether their code has to be evaluated for each node.
        load_fault: what ended the reading of the top-level manifests, and ends every node's compilation.
        main_faults: the faults of top-level code.
        site_faults: the faults of the site.
        site_scope: the scope of the site, if that was evaluated.
        site_statements: what each of the site's statements did then.
        site_needs: what it has looked at.
        rereading: what can be taken over from the last reading; None where none is looked back on.
        taken_over: instances and components of the last reading.
    """

    def __init__(
        self,
        definitions: Definitions,
        settings: CompilerSettings,
        hiera: Hiera | None,
        values: ServiceValues,
    ) -> None:
        super().__init__(definitions, settings, NodeData(None, {}, facts_known=True), hiera)
        self.faults: list[EvaluationError] = []
        self.reads_node: dict[str, bool] = {}
        self.load_fault: EvaluationError | None = None
        self.main_faults: tuple[EvaluationError, ...] = ()
        self.site_faults: tuple[EvaluationError, ...] = ()
        self.site: Resource | None = None
        self.values = values
        self.site_scope: Scope | None = None
        self.site_statements: tuple[SiteStatement, ...] = ()
        self.site_needs: Mapping[Need, None] = {}
        self.rereading: Rereading | None = None
        self.taken_over: set[Resource] = set()
        definitions.declare_types = self._declare_types

    def _declare_types(self, definition: Definition) -> None:
        definition.types = declared_types(self, definition)

    # --- steps ------------------------------------------------------------------------------------

    def compile(self) -> None:
        """Compile; whatever is wrong is in ``faults`` afterwards."""
        for step in (
            self._load_main,
            self._evaluate_main,
            self._evaluate_site,
            self._evaluate_applications,
            self._prune,
            lambda: self._collect(check_site(self, self.site)),
            lambda: self._collect(finish(self)),
            lambda: self._collect(check_relationships(self)),
            lambda: self._collect(check_capability_references(self)),
            lambda: self._collect(check_titles(self)),
            lambda: self._collect(self.definitions.further_faults),
        ):
            self._collect(faults_of(step))

    def _collect(self, faults: Iterable[EvaluationError]) -> None:
        for fault in faults:
            self.record_fault(fault)

    def _load_main(self) -> None:
        try:
            self.definitions.load_main()
        except EvaluationError as error:
            self.load_fault = error
            if self.rereading is not None:
                self.rereading.take_nothing_over()
            raise

    def _evaluate_main(self) -> None:
        main = self.top.frame.resource
        assert main is not None
        before = (self.effects, len(self.faults))
        self.catalog.add(main)
        for manifest in self.definitions.main:
            if manifest.program is None:
                continue
            self.top.manifest = manifest
            try:
                self.interpreter.evaluate(manifest.program, self.top)
            except EvaluationError as error:
                self.record_fault(error)
            except ControlSignal as signal:
                self.record_fault(illegal_jump(signal, "main"))
        self._note_reading("main", *before)
        self.main_faults = tuple(self.faults)

    def _evaluate_site(self) -> None:
        definition = self.definitions.site
        main = self.top.frame.resource
        if definition is None or main is None:
            return
        if self.rereading is not None and declare_kept_site(self, self.rereading, definition, main):
            self.reads_node["site"] = False
            return
        self.site = Resource("Site", "site", "site", self.top, definition.place, definition=definition)
        self.catalog.add(self.site)
        self.catalog.contain(main, self.site)
        before = (self.effects, len(self.faults))
        with self.definitions.ledger.apart() as noted:
            self.definitions.ledger.needs[definition.need] = None
            self._run_site(definition, self.site)
        self.site_needs = noted.needs
        self._note_reading("site", *before)
        self.site_faults = tuple(self.faults[before[1]:])
        if self.rereading is not None:
            put_back_instances(self, self.rereading)
            if not self.reads_node["site"] and not self.site_faults:
                keep_site(self, self.rereading, noted.consulted)

    def _run_site(self, definition: Definition, site: Resource) -> None:
        self.site_scope = scope = code_scope(self, site, definition)
        try:
            self.site_statements = run_statements(self, definition, scope)
        except EvaluationError as error:
            self.record_fault(error)

    def _evaluate_applications(self) -> None:
        for resource in self.catalog:
            if resource.kind != "application":
                continue
            if self.rereading is None:
                self._evaluate_application(resource)
            elif not declare_kept_body(self, self.rereading, resource):
                self._evaluate_and_keep(resource, self.rereading)

    def _evaluate_and_keep(self, resource: Resource, rereading: Rereading) -> None:
        before, definition, ledger = BodyBegun.of(self), resource.definition, self.definitions.ledger
        assert definition is not None
        with ledger.apart() as noted:
            ledger.needs[definition.need] = None
            self._evaluate_application(resource)
        keep_body(self, rereading, resource, before, noted.consulted)

    def _evaluate_application(self, resource: Resource) -> None:
        definition = resource.definition
        assert definition is not None
        resource.evaluated = True
        resource.declared = dict(resource.parameters)
        before = (self.effects, len(self.faults))
        scope = code_scope(self, resource, definition)
        try:
            self._consume_as_application(resource)
            set_parameters(self, resource, definition, scope)
        except EvaluationError as error:
            self.record_fault(error)
        else:
            if "title" not in resource.parameters:  # a fault that only the last check sees
                self.checked.add(resource)
        try:
            run_body(self, definition, scope)
        except EvaluationError as error:
            self.record_fault(error)
        self._note_reading(resource.reference, *before)
        if "title" in resource.parameters:  # a fault that only the last check sees
            self.reads_node[resource.reference] = True

    def _consume_as_application(self, resource: Resource) -> None:
        """An application can't consume: there is no mapping for it, and nothing is produced here."""
        from appo_tui.model.mappings import consumed_resources

        consumed_resources(self, resource)

    @property
    def has_effects(self) -> bool:
        """Whether code reaches further than to what it declares: to what other code has declared."""
        return self.effects > 0 or self.catalog.was_searched

    @property
    def effects(self) -> int:
        """How much was declared that is not contained in one instance."""
        catalog = self.catalog
        lists = len(catalog.relationships) + len(catalog.overrides)
        return lists + len(self.collectors) + len(self.to_realize)

    def _note_reading(self, what: str, effects: int, faults: int) -> None:
        """Keep whether a piece of code has to be evaluated again for each node."""
        had_effects = self.effects > effects
        failed = [fault for fault in self.faults[faults:] if _is_not_repeated(fault, what)]
        self.reads_node[what] = self.node.was_read or had_effects or bool(failed)
        self.node.was_read = False

    def _prune(self) -> None:
        """Leave out what top-level code declared outside of the site."""
        main = self.top.frame.resource
        assert main is not None
        kept = {self.site, *self.catalog.below(self.site)} if self.site else set()
        for resource in self.catalog:
            if resource.kind in ("define", "class", "native") and resource not in self.taken_over:
                resource.declared = dict(resource.parameters)
        for resource in self.catalog.below(main):
            if resource not in kept:
                self.catalog.remove(resource)
                if resource.kind == "application" or resource.is_capability or is_component(self, resource):
                    self.reads_node["main"] = True
        directly = self.catalog.children.get(self.site, ()) if self.site else ()
        if any(item.kind != "application" or item.virtual for item in directly):
            self.reads_node["site"] = True
        classes = [item for item in self.catalog if item.kind == "class" and item is not main]
        if not all(_in_instance(item) for item in classes):
            self.reads_node["main"] = self.reads_node["site"] = True

    # --- what nodes take over ---------------------------------------------------------------------

    @property
    def shares_main(self) -> bool:
        """Whether top-level code comes to the same on every node."""
        nodes_differ = self.reads_node.get("main", True) or bool(self.definitions.nodes)
        return not nodes_differ

    @property
    def shares_site(self) -> bool:
        """Whether the site block comes to the same on every node."""
        return not self.reads_node.get("site", False) and not self.main_differs

    @property
    def main_differs(self) -> bool:
        """Whether other code may find top-level code to have set something else on another node."""
        assigned = self.top.variables.keys() > MAIN_VARIABLES.keys() or bool(self.top.frame.defaults)
        return self.reads_node.get("main", True) and assigned

    # --- hooks ------------------------------------------------------------------------------------

    def add_resource(self, scope: Scope, resource: Resource) -> None:
        """Every resource is taken; classes are not contained in what declared them."""
        if resource.native is not None:
            check_title(resource.native, resource.title)
        self.catalog.add(resource)
        if resource.kind != "class":
            check_stage(resource)
            container = scope.frame.resource
            if container is not None:
                self.catalog.contain(container, resource)
        if requires_capability(self, resource):
            resource.unevaluated_consumer = True
        refuse_app_outside_site(scope, resource)

    def evaluate_classes(self, names: Iterable[str], scope: Scope, *, lazily: bool) -> None:  # noqa: ARG002 - always lazily
        """Classes are declared, never evaluated."""
        self.ensure_classes(self.find_classes(names), scope)

    def collects_faults_in(self, scope: Scope) -> bool:
        """Top-level code, the site and applications go on after a fault."""
        return getattr(scope.frame.source, "kind", "") in _COLLECTING

    def record_fault(self, error: EvaluationError) -> None:
        """Take a fault."""
        if isinstance(error, InternalError):
            error = error.as_compiler_failure("EnvironmentCompiler")
        self.faults.append(error)

    def find_service_resource(self, type_name: str, title: str) -> Resource | Unknown | None:
        """A service resource that earlier runs left behind."""
        return self.values.find(self, type_name, title)


def _is_not_repeated(fault: EvaluationError, what: str) -> bool:
    """Whether nodes may not meet a fault: of instances that are declared twice only those on a node count."""
    return what not in ("main", "site") or fault.code == "duplicate-declaration"


def _in_instance(resource: Resource) -> bool:
    declaring = resource.scope.frame.resource
    return declaring is not None and declaring.kind == "application"


def refuse_app_outside_site(scope: Scope, resource: Resource) -> None:
    """Puppet refuses instances of an application that is called App, and only those, outside the site.

    Raises:
        EvaluationError: it is one.
    """
    if resource.type_name != "App":
        return
    container: Resource | None = scope.frame.resource
    while container is not None:
        if container.kind == "site":
            return
        container = container.container
    raise EvaluationError(
        f"Application instances like '{resource.reference}' can only be contained within a Site",
        code="outside-site",
        hint="Move the instance into the site block.",
    )
