"""What one node's compilation has found out that holds for others.

Puppet evaluates all top-level code, the site and whole application bodies again for each node. Here code that
asks nothing of the node is evaluated once, with the environment; other code once for all the nodes that give
it the same answers. Whatever has effects that reach further than the components it declares is evaluated
again, as in Puppet.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from appo_tui.evaluator.asking import Remembered, canonical
from appo_tui.evaluator.consulting import Need
from appo_tui.evaluator.deferring import Deferred, with_deferred
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.resource import Parameter, Resource
from appo_tui.evaluator.scope import TopScope
from appo_tui.evaluator.text import contains_unknown
from appo_tui.evaluator.values import Value
from appo_tui.model.environment_compilation import EnvironmentCompilation
from appo_tui.model.environment_graph import InstanceMapping
from appo_tui.model.node_mapping import Key, assignments
from appo_tui.model.sharing.site_splitting import SplitSite, split_site
from puppet_grammar import nodes

ENOUGH_SITES = 8
"""How many things a site may come to before nodes evaluate only what concerns them."""
_ROOM = 100_000
"""How many declarations are kept: some hundred megabytes."""


@dataclass(frozen=True, slots=True)
class SharedBody:
    """What an instance's body declares on nodes that answer alike.

    Attributes:
        made_on: the node on which it was evaluated.
        parameters: the instance's, its defaults among them.
        components: what it declares of what is assigned anywhere, in order.
        positions: their places in that order.
        varying: of the instance and of components the parameters that are others on other nodes.
        needs: what it has looked at.
    """

    made_on: str
    parameters: dict[str, Parameter]
    components: tuple[Resource, ...]
    positions: dict[Key, int]
    varying: dict[Key, tuple[str, ...]]
    needs: Mapping[Need, None]


@dataclass(frozen=True, slots=True)
class SharedSite:
    """The instances that the site declares on nodes that answer alike.

    Attributes:
        made_on: the node on which it was evaluated.
        instances: the instances, up to the first whose mapping is none.
        here: certname to the instances that have components there, by number, and which.
        varying: of instances the parameters that are others on other nodes.
        broken: whether the mapping of the last instance is none.
        needs: what it has looked at.
    """

    made_on: str
    instances: tuple[Resource, ...]
    here: dict[str, dict[int, set[Key]]]
    varying: dict[Key, tuple[str, ...]]
    broken: bool
    needs: Mapping[Need, None]


@dataclass(frozen=True, slots=True)
class EachAnew:
    """Stands for code that every node has to evaluate by itself."""


class InstancePart(msgspec.Struct, frozen=True):
    """What of an instance is on one node: its components there, and all that is assigned to it."""

    instance: Resource
    components: list[Resource]
    keys: set[Key]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An instance whose body is still to be evaluated.

    Attributes:
        resource: the instance.
        keys: its components on this node; None where that was not looked up yet.
        original: the instance by which what others found out is kept; None if nothing is.
        part: what of it is on this node, where that is as the environment has it.
    """

    resource: Resource
    keys: frozenset[Key] | None = None
    original: Resource | None = None
    part: InstancePart | None = None


