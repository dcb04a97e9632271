"""Noticing that an environment's files change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from appo_tui.environment.configuration import read_configuration
from appo_tui.environment.faults import EnvironmentReadError

_LOOK_AGAIN_SECONDS = 1
"""How often what is to be watched is asked anew, and how long to wait when it can't be watched."""


def watch(root: Path, stop: Event) -> Iterator[frozenset[Path]]:
    """Give the files that were changed, added or removed, each time that some were, until ``stop`` is set.

    What is watched is the environment's directory, its manifests and its module path, as environment.conf
    has them at the time; changes in quick succession come together. When the watching has begun, and each
    time that it has begun on other directories, the files come even if there are none: what changed before
    that can only be found by reading again.
    """
    while not stop.is_set():
        directories = _directories(root)
        begun = False
        for changes in _changes(tuple(directories), stop):
            if changes or not begun:
                yield frozenset(changes)
            begun = True
            if _directories(root) != directories:
                break
        else:
            stop.wait(_LOOK_AGAIN_SECONDS)


def _changes(directories: tuple[Path, ...], stop: Event) -> Iterator[frozenset[Path]]:
    """Changed files, or none where a while has passed without; ends when the directories can't be watched."""
    from watchfiles import watch as watched

    for polling in (None, True):  # the system has a limit for watches, but none for looking
        try:
            for changes in watched(
                *directories,
                stop_event=stop,
                raise_interrupt=False,
                rust_timeout=_LOOK_AGAIN_SECONDS * 1000,
                yield_on_timeout=True,
                ignore_permission_denied=True,
                force_polling=polling,
            ):
                yield frozenset(Path(path) for _, path in changes)
        except FileNotFoundError:
            return
        except OSError:
            continue
        return


def _directories(root: Path) -> dict[Path, int]:
    """What is to be watched, with its inode: an exchanged directory is another one.

    A directory within another is watched with that.
    """
    try:
        configuration = read_configuration(root)
    except EnvironmentReadError:
        wanted = [root]
    else:
        outside = (*configuration.modulepath, configuration.manifest)
        wanted = [root, *(path for path in outside if not path.is_relative_to(root))]
    inodes = {path: inode for path in wanted if (inode := _inode(path)) is not None}
    return {
        path: inode
        for path, inode in inodes.items()
        if not any(path != other and path.is_relative_to(other) for other in inodes)
    }


def _inode(directory: Path) -> int | None:
    try:
        return directory.stat().st_ino
    except OSError:
        return None
