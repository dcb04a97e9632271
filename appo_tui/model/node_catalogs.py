"""The catalogs of all nodes: each producer before its consumers, until nothing more comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from appo_tui.environment.facts import Facts
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.hiera.lookup import Hiera
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.scope import NodeData
from appo_tui.model.environment_graph import InstanceMapping, relationship_references
from appo_tui.model.node_compilation import NodeCompilation
from appo_tui.model.reuse.kept import KeptNode
from appo_tui.model.reuse.node_reuse import keep_node, settle_mappings, take_over_node
from appo_tui.model.reuse.rereading import Rereading
from appo_tui.model.service_values import ServiceValues, stored
from appo_tui.model.sharing.shared_code import SharedCode


class NodeCatalog(msgspec.Struct, frozen=True):
    """What a node's compilation came to.

    Attributes:
        certname: the node.
        faults: what is wrong; Puppet reports the first.
        kept: what another reading can take over, or what this one has.
        compiled: its catalog; None if all of it was taken over.
    """

    certname: str
    faults: tuple[EvaluationError, ...]
    kept: KeptNode | None
    compiled: NodeCompilation | None

    @property
    def compilation(self) -> NodeCompilation:
        """Its catalog, of a node that was compiled."""
        assert self.compiled is not None
        return self.compiled


@dataclass(frozen=True, slots=True)
class CatalogInputs:
    """What all nodes' compilations share."""

    definitions: Definitions
    settings: CompilerSettings
    hiera: Hiera | None
    facts: Facts
    shared: SharedCode
    rereading: Rereading | None = None


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
    if names and inputs.rereading is not None:
        settle_mappings(inputs.definitions, inputs.rereading)
    pending = _producers_first(names, mappings)
    done: dict[str, NodeCatalog] = {}
    progress = True
    while pending and progress:
        progress = False
        failed = []
        for certname in pending:
            catalog = taken_over(certname, inputs, values) or _compile(certname, inputs, values)
            done[certname] = catalog
            if catalog.faults:
                failed.append(certname)
            elif catalog.kept is not None:
                progress = True
                for resource in catalog.kept.stored:
                    values.add(resource)
            else:
                progress = True
                store(catalog.compilation, values)
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
    with inputs.definitions.ledger.apart() as noted:
        compilation.compile()
    kept = None
    if inputs.rereading is not None:
        kept = keep_node(compilation, inputs.rereading, noted, facts.given.get(certname))
    return NodeCatalog(certname, tuple(compilation.faults), kept, compilation)


def taken_over(certname: str, inputs: CatalogInputs, values: ServiceValues) -> NodeCatalog | None:
    """What a node came to in the last reading, if that still holds."""
    if inputs.rereading is None:
        return None
    kept = take_over_node(
        certname, inputs.rereading, inputs.shared, inputs.facts.given.get(certname), values
    )
    return NodeCatalog(certname, (), kept, None) if kept is not None else None


def store(compilation: NodeCompilation, values: ServiceValues) -> None:
    """Keep what a node produces, for those that consume it."""
    for resource in compilation.catalog:
        if resource.producer is not None:
            values.add(stored(resource, str(compilation.node.certname), compilation.environment_name))


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
