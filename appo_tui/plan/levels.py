"""The longest path to each node of a graph without cycles."""

from __future__ import annotations

from collections.abc import Mapping


def longest_paths(dependencies: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """The level of each node: 0 without dependencies, else one more than its deepest dependency.

    ``dependencies`` maps each node to those that it waits for, all of them keys too. Nodes on a cycle,
    and those behind one, are missing from the result.
    """
    waiting = {node: len(needed) for node, needed in dependencies.items()}
    dependents: dict[str, list[str]] = {node: [] for node in dependencies}
    for node, needed in dependencies.items():
        for each in needed:
            dependents[each].append(node)
    levels: dict[str, int] = {}
    level = 0
    ready = [node for node, count in waiting.items() if count == 0]
    while ready:
        levels.update(dict.fromkeys(ready, level))
        released = []
        for node in ready:
            for dependent in dependents[node]:
                waiting[dependent] -= 1
                if waiting[dependent] == 0:
                    released.append(dependent)
        ready = released
        level += 1
    return levels
