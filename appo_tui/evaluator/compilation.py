"""What all compilations have in common: code runs, resources are declared, a catalog is finished."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Final

from appo_tui.environment.places import Place
from appo_tui.evaluator import types
from appo_tui.evaluator.catalog import Catalog
from appo_tui.evaluator.collecting import Collector
from appo_tui.evaluator.context import ModuleFiles
from appo_tui.evaluator.declaring import ensure_class
from appo_tui.evaluator.definitions import METAPARAMETERS, Definition
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.interpreter import CompilerSettings, Interpreter
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.manifests import NO_MANIFEST, Manifest
from appo_tui.evaluator.resource import Resource, capitalised
from appo_tui.evaluator.scope import MISSING, Frame, NodeData, Scope, TopScope
from appo_tui.evaluator.type_aliases import read_alias, without_itself
from appo_tui.evaluator.types import PuppetType, ResourceType, TypeAlias, TypeReference
from appo_tui.evaluator.values import Unknown, Value
from puppet_grammar import nodes

MAIN_VARIABLES: Final[Mapping[str, Value]] = {"title": "main", "name": "main", "module_name": ""}
"""What top scope has before any code has run."""


class Compilation(ABC):
    """One run of an environment's code, which fills a catalog.

    Subclasses say what the environment's compilation and a node's do differently.

    Attributes:
        catalog: what has been declared.
        top: the top scope.
        class_scopes: the scopes of the classes that were evaluated, by name.
        checked: resources whose parameters are known to fit, which ``finish`` does not check again.
        settled: resources that an earlier compilation has finished, and has found to be right.
    """

    def __init__(
        self, definitions: Definitions, settings: CompilerSettings, node: NodeData, hiera: Hiera | None
    ) -> None:
        self.definitions = definitions
        self.settings = settings
        self.node = node
        self.hiera = hiera
        self.files = ModuleFiles(definitions.environment, definitions.ledger)
        self.interpreter = Interpreter(definitions, settings)
        self.interpreter.compilation = self
        self.catalog = Catalog()
        self.collectors: list[Collector] = []
        self.to_realize: list[tuple[str, str]] = []
        self._types = definitions.types_by_name
        self.class_scopes: dict[str, Scope] = {}
        self.warnings: dict[tuple[str, Place], None] = {}
        self.checked: set[Resource] = set()
        self.settled: set[Resource] = set()
        self.node_scope: Scope | None = None
        self.main = Definition("main", "", (), None, NO_MANIFEST, nodes.Nop(0, 0), "")
        frame = Frame(None, self.main, None, "")
        self.top = TopScope(frame, NO_MANIFEST, node)
        self.top.variables.update(MAIN_VARIABLES)
        frame.resource = Resource("Class", "main", "class", self.top, None, definition=self.main)

    def end(self) -> None:
        """Let go of what refers back to it: its memory is free with its last user then, no cycle keeps it."""
        self.top.frame.resource = None
        del self.interpreter.compilation

    @property
    def environment_name(self) -> str:
        """The environment's name."""
        return self.definitions.environment.name

    # --- what a compilation decides ---------------------------------------------------------------

    @abstractmethod
    def add_resource(self, scope: Scope, resource: Resource) -> None:
        """Take a declared resource."""

    @abstractmethod
    def evaluate_classes(self, names: Iterable[str], scope: Scope, *, lazily: bool) -> None:
        """Have classes in the catalog; unless lazily, run their code."""

    @abstractmethod
    def collects_faults_in(self, scope: Scope) -> bool:
        """Whether a block goes on after a statement that failed."""

    @abstractmethod
    def record_fault(self, error: EvaluationError) -> None:
        """Take a fault that did not end the compilation."""

    @abstractmethod
    def find_service_resource(self, type_name: str, title: str) -> Resource | Unknown | None:
        """A service resource that another catalog made."""

    # --- names ------------------------------------------------------------------------------------

    def named_type(self, name: str) -> PuppetType | None:
        """A type of the type system, a native resource type or a define; if it is none of these, an alias."""
        found = self._types.get(name)
        if found is None:
            with self.definitions.ledger.apart():  # what the name stands for is not what that says
                found = self._find_type(name)
            if found is not None:
                self._types[name] = found
        return found

    def _find_type(self, name: str) -> PuppetType | None:
        found = types.named_type(name)
        if found is not None:
            return found
        resource_type = self._resource_type(name)
        if resource_type is not None:
            return resource_type
        alias = self.definitions.find_type_alias(name.removeprefix("::"))
        if alias is None:
            return None
        return self._alias(name, *alias)

    def _alias(self, name: str, node: nodes.TypeAlias, manifest: Manifest) -> PuppetType:
        """An alias, and what it stands for: that may name the alias itself."""
        stands_for: list[PuppetType] = [TypeReference()]
        alias = self._types[name] = TypeAlias(node.name, lambda: stands_for[0])
        try:
            stands_for[0] = read_alias(self, node, manifest)
            stands_for[0] = without_itself(alias)
        except EvaluationError:
            del self._types[name]
            raise
        return alias

    def _resource_type(self, name: str) -> PuppetType | None:
        if name.lower() in ("node", "whit", "component"):
            return ResourceType(capitalised(name))
        segments = name.removeprefix("::").split("::")
        for length in range(1, len(segments)):
            self.definitions.find_define("::".join(segments[:length]))  # as Puppet, which reads init.pp so
        native = self.definitions.find_native(name.removeprefix("::").lower())
        if native is None and self.definitions.find_define(name) is None:
            return None
        return ResourceType(capitalised(name))

    def qualified_variable(self, name: str) -> Value:
        """A variable of a class, ``a::b``; ``MISSING`` if it or the class is not there."""
        class_name, _, variable = name.rpartition("::")
        if not class_name:
            return self.top.find(variable)
        if class_name == "settings":
            return self._setting(variable)
        self.node.was_read = self.node.catalog_was_read = True
        scope = self.class_scopes.get(class_name.lower())
        if scope is None:
            return MISSING
        if variable in scope.variables:
            return scope.variables[variable]
        outer = scope.outer
        return outer.find(variable) if outer is not None and not outer.is_top else MISSING

    def _setting(self, name: str) -> Value:
        """A setting of Puppet, as far as the environment tells it."""
        environment = self.definitions.environment
        known: dict[str, Value] = {
            "environment": self.environment_name,
            "environmentpath": str(environment.root.parent),
            "modulepath": ":".join(map(str, environment.modulepath)),
            "strict": self.settings.strict,
        }
        return known.get(name, Unknown(f"the setting {name} of Puppet is not known before a run"))

    def find_resource(self, type_name: str, title: str) -> Resource | Unknown | None:
        """A resource of the catalog; a service resource may come from another one."""
        self.note_search()
        name = capitalised(type_name)
        found = self.catalog.find(name, capitalised(title) if name == "Class" else title)
        if found is not None:
            return found
        native = self.definitions.find_native(name.lower())
        if native is not None and native.is_capability:
            return self.find_service_resource(name, title)
        return None

    def note_search(self) -> None:
        """Note that something depends on which resources there are, which differs from node to node."""
        self.node.was_read = self.node.catalog_was_read = True
        self.catalog.was_searched = True

    def is_parameter(self, resource: Resource, name: str) -> bool:
        """Whether the resource's type has this attribute."""
        if name in METAPARAMETERS:
            return True
        if resource.native is not None:
            return resource.native.has_parameter(name)
        return resource.definition is not None and resource.definition.has_parameter(name)

    # --- what code says besides -------------------------------------------------------------------

    def warn_unknown_variable(self, name: str, node: nodes.Node, scope: Scope) -> None:
        """Remember a variable that is not there."""
        if self.settings.strict != "off":
            self.warnings[f"Unknown variable: '{name}'.", scope.manifest.place(node)] = None

    def note_undecided(  # noqa: B027 - few have use for it
        self, node: nodes.Node, scope: Scope, reason: Unknown
    ) -> None:
        """Take a choice that can't be made before the run."""

    def log(self, level: str, message: str, place: Place) -> None:  # noqa: B027 - few have use for it
        """Take what ``notice()`` and its like say; nothing here shows it."""

    # --- classes ----------------------------------------------------------------------------------

    def find_classes(self, names: Iterable[str]) -> list[Definition]:
        """The classes of these names.

        Raises:
            EvaluationError: there is no such class.
        """
        found = []
        for name in names:
            definition = self.definitions.find_class(name)
            if definition is None:
                raise EvaluationError(
                    f"Could not find class {name} for {self.node.certname or self.environment_name}",
                    code="unknown-class",
                    hint="Add the module that brings it, or correct its name.",
                )
            found.append(definition)
        return found

    def ensure_classes(self, definitions: Iterable[Definition], scope: Scope) -> list[Resource]:
        """Resources of those classes that were not evaluated yet."""
        return [
            ensure_class(self, definition, scope)
            for definition in definitions
            if definition.name not in self.class_scopes
        ]
