"""Noticing that an environment's files change."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from appo_tui.environment.reading import Environment


async def watch(environment: Environment) -> AsyncIterator[frozenset[Path]]:
    """Give the files that were changed, added or removed, each time that some were.

    What is watched is the environment's directory and its module path; changes in quick succession come
    together.
    """
    from watchfiles import awatch

    roots = [environment.root, *environment.modulepath]
    outermost = [
        root
        for root in dict.fromkeys(roots)
        if root.is_dir() and not any(root != other and root.is_relative_to(other) for other in roots)
    ]
    async for changes in awatch(*outermost):
        yield frozenset(Path(path) for _, path in changes)
