"""From files and facts to catalogs: the environment's, and each node's."""

from __future__ import annotations

from dataclasses import dataclass

from appo_tui.environment import Environment, Facts
from appo_tui.evaluator.consulting import Ledger
from appo_tui.evaluator.faults import BareError, EvaluationError
from appo_tui.evaluator.hiera import Hiera
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.manifests import ManifestCache
from appo_tui.model.environment_compilation import EnvironmentCompilation
from appo_tui.model.environment_graph import (
    InstanceMapping,
    check_mapping,
    check_prerequisites,
    map_instances,
)
from appo_tui.model.node_catalogs import CatalogInputs, NodeCatalog, compile_nodes
from appo_tui.model.node_mapping import components_on
from appo_tui.model.reuse.kept import LastReading, ReadingCache
from appo_tui.model.reuse.rereading import Rereading
from appo_tui.model.service_values import ServiceValues
from appo_tui.model.sharing.shared_code import SharedCode


@dataclass(frozen=True, slots=True)
class Resolution:
    """Everything that was compiled.

    Attributes:
        environment: what was read.
        compilation: the environment catalog.
        catalog_faults: what is wrong with it; Puppet reports the first.
        graph_faults: what is wrong with the node mappings.
        mappings: the instances, their components and nodes.
        nodes: the catalogs by certname.
        kept: what another reading can take over; None where none is kept.
    """

    environment: Environment
    compilation: EnvironmentCompilation
    catalog_faults: tuple[EvaluationError, ...]
    graph_faults: tuple[EvaluationError, ...]
    mappings: tuple[InstanceMapping, ...]
    nodes: dict[str, NodeCatalog]
    kept: LastReading | None = None

    @property
    def error(self) -> EvaluationError | None:
        """The fault that Puppet would report for the environment, or None."""
        return next(iter((*self.catalog_faults, *self.graph_faults)), None)

    @property
    def error_message(self) -> str | None:
        """The fault's text, as Puppet Server gives it."""
        if self.catalog_faults:
            if isinstance(self.catalog_faults[0], BareError):
                return self.catalog_faults[0].text
            return f"{self.catalog_faults[0].message} in environment {self.environment.name}"
        return self.graph_faults[0].message if self.graph_faults else None


def resolve(
    environment: Environment,
    facts: Facts,
    *,
    settings: CompilerSettings | None = None,
    values: ServiceValues | None = None,
    cache: ManifestCache | None = None,
    more_nodes: tuple[str, ...] = (),
    each_node_anew: bool = False,
    last: LastReading | None = None,
) -> Resolution:
    """Compile the environment and all its nodes.

    Args:
        environment: where the files are.
        facts: what is known of nodes; nodes that have facts are compiled too.
        settings: Puppet's settings.
        values: service resources that earlier runs left behind.
        cache: parsed files, to be used again.
        more_nodes: further certnames to compile.
        each_node_anew: evaluate all code for each node, as Puppet does, and share nothing among them.
        last: the last reading, of what only that is resolved which has changed.

    Raises:
        InDoubtError: something that was taken over may be wrong; it has to be done without ``last``.
    """
    settings = settings or CompilerSettings()
    values = values or ServiceValues()
    definitions = Definitions(environment, cache or ManifestCache())
    definitions.strict = settings.strict
    hiera = read_hiera(environment, definitions.ledger)
    compilation = EnvironmentCompilation(definitions, settings, hiera, values)
    if isinstance(cache, ReadingCache) and not each_node_anew:
        compilation.rereading = Rereading(last, definitions, settings)
    compilation.compile()
    mappings = tuple(map_instances(compilation))
    graph_faults = tuple(
        fault
        for mapping in mappings
        for fault in (*check_mapping(mapping), *check_prerequisites(mapping))
    )
    known = frozenset(
        (resource.type_name, resource.title) for resource in compilation.catalog if resource.kind != "site"
    )
    certnames = [name for mapping in mappings for name in mapping.certnames]
    shared = SharedCode(
        compilation, known, _mapping_fault(mappings), is_off=each_node_anew
    )
    for mapping in mappings:
        shared.add(mapping)
    rereading = compilation.rereading
    inputs = CatalogInputs(definitions, settings, hiera, facts, shared, rereading)
    nodes = compile_nodes([*certnames, *facts.certnames(), *more_nodes], inputs, values, mappings)
    shares = (shared.has_main, shared.has_site)
    kept = rereading.result(compilation, shares) if rereading is not None else None
    return Resolution(
        environment, compilation, tuple(compilation.faults), graph_faults, mappings, nodes, kept
    )


def _mapping_fault(mappings: tuple[InstanceMapping, ...]) -> EvaluationError | None:
    """What every node's compilation would say of the instances' mappings."""
    for mapping in mappings:
        try:
            components_on(mapping.instance, "")
        except EvaluationError as error:
            return error
    return None


def read_hiera(environment: Environment, ledger: Ledger) -> Hiera | None:
    """The data of the environment and of its modules; None where there is none."""
    from appo_tui.evaluator.hiera import read_layer

    for root in (environment.root, *(module.root for module in environment.modules.values())):
        ledger.note_file(root / "hiera.yaml")
    own = environment.hiera_configuration
    modules = {
        module.name: module.root / "hiera.yaml"
        for module in environment.modules.values()
        if (module.root / "hiera.yaml").is_file()
    }
    if own is None and not modules:
        return None
    layers = {name: read_layer(file, of_module=True) for name, file in modules.items()}
    hiera = Hiera(read_layer(own) if own is not None else None, layers)
    hiera.files.ledger = ledger
    return hiera
