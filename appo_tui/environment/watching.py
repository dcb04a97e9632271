"""Noticing that an environment's files change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from appo_tui.environment.configuration import CONFIGURATION_FILE, read_configuration
from appo_tui.environment.faults import EnvironmentReadError


def watch(root: Path, stop: Event) -> Iterator[frozenset[Path]]:
    """Give the files that were changed, added or removed, each time that some were, until ``stop`` is set.

    What is watched is the environment's directory, its manifests and its module path, as environment.conf
    has them at the time; changes in quick succession come together.

    Raises:
        FileNotFoundError: there is no such directory.
    """
    from watchfiles import watch as watched

    while not stop.is_set():
        directories = _directories(root)
        for changes in watched(*directories, stop_event=stop, raise_interrupt=False):
            yield frozenset(Path(path) for _, path in changes)
            if _directories(root) != directories:
                yield frozenset((root / CONFIGURATION_FILE,))
                break


def _directories(root: Path) -> tuple[Path, ...]:
    """What is to be watched; a directory within another is watched with that."""
    try:
        configuration = read_configuration(root)
    except EnvironmentReadError:
        return (root,)
    outside = (*configuration.modulepath, configuration.manifest)
    wanted = [root, *(path for path in outside if path.exists() and not path.is_relative_to(root))]
    return tuple(
        path
        for path in dict.fromkeys(wanted)
        if not any(path != other and path.is_relative_to(other) for other in wanted)
    )
