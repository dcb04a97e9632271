"""The environment catalog: all application instances, across all nodes, as Puppet compiles it.

No node, no facts, no node blocks. Instances' bodies are evaluated, components are only declared. The order
of the steps is Puppet's, because it decides which of several faults Puppet reports.
"""

from __future__ import annotations

from collections.abc import Iterable

from appo_tui.evaluator import rules
from appo_tui.evaluator.compilation import Compilation
from appo_tui.evaluator.evaluating import code_scope, declared_types, run_body, set_parameters
from appo_tui.evaluator.faults import EvaluationError, InternalError
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.scope import NodeData, Scope
from appo_tui.evaluator.values import Unknown
from appo_tui.model.finishing import finish
from appo_tui.model.service_values import ServiceValues
from appo_tui.model.validation import (
    check_capability_references,
    check_relationships,
    check_site,
    requires_capability,
)

assert rules

_COLLECTING = ("main", "site", "application")


class EnvironmentCompilation(Compilation):
    """The compilation of the environment catalog.

    Attributes:
        faults: what is wrong, in the order in which Puppet would meet it; it stops at the first.
        reads_node: instances, and "main" and "site", whose code asks for what only a node knows.
        undecided: choices that could not be made.
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
        self.site: Resource | None = None
        self.values = values
        definitions.declare_types = self._declare_types

    def _declare_types(self, definition: object) -> None:
        from appo_tui.evaluator.definitions import Definition

        if isinstance(definition, Definition):
            definition.types = declared_types(self, definition)

    # --- steps ------------------------------------------------------------------------------------

    def compile(self) -> None:
        """Compile; whatever is wrong is in ``faults`` afterwards."""
        try:
            self.definitions.load_main()
        except EvaluationError as error:
            self.record_fault(error)
        self._evaluate_main()
        self._evaluate_site()
        self._evaluate_applications()
        self._prune()
        self._collect(check_site(self, self.site))
        self._collect(finish(self))
        self._collect(check_relationships(self))
        self._collect(check_capability_references(self))

    def _collect(self, faults: Iterable[EvaluationError]) -> None:
        for fault in faults:
            self.record_fault(fault)

    def _evaluate_main(self) -> None:
        main = self.top.frame.resource
        assert main is not None
        self.catalog.add(main)
        for manifest in self.definitions.main:
            if manifest.program is None:
                continue
            self.top.manifest = manifest
            try:
                self.interpreter.evaluate(manifest.program, self.top)
            except EvaluationError as error:
                self.record_fault(error)
        self._note_reading("main")

    def _evaluate_site(self) -> None:
        definition = self.definitions.site
        main = self.top.frame.resource
        if definition is None or main is None:
            return
        self.site = Resource("Site", "site", "site", self.top, definition.place, definition=definition)
        self.catalog.add(self.site)
        self.catalog.contain(main, self.site)
        scope = code_scope(self, self.site, definition)
        try:
            run_body(self, definition, scope)
        except EvaluationError as error:
            self.record_fault(error)
        self._note_reading("site")

    def _evaluate_applications(self) -> None:
        for resource in self.catalog:
            if resource.kind == "application":
                self._evaluate_application(resource)

    def _evaluate_application(self, resource: Resource) -> None:
        definition = resource.definition
        assert definition is not None
        resource.evaluated = True
        scope = code_scope(self, resource, definition)
        try:
            self._consume_as_application(resource)
            set_parameters(self, resource, definition, scope)
        except EvaluationError as error:
            self.record_fault(error)
        try:
            run_body(self, definition, scope)
        except EvaluationError as error:
            self.record_fault(error)
        self._note_reading(resource.reference)

    def _consume_as_application(self, resource: Resource) -> None:
        """An application can't consume: there is no mapping for it, and nothing is produced here."""
        from appo_tui.model.mappings import consumed_resources

        consumed_resources(self, resource)

    def _note_reading(self, what: str) -> None:
        self.reads_node[what] = self.node.was_read
        self.node.was_read = False

    def _prune(self) -> None:
        """Leave out what top-level code declared outside of the site."""
        main = self.top.frame.resource
        assert main is not None
        kept = {self.site, *self.catalog.below(self.site)} if self.site else set()
        for resource in self.catalog.below(main):
            if resource not in kept:
                self.catalog.remove(resource)

    # --- hooks ------------------------------------------------------------------------------------

    def add_resource(self, scope: Scope, resource: Resource) -> None:
        """Every resource is taken; classes are not contained in what declared them."""
        self.catalog.add(resource)
        if resource.kind != "class":
            if resource.value("stage") is not None:
                raise EvaluationError(
                    f"Only classes can set 'stage'; normal resources like {resource.reference} cannot "
                    "change run stage",
                    code="stage",
                )
            container = scope.frame.resource
            if container is not None:
                self.catalog.contain(container, resource)
        if requires_capability(self, resource):
            resource.unevaluated_consumer = True
        refuse_app_outside_site(scope, resource)

    def evaluate_classes(self, names: Iterable[str], scope: Scope, *, lazily: bool) -> None:
        """Classes are declared, never evaluated."""
        self.ensure_classes(self.find_classes(names), scope)

    def collects_faults_in(self, scope: Scope) -> bool:
        """Top-level code, the site and applications go on after a fault."""
        return getattr(scope.frame.source, "kind", "") in _COLLECTING

    def record_fault(self, error: EvaluationError) -> None:
        """Take a fault."""
        if isinstance(error, InternalError):
            error = error.as_compiler_failure()
        self.faults.append(error)

    def find_service_resource(self, type_name: str, title: str) -> Resource | Unknown | None:
        """A service resource that earlier runs left behind."""
        return self.values.find(self, type_name, title)


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
