"""What of one reading the next may take over."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import msgspec

from appo_tui.environment import Environment
from appo_tui.environment.places import Place
from appo_tui.evaluator.consulting import Consulted, Need
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.interpreter import CompilerSettings
from appo_tui.evaluator.manifests import Manifest, ManifestCache
from appo_tui.evaluator.resource import Resource
from appo_tui.model.entities import Component, ServiceResource
from appo_tui.model.reuse.outlines import Outline, Written
from appo_tui.model.service_values import StoredResource
from puppet_grammar import TreeCache


class KeptSite(msgspec.Struct, frozen=True):
    """The site and its instances, as they were declared."""

    consulted: Consulted
    resource: Resource
    instances: tuple[Resource, ...]


class KeptBody(msgspec.Struct, frozen=True):
    """What an instance's body declared.

    Attributes:
        consulted: what it hangs on.
        components: what it declared, in order.
        related: of it and the instance what has relationships to other things than service resources.
        reads_node: whether nodes have to evaluate it by themselves.
        warnings: what it warned of.
    """

    consulted: Consulted
    components: tuple[Resource, ...]
    related: tuple[Resource, ...]
    reads_node: bool
    warnings: tuple[tuple[str, Place], ...]


class Used(msgspec.Struct, frozen=True):
    """A service resource that a node asked other nodes for, and the copies that it found."""

    type_name: str
    title: str
    copies: tuple[StoredResource, ...]


class KeptNode(msgspec.Struct, frozen=True):
    """What a node's compilation came to.

    Attributes:
        consulted: what it hangs on.
        declared: the instances and components that are on it, as the environment declares them.
        facts: what was given of it; None where nothing was.
        used: the service resources that it asked for.
        stored: the service resources that it makes.
        components: its components, by reference.
        services: its service resources as the model has them, by reference.
    """

    consulted: Consulted
    declared: tuple[Resource, ...]
    facts: Mapping[str, object] | None
    used: tuple[Used, ...]
    stored: tuple[StoredResource, ...]
    components: dict[str, Component] = msgspec.field(default_factory=dict)
    services: dict[str, ServiceResource] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LastReading:
    """A reading without faults in the environment's own catalog, as the next one looks back on it.

    Attributes:
        environment: what was read.
        settings: Puppet's settings.
        outlines: what the manifests that were read say, by file.
        searched: what was looked for on disk, and what was found.
        states: of files that were looked at, what tells whether they have changed.
        everywhere: what all of it hangs on.
        firsts: what was looked up once for all.
        mappings: the mappings of each component, (``define`` or ``class``, name).
        shares: whether top-level code, and the site, came to the same on all nodes.
        site: the site, if it can be taken over.
        bodies: what can be taken over of the instances, by instance.
        nodes: what can be taken over of nodes, by certname.
    """

    environment: Environment
    settings: CompilerSettings
    outlines: Mapping[str, tuple[Manifest, Outline]]
    searched: Mapping[Need, Hashable]
    states: Mapping[Need, Hashable]
    everywhere: frozenset[Need]
    firsts: frozenset[Need]
    mappings: Mapping[Need, tuple[Written, ...]]
    shares: tuple[bool, bool]
    site: KeptSite | None
    bodies: Mapping[Resource, KeptBody]
    nodes: Mapping[str, KeptNode]


def mapping_need(definition: Definition) -> Need:
    """The need for a component's mappings."""
    return "mapping", definition.need


class ReadingCache(ManifestCache):
    """Parsed files and what the last reading came to, for who reads an environment again and again.

    Attributes:
        last: the last reading that another can look back on.
    """

    def __init__(self, trees: TreeCache | None = None) -> None:
        super().__init__(trees)
        self.last: LastReading | None = None
