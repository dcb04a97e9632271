"""What the environment's compilation has found out that holds for every node.

Puppet evaluates all top-level code, the site and whole application bodies again for each node. Here that is
done only for code that asked for something of the node.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from appo_tui.evaluator.faults import EvaluationError
from appo_tui.model.environment_compilation import EnvironmentCompilation
from appo_tui.model.environment_graph import InstanceMapping

Key = tuple[str, str]


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
    _by_node: dict[str, list[tuple[InstanceMapping, set[Key]]]] = field(default_factory=dict)

    def on_node(self, certname: str) -> Sequence[tuple[InstanceMapping, frozenset[Key]]]:
        """The instances that have components on a node, and which."""
        return [(mapping, frozenset(keys)) for mapping, keys in self._by_node.get(certname, ())]

    def add(self, mapping: InstanceMapping) -> None:
        """Take note of an instance."""
        here: dict[str, set[Key]] = {}
        for key, certname in mapping.nodes.items():
            here.setdefault(certname, set()).add(key)
        for certname, keys in here.items():
            self._by_node.setdefault(certname, []).append((mapping, keys))
