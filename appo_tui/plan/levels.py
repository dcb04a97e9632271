"""The longest path to each node of a graph without cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def longest_paths(
    dependencies: Mapping[str, Sequence[str]], dependents: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """The level of each node: 0 without dependencies, else one more than its deepest dependency.

    ``dependencies`` maps each node to those that it waits for, ``dependents`` to those that wait for it.
    Nodes on a cycle, and those behind one, are missing from the result.
    """
    waiting = {node: len(needed) for node, needed in dependencies.items()}
    levels: dict[str, int] = {}
    level = 0
    ready = [node for node, count in waiting.items() if count == 0]
    while ready:
        levels.update(dict.fromkeys(ready, level))
        released = []
        for node in ready:
            for dependent in dependents[node]:
                left = waiting[dependent] - 1
                waiting[dependent] = left
                if left == 0:
                    released.append(dependent)
        ready = released
        level += 1
    return levels
