"""The catalogs of all nodes: each producer before its consumers, until nothing more comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from appo_tui.environment.facts import Facts
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.scope import NodeData
from appo_tui.model.environment_graph import InstanceMapping, relationship_references
from appo_tui.model.node_compilation import NodeCompilation
from appo_tui.model.service_values import ServiceValues, StoredResource
from appo_tui.model.shared_code import SharedCode


@dataclass(frozen=True, slots=True)
class NodeCatalog:
    """What a node's compilation came to.

    Attributes:
        certname: the node.
        compilation: its catalog.
        faults: what is wrong; Puppet reports the first.
    """

    certname: str
    compilation: NodeCompilation
    faults: tuple[EvaluationError, ...]


@dataclass(frozen=True, slots=True)
class CatalogInputs:
    """What all nodes' compilations share."""

    definitions: Definitions
    settings: CompilerSettings
    hiera: Hiera | None
    facts: Facts
    shared: SharedCode


def compile_nodes(
    certnames: Iterable[str],
    inputs: CatalogInputs,
    values: ServiceValues,
    mappings: Iterable[InstanceMapping] = (),
) -> dict[str, NodeCatalog]:
    """Compile every node; one whose catalog has a fault gives nothing to others.

    Nodes that fail are compiled again as long as others make progress, as agents do that keep running.
    """
    names = list(dict.fromkeys(certnames))
    pending = _producers_first(names, mappings)
    done: dict[str, NodeCatalog] = {}
    progress = True
    while pending and progress:
        progress = False
        failed = []
        for certname in pending:
            catalog = _compile(certname, inputs, values)
            done[certname] = catalog
            if catalog.faults:
                failed.append(certname)
            else:
                progress = True
                store(catalog, values)
        pending = [name for name in failed if _may_come_right(done[name])]
    return {name: done[name] for name in names}


def _may_come_right(catalog: NodeCatalog) -> bool:
    return any(fault.code == "not-produced-yet" for fault in catalog.faults)


def _compile(certname: str, inputs: CatalogInputs, values: ServiceValues) -> NodeCatalog:
    facts = inputs.facts
    node = NodeData(certname, facts.of(certname), facts_known=facts.known(certname))
    compilation = NodeCompilation(
        inputs.definitions, inputs.settings, inputs.hiera, values, node, inputs.shared
    )
    compilation.compile()
    return NodeCatalog(certname, compilation, tuple(compilation.faults))


def store(catalog: NodeCatalog, values: ServiceValues) -> None:
    """Keep what a node produces, for those that consume it."""
    for resource in catalog.compilation.catalog:
        if resource.producer is None:
            continue
        parameters = {
            name: parameter.value for name, parameter in resource.parameters.items() if name != "require"
        }
        origins = {name: parameter.origin for name, parameter in resource.parameters.items()}
        values.add(
            StoredResource(
                resource.type_name, resource.title, parameters, catalog.certname,
                catalog.compilation.environment_name, origins,
            )
        )  # fmt: skip


def _producers_first(names: list[str], mappings: Iterable[InstanceMapping]) -> list[str]:
    """The nodes in an order in which most values are there when they are needed."""
    exporters: dict[str, str] = {}
    needs: dict[str, list[str]] = {}
    for mapping in mappings:
        for component in mapping.components:
            certname = mapping.nodes.get(component.key)
            if certname is None:
                continue
            for reference in relationship_references(component, "export"):
                exporters.setdefault(reference, certname)
            needs.setdefault(certname, []).extend(relationship_references(component, "consume"))
    edges = {
        certname: [exporters[reference] for reference in references if reference in exporters]
        for certname, references in needs.items()
    }
    return _depth_first(names, edges)


def _depth_first(names: list[str], edges: Mapping[str, list[str]]) -> list[str]:
    wanted, order, seen = set(names), [], set()
    for name in names:
        stack = [(name, iter(edges.get(name, ())))] if name not in seen else []
        seen.add(name)
        while stack:
            current, needed = stack[-1]
            following = next((other for other in needed if other not in seen), None)
            if following is None:
                stack.pop()
                if current in wanted:
                    order.append(current)
            else:
                seen.add(following)
                stack.append((following, iter(edges.get(following, ()))))
    return order
