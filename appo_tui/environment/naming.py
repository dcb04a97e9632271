"""Environments by their names: directories of a path, as Puppet finds them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from appo_tui.environment.faults import EnvironmentReadError

DEFAULT_NAME = "production"
"""What Puppet calls an environment that is used by its directory."""

_NAME = re.compile(r"[A-Za-z0-9_]+")
_USUAL_PARENT = "environments"


def named_environment(wanted: str, path: Sequence[Path]) -> tuple[Path, str, str]:
    """Finds the environment that a user means by a directory or by a name under a path.

    Returns:
        its directory, its name, and what selects it from anywhere.

    Raises:
        EnvironmentReadError: there is none.
    """
    if "/" not in wanted:
        for directory in path:
            if (directory / wanted).is_dir():
                return directory / wanted, wanted, wanted
    if Path(wanted).is_dir():
        root = Path(os.path.abspath(wanted))  # noqa: PTH100 - a link keeps its name, `..` goes
        return root, name_of(root, path), str(root)
    raise _not_found(wanted, path)


def name_of(root: Path, path: Sequence[Path]) -> str:
    """Returns an environment's name where only its directory is known.

    Puppet finds environments by name in directories that are mostly called ``environments``; one that
    stands elsewhere has no name of its own.
    """
    if root.parent in path or root.parent.name == _USUAL_PARENT:
        return root.name
    return DEFAULT_NAME


def environments_beside(root: Path, path: Sequence[Path]) -> dict[str, Path]:
    """Returns the environments that one may go to from one: name -> directory, sorted by name.

    They are those of the path, and those beside ``root`` if it stands where Puppet looks for environments.
    A name that several directories have is the first one's, as for Puppet. ``root`` itself is among them.
    """
    parents = [*path, *((root.parent,) if root.parent.name == _USUAL_PARENT else ())]
    found: dict[str, Path] = {}
    for parent in dict.fromkeys(parents):
        for each in _directories(parent):
            if _NAME.fullmatch(each.name):
                found.setdefault(each.name, each)
    if root not in found.values():
        found[name_of(root, path)] = root
    return dict(sorted(found.items()))


def _directories(parent: Path) -> list[Path]:
    try:
        return [each for each in parent.iterdir() if each.is_dir()]
    except OSError:
        return []


def _not_found(wanted: str, path: Sequence[Path]) -> EnvironmentReadError:
    from difflib import get_close_matches

    names = [each.name for directory in path for each in _directories(directory)]
    near = get_close_matches(wanted, names, n=1)
    if near:
        hint = f"did you mean {near[0]!r}?"
    elif path:
        hint = f"it is no directory, and no name under {':'.join(map(str, path))}"
    else:
        hint = "it is no directory; to use names, give --environmentpath DIRS"
    return EnvironmentReadError(f"there is no environment {wanted!r}", hint=hint)
