"""hiera.yaml, as data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layer:
    """One hiera.yaml.

    Attributes:
        root: the directory that paths are relative to.
    """

    root: Path
