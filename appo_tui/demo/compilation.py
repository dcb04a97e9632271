"""What a simulated node compiles: all of its catalog, the bodies of components included.

The program's own model stops at components, because Puppet on the node does the rest. Here that Puppet is
simulated, by the same evaluator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from appo_tui.environment import Environment
from appo_tui.environment.modules import find_modules
from appo_tui.evaluator import language
from appo_tui.evaluator.collecting import realize
from appo_tui.evaluator.compilation import Compilation
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.evaluating import code_scope, declared_types, parent_scope, run_body, set_parameters
from appo_tui.evaluator.faults import EvaluationError, InternalError
from appo_tui.evaluator.functions.errors import ControlSignal
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.jumps import illegal_jump
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.manifests import ManifestCache
from appo_tui.evaluator.node_blocks import node_block
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.scope import NodeData, Scope
from appo_tui.evaluator.values import Unknown
from appo_tui.model.finishing import finish
from appo_tui.model.node_compilation import trusted_facts
from puppet_grammar import nodes

assert language.RULE_MODULES


class SimulatedCompilation(Compilation):
    """The compilation of a catalog from a manifest and modules, as ``puppet apply`` does it.

    Attributes:
        undecided: what could not be told without a real node, and so is left out: messages with places.
    """

    def __init__(self, environment: Environment, certname: str, facts: Mapping[str, object]) -> None:
        definitions = Definitions(environment, ManifestCache())
        node = NodeData(certname, dict(facts), facts_known=True)
        super().__init__(definitions, CompilerSettings(), node, None)
        definitions.declare_types = self._declare_types
        node.top = {
            "facts": dict(facts),
            "trusted": trusted_facts(certname),
            "server_facts": {"environment": environment.name},
            "environment": environment.name,
        }
        self.undecided: list[str] = []

    def compile(self) -> None:
        """Compile.

        Raises:
            EvaluationError: the first that is wrong.
        """
        try:
            self.definitions.load_main()
            self._evaluate_main()
            self._evaluate_node_block()
            self._evaluate_the_rest()
        except ControlSignal as signal:
            raise illegal_jump(signal, "main") from signal
        for fault in finish(self):
            raise fault

    def _declare_types(self, definition: Definition) -> None:
        definition.types = declared_types(self, definition)

    def _evaluate_main(self) -> None:
        main = self.top.frame.resource
        assert main is not None
        self.catalog.add(main)
        for manifest in self.definitions.main:
            self.top.manifest = manifest
            self.interpreter.evaluate(manifest.program, self.top)

    def _evaluate_node_block(self) -> None:
        definition = node_block(self.definitions.nodes, str(self.node.certname))
        if definition is None:
            return
        block = Resource("Node", definition.name, "node", self.top, definition.place, definition=definition)
        self.add_resource(self.top, block)
        self.node_scope = code_scope(self, block, definition)
        run_body(self, definition, self.node_scope)

    def _evaluate_the_rest(self) -> None:
        """Defines, one after another, until none is left: each may declare more, or realize it."""
        while True:
            realize(self)
            waiting = [
                each
                for each in self.catalog
                if each.kind in ("define", "class") and not each.evaluated and not each.virtual
            ]
            if not waiting:
                return
            for resource in waiting:
                self._evaluate(resource)

    def _evaluate(self, resource: Resource) -> None:
        definition = resource.definition
        assert definition is not None
        resource.evaluated = True
        parent_scope(self, definition)
        scope = code_scope(self, resource, definition)
        set_parameters(self, resource, definition, scope)
        run_body(self, definition, scope)

    # --- what a compilation decides ---------------------------------------------------------------

    def add_resource(self, scope: Scope, resource: Resource) -> None:
        """Take a resource, as part of what declares it; a class is part of what declares it first."""
        self.catalog.add(resource)
        around = scope.frame.resource
        if around is not None and resource.kind != "class":
            self.catalog.contain(around, resource)

    def evaluate_classes(self, names: Iterable[str], scope: Scope, *, lazily: bool) -> None:
        """Have classes in the catalog; unless lazily, run their code."""
        for resource in self.ensure_classes(self.find_classes(names), scope):
            if not lazily and not resource.evaluated:
                self._evaluate(resource)

    def collects_faults_in(self, scope: Scope) -> bool:  # noqa: ARG002 - nowhere
        """A node's catalog is compiled whole or not at all."""
        return False

    def record_fault(self, error: EvaluationError) -> None:
        """There is none to go on after."""
        raise error.as_compiler_failure() if isinstance(error, InternalError) else error

    def find_service_resource(self, type_name: str, title: str) -> Resource | Unknown | None:  # noqa: ARG002
        """All that a node uses is declared in its own manifest."""
        return None

    def note_undecided(self, node: nodes.Node, scope: Scope, reason: Unknown) -> None:
        """Take what only a real node could tell."""
        place = scope.manifest.line_place(node)
        self.undecided.append(f"{place.file}:{place.line}: the simulation leaves this out: {reason.reason}")


def environment_of(
    name: str, root: Path, modulepath: tuple[Path, ...], manifests: tuple[Path, ...]
) -> Environment:
    """The environment that a command line of ``puppet apply`` stands for."""
    return Environment(name, root, modulepath, find_modules(modulepath), manifests, root)
