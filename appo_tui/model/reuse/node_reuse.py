"""Taking over what nodes came to in the last reading, and keeping it for the next."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from operator import is_
from typing import TYPE_CHECKING

from appo_tui.evaluator.consulting import Noted
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.loading import Definitions
from appo_tui.evaluator.resource import Resource
from appo_tui.model.mappings import resolve_mappings
from appo_tui.model.reuse.kept import KeptNode, Used
from appo_tui.model.reuse.likeness import is_same_value
from appo_tui.model.service_values import ServiceValues, StoredResource, stored
from appo_tui.model.sharing.shared_code import SharedCode

if TYPE_CHECKING:
    from appo_tui.model.node_compilation import NodeCompilation
    from appo_tui.model.reuse.rereading import Rereading

_BOUND_BY = frozenset(("export", "consume"))


def settle_mappings(definitions: Definitions, rereading: Rereading) -> None:
    """Give the mappings that were read so far to their components, and see which are others than before."""
    with definitions.ledger.apart(), suppress(EvaluationError):  # which every node's compilation meets
        resolve_mappings(definitions)
    definitions.has_settled_mappings = True
    rereading.compare_mappings()


def take_over_node(
    certname: str,
    rereading: Rereading,
    shared: SharedCode,
    facts: Mapping[str, object] | None,
    values: ServiceValues,
) -> KeptNode | None:
    """What a node came to, if all that it hangs on is what it was."""
    if shared.environment.faults or shared.environment.definitions.mappings:
        return None
    if shared.mapping_fault is not None or certname in shared.within_others:
        return None
    kept = rereading.last_node(certname, (shared.has_main, shared.has_site))
    if kept is None or not _are_same_facts(kept.facts, facts):
        return None
    if not all(_is_same_service(one, values) for one in kept.used):
        return None
    if not _is_declared_alike(kept, rereading, shared, certname):
        return None
    rereading.take_over(kept.consulted)
    rereading.nodes[certname] = kept
    return kept


def _is_same_service(used: Used, values: ServiceValues) -> bool:
    copies = values.copies(used.type_name, used.title)
    return len(copies) == len(used.copies) and all(map(is_, copies, used.copies))


def _is_declared_alike(kept: KeptNode, rereading: Rereading, shared: SharedCode, certname: str) -> bool:
    """Whether what is on a node is declared as it was; anew only by code that asks nothing of nodes."""
    here = declared_on(shared, certname)
    if len(kept.declared) != len(here):
        return False
    for earlier, resource in zip(kept.declared, here, strict=True):
        if resource is earlier:
            continue
        instance = resource if resource.kind == "application" else resource.container
        if instance is None or shared.environment.reads_node.get(instance.reference, True):
            return False
        if not rereading.are_alike(earlier, resource):
            return False
    return True


def _are_same_facts(some: Mapping[str, object] | None, others: Mapping[str, object] | None) -> bool:
    """Whether facts are the same to Puppet, which tells 1 from true and has an order in hashes."""
    return some is others or (some == others and repr(some) == repr(others))


def declared_on(shared: SharedCode, certname: str) -> tuple[Resource, ...]:
    """The instances and components that are on a node, as the environment declares them."""
    return tuple(
        resource for part in shared.on_node(certname) for resource in (part.instance, *part.components)
    )


def keep_node(
    compilation: NodeCompilation, rereading: Rereading, noted: Noted, facts: Mapping[str, object] | None
) -> KeptNode | None:
    """Keep what a node came to, unless something is wrong with it or the environment knows nothing of it."""
    shared, certname = compilation.shared, str(compilation.node.certname)
    if compilation.faults or compilation.leaves_faults_out or certname in shared.within_others:
        return None
    here = declared_on(shared, certname)
    keys = {resource.key for resource in here}
    if any(
        resource.key not in keys
        for resource in compilation.catalog
        if not _BOUND_BY.isdisjoint(resource.parameters) and resource.producer is None
    ):
        return None
    earlier = rereading.earlier_node(certname)
    made = tuple(
        _as_before(stored(resource, certname, compilation.environment_name), earlier)
        for resource in compilation.catalog
        if resource.producer is not None
    )
    consulted = rereading.consulted(noted.consulted)
    kept = KeptNode(consulted, here, facts, tuple(compilation.used), made)
    rereading.nodes[certname] = kept
    return kept


def _as_before(made: StoredResource, earlier: KeptNode | None) -> StoredResource:
    """The service resource of the last reading, if this one is the same."""
    for other in earlier.stored if earlier is not None else ():
        if (other.type_name, other.title) == (made.type_name, made.title) and _is_alike(made, other):
            return other
    return made


def _is_alike(some: StoredResource, other: StoredResource) -> bool:
    return (
        some.environment == other.environment
        and some.origins == other.origins
        and list(some.parameters) == list(other.parameters)
        and all(
            is_same_value(one, another)
            for one, another in zip(some.parameters.values(), other.parameters.values(), strict=True)
        )
    )