@dataclass(slots=True)
class SharedCode:
    """The environment's compilation and what nodes share, as nodes use it.

    Attributes:
        environment: the compilation.
        known: every component and instance of the environment.
        mapping_fault: what is wrong with an instance's node mapping, which stops every node too.
        is_off: whether each node evaluates everything by itself, as in Puppet.
        sites: what the site came to.
        different_sites: how many things it came to.
        room: how many declarations may still be kept.
        within_others: the nodes with components of instances that are within others.
    """

    environment: EnvironmentCompilation
    known: frozenset[Key]
    mapping_fault: EvaluationError | None
    is_off: bool = False
    sites: Remembered[SharedSite | EachAnew] = field(default_factory=Remembered)
    different_sites: int = 0
    room: int = _ROOM
    within_others: set[str] = field(default_factory=set)
    _bodies: dict[Resource, Remembered[SharedBody | EachAnew]] = field(default_factory=dict)
    _parts: list[SplitSite | None] = field(default_factory=list)
    _by_content: dict[Hashable, Remembered[SharedBody | EachAnew]] = field(default_factory=dict)
    _deferred: dict[Definition, nodes.Expression | None] = field(default_factory=dict)
    _by_node: dict[str, list[InstancePart]] = field(default_factory=dict)

    @property
    def has_main(self) -> bool:
        """Whether top-level code comes to the same on every node."""
        return not self.is_off and self.environment.shares_main

    @property
    def has_site(self) -> bool:
        """Whether the site block comes to the same on every node."""
        return not self.is_off and self.environment.shares_site

    @property
    def site_parts(self) -> SplitSite | None:
        """The site by the nodes that its statements matter to; None where it is evaluated whole."""
        if self.is_off:
            return None
        if not self._parts:
            self._parts.append(split_site(self.environment))
        return self._parts[0]

    def bodies(self, instance: Resource) -> Remembered[SharedBody | EachAnew]:
        """What an instance's body came to.

        A site that comes to several things declares the same instance several times: where nothing about
        it differs that its body could see, its body comes to the same too.
        """
        known = self._bodies.get(instance)
        if known is None:
            content = instance if self.has_site else self._content(instance)
            known = self._bodies[instance] = self._by_content.setdefault(content, Remembered())
        return known

    def _content(self, instance: Resource) -> Hashable:
        """All of a site's instance that its body can see; the instance where that is hard to tell."""
        site, frame = self.environment.definitions.site, instance.scope.frame
        caller = frame.caller
        if site is None or frame.source is not site or caller is None or not isinstance(caller, TopScope):
            return instance
        certname = str(caller.node.certname)
        given = tuple(instance.declared.values())
        defaults = tuple(
            (type_name, item)
            for around in (caller.frame, frame)
            for type_name, items in around.defaults.items()
            for item in items.values()
        )
        if any(item.source is not site for item in (*given, *(item for _, item in defaults))):
            return instance
        return (
            instance.key, instance.place, instance.virtual, instance.exported,
            tuple(_seen(item, certname) for item in given),
            tuple((type_name, _seen(item, certname)) for type_name, item in defaults),
        )  # fmt: skip

    def deferred_body(self, definition: Definition) -> nodes.Expression | None:
        """An application's body, what only nodes need left for later; as it is where Puppet is strict."""
        settings = self.environment.settings
        if settings.strict == "error" or settings.strict_variables:
            return definition.body
        if definition not in self._deferred:
            self._deferred[definition] = with_deferred(definition)
        return self._deferred[definition]

    def on_node(self, certname: str) -> Sequence[InstancePart]:
        """The instances that have components on a node, and which."""
        return self._by_node.get(certname, ())

    def add(self, mapping: InstanceMapping) -> None:
        """Take note of an instance; one within another is only evaluated together with that."""
        container = mapping.instance.container
        if container is not None and container.kind == "application":
            self.environment.reads_node[container.reference] = True
            self.within_others.update(mapping.certnames)
            return
        here: dict[str, InstancePart] = {}
        for key, certname in mapping.nodes.items():
            if certname not in here:
                here[certname] = InstancePart(mapping.instance, [], set())
            here[certname].keys.add(key)
        for component in mapping.components:
            assigned = mapping.nodes.get(component.key)
            if assigned is not None:
                here[assigned].components.append(component)
        for certname, part in here.items():
            self._by_node.setdefault(certname, []).append(part)


def shared_site(
    instances: Sequence[Resource], made_on: str, needs: Mapping[Need, None]
) -> SharedSite:
    """What a site's instances are for other nodes."""
    here: dict[str, dict[int, set[Key]]] = {}
    varying = varying_in(instances)
    for index, instance in enumerate(instances):
        instance.declared = dict(instance.parameters)
        try:
            assigned = assignments(instance)
        except EvaluationError:
            return SharedSite(made_on, tuple(instances[: index + 1]), here, varying, broken=True, needs=needs)
        for key, certname in assigned.items():
            here.setdefault(certname, {}).setdefault(index, set()).add(key)
    return SharedSite(made_on, tuple(instances), here, varying, broken=False, needs=needs)


def varying_in(resources: Iterable[Resource]) -> dict[Key, tuple[str, ...]]:
    """Of each resource the parameters that are deferred, or that an unknown fact of its node is in."""
    found = {
        resource.key: tuple(name for name, item in resource.parameters.items() if _varies(item.value))
        for resource in resources
    }
    return {key: names for key, names in found.items() if names}


def _seen(item: Parameter, certname: str) -> Hashable:
    return item.name, canonical(item.value, certname), item.origin, item.place, item.appends


def _varies(value: Value) -> bool:
    return isinstance(value, Deferred) or contains_unknown(value) is not None
