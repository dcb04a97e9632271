"""What the environment's compilation has found out that holds for every node.

Puppet evaluates all top-level code, the site and whole application bodies again for each node. Here that is
done only for code that asked for something of the node.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.resource import Resource
from appo_tui.model.environment_compilation import EnvironmentCompilation
from appo_tui.model.environment_graph import InstanceMapping

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class InstancePart:
    """What of an instance is on one node: its components there, and all that is assigned to it."""

    instance: Resource
    components: list[Resource]
    keys: set[Key]


@dataclass(frozen=True, slots=True)
class SharedCode:
    """The environment's compilation, as nodes use it.

    Attributes:
        environment: the compilation.
        known: every component and instance of the environment.
        fault: what stops top-level code or the site on every node.
        mapping_fault: what is wrong with an instance's node mapping, which stops every node too.
    """

    environment: EnvironmentCompilation
    known: frozenset[Key]
    fault: EvaluationError | None
    mapping_fault: EvaluationError | None
    _by_node: dict[str, list[InstancePart]] = field(default_factory=dict)

    def on_node(self, certname: str) -> Sequence[InstancePart]:
        """The instances that have components on a node, and which."""
        return self._by_node.get(certname, ())

    def add(self, mapping: InstanceMapping) -> None:
        """Take note of an instance; one within another is only evaluated together with that."""
        container = mapping.instance.container
        if container is not None and container.kind == "application":
            self.environment.reads_node[container.reference] = True
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
