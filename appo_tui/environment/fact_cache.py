"""Facts that were collected from nodes, kept between starts of the program, and how old they are."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from appo_tui.environment.cache_directory import cache_directory


@dataclass(frozen=True, slots=True)
class FactCache:
    """The collected facts of one environment's nodes: a facts file, and when each node answered.

    Attributes:
        root: the environment's directory.
        directory: where the files are kept; None for the user's cache directory.
    """

    root: Path
    directory: Path | None = None

    @property
    def file(self) -> Path:
        """The facts, in the form of ``--facts``."""
        if self.directory is not None:
            return self.directory / self._name
        return cache_directory() / "facts" / self._name

    @property
    def _name(self) -> str:
        import hashlib

        return hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16] + ".json"

    @property
    def used(self) -> Path | None:
        """The facts file if there is one."""
        return self.file if self.file.is_file() else None

    def collected(self) -> dict[str, float]:
        """Returns when each node was asked, in seconds since the epoch."""
        return {
            name: float(moment)
            for name, moment in _read(self._times).items()
            if isinstance(moment, int | float)
        }

    @property
    def _times(self) -> Path:
        return self.file.with_suffix(".times")

    def keep(self, facts: Mapping[str, Mapping[str, object]], moment: float) -> None:
        """Keeps nodes' facts in place of what was kept of them before.

        Raises:
            OSError: they can't be written.
        """
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(self.file, {**_read(self.file), **facts})
        _write(self._times, {**_read(self._times), **dict.fromkeys(facts, moment)})


def _read(file: Path) -> dict[str, object]:
    """Reads a map; a file that is missing or damaged holds none."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(file: Path, content: Mapping[str, object]) -> None:
    new = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(
        os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as stream:
        json.dump(content, stream)
    new.replace(file)
